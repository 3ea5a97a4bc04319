using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;
using Evaluation.Tests;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>A replayed outside system, and rooms to pull it into, each on a database of its own.</summary>
internal sealed class PullSite : IAsyncDisposable
{
    private readonly PostgresFixture postgres;
    private readonly RuleSet rules;
    private readonly ISourceProtocol[] protocols;
    private readonly List<(PullRoom Room, Database Database)> opened = [];

    private PullSite(PostgresFixture postgres, RuleSet rules, ISourceProtocol[] protocols, ReplayServer server) =>
        (this.postgres, this.rules, this.protocols, Server) = (postgres, rules, protocols, server);

    public ReplayServer Server { get; }

    /// <param name="postgres">Where the databases are made.</param>
    /// <param name="rules">The rules every room reads by.</param>
    /// <param name="protocols">Those of the program, unless a test brings its own.</param>
    public static async Task<PullSite> Open(
        PostgresFixture postgres, RuleSet rules, params ISourceProtocol[] protocols) =>
        new(postgres, rules, protocols, await ReplayServer.Start());

    /// <summary>One more room, with nothing in it.</summary>
    public async Task<PullRoom> Room(SourceClientSettings? settings = null)
    {
        var database = Database.Open(await postgres.FreshDatabase());
        var room = await PullRoom.Open(database, rules, settings, time: null, protocols);
        opened.Add((room, database));
        return room;
    }

    /// <summary>Something that is killed when it has asked so many requests, before the last one is answered.</summary>
    public async Task Killed(int request, Func<CancellationToken, Task> pull)
    {
        using var kill = new CancellationTokenSource();
        var asked = Server.Requests.Count;
        Server.BeforeAnswer = number =>
        {
            if (number - asked == request) kill.Cancel();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => pull(kill.Token));
        Server.BeforeAnswer = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        foreach (var (room, database) in opened)
        {
            room.Dispose();
            await database.DisposeAsync();
        }
    }
}
