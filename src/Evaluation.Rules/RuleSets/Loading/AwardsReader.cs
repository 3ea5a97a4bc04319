using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>awards:</c> of a scheme or of an award policy file: one pool, or a list of them.</summary>
internal sealed class AwardsReader(ProblemList problems, RuleNames names, Bilingual currency, bool ofScheme)
{
    private static readonly string[] Keys =
    [
        "pool", "for", "eligible", "amounts", "by", "basis", "coefficient", "scale", "first", "exit", "threshold", "floor",
        "cap", "guarantee", "band", "spend", "round_to", "rounding", "ties", "payment", "source",
    ];

    private readonly FormulaReader _formulas = new(problems);
    // A policy file has no score card, but figures like those of one.
    private readonly NameScope _everything = new(names, Card: true);
    private readonly NameScope _parametersOnly = new(names, Facts: false);

    /// <summary>Reports a grade that the scheme does not have; does nothing in a policy file, whose grades are what the
    /// column says.</summary>
    public Action<string, FileLocation> CheckGrade { get; init; } = (_, _) => { };

    /// <summary>The policies, in order.</summary>
    public IReadOnlyList<AwardPolicy> Read(YamlNode? node)
    {
        if (node is null) return [];
        var policies = (node is YamlList list ? list.Items : [node]).Select(PolicyOf).ToList();
        if (node is YamlList { Items.Count: 0 })
        {
            problems.Add(node.Location, "'awards' is an empty list", "write at least one pool, or delete awards");
        }

        CommonParts.RefuseRepeats(problems, policies.Select(policy => (policy.Pool, policy.Location)), "the pool");
        return policies;
    }

    private AwardPolicy PolicyOf(YamlNode node)
    {
        var map = new MapReader(node, "'awards'", problems, ofScheme ? Keys : [.. Keys, "name", "pot"]);
        var basis = Optional(map, "basis");
        var policy = new AwardPolicy(
            map.Code("pool"),
            Amounts(map, basis is not null),
            Optional(map, "coefficient"),
            Optional(map, "floor"),
            Optional(map, "cap"),
            RoundTo(map),
            map.Choice("rounding", RuleWords.Roundings),
            map.Source("the awards"),
            map.Location)
        {
            Name = ofScheme ? null : map.OptionalBilingual("name"),
            Currency = currency,
            TakesRest = map.Optional("pot") is YamlText { Text: "rest" },
            Pot = map.Optional("pot") is YamlText { Text: "rest" } ? null : Optional(map, "pot"),
            For = Optional(map, "for"),
            Eligible = [.. map.OptionalList("eligible").Select(ConditionOf)],
            By = [.. map.Texts("by").Select(key => _formulas.Formula(key, "'by' of the awards", _everything))],
            Basis = basis,
            Scale = [.. map.OptionalList("scale").Select(StepOf)],
            First = Optional(map, "first"),
            Exit = Optional(map, "exit"),
            Threshold = map.Optional("threshold") is { } threshold
                ? _formulas.Formula(threshold, "'threshold' of the awards", _parametersOnly) : null,
            Guarantee = Optional(map, "guarantee"),
            Band = map.Optional("band") is { } band ? BandOf(band) : null,
            Spend = map.Choice("spend", RuleWords.Spending, SpendRule.UpToCaps),
            Ties = [.. map.OptionalList("ties").Select(TieOf)],
            Payment = map.Optional("payment") is { } payment ? PaymentOf(payment) : null,
        };
        CheckRounding(map, policy);
        return policy;
    }

    private decimal RoundTo(MapReader map)
    {
        if (map.Required("round_to") is not { } node || map.DecimalOf(node, "round_to") is not { } unit) return 1m;
        if (unit > 0m) return unit;
        problems.Add(node.Location, "'round_to' is not above 0", "write the rounding unit in yuan, e.g. 1 or 10000");
        return 1m;
    }

    // What each gets would depend on all others, where nobody asks the sum to be anything.
    private void CheckRounding(MapReader map, AwardPolicy policy)
    {
        if (policy.Spend != SpendRule.AsComputed || policy.Rounding is RoundingMethod.HalfUp or RoundingMethod.Down) return;
        problems.Add((map.Optional("rounding") ?? map.Optional("spend"))?.Location ?? map.Location,
            "amounts are paid as computed, but their rounding shares out a sum", "write rounding: half_up, or rounding: down");
    }

