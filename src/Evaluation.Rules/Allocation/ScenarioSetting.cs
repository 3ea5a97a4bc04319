using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>One thing of a category's money that a scenario may set, as the rules have it.</summary>
/// <param name="Name">Name in <see cref="Scenario.Settings"/>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Unit">What it is counted in, or null.</param>
/// <param name="Value">Its value in the rules: a number, or a formula.</param>
/// <param name="IsFormula">Whether it is a formula in FEEL.</param>
/// <param name="IsParameter">Whether it is a parameter that formulas name.</param>
public sealed record ScenarioSetting(
    string Name, Bilingual Title, Bilingual? Unit, string Value, bool IsFormula = false, bool IsParameter = false)
{
    private static readonly Bilingual Yuan = AwardPolicy.Yuan;

    /// <summary>What the policies of a scheme have: budgets, amounts, places, formulas, and the parameters that the money
    /// or the grades depend on.</summary>
    /// <param name="rules">A rule set with a cycle.</param>
    /// <param name="scheme">One of its schemes.</param>
    public static IReadOnlyList<ScenarioSetting> Of(RuleSet rules, Scheme scheme) =>
    [
        .. scheme.Awards.Select(policy => BudgetOf(rules, scheme, policy)),
        .. scheme.Awards.SelectMany(policy => policy.Amounts).DistinctBy(amount => string.Join('.', amount.Keys))
            .Select(amount => AmountOf(scheme, amount)),
        .. (scheme.Grades?.Quotas ?? []).Select(quota => new ScenarioSetting(
            Scenario.Places + quota.Grade,
            new($"{GradeName(scheme, quota.Grade).Zh}名额", $"Places, {GradeName(scheme, quota.Grade).En}"),
            quota.Count is not null ? new("家", "units") : new("排名单位的 %", "% of units ranked"),
            Text(quota.Count ?? quota.Percent!))),
        .. scheme.Awards.SelectMany(policy => FormulasOf(rules, scheme, policy)),
        .. scheme.Parameters.Values.Where(parameter => ParametersOfMoney(scheme).Contains(parameter.Code))
            .Select(parameter => ParameterOf(rules, parameter)),
    ];

    /// <summary>Parameters that judgements, grades or awards name: points are sealed, these still count.</summary>
    internal static IReadOnlySet<string> ParametersOfMoney(Scheme scheme)
    {
        var grades = scheme.Grades;
        var names = scheme.Awards.SelectMany(policy => policy.Formulas.Select(one => one.Formula))
            .Concat(scheme.Judgements.Select(judgement => judgement.When))
            .Concat(scheme.Judgements.Select(judgement => judgement.Effect).OfType<AdjustPoints>().Select(adjust => adjust.Points))
            .Concat(grades?.Quotas.Select(quota => quota.Count ?? quota.Percent!) ?? [])
            .Concat(grades?.TieKeys.Select(key => key.By) ?? [])
            .SelectMany(formula => formula.Expression.FreeNames)
            .Concat((grades?.Bands.Select(band => band.When) ?? [])
                .Concat(scheme.Awards.SelectMany(policy => policy.Payment?.Instalments.Select(rule => rule.When) ?? []))
                .SelectMany(condition => condition.Tests.FreeNames))
            .ToHashSet(StringComparer.Ordinal);
        return scheme.Parameters.Keys.Where(names.Contains).ToHashSet(StringComparer.Ordinal);
    }

    private static ScenarioSetting BudgetOf(RuleSet rules, Scheme scheme, AwardPolicy policy)
    {
        var pool = rules.Cycle!.Pools.First(pool => pool.Id == policy.Pool);
        return new(
            Scenario.Budget + Suffix(scheme, policy), Titled(rules, scheme, policy, new("资金总额", "Pot")), Yuan,
            CanonicalWriter.Number(pool.Pot.Yuan));
    }

    private static ScenarioSetting AmountOf(Scheme scheme, GradeAmount amount)
    {
        var keys = amount.Keys.Select(key => GradeName(scheme, key)).ToList();
        return new(
            Scenario.Amount + string.Join('.', amount.Keys),
            new($"{string.Concat(keys.Select(key => key.Zh))}基数", $"Base amount, {string.Join(", ", keys.Select(key => key.En))}"),
            Yuan, CanonicalWriter.Number(amount.Amount));
    }

    private static IEnumerable<ScenarioSetting> FormulasOf(RuleSet rules, Scheme scheme, AwardPolicy policy)
    {
        (string Key, Bilingual Title, Bilingual? Unit, Formula? Formula)[] all =
        [
            ("basis", new("分配依据（公式）", "Basis (formula)"), null, policy.Basis),
            ("coefficient", new("系数（公式）", "Coefficient (formula)"), null, policy.Coefficient),
            ("floor", new("下限", "Floor"), Yuan, policy.Floor),
            ("cap", new("上限", "Cap"), Yuan, policy.Cap),
            ("guarantee", new("保底额", "Guarantee"), Yuan, policy.Guarantee),
            ("threshold", new("起补线", "Threshold"), Yuan, policy.Threshold),
        ];
        return all.Where(one => one.Formula is not null).Select(one => new ScenarioSetting(
            one.Key + Suffix(scheme, policy), Titled(rules, scheme, policy, one.Title), one.Unit, Text(one.Formula!), IsFormula: true));
    }

    private static ScenarioSetting ParameterOf(RuleSet rules, Parameter parameter) => new(
        parameter.Code, parameter.Name, parameter.Unit.Name,
        parameter.On(rules.AsOf) is { } value ? value.TryNumber(out var number) ? CanonicalWriter.Number(number) : value.AsString() : "",
        IsParameter: true);

    private static string Suffix(Scheme scheme, AwardPolicy policy) => scheme.Awards.Count == 1 ? "" : "." + policy.Pool;

    private static Bilingual Titled(RuleSet rules, Scheme scheme, AwardPolicy policy, Bilingual title)
    {
        if (scheme.Awards.Count == 1) return title;
        var pool = rules.Cycle!.Pools.First(pool => pool.Id == policy.Pool).Name;
        return new($"{pool.Zh}：{title.Zh}", $"{pool.En}: {title.En}");
    }

    private static Bilingual GradeName(Scheme scheme, string grade) =>
        scheme.Grades?.Grades.FirstOrDefault(known => known.Id == grade)?.Name ?? new Bilingual(grade, grade);

    private static string Text(Formula formula) => formula.Text.Trim();
}
