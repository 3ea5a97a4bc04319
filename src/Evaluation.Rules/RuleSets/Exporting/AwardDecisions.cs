using Evaluation.Rules.Allocation;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>
/// The award policies of a scheme as decisions for one unit: whether it takes part, its base, its basis and bounds, and
/// its award before rounding at the common rate that spending the pot leads to. The rate is an input: it is a matter of
/// all units and is told with every result.
/// </summary>
internal sealed class AwardDecisions(Scheme scheme, FormulaTexts texts)
{
    /// <summary>The input: the unit's grade.</summary>
    public const string OwnGrade = "own grade";

    /// <summary>The input: the unit's rank.</summary>
    public const string OwnRank = "own rank";

    private const string Card = "award card";
    private const int Decimals = Scoring.CompiledPoints.Decimals;

    /// <summary>The inputs awards need besides facts, with type and description.</summary>
    public static IEnumerable<(string Name, string? Type, Bilingual Description)> Inputs(Scheme scheme) =>
        scheme.Awards.Count == 0 ? [] :
        [
            (OwnGrade, "string", new Bilingual("本单位的等次", "The unit's grade")),
            (OwnRank, "number", new Bilingual("本单位的名次", "The unit's rank")),
            .. scheme.Awards.Select(policy => (RateName(policy), "number", new Bilingual(
                "统一比例：资金池除以全部依据，经上下限调整；全部达到上限时为空",
                "The common rate that spends the pot within all bounds; null where everybody is at the cap"))),
            .. scheme.Awards.Where(policy => policy.Threshold is not null).Select(policy => (PlainRateName(policy), "number",
                new Bilingual("不计上下限的统一比例", "The common rate if nobody had bounds"))),
        ];

    /// <summary>The decisions, in the order in which they are made.</summary>
    public IEnumerable<ModelDecision> All() => scheme.Awards.Count == 0 ? [] :
    [
        new ModelDecision(Card, new Bilingual("奖补公式所读的评分结果", "The score as formulas of awards read it"), null,
            [NameScope.CardName, JudgementDecisions.Total, OwnGrade, OwnRank])
        {
            Text = $"context put(context put(context put({NameScope.CardName}, \"total\", {JudgementDecisions.Total}),\n"
                + $"  \"grade\", {OwnGrade}), \"rank\", {OwnRank})",
        },
        .. scheme.Awards.SelectMany(Of),
    ];

    /// <summary>Name of the decision that gives the award before rounding.</summary>
    public static string AwardName(AwardPolicy policy) => $"award {IndicatorLogic.Plain(policy.Pool)}";

    /// <summary>Name of the input that gives the common rate.</summary>
    public static string RateName(AwardPolicy policy) => $"rate {IndicatorLogic.Plain(policy.Pool)}";

    private static string PlainRateName(AwardPolicy policy) => $"plain rate {IndicatorLogic.Plain(policy.Pool)}";

    private static string MayName(AwardPolicy policy) => $"eligible {IndicatorLogic.Plain(policy.Pool)}";

    private static string OursName(AwardPolicy policy) => $"pool {IndicatorLogic.Plain(policy.Pool)}";

    private static string BaseName(AwardPolicy policy) => $"base {IndicatorLogic.Plain(policy.Pool)}";

    private static string BasisName(AwardPolicy policy) => $"basis {IndicatorLogic.Plain(policy.Pool)}";

    private static string BoundsName(AwardPolicy policy) => $"bounds {IndicatorLogic.Plain(policy.Pool)}";

    private IEnumerable<ModelDecision> Of(AwardPolicy policy) =>
        [Ours(policy), May(policy), Base(policy), Basis(policy), Bounds(policy), Award(policy)];

    private ModelDecision Decision(
        AwardPolicy policy, string name, Bilingual what, string? type, IEnumerable<Formula?> reads, params string[] needs)
    {
        var formulas = reads.OfType<Formula>().ToList();
        var card = formulas.Any(texts.ReadsCard) ? new[] { Card } : [];
        return new ModelDecision(name, new Bilingual($"{policy.Pool}：{what.Zh}", $"{policy.Pool}: {what.En}"), type,
            [.. needs.Concat(card).Concat(texts.Needs(formulas)).Distinct()]) { Sources = [policy.Source] };
    }

    private string Said(Formula formula) => texts.WithCard(formula, Card);

    private ModelDecision Ours(AwardPolicy policy) =>
        Decision(policy, OursName(policy), new("是否属于本池", "whether the pool is for the unit"), "boolean", [policy.For], OwnRank) with
        {
            Text = $"{OwnRank} != null" + (policy.For is { } ours ? $" and ({Said(ours)})" : ""),
        };

    private ModelDecision May(AwardPolicy policy) => Decision(policy, MayName(policy),
        new("是否参加分配", "whether the unit takes part"), "boolean", policy.Eligible.Select(one => one.When), OursName(policy)) with
    {
        Text = string.Join(" and ", [OursName(policy), .. policy.Eligible.Select(one => $"({Said(one.When)})")]),
    };

