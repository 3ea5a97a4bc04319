using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>One pot with its awards in the order of the ranking.</summary>
/// <param name="Row">The stored pot; the approved one where its awards are approved.</param>
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
public sealed class AwardsModel(
    RunSelection selection, AwardPages awards, ApprovalStore approvals, ResultShelf results, PageFrame frame, Wording wording)
    : PageModel
{
    public ShownRun Shown { get; private set; } = null!;

    public IReadOnlyList<SharedPot> Pots { get; private set; } = [];

    /// <summary>Where the money of each category stands.</summary>
    public IReadOnlyList<CategoryMoney> Money { get; private set; } = [];

    /// <summary>Every version that was approved in the cycle, by category, the newest first.</summary>
    public IReadOnlyList<Approval> Versions { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string year, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        Shown = shown;
        frame.Title = wording[$"补助分配，{shown.YearName.Zh}", $"Awards, {shown.YearName.En}"];
        frame.Crumbs = [new(wording[shown.Cycle.Name], shown.Address())];
        var allocations = await results.Allocations(shown.Run.Run, cancel);
        var newest = await approvals.Newest(shown.Run.Cycle, cancel);
        Money =
        [
            .. allocations.OrderBy(known => known.Key, StringComparer.Ordinal).Select(known => new CategoryMoney(
                known.Key, shown.Run.Run, newest.GetValueOrDefault(known.Key), [.. known])),
        ];
        Versions = await approvals.OfCycle(shown.Run.Cycle, cancel);
        var rows = (await awards.Awards(shown.Run.Run, cancel)).ToLookup(row => (row.Pool, row.Category));
        Pots = [.. (await awards.Pots(shown.Run.Run, cancel)).Select(pot => Shared(pot, [.. rows[(pot.Pool, pot.Category)]]))];
        return Page();
    }

    private SharedPot Shared(PotRow pot, IReadOnlyList<AwardRow> rows)
    {
        var money = Money.Single(known => known.Category == pot.Category);
        var result = money.Results.Single(known => known.Pool == pot.Pool);
        var byUnit = result.Awards.ToDictionary(award => award.Unit, StringComparer.Ordinal);
        if (!money.IsApproved) return new SharedPot(pot, result, [.. rows.Select(row => (row, byUnit[row.Unit]))]);
        return new SharedPot(
            pot with { Pot = result.Pot.Yuan, Spent = result.Spent.Yuan },
            result,
            [.. rows.Select(row => (row with { Grade = byUnit[row.Unit].Grade, Amount = byUnit[row.Unit].Amount.Yuan }, byUnit[row.Unit]))]);
    }

    /// <summary>Name of a pool.</summary>
    public string PoolName(string pool) => wording[Shown.PoolName(pool)];

    /// <summary>What was set otherwise than in the rules, in a word for each.</summary>
    public string SettingsOf(Approval version) => version.Scenario.Settings.Count == 0
        ? wording["照运行的建议", "as the run recommends"]
        : string.Join(wording["；", "; "], version.Scenario.Settings.Select(setting => $"{TitleOf(version.Category, setting.Key)} = {setting.Value}"));

    private string TitleOf(string category, string setting) =>
        Shown.Scheme(category) is { } scheme
        && ScenarioSetting.Of(Shown.Rules, scheme).FirstOrDefault(known => known.Name == setting) is { } found
            ? wording[found.Title] : setting;

    /// <summary>Grades of a category that have units in a pot, best first.</summary>
    public IEnumerable<Grade> GradesOf(SharedPot pot) =>
        (Shown.Scheme(pot.Row.Category)?.Grades?.Grades ?? []).Where(grade => pot.Awards.Any(award => award.Row.Grade == grade.Id));
}
