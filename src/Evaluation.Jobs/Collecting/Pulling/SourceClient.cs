using System.IO.Compression;
using System.Net;
using Evaluation.Rules;
using Polly;
using Polly.Retry;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>
/// Asks an outside system over HTTP, for one pull. A body is streamed to a file and handed out only when it is whole and
/// of the expected kind. Waits as the source asks (429 with Retry-After), tries again what may pass (server failures,
/// broken connections, cut bodies), pauses between requests, gets a new session once when a token has expired, and does
/// not carry credentials to another host. Secrets are in no message, no file name and no body.
/// </summary>
internal sealed class SourceClient
{
    private const int MostRedirects = 5;
    private const int ChunkSize = 1 << 16;

    private static readonly HttpStatusCode[] Passing =
    [
        HttpStatusCode.RequestTimeout, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError,
        HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout,
    ];

    private readonly HttpClient http;
    private readonly SourceClientSettings settings;
    private readonly string folder;
    private readonly TimeProvider time;
    private readonly SecretVeil veil;
    private readonly ResiliencePipeline<PulledBody> patience;
    private IReadOnlyList<RequestPart> session = [];
    private bool signedIn;
    private DateTimeOffset? lastRequest;
    private int bodies;

    /// <param name="http">Follows no redirects and unpacks nothing by itself: see <see cref="CreateHttp"/>.</param>
    /// <param name="settings">How patient, polite and careful it is.</param>
    /// <param name="credentials">Whose secrets are veiled.</param>
    /// <param name="folder">Where bodies go.</param>
    /// <param name="time">The clock that waits are measured by.</param>
    public SourceClient(
        HttpClient http, SourceClientSettings settings, SourceCredentials credentials, string folder, TimeProvider time)
    {
        this.http = http;
        this.settings = settings;
        this.folder = folder;
        this.time = time;
        veil = new SecretVeil(credentials.Secrets);
        patience = Patience(settings, time);
    }

    /// <summary>Gets a session: <see cref="ISourceProtocol.SignIn"/> of the source's protocol.</summary>
    public Func<CancellationToken, Task<IReadOnlyList<RequestPart>?>>? SignIn { get; init; }

    public static HttpClient CreateHttp() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Fetches one body.</summary>
    /// <exception cref="ImportException">It cannot be had; why, and what to do, in both languages.</exception>
    public async Task<PulledBody> Fetch(SourceRequest request, CancellationToken cancel)
    {
        if (!signedIn && SignIn is not null) await OpenSession(cancel);
        var body = await Ask(request, cancel);
        if (body.Status == HttpStatusCode.Unauthorized && session.Count > 0)
        {
            // The token expired: one new one.
            File.Delete(body.Path);
            await OpenSession(cancel);
            body = await Ask(request, cancel);
        }

        if (IsFine(request, body.Status)) return body;
        File.Delete(body.Path);
        throw Refused(request, body);
    }

    /// <summary>Fetches a small body as text and keeps no file of it: a session's token.</summary>
    /// <exception cref="ImportException">As <see cref="Fetch"/>.</exception>
    public async Task<string> FetchText(SourceRequest request, CancellationToken cancel)
    {
        var body = await Fetch(request, cancel);
        try
        {
            return await File.ReadAllTextAsync(body.Path, cancel);
        }
        finally
        {
            File.Delete(body.Path);
        }
    }

    /// <summary>A text with the secrets of this pull veiled.</summary>
    public string Veil(string text) => veil.Over(text);

    private async Task OpenSession(CancellationToken cancel)
    {
        // The requests of the sign-in itself carry no session and ask for none.
        signedIn = true;
        session = [];
        session = await SignIn!(cancel) ?? [];
        foreach (var part in session.Where(part => part.Secret))
        {
            veil.Add(part.Value);
            // "Token abc": the word before the secret is none.
            if (part.Value.LastIndexOf(' ') is var blank and > 0) veil.Add(part.Value[(blank + 1)..]);
        }
    }

    private async Task<PulledBody> Ask(SourceRequest request, CancellationToken cancel)
    {
        try
        {
            return await patience.ExecuteAsync(async token => await TryOnce(request, token), cancel);
        }
        catch (PassingTrouble trouble)
        {
            var line = Line(request);
            throw new ImportException(
                new Bilingual(
                    veil.Over($"多次重试后仍未成功：{trouble.What.Zh}。未存入不完整的内容，下次将从中断处继续。请求：{line}"),
                    veil.Over(
                        $"Tried again and again without success: {trouble.What.En}. Nothing incomplete was stored; the next "
                        + $"pull goes on from here. Request: {line}")));
        }
    }

