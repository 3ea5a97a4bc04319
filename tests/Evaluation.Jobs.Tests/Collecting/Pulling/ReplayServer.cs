using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>What the replay server got.</summary>
public sealed record ReplayedRequest(
    string Method, string PathAndQuery, string Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>
/// Plays an outside system on the loopback address: given answers by path and query, in sequence (the last one stays),
/// good ones and troubled ones. Everything asked is recorded.
/// </summary>
/// <example>
/// <code>
/// await using var server = await ReplayServer.Start();
/// server.On("/api/events?page=1", Replay.Json(page1));
/// server.On("/api/events?page=2", Replay.Status(429, retryAfter: "1"), Replay.Cut(page2), Replay.Json(page2));
/// </code>
/// </example>
public sealed class ReplayServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Replay>> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReplayedRequest> requests = new();
    private readonly ConcurrentDictionary<string, int> waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> together = new();

    private ReplayServer(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Every request, in the order in which they came.</summary>
    public IReadOnlyList<ReplayedRequest> Requests => [.. requests];

    /// <summary>What was asked for while another who asked the same still waited for the answer; who has hung up does not
    /// wait any more.</summary>
    public IReadOnlyList<string> AskedTogether => [.. together];

    /// <summary>How many wait for an answer to a path with its query.</summary>
    public int Waiting(string pathAndQuery) => waiting.GetValueOrDefault(pathAndQuery);

    /// <summary>Called before each answer, with the number of the request from 1: to kill something at that moment.</summary>
    public Action<int>? BeforeAnswer { get; set; }

    public static async Task<ReplayServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new ReplayServer(app);
        app.Run(server.Answer);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.Single());
        return server;
    }

    /// <summary>
    /// Answers to a path with its query, one after the other; the last one is given from then on. The query may be left
    /// out: then the path answers whatever is asked of it. A query is compared decoded.
    /// </summary>
    public void On(string pathAndQuery, params Replay[] sequence) => answers[pathAndQuery] = new(sequence);

    /// <summary>An address below this server.</summary>
    public Uri At(string pathAndQuery) => new(Address, pathAndQuery);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var query = Uri.UnescapeDataString(context.Request.QueryString.Value ?? "");
        using var body = new StreamReader(context.Request.Body);
        requests.Enqueue(new ReplayedRequest(
            context.Request.Method, context.Request.Path + query, await body.ReadToEndAsync(),
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));
        BeforeAnswer?.Invoke(requests.Count);
        var path = context.Request.Path.Value!;
        var queue = answers.GetValueOrDefault(path + query) ?? answers.GetValueOrDefault(path);
        var replay = queue is null ? Replay.Status(404, text: $"nothing is replayed at {path}{query}") : Next(queue);
        if (waiting.AddOrUpdate(path + query, 1, (_, many) => many + 1) > 1) together.Enqueue(path + query);
        try
        {
            await replay.Send(context);
        }
        finally
        {
            waiting.AddOrUpdate(path + query, 0, (_, many) => many - 1);
        }
    }

    private static Replay Next(ConcurrentQueue<Replay> queue)
    {
        if (queue.Count > 1 && queue.TryDequeue(out var next)) return next;
        return queue.TryPeek(out var last) ? last : Replay.Status(404);
    }
}

/// <summary>One answer of the replay server.</summary>
public sealed record Replay(int Code, string? MediaType, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How many bytes of the body are sent before the connection is cut; null for all of it.</summary>
    public int? CutAfter { get; init; }

    /// <summary>How long nothing is sent.</summary>
    public TimeSpan Silence { get; init; }

    public static Replay Json(string body) => Bytes(Encoding.UTF8.GetBytes(body), "application/json");

    public static Replay Xml(string body) => Bytes(Encoding.UTF8.GetBytes(body), "text/xml");

    public static Replay Text(string body, string mediaType = "text/plain") => Bytes(Encoding.UTF8.GetBytes(body), mediaType);

    public static Replay Html(string body) => Text(body, "text/html");

    public static Replay File(string path, string mediaType) => Bytes(System.IO.File.ReadAllBytes(path), mediaType);

    public static Replay Bytes(byte[] body, string mediaType) => new(200, mediaType, body);

    /// <summary>A status with a text; <paramref name="retryAfter"/> in seconds or as an HTTP date.</summary>
    public static Replay Status(int code, string? retryAfter = null, string text = "") =>
        new(code, "text/plain", Encoding.UTF8.GetBytes(text))
        {
            Headers = retryAfter is null ? new Dictionary<string, string>() : new() { ["Retry-After"] = retryAfter },
        };

    /// <summary>The same trouble so many times.</summary>
    public static Replay[] Times(int count, Replay replay) => [.. Enumerable.Repeat(replay, count)];

    public static Replay Redirect(Uri to) => Status(302) with { Headers = new Dictionary<string, string> { ["Location"] = to.ToString() } };

    /// <summary>The length says more than comes: the connection breaks in the middle of the body.</summary>
    public Replay Cut() => this with { CutAfter = Body.Length / 2 };

    /// <summary>The body is only its first half, and nothing in the headers tells.</summary>
    public Replay Halved() => this with { Body = Body[..(Body.Length / 2)] };

    /// <summary>The body packed by gzip, as the header says.</summary>
    public Replay Gzipped() => this with
    {
        Body = Pack(Body),
        Headers = new Dictionary<string, string>(Headers) { ["Content-Encoding"] = "gzip" },
    };

    public static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    internal async Task Send(HttpContext context)
    {
        if (Silence > TimeSpan.Zero) await Task.Delay(Silence, context.RequestAborted);
        context.Response.StatusCode = Code;
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = Body.Length;
        foreach (var (name, value) in Headers) context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(Body.AsMemory(0, CutAfter ?? Body.Length));
        if (CutAfter is null) return;
        await context.Response.Body.FlushAsync();
        context.Abort();
    }
}
