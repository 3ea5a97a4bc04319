using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>One pot with its awards in the order of the ranking.</summary>
/// <param name="Row">The stored pot.</param>
/// <param name="Result">How it was shared out.</param>
/// <param name="Awards">The awards, each with the unit's name and rank.</param>
public sealed record SharedPot(
    PotRow Row, AllocationResult Result, IReadOnlyList<(AwardRow Row, Award Award)> Awards)
{
    /// <summary>What is left, in yuan.</summary>
    public decimal Left => Row.Pot - Row.Spent;

    /// <summary>Whether the rows, the stored sum and the allocation agree to the fen.</summary>
    public bool Reconciles =>
        Awards.Sum(award => award.Row.Amount) == Row.Spent
        && Result.Awards.Sum(award => award.Amount.Yuan) == Row.Spent
        && Result.Awards.Count == Awards.Count;
}

/// <summary>The money of a year: pots, sums by grade and category, every award with its reason.</summary>
public sealed class AwardsModel(RunSelection selection, AwardPages awards, ResultShelf results, PageFrame frame, Wording wording)
    : PageModel
{
    public ShownRun Shown { get; private set; } = null!;

    public IReadOnlyList<SharedPot> Pots { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string year, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        Shown = shown;
        frame.Title = wording[$"补助分配，{shown.YearName.Zh}", $"Awards, {shown.YearName.En}"];
        frame.Crumbs = [new(wording[shown.Cycle.Name], shown.Address())];
        var allocations = await results.Allocations(shown.Run.Run, cancel);
        var rows = (await awards.Awards(shown.Run.Run, cancel)).ToLookup(row => (row.Pool, row.Category));
        Pots =
        [
            .. (await awards.Pots(shown.Run.Run, cancel)).Select(pot =>
            {
                var result = allocations[pot.Category].Single(known => known.Pool == pot.Pool);
                var byUnit = result.Awards.ToDictionary(award => award.Unit, StringComparer.Ordinal);
                return new SharedPot(
                    pot, result, [.. rows[(pot.Pool, pot.Category)].Select(row => (row, byUnit[row.Unit]))]);
            }),
        ];
        return Page();
    }

    /// <summary>Name of a pool.</summary>
    public string PoolName(string pool) =>
        Shown.Cycle.Pools.FirstOrDefault(known => known.Id == pool) is { } found ? wording[found.Name] : pool;

    /// <summary>Grades of a category that have units in a pot, best first.</summary>
    public IEnumerable<Grade> GradesOf(SharedPot pot) =>
        (Shown.Scheme(pot.Row.Category)?.Grades?.Grades ?? []).Where(grade => pot.Awards.Any(award => award.Row.Grade == grade.Id));
}
