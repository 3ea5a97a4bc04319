using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// Says of every resource on the registers of a run whether it counts, by the scope rules of the cycle. One that does
/// not is entered with the rule and its reason; its observations and records are kept and not used.
/// </summary>
public sealed class ScopeResources(RuleSetsOnRecord rules, UnitStore units)
{
    /// <returns>Resources left out.</returns>
    public async Task<int> Scope(string run, string category, CancellationToken cancel)
    {
        var (_, ruleSet) = await rules.Of(run, cancel);
        if (ruleSet.Records.Resources.All(rule => rule.Category != category)) return 0;
        var periods = ruleSet.Cycle!.Categories.Single(one => one.Id == category).Periods;
        var whole = new Period(periods.Min(period => period.From), periods.Max(period => period.To));
        var conditions = new ScopeConditions(ruleSet.Records, category, whole, ruleSet.AsOf);
        var leftOut = new List<LeftOutResource>();
        await foreach (var resource in units.ResourcesOfRun(run, category, cancel: cancel))
        {
            if (conditions.Of(Registered(resource)) is not { } rule) continue;
            leftOut.Add(new LeftOutResource(category, resource.Unit, resource.Resource, rule.Id, Reason(rule)));
        }

        await units.LeaveOut(run, leftOut, cancel);
        return leftOut.Count;
    }

    private static RegisteredResource Registered(ResourceEntry resource) => new(
        resource.OriginalValue, resource.Class, resource.Status, resource.ShareMode, resource.Registered, resource.Included,
        resource.InServiceFrom, resource.BookedOn, resource.RegisteredOn, resource.RetiredOn);

    private static Bilingual Reason(ResourceExclusion rule) => new(
        $"{rule.Name.Zh}（{rule.Source.Document}{Item(rule.Source.Item, "，")}）",
        $"{rule.Name.En} ({rule.Source.DocumentEn ?? rule.Source.Document}{Item(rule.Source.ItemEn ?? rule.Source.Item, ", ")})");

    private static string Item(string? item, string before) => item is { Length: > 0 } ? before + item : "";
}
