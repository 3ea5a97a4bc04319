using Evaluation.Jobs.Storage;
using Evaluation.Rules.Reform;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>One comparison: the data of a run under other rules.</summary>
public sealed class ComparisonModel(
    RunSelection selection, ComparisonStore comparisons, PageFrame frame, Wording wording) : PageModel
{
    /// <summary>Rows of the lists on the page; the downloads have them all.</summary>
    public const int RowsShown = 20;

    public ComparisonEntry Entry { get; private set; } = null!;

    public RuleComparison Made { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string year, string comparison, CancellationToken cancel)
    {
        var found = await comparisons.Find(PageAddress.Read(comparison), cancel);
        var made = found is { } kept ? ComparisonJson.Read(kept.Json) : null;
        if (made is null || await selection.Of(PageAddress.Read(year), made.Run, cancel) is not { } shown)
        {
            frame.Missing = new(
                new($"没有编号为“{comparison}”的比较。", $"There is no comparison '{comparison}'."),
                [new(wording["查看全部比较", "See all comparisons"], PageAddress.Of("years", PageAddress.Read(year), "compare"))]);
            return NotFound();
        }

        (Entry, Made) = (found!.Value.Entry, made);
        frame.Title = wording[$"换成规则“{made.NewName}”会怎样", $"Under the rules \"{made.NewName}\""];
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()),
            new(wording["换一套规则会怎样", "What other rules would change"], PageAddress.Of("years", shown.Run.Cycle, "compare")),
        ];
        return Page();
    }

    /// <summary>Units whose rank, grade or award changes, those with the greatest difference of award first.</summary>
    public IReadOnlyList<(ComparedCategory Category, ComparedUnit Unit)> MostMoved =>
    [
        .. Made.Categories.SelectMany(category => category.Units.Select(unit => (Category: category, Unit: unit)))
            .Where(pair => pair.Unit.OldRank != pair.Unit.NewRank || pair.Unit.OldGrade != pair.Unit.NewGrade
                || pair.Unit.Difference != 0)
            .OrderByDescending(pair => Math.Abs(pair.Unit.Difference))
            .ThenByDescending(pair => Math.Abs((pair.Unit.OldRank ?? 0) - (pair.Unit.NewRank ?? 0)))
            .ThenBy(pair => pair.Unit.Unit, StringComparer.Ordinal)
            .Take(RowsShown),
    ];

    /// <summary>A grade in words with its mark.</summary>
    public string GradeName(ComparedCategory category, string? grade) =>
        category.Grades.FirstOrDefault(known => known.Id == grade) is { } found
            ? $"{wording[found.Name]} {found.Mark}"
            : wording["无等次", "no grade"];
}
