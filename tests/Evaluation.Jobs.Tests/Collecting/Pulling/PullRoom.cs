using System.Collections.Concurrent;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>
/// A data folder, a rule folder on record and everything that pulls, on a database of a test: what a node has, without
/// the node. For tests of the framework and of each protocol.
/// </summary>
internal sealed class PullRoom : IDisposable
{
    public const string Node = "test/1/1";

    private readonly PullWays ways;

    private PullRoom(Database database, RuleSet rules, SourceClientSettings settings, TimeProvider time, SourceProtocols protocols)
    {
        Database = database;
        Rules = rules;
        Time = time;
        Sources = new SourceStore(database, time);
        Pulls = new PullStore(database, time);
        Documents = new DocumentStore(database, time);
        Safe = new CredentialSafe(Folder);
        Protocols = protocols;
        ways = new PullWays(time, settings);
        var ruleSets = new RuleSetsOnRecord(new RuleSetStore(database, time), new RunStore(database, time));
        var opening = new SourceOpening(
            Sources, ruleSets, Safe, protocols, new InstitutionStore(database, time));
        Job = new PullSource(opening, Pulls, Documents, new PulledFiles(Folder), ways);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("evaluation-pull-").FullName;

    public Database Database { get; }

    public RuleSet Rules { get; }

    public TimeProvider Time { get; }

    public SourceStore Sources { get; }

    public PullStore Pulls { get; }

    public DocumentStore Documents { get; }

    public CredentialSafe Safe { get; }

    public SourceProtocols Protocols { get; }

    public PullSource Job { get; }

    /// <summary>Patient with troubles, but not for long: a test has no time.</summary>
    public static SourceClientSettings Quick { get; } = new()
    {
        FirstWait = TimeSpan.FromMilliseconds(5), Pause = TimeSpan.Zero, Silence = TimeSpan.FromSeconds(20),
    };

    /// <summary>A room with the rules on record.</summary>
    /// <param name="protocols">Those of the program, unless a test brings its own.</param>
    public static async Task<PullRoom> Open(
        Database database, RuleSet rules, SourceClientSettings? settings = null, TimeProvider? time = null,
        params ISourceProtocol[] protocols)
    {
        await new RuleSetStore(database, TimeProvider.System).Record(rules.Folder, default);
        var known = protocols.Length == 0 ? SourceProtocols.Known : new SourceProtocols(protocols);
        return new PullRoom(database, rules, settings ?? Quick, time ?? TimeProvider.System, known);
    }

    /// <summary>Enters a source that is never polite.</summary>
    public async Task<Source> Add(
        string code, string kind, Uri address, string profile, string? unit = null,
        IReadOnlyDictionary<string, string>? credentials = null, IReadOnlyDictionary<string, string>? options = null)
    {
        var source = new Source(
            code, kind, address.ToString(), profile, Rules.Version, unit, "0 0 3 * * ?", Protocols.Of(kind)!.Overlap,
            options ?? new Dictionary<string, string>(),
            credentials is null ? null : Safe.Seal(code, credentials),
            TimeSpan.Zero, 1L << 30, "active", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (await Sources.Add(source)).ShouldBeTrue();
        return source;
    }

    /// <summary>Requests a period, pulls it here and now, and tells how it ended; a failure is thrown.</summary>
    public async Task<SourcePull> Pull(
        string source, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel = default)
    {
        await Pulls.Request(source, [(from, to)], "backfill", cancel);
        await Pulls.Again(new PullId(source, from, to), cancel);
        return await GoOn(source, cancel);
    }

    /// <summary>Claims what waits of a source and pulls it; what is thrown leaves the pull waiting with its mark.</summary>
    public async Task<SourcePull> GoOn(string source, CancellationToken cancel = default)
    {
        var claimed = (await Pulls.Claim(source, Node, cancel)).ShouldNotBeNull("a period of the source waits");
        try
        {
            await Job.Pull(claimed, Node, _ => { }, cancel);
            await Pulls.Done(claimed.Id, Node, cancel);
        }
        catch
        {
            await Pulls.Release(claimed.Id, Node, CancellationToken.None);
            throw;
        }

        return (await Pulls.Find(claimed.Id, cancel))!;
    }

    /// <summary>Everything that pulling writes data into, in one text.</summary>
    public Task<string> Contents() => DatabaseContents.Of(Database);

    /// <summary>Where a word stands in anything that was kept: files and their names, and all of the database's texts.</summary>
    public async Task<IReadOnlyList<string>> PlacesOf(string word)
    {
        var places = new ConcurrentBag<string>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            if (file.Contains(word, StringComparison.Ordinal)) places.Add(file);
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            if (text.Contains(word, StringComparison.Ordinal)) places.Add(file);
        }

        await using var connection = await Database.Connect();
        foreach (var table in new[]
        {
            "sources", "source_pulls", "pulled_documents", "source_documents", "metric_observations", "rejected_rows",
            "service_records", "service_resources", "service_texts",
        })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"select count(*) from {table} t where t::text like '%' || $1 || '%'";
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = word });
            if ((long)(await command.ExecuteScalarAsync())! > 0) places.Add(table);
        }

        return [.. places];
    }

    public void Dispose()
    {
        ways.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
