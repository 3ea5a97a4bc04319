using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>What a unit gets in a scenario, beside what it got.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="GradeBefore">Its grade, or null.</param>
/// <param name="Grade">Its grade in the scenario, or null.</param>
/// <param name="Before">Sum of its awards.</param>
/// <param name="Amount">Sum of its awards in the scenario.</param>
public sealed record ScenarioUnit(string Unit, string? GradeBefore, string? Grade, Money Before, Money Amount)
{
    /// <summary>What changes.</summary>
    public Money Difference => Amount - Before;
}

/// <summary>A scenario worked out for one category.</summary>
/// <param name="Pools">What every pool gives.</param>
/// <param name="Units">In ordinal order of their ids.</param>
public sealed record ScenarioResult(IReadOnlyList<AllocationResult> Pools, IReadOnlyList<ScenarioUnit> Units)
{
    /// <summary>Sum of the awards there were.</summary>
    public Money Before => new(Units.Sum(unit => unit.Before.Yuan));

    /// <summary>Sum of the awards of the scenario; the differences of all units add up to the difference of the
    /// sums.</summary>
    public Money Amount => new(Units.Sum(unit => unit.Amount.Yuan));
}

/// <summary>
/// A question to a sealed run: the same facts and points under another budget, other amounts, bounds, coefficients, places
/// or parameters. Nothing is changed by asking.
/// </summary>
/// <param name="Settings">Name → value: <c>budget</c>, <c>amount.GRADE</c>, <c>places.GRADE</c>, <c>coefficient</c>,
/// <c>basis</c>, <c>floor</c>, <c>cap</c>, <c>guarantee</c>, <c>threshold</c> (formulas in FEEL), or the code of a
/// parameter. With several pools a name of the money ends with the pool: <c>cap.POOL</c>.</param>
public sealed record Scenario(IReadOnlyDictionary<string, string> Settings)
{
    private const string Budget = "budget";

    private static readonly string[] Formulas = ["coefficient", "basis", "floor", "cap", "guarantee", "threshold"];

    /// <summary>Works the scenario out.</summary>
    /// <param name="rules">The rule set of the run.</param>
    /// <param name="scheme">One of its schemes.</param>
    /// <param name="units">Facts and sheet of every unit of the category.</param>
    /// <param name="before">What every unit got, and its card.</param>
    /// <exception cref="ArgumentException">A setting is not known, or its value is none; says what there is.</exception>
    /// <exception cref="AllocationException">The money cannot be shared out like that.</exception>
    public ScenarioResult Of(
        RuleSet rules, Scheme scheme, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units,
        IReadOnlyDictionary<string, (ScoreCard Card, Money Award)> before)
    {
        var (changed, pools) = (scheme, rules.Cycle!.Pools.ToList());
        foreach (var (name, value) in Settings) (changed, pools) = Set(rules, changed, pools, name, value);
        var compiled = CompiledScheme.Of(rules, changed, rules.Cycle.AsOf);
        var cards = Grader.Grade(compiled, units).ToDictionary(card => card.Unit, StringComparer.Ordinal);
        var results = Allocator.AllocateAll(compiled, pools, [.. units.Select(unit => (unit.Facts, cards[unit.Facts.Unit]))]);
        var sums = results.SelectMany(result => result.Awards).ToLookup(award => award.Unit, award => award.Amount.Yuan, StringComparer.Ordinal);
        return new ScenarioResult(results,
        [
            .. units.Select(unit => unit.Facts.Unit).Order(StringComparer.Ordinal).Select(unit => new ScenarioUnit(
                unit,
                before.TryGetValue(unit, out var then) ? then.Card.Grade : null,
                cards[unit].Grade,
                before.TryGetValue(unit, out then) ? then.Award : Money.Zero,
                new Money(sums[unit].Sum()))),
        ]);
    }

    private static (Scheme, List<Pool>) Set(RuleSet rules, Scheme scheme, List<Pool> pools, string name, string value)
    {
        var (key, of) = name.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? (name[..dot], name[(dot + 1)..]) : (name, null);
        if (scheme.Parameters.TryGetValue(name, out var parameter))
        {
            FeelValue parsed = MapNumber(value) is { } number ? number : value;
            var changed = scheme.Parameters.ToDictionary(StringComparer.Ordinal);
            changed[name] = parameter with { Values = [new DatedValue(DateOnly.MinValue, parsed)] };
            return (scheme with { Parameters = changed }, pools);
        }

        if (key == "places" && of is not null) return (WithPlaces(rules, scheme, of, name, value), pools);
        if (key == "amount" && of is not null) return (WithAmount(scheme, of, name, value), pools);
        if (key == Budget)
        {
            var pool = PolicyOf(scheme, of, name).Pool;
            var pot = new Money(Number(name, value));
            return (scheme, pools.ConvertAll(one => one.Id == pool ? one with { Pot = pot } : one));
        }

        return Formulas.Contains(key) ? (WithFormula(rules, scheme, key, of, name, value), pools) : throw Unknown(scheme, name);
    }

