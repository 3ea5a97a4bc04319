using System.Text.RegularExpressions;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>
/// A question to a sealed run: the same facts and points under another budget, other amounts, bounds, coefficients, places
/// or parameters. Nothing is changed by asking.
/// </summary>
/// <param name="Settings">Name → value: <c>budget</c>, <c>amount.GRADE</c>, <c>places.GRADE</c>, <c>coefficient</c>,
/// <c>basis</c>, <c>floor</c>, <c>cap</c>, <c>guarantee</c>, <c>threshold</c> (formulas in FEEL; empty or <c>none</c> for
/// none), or the code of a parameter. With several pools a name of the money ends with the pool: <c>cap.POOL</c>.</param>
public sealed partial record Scenario(IReadOnlyDictionary<string, string> Settings)
{
    internal const string Budget = "budget";
    internal const string Amount = "amount.";
    internal const string Places = "places.";

    private const int DecimalsOfMoney = 2;

    // Awards are kept with eighteen digits before the point; what people enter stays well below.
    private const long MostYuan = 1_000_000_000_000_000;

    internal static readonly string[] Formulas = ["coefficient", "basis", "floor", "cap", "guarantee", "threshold"];

    /// <summary>The awards as the rules give them.</summary>
    public static Scenario None { get; } = new(new Dictionary<string, string>());

    /// <summary>The same question in the one form it is kept in: names in ordinal order, numbers without separators and
    /// trailing zeros.</summary>
    public Scenario Canonical => new(new SortedDictionary<string, string>(
        Settings.ToDictionary(setting => setting.Key, setting => Plain(setting.Key, setting.Value)), StringComparer.Ordinal));

    /// <summary>Works the scenario out.</summary>
    /// <param name="rules">The rule set of the run.</param>
    /// <param name="scheme">One of its schemes.</param>
    /// <param name="units">Facts and sheet of every unit of the category.</param>
    /// <returns>What every pool gives, in the order of the scheme's policies.</returns>
    /// <exception cref="ScenarioException">A setting is not known, or its value is none; says what there is.</exception>
    /// <exception cref="AllocationException">The money cannot be shared out like that.</exception>
    /// <exception cref="EdgeTieException">Equal units stand across the edge of a quota whose rule is to refuse.</exception>
    public IReadOnlyList<AllocationResult> Of(
        RuleSet rules, Scheme scheme, IReadOnlyList<(UnitFacts Facts, ScoreSheet Sheet)> units)
    {
        try
        {
            var (changed, pools) = (scheme, rules.Cycle!.Pools.ToList());
            foreach (var (name, value) in Canonical.Settings) (changed, pools) = Set(rules, changed, pools, name, value);
            var compiled = CompiledScheme.Of(rules, changed, rules.Cycle.AsOf);
            CheckPlaces(compiled);
            var cards = Grader.Grade(compiled, units).ToDictionary(card => card.Unit, StringComparer.Ordinal);
            return Allocator.AllocateAll(compiled, pools, [.. units.Select(unit => (unit.Facts, cards[unit.Facts.Unit]))]);
        }
        catch (FeelLimitException)
        {
            throw new ScenarioException(null, new(
                "公式太长，或计算步数太多；请写简短些", "a formula is too long, or takes too many steps: write a shorter one"));
        }
        catch (OverflowException)
        {
            throw new ScenarioException(null, new(
                "这些数字太大，无法计算；请检查多写的零", "these numbers are too large to compute with: look for zeros too many"));
        }
    }

    private static string Plain(string name, string value)
    {
        var text = value.Trim().ReplaceLineEndings("\n");
        if (Grouped().IsMatch(text)) text = text.Replace(",", "", StringComparison.Ordinal);
        if (Formulas.Contains(name.Split('.')[0]) && text is "none" or "无") return "";
        return MapReader.TryDecimal(text, out var number) ? CanonicalWriter.Number(number) : text;
    }

    // As pages write amounts: 1,234,567.00.
    [GeneratedRegex(@"^\d{1,3}(,\d{3})+(\.\d+)?$")]
    private static partial Regex Grouped();

    private static (Scheme, List<Pool>) Set(RuleSet rules, Scheme scheme, List<Pool> pools, string name, string value)
    {
        if (scheme.Parameters.TryGetValue(name, out var parameter)) return (WithParameter(scheme, parameter, value), pools);
        if (name.StartsWith(Places, StringComparison.Ordinal)) return (WithPlaces(rules, scheme, name, value), pools);
        if (name.StartsWith(Amount, StringComparison.Ordinal)) return (WithAmount(scheme, name, value), pools);
        var (key, of) = name.Split('.', 2) is [var before, var after] ? (before, after) : (name, null);
        if (key == Budget)
        {
            var pool = PolicyOf(scheme, of, name).Pool;
            var pot = new Money(Yuan(name, value));
            if (decimal.Round(pot.Yuan, DecimalsOfMoney) != pot.Yuan)
            {
                throw new ScenarioException(name, new(
                    $"最多写到分（两位小数），不能是“{value}”", $"goes to the fen, two decimals at most, not '{value}'"));
            }

            return (scheme, pools.ConvertAll(one => one.Id == pool ? one with { Pot = pot } : one));
        }

        return Formulas.Contains(key) ? (WithFormula(rules, scheme, key, of, name, value), pools) : throw Unknown(scheme, name);
    }

