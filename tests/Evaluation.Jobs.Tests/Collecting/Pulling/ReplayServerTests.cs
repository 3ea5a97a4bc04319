namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>What the replay server tells of those who ask: other tests rely on it.</summary>
public sealed class ReplayServerTests : IAsyncLifetime
{
    private const string Path = "/slow";

    private readonly HttpClient client = new();
    private ReplayServer server = null!;

    public async Task InitializeAsync()
    {
        server = await ReplayServer.Start();
        server.On(Path, Replay.Text("late") with { Silence = TimeSpan.FromSeconds(1) });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Two_that_ask_the_same_at_once_are_told()
    {
        await Task.WhenAll(client.GetStringAsync(server.At(Path)), client.GetStringAsync(server.At(Path)));
        server.AskedTogether.ShouldBe([Path]);
    }

    [Fact]
    public async Task One_after_the_other_is_not_together_nor_after_one_that_hung_up()
    {
        await client.GetStringAsync(server.At(Path));
        using var patience = new CancellationTokenSource();
        var given = client.GetStringAsync(server.At(Path), patience.Token);
        while (server.Requests.Count < 2) await Task.Delay(10);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(given);
        while (server.Waiting(Path) > 0) await Task.Delay(10);
        await client.GetStringAsync(server.At(Path));
        server.AskedTogether.ShouldBeEmpty();
    }
}
