using System.Globalization;
using System.Runtime.CompilerServices;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.OaiPmh;

/// <summary>
/// Harvests a catalogue: the records whose datestamp lies in the period, page by page along the resumption tokens. A
/// token that has expired makes it begin again, once; what was taken before is known and is not written again.
/// </summary>
internal sealed class OaiPmhProtocol : ISourceProtocol
{
    private const string BadToken = "badResumptionToken";
    private const string Prefix = "metadataPrefix";
    private const string Set = "set";
    private const string Verb = "verb";

    public string Kind => "oai-pmh";

    public Bilingual Name { get; } = new("目录采集（OAI-PMH 2.0）", "Catalogue harvest (OAI-PMH 2.0)");

    public string? FormatName => "oai-pmh";

    /// <summary>Datestamps may be of the day only, and of another time zone.</summary>
    public TimeSpan Overlap => TimeSpan.FromDays(1);

    public IReadOnlyList<string> Options { get; } = [Prefix, Set, Verb];

    /// <param name="Restarts">How often it began again.</param>
    /// <param name="Page">Number of the next page, from 1.</param>
    /// <param name="Token">The token that leads to it; empty for the first one.</param>
    private sealed record Position(int Restarts, int Page, string Token)
    {
        public static Position Beginning { get; } = new(0, 1, "");

        public static Position Of(string? mark)
        {
            if (mark is null) return Beginning;
            var parts = mark.Split('/', 3);
            return new(
                int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture),
                parts[2]);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Restarts}/{Page}/{Token}");
    }

    public async IAsyncEnumerable<PulledPage> Pages(
        PullRequest request, SourceClient client, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (from, until) = await Window(request, client, cancel);
        for (var position = Position.Of(request.Mark); ;)
        {
            var body = await client.Fetch(Ask(request, position, from, until), cancel);
            var answer = new OaiDocument(body.Path, body.Name).Answer();
            if (answer.Error == BadToken && position.Token.Length > 0)
            {
                File.Delete(body.Path);
                position = position.Restarts == 0 ? Position.Beginning with { Restarts = 1 } : throw Expired(request);
                continue;
            }

            var next = answer.Token is { } token ? position with { Page = position.Page + 1, Token = token } : null;
            if (next?.Token == position.Token) throw GoesInCircles(request);
            yield return new PulledPage(body, next?.ToString());
            if (next is null) yield break;
            position = next;
        }
    }

    /// <summary>First and last datestamp, as fine as the repository keeps them. Datestamps are in universal time.</summary>
    private static async Task<(string From, string Until)> Window(
        PullRequest request, SourceClient client, CancellationToken cancel)
    {
        var body = await client.Fetch(
            new SourceRequest("Identify.xml", request.Address, BodyKind.Xml).With(Verb, "Identify"), cancel);
        var identity = new OaiDocument(body.Path, body.Name).Answer();
        File.Delete(body.Path);
        var form = identity.Granularity is { Length: > 10 } ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd";
        return (Written(request.From), Written(request.Until.AddSeconds(-1)));

        string Written(DateTimeOffset moment) => moment.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
    }

    private static SourceRequest Ask(PullRequest request, Position position, string from, string until)
    {
        var verb = request.Option(Verb, "ListRecords");
        var span = $"{from}-{until}".Replace(":", "", StringComparison.Ordinal);
        var name = string.Create(CultureInfo.InvariantCulture, $"{verb}-{span}-{position.Page:0000}.xml");
        var asked = new SourceRequest(name, request.Address, BodyKind.Xml).With(Verb, verb);
        // A token stands alone: no other argument may come with it.
        if (position.Token.Length > 0) return asked.With("resumptionToken", position.Token);
        asked = asked.With(Prefix, request.Option(Prefix, "oai_dc")).With("from", from).With("until", until);
        return request.Options.TryGetValue(Set, out var set) ? asked.With(Set, set) : asked;
    }

    private static ImportException GoesInCircles(PullRequest request) => new(
        $"来源 {request.Source} 一再给出同一个续取标记，已停止；已取得的各页保留。请联系来源。",
        $"The source {request.Source} gives the same resumption token again and again; the harvest stopped, and the "
        + "pages taken so far stay. Ask those who run it.");

    private static ImportException Expired(PullRequest request) => new(
        $"来源 {request.Source} 的续取标记连续两次失效，已停止；已取得的各页保留。请稍后重新采集，或缩短期间。",
        $"The resumption token of the source {request.Source} expired twice; the harvest stopped, and the pages taken so "
        + "far stay. Pull again later, or for a shorter period.");
}