    private async Task<PulledBody> TryOnce(SourceRequest request, CancellationToken cancel)
    {
        using var silence = new CancellationTokenSource(settings.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, silence.Token);
        try
        {
            await BePolite(cancel);
            silence.CancelAfter(settings.Silence);
            using var answer = await Send(request, either.Token);
            if (Passing.Contains(answer.StatusCode)) throw Busy(answer);
            var body = await Keep(request, answer, silence, either.Token);
            if (answer.IsSuccessStatusCode) CheckOrDelete(body, request.Kind);
            return body;
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new PassingTrouble(
                new Bilingual(
                    $"{settings.Silence.TotalSeconds:0} 秒内没有收到任何内容",
                    $"it sent nothing for {settings.Silence.TotalSeconds:0} seconds"),
                inner: late);
        }
        catch (InvalidDataException cut)
        {
            throw new PassingTrouble(
                new Bilingual("压缩的内容被截断或已损坏", "the packed body was cut or is damaged"), inner: cut);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new PassingTrouble(
                new Bilingual($"连接失败或内容被截断：{broken.Message}", $"the connection failed or the body was cut: {broken.Message}"),
                inner: broken);
        }
    }

    private async Task BePolite(CancellationToken cancel)
    {
        if (lastRequest is { } last && last + settings.Pause - time.GetUtcNow() is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, time, cancel);
        }

