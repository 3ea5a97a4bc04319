using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>A year at a glance: categories, the steps of the year, findings and runs.</summary>
public sealed class YearModel(
    RunSelection selection, RunPages runs, RankingPages rankings, ScoreCardPages cards, CertaintyPages certainty,
    TimeProvider time, PageFrame frame, Wording wording) : PageModel
{
    public ShownRun Shown { get; private set; } = null!;

    public IReadOnlyList<GradeOfCategory> Grades { get; private set; } = [];

    public IReadOnlyList<FragileCount> Fragile { get; private set; } = [];

    public IReadOnlyList<FindingCount> Findings { get; private set; } = [];

    public IReadOnlyList<RunSummary> Runs { get; private set; } = [];

    public IReadOnlyList<StepSummary> Steps { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string year, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        Shown = shown;
        frame.Title = wording[shown.Cycle.Name];
        Grades = await rankings.Grades(shown.Run.Run, cancel);
        Fragile = await certainty.Fragile(shown.Run.Run, cancel);
        Findings = await cards.FindingsByKind(shown.Run.Run, cancel);
        Runs = await runs.List(shown.Run.Cycle, cancel);
        Steps = await runs.Steps(shown.Run.Run, cancel);
        return Page();
    }

    /// <summary>Who acts in a step of the year.</summary>
    public static Bilingual Actor(string step) => step switch
    {
        "confirm" or "object" or "rectify" => new("被评单位", "Institutions"),
        "allocate" or "pay" => new("财务", "Finance"),
        _ => new("平台中心", "Platform center"),
    };

    /// <summary>Where a step stands today, by its last day.</summary>
    public Bilingual Standing(Deadline deadline)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime);
        var days = deadline.By.DayNumber - today.DayNumber;
        var next = Shown.Cycle.Deadlines.FirstOrDefault(known => known.By >= today);
        return days switch
        {
            < 0 => new("期限已过", "deadline passed"),
            0 => new("今天截止", "ends today"),
            _ when deadline == next => new($"正在进行，还剩 {days} 天", $"under way, {days} days left"),
            _ => new($"还有 {days} 天", $"{days} days to go"),
        };
    }
}
