using System.Globalization;
using System.Net.Mime;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Web.Downloads;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>A finding with the decision that holds on it.</summary>
public sealed record DecidedFinding(Finding Finding, FindingDecision? Decision)
{
    /// <summary>Whether the data cannot be locked before somebody decides.</summary>
    public bool IsOpen => Finding.Severity == "blocking" && Decision is null;
}

/// <summary>Every finding of the data checks of a run, finished or waiting, with what was decided on it.</summary>
public sealed class FindingsModel(
    RunPages runs, FindingStore findings, DecisionStore decisions, RuleSetShelf shelf, PageFrame frame,
    Wording wording) : PageModel
{
    /// <summary>So many findings stand on the page; the download has all.</summary>
    public const int Most = 500;

    public ShownRun Shown { get; private set; } = null!;

    public IReadOnlyList<DecidedFinding> All { get; private set; } = [];

    public IReadOnlyList<DecidedFinding> Found { get; private set; } = [];

    /// <summary>What is asked for: a severity, <c>open</c>, or nothing.</summary>
    public string Only { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string year, string? run, string? only, string? format, CancellationToken cancel)
    {
        var cycle = PageAddress.Read(year);
        var found = string.IsNullOrEmpty(run) ? (await runs.List(cycle, cancel)).FirstOrDefault() : await runs.Find(run, cancel);
        if (found is null || found.Cycle != cycle)
        {
            frame.Missing = new(
                new($"“{cycle}”年度还没有运行，因此没有核查发现。", $"'{cycle}' has no run yet, so there are no findings."),
                [new(wording["查看全部运行记录", "See all runs"], "/runs")]);
            return NotFound();
        }

        Shown = new ShownRun(found, await shelf.Take(found.RuleSetHash, cancel), Latest: false);
        frame.Title = wording[$"核查发现，{Shown.YearName.Zh}", $"Findings, {Shown.YearName.En}"];
        frame.Crumbs = found.Finished ? [new(wording[Shown.Cycle.Name], Shown.Address())] : [new(wording["运行记录", "Runs"], "/runs")];
        frame.Generated = found.Generated;
        var decided = await decisions.OfCycle(found.Cycle, cancel);
        All = (await findings.OfRun(found.Run, cancel))
            .ConvertAll(finding => new DecidedFinding(finding, decided.GetValueOrDefault(finding.NaturalKey)));
        Only = only ?? "";
        Found = [.. All.Where(one => Only switch { "" => true, "open" => one.IsOpen, _ => one.Finding.Severity == Only })];
        return format == "csv"
            ? File(CsvText.Of(Rows()), MediaTypeNames.Text.Csv, $"findings-{found.Run}.csv")
            : Page();
    }

    /// <summary>What people call a check.</summary>
    public string CheckName(string code) => wording[FindingNames.OfCheck(Shown.Rules, code)];

    /// <summary>Who has to look: the unit whose data it is about, the platform center where it is about no single unit.</summary>
    public string OwnerOf(Finding finding)
    {
        var center = wording["平台中心", "Platform center"];
        if (finding.Category is not { } category) return center;
        var name = wording[Shown.CategoryName(category)];
        return finding.Unit is { } unit ? $"{name} {unit}" : wording[$"{center}（{name}）", $"{center} ({name})"];
    }

    /// <summary>What was decided, in a word.</summary>
    private string DecisionName(FindingDecision decision) => decision.Kind switch
    {
        FindingDecision.Keep => wording["照用", "kept"],
        FindingDecision.Exclude => wording["不采用", "not used"],
        _ => wording[$"更正为 {CsvText.Number(decision.Value)}", $"corrected to {CsvText.Number(decision.Value)}"],
    };

    /// <summary>The decision with who took it, when and why.</summary>
    public string DecisionText(FindingDecision decision)
    {
        var day = Wording.Day(DateOnly.FromDateTime(decision.At.UtcDateTime));
        var name = DecisionName(decision);
        return wording[$"{name}（{decision.By}，{day}：{decision.Reason}）", $"{name} ({decision.By}, {day}: {decision.Reason})"];
    }

    private IEnumerable<IReadOnlyList<string>> Rows()
    {
        yield return
        [
            "number", "severity", "check", "category", "unit", "resource", "metric", "message_zh", "message_en", "decision",
            "value", "reason", "decided_by", "decided_at", "treatment_zh", "treatment_en",
        ];
        foreach (var (finding, decision) in Found)
        {
            yield return
            [
                finding.Number.ToString(CultureInfo.InvariantCulture), finding.Severity, finding.Code, finding.Category ?? "",
                finding.Unit ?? "", finding.Resource ?? "", finding.Metric ?? "", finding.Message.Zh, finding.Message.En,
                decision?.Kind ?? "", CsvText.Number(decision?.Value), decision?.Reason ?? "", decision?.By ?? "",
                decision?.At.ToString("O", CultureInfo.InvariantCulture) ?? "", finding.Treatment?.Zh ?? "",
                finding.Treatment?.En ?? "",
            ];
        }
    }
}