    private static Scheme WithPlaces(RuleSet rules, Scheme scheme, string grade, string name, string value)
    {
        var quota = scheme.Grades?.Quotas.FirstOrDefault(quota => quota.Grade == grade) ?? throw Unknown(scheme, name);
        var places = FormulaOf(rules, scheme, name, value);
        var changed = quota.Count is not null ? quota with { Count = places } : quota with { Percent = places };
        return scheme with
        {
            Grades = scheme.Grades! with { Quotas = [.. scheme.Grades.Quotas.Select(one => ReferenceEquals(one, quota) ? changed : one)] },
        };
    }

    private static Scheme WithAmount(Scheme scheme, string grade, string name, string value)
    {
        var amount = Number(name, value);
        if (!scheme.Awards.Any(policy => policy.Amounts.Any(one => one.Grade == grade))) throw Unknown(scheme, name);
        return scheme with
        {
            Awards = [.. scheme.Awards.Select(policy => policy with
            {
                Amounts = [.. policy.Amounts.Select(one => one.Grade == grade ? one with { Amount = amount } : one)],
            })],
        };
    }

    private static Scheme WithFormula(RuleSet rules, Scheme scheme, string key, string? pool, string name, string value)
    {
        var policy = PolicyOf(scheme, pool, name);
        var formula = value.Length == 0 ? null : FormulaOf(rules, scheme, name, value);
        var changed = key switch
        {
            "coefficient" => policy with { Coefficient = formula },
            "basis" => policy with { Basis = formula },
            "floor" => policy with { Floor = formula },
            "cap" => policy with { Cap = formula },
            "guarantee" => policy with { Guarantee = formula },
            _ => policy with { Threshold = formula },
        };
        return scheme with { Awards = [.. scheme.Awards.Select(one => ReferenceEquals(one, policy) ? changed : one)] };
    }

    private static AwardPolicy PolicyOf(Scheme scheme, string? pool, string name) => (pool, scheme.Awards) switch
    {
        (null, [var only]) => only,
        _ => scheme.Awards.FirstOrDefault(policy => policy.Pool == pool) ?? throw Unknown(scheme, name),
    };

    private static Formula FormulaOf(RuleSet rules, Scheme scheme, string name, string value)
    {
        var layout = CompiledScheme.Of(rules, scheme, rules.AsOf).Layout;
        try
        {
            var expression = FeelExpression.Parse(value, layout.Names);
            if (expression.FreeNames.FirstOrDefault(free => layout.IndexOf(free) < 0) is { } unknown)
            {
                throw new ArgumentException($"{name} uses '{unknown}', which is no metric, parameter or figure of {scheme.Id}.");
            }

            return new Formula(expression, new FileLocation(name, 1));
        }
        catch (FeelSyntaxException broken)
        {
            throw new ArgumentException($"{name} is not FEEL: {broken.Problem}");
        }
    }

    private static decimal Number(string name, string value) =>
        MapNumber(value) is >= 0m and var number ? number : throw new ArgumentException($"{name} takes an amount of at least 0, not '{value}'.");

    private static decimal? MapNumber(string value) => RuleSets.Loading.MapReader.TryDecimal(value, out var number) ? number : null;

    private static ArgumentException Unknown(Scheme scheme, string name)
    {
        var pools = scheme.Awards.Count == 1 ? [""] : scheme.Awards.Select(policy => "." + policy.Pool).ToArray();
        var known = pools.SelectMany(pool => Formulas.Prepend(Budget).Select(key => key + pool))
            .Concat(scheme.Awards.SelectMany(policy => policy.Amounts).Select(amount => "amount." + amount.Grade))
            .Concat(scheme.Grades?.Quotas.Select(quota => "places." + quota.Grade) ?? [])
            .Concat(scheme.Parameters.Keys);
        return new ArgumentException($"{scheme.Id} has no setting '{name}', only: {string.Join(", ", known.Distinct(StringComparer.Ordinal))}.");
    }
}