        lastRequest = time.GetUtcNow();
    }

    private async Task<HttpResponseMessage> Send(SourceRequest request, CancellationToken cancel)
    {
        var parts = AllParts(request);
        var address = Address(request, parts, shown: false);
        for (var hop = 0; ; hop++)
        {
            using var message = Message(address, parts);
            var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.Headers.Location is not { } location || (int)answer.StatusCode is < 300 or > 399) return answer;
            answer.Dispose();
            address = Follow(address, new Uri(address, location), parts, hop);
        }
    }

    /// <summary>Where a redirect leads, if one may go there.</summary>
    private Uri Follow(Uri from, Uri to, IReadOnlyList<RequestPart> parts, int hop)
    {
        var sameHost = to.Host == from.Host
            && ((to.Scheme == from.Scheme && to.Port == from.Port)
                || (from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps));
        var mayGo = sameHost || !parts.Any(part => part.Secret);
        if (mayGo && hop < MostRedirects && !parts.Any(part => part.Place == RequestPlace.Form)) return to;
        var host = to.GetLeftPart(UriPartial.Authority);
        throw new ImportException(
            $"{from.Host} 要求转到 {host}，未跟随：凭据不会发送到其他主机，表单也不会重复提交。如地址已变更，请用 ./evaluation sources set 更新。",
            $"{from.Host} redirects to {host}, which was not followed: credentials are not sent to another host, and a form "
            + "is not posted twice. If the address has changed, enter the new one by ./evaluation sources set.");
    }

    private static HttpRequestMessage Message(Uri address, IReadOnlyList<RequestPart> parts)
    {
        var form = parts.Where(part => part.Place == RequestPlace.Form).ToList();
        var message = new HttpRequestMessage(form.Count > 0 ? HttpMethod.Post : HttpMethod.Get, address);
        if (form.Count > 0)
        {
            message.Content = new FormUrlEncodedContent(form.Select(part => KeyValuePair.Create(part.Name, part.Value)));
        }

        message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        message.Headers.TryAddWithoutValidation("User-Agent", $"post-subsidy-evaluation/{Engine.Version}");
        foreach (var part in parts.Where(part => part.Place == RequestPlace.Header))
        {
            message.Headers.TryAddWithoutValidation(part.Name, part.Value);
        }

        return message;
    }

    private async Task<PulledBody> Keep(
        SourceRequest request, HttpResponseMessage answer, CancellationTokenSource silence, CancellationToken cancel)
    {
        var path = Path.Combine(folder, $"{Interlocked.Increment(ref bodies)}.part");
        using var file = new BodyFile(path, veil, settings.MostBytes);
        await using var stream = Unpacked(answer, await answer.Content.ReadAsStreamAsync(cancel));
        var chunk = new byte[ChunkSize];
        while (await stream.ReadAsync(chunk, cancel) is var read and > 0)
        {
            silence.CancelAfter(settings.Silence);
            await file.Write(chunk.AsMemory(0, read), cancel);
        }

        var sha256 = await file.Finish(cancel);
        return new PulledBody(
            path, request.Name, file.Bytes, sha256, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType,
            veil.Over(Line(request)), time.GetUtcNow(), file.Veiled)
        {
            Headers = answer.Headers.Concat(answer.Content.Headers).ToDictionary(
                header => header.Key, header => veil.Over(header.Value.Last()), StringComparer.OrdinalIgnoreCase),
        };
    }

    private static Stream Unpacked(HttpResponseMessage answer, Stream body) =>
        answer.Content.Headers.ContentEncoding.LastOrDefault() switch
        {
            null or "" or "identity" => body,
            "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
            var other => throw new ImportException(
                $"返回的内容以未请求的方式压缩（{other}）。", $"It packed its answer in a way nobody asked for ({other})."),
        };

    private static void CheckOrDelete(PulledBody body, BodyKind kind)
    {
        try
        {
            BodyCheck.Check(body, kind);
        }
        catch
        {
            File.Delete(body.Path);
            throw;
        }
    }

    private PassingTrouble Busy(HttpResponseMessage answer)
    {
        var asked = answer.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date is { } date ? date - time.GetUtcNow() : null);
        var status = (int)answer.StatusCode;
        var what = wait is { } until && until > settings.LongestWait
            ? new Bilingual(
                $"对方要求等待到 {(time.GetUtcNow() + until).ToOffset(PullRequest.CivilOffset):yyyy-MM-dd HH:mm}（HTTP {status}）",
                $"it asks to wait until {(time.GetUtcNow() + until).ToOffset(PullRequest.CivilOffset):yyyy-MM-dd HH:mm} (HTTP {status})")
            : new Bilingual($"对方暂时不能应答（HTTP {status}）", $"it cannot answer now (HTTP {status})");
        return new PassingTrouble(what, wait);
    }

    private static bool IsFine(SourceRequest request, HttpStatusCode status) =>
        (int)status is >= 200 and <= 299 || request.AlsoFine.Contains(status);

    private ImportException Refused(SourceRequest request, PulledBody body)
    {
        var (status, line) = ((int)body.Status, body.Request);
        return body.Status switch
        {
            HttpStatusCode.Unauthorized => new ImportException(
                $"凭据无效或已过期（HTTP 401）。请向对方索取新的凭据，用 ./evaluation sources set 名称 --credential 录入，然后重新采集。请求：{line}",
                $"The credentials are wrong or have expired (HTTP 401). Ask for new ones, enter them by ./evaluation sources "
                + $"set NAME --credential, and pull again. Request: {line}"),
            HttpStatusCode.Forbidden => new ImportException(
                $"对方拒绝访问（HTTP 403）：凭据没有读取这些数据的权限。请与对方核对权限。请求：{line}",
                $"It forbids access (HTTP 403): the credentials may not read these data. Ask those who run the system. "
                + $"Request: {line}"),
            _ => new ImportException(
                $"对方返回 HTTP {status}，未存入任何内容。请检查地址 {request.Address.GetLeftPart(UriPartial.Path)} 是否正确。请求：{line}",
                $"It answered HTTP {status}; nothing was stored. Check that the address "
                + $"{request.Address.GetLeftPart(UriPartial.Path)} is right. Request: {line}"),
        };
    }

    private List<RequestPart> AllParts(SourceRequest request) => [.. request.Parts, .. session];

    /// <summary>The request as it is written down: secrets veiled, headers left out.</summary>
    private string Line(SourceRequest request)
    {
        var parts = AllParts(request);
        var form = parts.Where(part => part.Place == RequestPlace.Form).Select(part => part.ToString()).ToList();
        var address = Address(request, parts, shown: true);
        return form.Count == 0 ? $"GET {address}" : $"POST {address} {string.Join('&', form)}";
    }

    private static Uri Address(SourceRequest request, IReadOnlyList<RequestPart> parts, bool shown)
    {
        var query = parts.Where(part => part.Place == RequestPlace.Query).Select(part =>
            $"{Uri.EscapeDataString(part.Name)}="
            + (shown && part.Secret ? SecretVeil.Shown : Uri.EscapeDataString(part.Value)));
        var given = request.Address.Query.TrimStart('?');
        var all = string.Join('&', query.Prepend(given).Where(text => text.Length > 0));
        return all.Length == 0 ? request.Address : new UriBuilder(request.Address) { Query = all }.Uri;
    }

    private static ResiliencePipeline<PulledBody> Patience(SourceClientSettings settings, TimeProvider time) =>
        new ResiliencePipelineBuilder<PulledBody> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<PulledBody>
            {
                MaxRetryAttempts = settings.Retries,
                ShouldHandle = tried => ValueTask.FromResult(
                    tried.Outcome.Exception is PassingTrouble trouble && !(trouble.Wait > settings.LongestWait)),
                DelayGenerator = tried => ValueTask.FromResult<TimeSpan?>(
                    (tried.Outcome.Exception as PassingTrouble)?.Wait is { Ticks: >= 0 } asked
                        ? asked
                        : settings.FirstWait * (1 << tried.AttemptNumber)),
            })
            .Build();
}
