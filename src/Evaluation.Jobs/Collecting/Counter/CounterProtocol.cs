using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// Usage reports of a hub (<c>/reports</c>): its list page by page, and of the list every dataset report whose period
/// touches the one that is asked for. A report that was issued again has another id, or the same one with another body;
/// both are documents of their own, and the one issued later holds.
/// </summary>
internal sealed class CounterProtocol : ISourceProtocol
{
    private const string Token = "token";
    private const string CreatedBy = "created_by";
    private const string PageSize = "page_size";

    public string Kind => "counter";

    public Bilingual Name { get; } = 
        new("COUNTER 研究数据使用报告（/reports 接口）", "COUNTER research-data reports (the /reports interface)");

    public string? FormatName => CounterReport.Format;

    /// <summary>Reports of a month are issued again in the weeks after it.</summary>
    public TimeSpan Overlap => TimeSpan.FromDays(92);

    public IReadOnlyList<CredentialField> Credentials { get; } = [new(Token, Required: false)];

    public IReadOnlyList<string> Options { get; } = [CreatedBy, PageSize];

    public async IAsyncEnumerable<PulledPage> Pages(
        PullRequest request, SourceClient client, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (number, after) = MarkOf(request.Mark);
        while (true)
        {
            var (reports, pages) = await List(request, client, number, cancel);
            var isLast = number >= pages || reports.Count == 0;
            var wanted = reports.Where(report => IsWanted(report, request)).Select(report => report.Id).ToList();
            // The list may have grown since the mark was set: then its page is gone through from the beginning.
            var first = after is null ? 0 : wanted.IndexOf(after) + 1;
            for (var at = first; at < wanted.Count; at++)
            {
                var asked = new SourceRequest(
                    $"report-{wanted[at]}.json", Below(request, wanted[at]), BodyKind.Json, Signed(request));
                var body = await client.Fetch(asked, cancel);
                var mark = at + 1 < wanted.Count ? Mark(number, wanted[at]) : isLast ? null : Mark(number + 1, null);
                yield return new PulledPage(body, mark);
            }

            if (isLast) yield break;
            number++;
            after = null;
        }
    }

    /// <summary>A report as the list shows it.</summary>
    private sealed record Listed(string Id, CounterHeader Header);

    private static async Task<(List<Listed> Reports, int Pages)> List(
        PullRequest request, SourceClient client, int number, CancellationToken cancel)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"reports-{number:0000}.json");
        var asked = new SourceRequest(name, request.Address, BodyKind.Json, Signed(request))
            .With("page[number]", number.ToString(CultureInfo.InvariantCulture))
            .With("page[size]", request.Option(PageSize, "100"));
        if (request.Options.TryGetValue(CreatedBy, out var by)) asked = asked.With("created-by", by);
        using var list = JsonDocument.Parse(await client.FetchText(asked, cancel));
        var root = list.RootElement;
        if (Spelling.Property(root, "reports") is not { ValueKind: JsonValueKind.Array } reports)
        {
            throw new ImportException(
                $"{request.Address} 返回的不是报告清单（没有 reports）。请核对地址。",
                $"What {request.Address} answers is no list of reports (it has no 'reports'). Check the address.");
        }

        return ([.. reports.EnumerateArray().Select(Read)], PagesOf(root));
    }

    private static Listed Read(JsonElement report) => new(
        Spelling.Text(report, "id"),
        CounterHeader.Of(report.EnumerateObject().ToDictionary(
            property => Spelling.Of(property.Name), property => property.Value, StringComparer.Ordinal)));

    private static int PagesOf(JsonElement root) =>
        Spelling.Property(root, "meta") is { } meta
        && Spelling.Property(meta, "total-pages") is { ValueKind: JsonValueKind.Number } pages
            ? pages.GetInt32()
            : 1;

    /// <summary>Dataset reports of the research-data release whose months are asked for, of the maker that is.</summary>
    private static bool IsWanted(Listed report, PullRequest request)
    {
        if (report.Id.Length == 0 || report.Header.Release is not ("rd1" or "")) return false;
        if (request.Options.TryGetValue(CreatedBy, out var by) && report.Header.CreatedBy != by) return false;
        var asked = new Period(request.FirstDay, request.LastDay.AddDays(1));
        return report.Header.Period is { } period && period.Overlaps(asked);
    }

    private static Uri Below(PullRequest request, string id) =>
        new($"{request.Address.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{Uri.EscapeDataString(id)}");

    private static RequestPart[] Signed(PullRequest request) =>
        request.Credentials[Token] is { } token ? [RequestPart.Authorization("Bearer", token)] : [];

    // Page of the list, and the report on it that was taken last.
    private static string Mark(int page, string? after) => string.Create(CultureInfo.InvariantCulture, $"{page}/{after}");

    private static (int Page, string? After) MarkOf(string? mark)
    {
        if (mark is null) return (1, null);
        var parts = mark.Split('/', 2);
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1].Length > 0 ? parts[1] : null);
    }
}
