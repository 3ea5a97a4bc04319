namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>How this node reaches outside systems: one HTTP connection pool, and the manners that all sources share.</summary>
internal sealed class PullWays(TimeProvider time, SourceClientSettings settings) : IDisposable
{
    private readonly HttpClient http = SourceClient.CreateHttp();

    /// <summary>A client for one pull.</summary>
    public SourceClient Client(OpenedSource opened, string folder, PullRequest request)
    {
        var own = settings with { Pause = opened.Source.Pause, MostBytes = opened.Source.MostBytes };
        SourceClient client = null!;
        client = new SourceClient(http, own, opened.Credentials, folder, time)
        {
            SignIn = cancel => opened.Protocol.SignIn(request, client, cancel),
        };
        return client;
    }

    public void Dispose() => http.Dispose();
}
