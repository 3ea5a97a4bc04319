using System.Globalization;
using Evaluation.Rules;
using Evaluation.Rules.Certainty;

namespace Evaluation.Jobs.Reports;

/// <summary>How figures of certainty are written on pages and in reports.</summary>
public static class CertaintyText
{
    private const int DecimalsOfDistance = 4;

    /// <summary>What stands where a cycle declares no examination.</summary>
    public static readonly Bilingual NotDeclared = new(
        "本年度的规则没有规定稳健性检验（cycle.yaml 的 robustness），因此没有检验结果。",
        "The rules of this year declare no robustness examination (robustness in cycle.yaml), so there are no figures of certainty.");

    /// <summary>The mark of a grade: shape and word, so that nobody depends on colour.</summary>
    public static Bilingual Mark(bool fragile) =>
        fragile ? new Bilingual("◇ 等次不稳", "◇ fragile") : new Bilingual("■ 等次稳固", "■ firm");

    /// <summary>A rank over draws: whole, or with one decimal between two.</summary>
    public static string Rank(decimal rank) => rank.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A range of ranks.</summary>
    public static Bilingual Ranks(decimal low, decimal high) => Rank(low) == Rank(high)
        ? new Bilingual($"第 {Rank(low)} 名", Rank(low))
        : new Bilingual($"第 {Rank(low)}–{Rank(high)} 名", $"{Rank(low)}–{Rank(high)}");

    /// <summary>A share of draws: never 100 % for what did not always hold, never 0 % for what sometimes did.</summary>
    public static string Share(decimal share)
    {
        var decimals = 1;
        while (decimals < 4 && share is > 0 and < 1 && Math.Round(share * 100, decimals) is 0 or 100) decimals++;
        return Math.Round(share * 100, decimals).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>Points added or taken, with their sign.</summary>
    public static string Signed(decimal points)
    {
        var rounded = Math.Round(points, 2, MidpointRounding.AwayFromZero);
        return rounded.ToString("+#,##0.00;−#,##0.00;0.00", CultureInfo.InvariantCulture);
    }

    /// <summary>Points to an edge.</summary>
    public static Bilingual Edge(GradeEdge edge)
    {
        // Rounded up, as in the sentence: so many points do get there.
        var points = Math.Round(edge.Distance, DecimalsOfDistance, MidpointRounding.ToPositiveInfinity)
            .ToString("0.####", CultureInfo.InvariantCulture);
        return edge.Beyond
            ? new Bilingual($"超过 {points} 分", $"more than {points} points")
            : new Bilingual($"{points} 分", $"{points} points");
    }

    /// <summary>What a choice of the method is called.</summary>
    public static Bilingual Name(Choice choice) => choice switch
    {
        Choice.Weights => new("权重：声明的权重，或某次抽样的权重", "Weights: as declared, or of one of the draws"),
        Choice.Aggregation => new("汇总：一级指标相加，或几何平均", "Aggregation: blocks added up, or their geometric mean"),
        Choice.Scaling => new("计分：规则的分值，或原始值按最小值与最大值换算",
            "Scale: points of the rules, or raw values between the least and the greatest"),
        Choice.Missing => new("缺数据：按规则记零或不计，或取本类别平均",
            "Missing data: zero or left out as the rules say, or the mean of the category"),
        Choice.Rescaling => new("不适用：其余指标折算，或该项记零",
            "What does not apply: the rest re-scaled, or nothing of its maximum"),
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "a choice without a name"),
    };
}
