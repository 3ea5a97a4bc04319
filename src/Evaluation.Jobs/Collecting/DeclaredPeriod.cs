using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// The period of figures whose file does not say one: that of the profile, or of the category in this cycle.
/// </summary>
internal static class DeclaredPeriod
{
    /// <exception cref="ImportException">Neither says one.</exception>
    public static Period Of(MappingProfile profile, RuleSet rules, string category) =>
        Find(profile, rules, category) ?? throw new ImportException(
            $"导入配置 imports/{profile.Id}.yaml 没有说明期间。请添加 period 或 period_column。",
            $"The import profile imports/{profile.Id}.yaml does not say the period. Add period or period_column.");

    /// <summary>The same, or null where neither says one.</summary>
    public static Period? Find(MappingProfile profile, RuleSet rules, string category) =>
        profile.Period
        ?? rules.Cycle?.Categories.FirstOrDefault(one => one.Id == category)?.Periods.FirstOrDefault()
        ?? rules.Cycle?.Period;
}