    private IReadOnlyList<GradeAmount> Amounts(MapReader awards, bool hasBasis)
    {
        if (hasBasis)
        {
            if (awards.Optional("amounts") is { } both)
            {
                problems.Add(both.Location, "the awards have amounts and a basis", "keep one of the two");
            }

            return [];
        }

        if (awards.Optional("amounts") is not { } node)
        {
            problems.Add(awards.Location, "the awards have neither amounts nor a basis",
                "add amounts: { grade: yuan, … }, or basis: a formula");
            return [];
        }

        var amounts = new List<GradeAmount>();
        Collect(awards, node, Math.Max(1, awards.Texts("by").Count), [], amounts);
        return amounts;
    }

    private void Collect(MapReader awards, YamlNode node, int levels, IReadOnlyList<string> within, List<GradeAmount> amounts)
    {
        if (node is not YamlMap map)
        {
            problems.Add(node.Location, $"'amounts' of the awards is {node.Kind}",
                levels > 1 ? $"write {{ class: {{ grade: yuan, … }}, … }}, a level for each key of 'by' ({levels} more)"
                    : "write { grade: yuan, … }");
            return;
        }

        foreach (var entry in map.Entries)
        {
            if (levels > 1)
            {
                Collect(awards, entry.Value, levels - 1, [.. within, entry.Key.Text], amounts);
                continue;
            }

            if (awards.Texts("by").Count == 0) CheckGrade(entry.Key.Text, entry.Key.Location);
            var amount = awards.DecimalOf(entry.Value, $"amounts.{entry.Key.Text}") ?? 0m;
            if (amount < 0m) problems.Add(entry.Value.Location,
                $"the amount of {entry.Key.Text} is below 0", "write 0 or more yuan");
            amounts.Add(new GradeAmount(entry.Key.Text, amount) { Within = within });
        }
    }

    private AwardCondition ConditionOf(YamlNode node)
    {
        var map = new MapReader(node, "a condition of 'eligible'", problems, "when", "otherwise");
        return new AwardCondition(
            _formulas.Formula(map.Required("when"), "a condition of 'eligible'", _everything), map.Bilingual("otherwise"));
    }

    private ScaleStep StepOf(YamlNode node)
    {
        var map = new MapReader(node, "a step of the scale", problems, "above", "rate");
        return new ScaleStep(
            _formulas.Formula(map.Required("above"), "a threshold of the scale", _parametersOnly),
            _formulas.Formula(map.Required("rate"), "a rate of the scale", _parametersOnly));
    }

    private AwardBand BandOf(YamlNode node)
    {
        var map = new MapReader(node, "the band of the awards", problems, "low", "high", "of");
        if (!map.Has("low") && !map.Has("high"))
        {
            problems.Add(map.Location, "the band has neither a low nor a high end", "write low: 0.9, high: 1.1 or one of them");
        }

        return new AwardBand(
            Optional(map, "low"), Optional(map, "high"),
            _formulas.Formula(map.Required("of"), "the earlier award of the band", _everything));
    }

    private TieKey TieOf(YamlNode node)
    {
        var key = new MapReader(node, "a tie key", problems, "by", "order");
        return new TieKey(
            _formulas.Formula(key.Required("by"), "a tie key", _everything), key.Choice("order", RuleWords.Orders, usual: true));
    }

    private PaymentPlan PaymentOf(YamlNode node)
    {
        var map = new MapReader(node, "the payment of the awards", problems, "instalments", "clawback", "source");
        return new PaymentPlan(
            [.. map.List("instalments").Select(InstalmentOf)], Optional(map, "clawback"), map.Source("the payment"), map.Location);
    }

    private InstalmentRule InstalmentOf(YamlNode node)
    {
        var map = new MapReader(node, "an instalment rule", problems, "when", "months");
        var months = new List<int>();
        foreach (var month in map.Texts("months", required: true))
        {
            if (map.DecimalOf(month, "months") is not { } number) continue;
            if (decimal.IsInteger(number) && number >= 1m && number <= MonthsOfAYear) months.Add((int)number);
            else problems.Add(month.Location, $"{month.Text} is no month", "write months as numbers from 1 to 12, one a payment");
        }

        return new InstalmentRule(
            _formulas.Condition(map.Required("when"), "the size of an instalment rule", _parametersOnly), months);
    }

    private const int MonthsOfAYear = 12;

    private Formula? Optional(MapReader map, string key) =>
        map.Optional(key) is { } node ? _formulas.Formula(node, $"'{key}' of the awards", _everything) : null;
}