    private static Scheme WithParameter(Scheme scheme, Parameter parameter, string value)
    {
        if (!ScenarioSetting.ParametersOfMoney(scheme).Contains(parameter.Code))
        {
            throw new ScenarioException(parameter.Code, new(
                "只用于计分，封存的得分不会变；要换计分规则，请用 compare 命令比较",
                "is used for points alone, and the points of a sealed run stay; to score by other rules use compare"));
        }

        if (value.Length == 0)
        {
            throw new ScenarioException(parameter.Code, new("不能为空；请写一个值", "takes a value: write one"));
        }

        FeelValue parsed = MapReader.TryDecimal(value, out var number) ? number : value;
        var changed = scheme.Parameters.ToDictionary(StringComparer.Ordinal);
        changed[parameter.Code] = parameter with { Values = [new DatedValue(DateOnly.MinValue, parsed)] };
        return scheme with { Parameters = changed };
    }

    private static Scheme WithPlaces(RuleSet rules, Scheme scheme, string name, string value)
    {
        var quota = scheme.Grades?.Quotas.FirstOrDefault(quota => quota.Grade == name[Places.Length..])
            ?? throw Unknown(scheme, name);
        var places = FormulaOf(rules, scheme, name, value);
        var changed = quota.Count is not null ? quota with { Count = places } : quota with { Percent = places };
        return scheme with
        {
            Grades = scheme.Grades! with { Quotas = [.. scheme.Grades.Quotas.Select(one => ReferenceEquals(one, quota) ? changed : one)] },
        };
    }

    private void CheckPlaces(CompiledScheme scheme)
    {
        foreach (var quota in scheme.Scheme.Grades?.Quotas ?? [])
        {
            var places = quota.Count ?? quota.Percent!;
            if (scheme.Formula(places).Evaluate(scheme.EmptySlots()).TryNumber(out var number) && number >= 0m) continue;
            var name = Places + quota.Grade;
            throw Settings.ContainsKey(name)
                ? new ScenarioException(name, new("应为不小于 0 的数；请写数字", "takes a number of at least 0: write one"))
                : new ScenarioException(null, new(
                    $"{quota.Grade} 的名额“{places.Text}”得不出不小于 0 的数；请检查参数",
                    $"the places of {quota.Grade}, '{places.Text}', give no number of at least 0: look at the parameters"));
        }
    }

    private static Scheme WithAmount(Scheme scheme, string name, string value)
    {
        var (keys, amount) = (name[Amount.Length..], Yuan(name, value));
        if (!scheme.Awards.Any(policy => policy.Amounts.Any(Named))) throw Unknown(scheme, name);
        return scheme with
        {
            Awards = [.. scheme.Awards.Select(policy => policy with
            {
                Amounts = [.. policy.Amounts.Select(one => Named(one) ? one with { Amount = amount } : one)],
            })],
        };

        // The grade alone stands for it in every class of a table by class and tier.
        bool Named(GradeAmount one) => one.Grade == keys || string.Join('.', one.Keys) == keys;
    }

    private static Scheme WithFormula(RuleSet rules, Scheme scheme, string key, string? pool, string name, string value)
    {
        var policy = PolicyOf(scheme, pool, name);
        var formula = value.Length == 0 && key != "basis" ? null : FormulaOf(rules, scheme, name, value);
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
                throw new ScenarioException(name, new(
                    $"用到了“{unknown}”，它不是{scheme.Name.Zh}的指标数据、参数或展示数据；请改用规则中的名称",
                    $"uses '{unknown}', which is no metric, parameter or figure of {scheme.Id}: use a name of the rules"));
            }

            return new Formula(expression, new FileLocation(name, 1));
        }
        catch (FeelSyntaxException broken)
        {
            throw new ScenarioException(name, new(
                $"不是数字，也不是正确的公式（第 {broken.Line} 行第 {broken.Column} 列）；请写数字，例如 500000，或照规则页上的公式写",
                $"is not FEEL: {broken.Problem} (line {broken.Line}, column {broken.Column}); write a number, or a formula as the rules have it"));
        }
    }

    private static decimal Yuan(string name, string value) =>
        MapReader.TryDecimal(value, out var number) && number is >= 0m and <= MostYuan ? number : throw new ScenarioException(name, new(
            $"应为不小于 0 的金额（元），不能是“{value}”；请写数字，例如 500000",
            $"takes an amount of at least 0, not '{value}': write yuan in digits, such as 500000"));

    private static ScenarioException Unknown(Scheme scheme, string name)
    {
        var pools = scheme.Awards.Count == 1 ? [""] : scheme.Awards.Select(policy => "." + policy.Pool).ToArray();
        var known = pools.SelectMany(pool => Formulas.Prepend(Budget).Select(key => key + pool))
            .Concat(scheme.Awards.SelectMany(policy => policy.Amounts).Select(amount => Amount + string.Join('.', amount.Keys)))
            .Concat(scheme.Grades?.Quotas.Select(quota => Places + quota.Grade) ?? [])
            .Concat(ScenarioSetting.ParametersOfMoney(scheme))
            .Distinct(StringComparer.Ordinal).ToList();
        return new ScenarioException(null, new(
            $"{scheme.Name.Zh}没有“{name}”这一项；可以改的有：{string.Join("、", known)}",
            $"{scheme.Id} has no setting '{name}', only: {string.Join(", ", known)}"));
    }
}