    private ModelDecision Base(AwardPolicy policy)
    {
        var what = new Bilingual("基数，元", "base amount");
        if (policy.Basis is { } basis)
        {
            return Decision(policy, BaseName(policy), what, "number", [basis]) with { Text = $"decimal({Said(basis)}, {Decimals})" };
        }

        IReadOnlyList<string> inputs = policy.By.Count == 0 ? [OwnGrade] : [.. policy.By.Select(key => $"string({Said(key)})")];
        return Decision(policy, BaseName(policy), what, "number", policy.By, policy.By.Count == 0 ? [OwnGrade] : []) with
        {
            Table = new TableLogic("FIRST", inputs, [.. policy.Amounts.Select(amount =>
                ((IReadOnlyList<string>)[.. amount.Keys.Select(key => $"\"{key}\"")], NumberSet.Text(amount.Amount)))])
            {
                Default = "0",
            },
        };
    }

    private ModelDecision Basis(AwardPolicy policy)
    {
        IEnumerable<Formula?> reads = [policy.Coefficient, .. policy.Scale.SelectMany(step => new[] { step.Above, step.Rate })];
        var amount = policy.Coefficient is { } coefficient
            ? $"{BaseName(policy)} * decimal({Said(coefficient)}, {Decimals})" : BaseName(policy);
        return Decision(policy, BasisName(policy), new("分配依据", "what the pot is shared by"), "number", reads, BaseName(policy)) with
        {
            Text = policy.Scale.Count == 0 ? $"decimal({amount}, {Decimals})" : Scaled(policy, amount),
        };
    }

    // Each rate applies to the part between its threshold and the next one.
    private string Scaled(AwardPolicy policy, string amount)
    {
        var steps = policy.Scale;
        var parts = steps.Select((step, at) =>
        {
            var above = Said(step.Above);
            var upTo = at + 1 < steps.Count ? $"min(whole, max({Said(steps[at + 1].Above)}, {above}))" : "whole";
            return $"if whole > ({above}) then ({Said(step.Rate)}) * ({upTo} - ({above})) else 0";
        });
        return $"{{ whole: {amount},\n  parts: [{string.Join(",\n    ", parts)}],\n  scaled: decimal(sum(parts), {Decimals}) }}.scaled";
    }

    private ModelDecision Bounds(AwardPolicy policy)
    {
        var band = policy.Band;
        var low = new List<string>();
        var high = new List<string>();
        if (policy.Floor is { } floor) low.Add($"if {BasisName(policy)} > 0 then {Said(floor)} else 0");
        if (policy.Guarantee is { } guarantee) low.Add(Said(guarantee));
        if (policy.Cap is { } cap) high.Add(Said(cap));
        if (band?.Low is { } least) low.Add($"if earlier > 0 then ({Said(least)}) * earlier else 0");
        if (band?.High is { } most) high.Add($"if earlier > 0 then ({Said(most)}) * earlier else null");
        var entries = new List<string>();
        if (band is not null) entries.Add($"earlier: {Said(band.Of)}");
        entries.Add($"first: {(policy.First is { } first ? WholeUnits("ceiling", Said(first), policy) : "0")}");
        entries.Add($"low: {WholeUnits("ceiling", $"max([{string.Join(", ", low.Append("0"))}])", policy)}");
        entries.Add($"limits: [{string.Join(", ", high)}][item != null]");
        entries.Add($"high: if count(limits) = 0 then null else {WholeUnits("floor", "min(limits)", policy)}");
        return Decision(policy, BoundsName(policy), new("先付额、下限和上限，元", "first part, least and greatest award"), null,
            [policy.First, policy.Floor, policy.Guarantee, policy.Cap, band?.Of, band?.Low, band?.High],
            policy.Floor is null ? [] : [BasisName(policy)]) with
        {
            Text = "{ " + string.Join(",\n  ", entries) + " }",
        };
    }

    private static string WholeUnits(string round, string amount, AwardPolicy policy)
    {
        var unit = NumberSet.Text(policy.RoundTo);
        return $"{round}(({amount}) / {unit}) * {unit}";
    }

    private ModelDecision Award(AwardPolicy policy)
    {
        var (basis, bounds, rate) = (BasisName(policy), BoundsName(policy), RateName(policy));
        var takesPart = policy.Basis is null ? $"{MayName(policy)} and {BaseName(policy)} > 0" : MayName(policy);
        var below = policy.Threshold is { } threshold
            ? $"else if {basis} > 0 and {bounds}.first + {basis} * {PlainRateName(policy)} < ({Said(threshold)}) then 0\n" : "";
        string[] needs = [OursName(policy), MayName(policy), BaseName(policy), basis, bounds, rate];
        return Decision(policy, AwardName(policy), new("取整前的奖补额，元", "award before rounding"), "number",
            [policy.Exit, policy.Threshold], [.. needs, .. policy.Threshold is null ? Array.Empty<string>() : [PlainRateName(policy)]]) with
        {
            Text = $"if not({OursName(policy)}) then 0\n"
                + $"else if not({takesPart}) then {(policy.Exit is { } exit ? Said(exit) : "0")}\n"
                + below
                + $"else if {basis} = 0 then max({bounds}.low, {bounds}.first)\n"
                + $"else {{ free: if {rate} = null then {bounds}.high else {bounds}.first + {basis} * {rate},\n"
                + $"  least: max(free, {bounds}.low, {bounds}.first),\n"
                + $"  award: if {bounds}.high = null then least else min(least, {bounds}.high) }}.award",
        };
    }
}
