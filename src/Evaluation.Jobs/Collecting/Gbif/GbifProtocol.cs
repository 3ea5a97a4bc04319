using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Gbif;

/// <summary>
/// Download statistics of GBIF for the months of a period, page by page, and after them the series that the source
/// names. Nobody has to sign in. The last three months are asked for again, as GBIF still changes them.
/// </summary>
internal sealed class GbifProtocol : ISourceProtocol
{
    private const string Statistics = "statistics";
    private const string Limit = "limit";
    private const string Series = "series";
    private const string Dataset = "datasetKey";

    /// <summary>What the statistics can be asked for; the options are called as GBIF calls them.</summary>
    private static readonly string[] Filters = [Dataset, "publishingOrgKey", "publishingCountry"];

    public string Kind => "gbif";

    public Bilingual Name { get; } = new("GBIF 下载统计", "GBIF download statistics");

    public string? FormatName => "gbif";

    public TimeSpan Overlap => TimeSpan.FromDays(92);

    public IReadOnlyList<string> Options { get; } = [.. Filters, Limit, Series];

    public async IAsyncEnumerable<PulledPage> Pages(
        PullRequest request, SourceClient client, [EnumeratorCancellation] CancellationToken cancel)
    {
        var series = request.Option(Series, "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var (part, at) = MarkOf(request.Mark);
        while (part == Statistics)
        {
            var (body, more) = await Page(request, client, at, cancel);
            at += Step(request);
            (part, at) = more ? (Statistics, at) : (Series, 0);
            yield return new PulledPage(body, part == Series && series.Length == 0 ? null : Mark(part, at));
        }

        for (; at < series.Length; at++)
        {
            var key = request.Option(Dataset, "");
            var name = key.Length > 0 ? $"{series[at]}-{key}.json" : $"{series[at]}.json";
            var body = await Ask(client, Request(request, series[at], name), cancel);
            yield return new PulledPage(body, at + 1 < series.Length ? Mark(Series, at + 1) : null);
        }
    }

    /// <summary>A page, and whether there is another one behind it.</summary>
    private static async Task<(PulledBody? Body, bool More)> Page(
        PullRequest request, SourceClient client, int offset, CancellationToken cancel)
    {
        var (from, to) = (Month(request.FirstDay), Month(request.LastDay));
        var name = string.Create(CultureInfo.InvariantCulture, $"{Statistics}-{from}-{to}-{offset:000000}.json");
        var asked = Request(request, Statistics, name)
            .With("fromDate", from).With("toDate", to)
            .With(Limit, Step(request).ToString(CultureInfo.InvariantCulture))
            .With("offset", offset.ToString(CultureInfo.InvariantCulture));
        if (await Ask(client, asked, cancel) is not { } body) return (null, false);
        await using var stream = body.Open();
        using var page = await JsonDocument.ParseAsync(stream, cancellationToken: cancel);
        var more = page.RootElement.ValueKind == JsonValueKind.Object
            && page.RootElement.TryGetProperty("endOfRecords", out var end) && end.ValueKind == JsonValueKind.False
            && page.RootElement.TryGetProperty("results", out var results) && results.GetArrayLength() > 0;
        return (body, more);
    }

    /// <summary>A body; null where GBIF says in plain text that there is none.</summary>
    private static async Task<PulledBody?> Ask(SourceClient client, SourceRequest asked, CancellationToken cancel)
    {
        var body = await client.Fetch(asked with { AlsoFine = [HttpStatusCode.NotFound] }, cancel);
        if (body.Status != HttpStatusCode.NotFound) return body;
        File.Delete(body.Path);
        return null;
    }

    private static SourceRequest Request(PullRequest request, string endpoint, string name)
    {
        var path = endpoint == Statistics ? Statistics : $"{Statistics}/{endpoint}";
        var address = new Uri($"{request.Address.AbsoluteUri.TrimEnd('/')}/occurrence/download/{path}");
        var asked = new SourceRequest(name, address, BodyKind.Json);
        foreach (var filter in Filters)
        {
            if (request.Options.TryGetValue(filter, out var value)) asked = asked.With(filter, value);
        }

        return asked;
    }

    private static int Step(PullRequest request) =>
        int.TryParse(request.Option(Limit, "300"), NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step > 0
            ? step
            : throw new ImportException(
                $"来源 {request.Source} 的选项 limit 不是正整数。",
                $"The option limit of the source {request.Source} is no whole number above 0.");

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Mark(string part, int at) => string.Create(CultureInfo.InvariantCulture, $"{part}/{at}");

    private static (string Part, int At) MarkOf(string? mark)
    {
        if (mark is null) return (Statistics, 0);
        var parts = mark.Split('/', 2);
        return (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
