using System.Globalization;
using Evaluation.Jobs.Reports;
using Evaluation.Rules;
using Evaluation.Rules.Index;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Indexing;

/// <summary>What the resource index shows, in sentences: the same on the page and in the report.</summary>
public static class IndexWords
{
    private const int NarrowRanks = 3;

    /// <summary>What is compared: provinces, disciplines, institutions of a category.</summary>
    public static Bilingual NameOf(ResourceIndexScope scope, Cycle cycle) => scope.Kind switch
    {
        "province" => new("省份", "Provinces"),
        "discipline" => new("学科", "Disciplines"),
        _ => cycle.Categories.FirstOrDefault(category => category.Id == scope.Category)?.Name is { } category
            ? new($"机构：{category.Zh}", $"Institutions: {category.En}")
            : new("机构", "Institutions"),
    };

    /// <summary>A score with two decimals; a dash where there is none.</summary>
    public static string Score(double? score) => score?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A rank at a quantile: whole where it is, else with one decimal.</summary>
    public static string Rank(double? rank) => rank?.ToString("0.#", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>The rank interval, or a dash.</summary>
    public static string RankInterval(IndexedSubject subject) =>
        subject.Rank5 is null ? "–" : $"{Rank(subject.Rank5)}–{Rank(subject.Rank95)}";

    /// <summary>A change with its sign; a dash where there is none.</summary>
    public static string Change(double? change) => change?.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A figure with its unit.</summary>
    public static Bilingual Figure(ResourceIndexIndicator indicator, decimal? figure) =>
        figure is { } known ? ReportText.Value(known, indicator.Unit) : ReportText.Nothing;

    /// <summary>What the ranking chart shows.</summary>
    public static Bilingual Ranking(ResourceIndexScope scope)
    {
        var ranked = scope.Subjects.Where(subject => subject.Rank is not null).ToList();
        var (best, last) = (ranked[0], ranked[^1]);
        var without = scope.Subjects.Count - ranked.Count;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"共 {ranked.Count} 个参加排名：{best.Name.Zh}居首（{Score(best.Score)} 分），"
                + $"{last.Name.Zh}居末（{Score(last.Score)} 分），中位数 {Score(Median(ranked))} 分。")
                + (without > 0 ? string.Create(CultureInfo.InvariantCulture, $"另有 {without} 个因数据不足未参加。") : ""),
            string.Create(CultureInfo.InvariantCulture, $"{ranked.Count} are ranked: {best.Name.En} is first ({Score(best.Score)}), "
                + $"{last.Name.En} last ({Score(last.Score)}), the median is {Score(Median(ranked))}.")
                + (without > 0 ? string.Create(CultureInfo.InvariantCulture, $" {without} more lack data and are not ranked.") : ""));
    }

    /// <summary>How firm the ranks are.</summary>
    public static Bilingual Firmness(ResourceIndexScope scope, ResourceIndexDefinition definition)
    {
        var ranked = scope.Subjects.Where(subject => subject.Rank5 is not null).ToList();
        var firm = ranked.Count(subject => subject.Rank95 - subject.Rank5 <= NarrowRanks);
        var widest = ranked.MaxBy(subject => subject.Rank95 - subject.Rank5)!;
        var noise = ReportText.Percent(definition.Noise);
        var draws = ReportText.Whole(definition.Draws);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"各权重在 ±{noise} 内随机变动 {draws} 次：{ranked.Count} 个中有 {firm} 个的名次区间"
                + $"（5%–95%）不超过 {NarrowRanks} 位；区间最宽的是{widest.Name.Zh}（第 {RankInterval(widest)} 名）。"),
            string.Create(CultureInfo.InvariantCulture, $"With every weight varied by ±{noise} in {draws} draws, the rank interval (5–95 %) of "
                + $"{firm} of {ranked.Count} is at most {NarrowRanks} places wide; the widest is that of {widest.Name.En} "
                + $"(rank {RankInterval(widest)})."));
    }

    /// <summary>What other choices of method would change.</summary>
    public static Bilingual Choices(ChoiceUncertainty choices)
    {
        var change = choices.MeanRankChange.ToString("0.0", CultureInfo.InvariantCulture);
        if (choices.Influences.Count == 0)
        {
            return new("换用其他方法，名次都不改变。", "No other choice of method changes any rank.");
        }

        var most = choices.Influences.MaxBy(one => one.Index.Total)!;
        var name = FactorName(most.Factor);
        var share = ReportText.Percent((decimal)Math.Clamp(most.Index.Total, 0, 1));
        return new(
            $"换用其他标准化、合成、异常值、缺失值处理方法和权重，名次平均变动 {change} 位；影响最大的是{name.Zh}（总效应 {share}）。",
            $"Other ways to normalise, aggregate, treat outliers and missing values, and other weights move ranks by {change} "
                + $"places on average; what matters most is {name.En} (total effect {share}).");
    }

    /// <summary>How to read a chart of rank intervals.</summary>
    public static Bilingual IntervalKey { get; } = new(
        "左端为第 1 名；横条为 5%–95% 的名次区间，竖线为名次；数据见名次表。",
        "The left end is rank 1; the bar is the rank interval (5–95 %), the line the rank; the table of ranks has the data.");

    /// <summary>How often the pairwise comparison disagrees with the order by score.</summary>
    public static Bilingual Pairs(ResourceIndexScope scope)
    {
        var share = scope.Pairs > 0 ? ReportText.Percent((decimal)scope.Disagreeing / scope.Pairs) : "–";
        return new(
            string.Create(CultureInfo.InvariantCulture, $"不经标准化逐对比较，{scope.Pairs} 对中有 {scope.Disagreeing} 对（{share}）与得分次序不一致。"),
            string.Create(CultureInfo.InvariantCulture, $"Compared pair by pair, without any common scale, {scope.Disagreeing} of {scope.Pairs} "
                + $"pairs ({share}) disagree with the order by score."));
    }

    /// <summary>What changed against the earlier year, or why nothing is said.</summary>
    public static Bilingual Years(ResourceIndexScope scope, string? earlierCycle)
    {
        if (earlierCycle is null)
        {
            return new(
                "没有已完成并计算过指数的更早年度，暂不能作年度比较。",
                "No earlier year has been finished with an index: years cannot be compared yet.");
        }

        var known = scope.Subjects.Where(subject => subject.Change is not null).ToList();
        if (known.Count == 0)
        {
            return new(
                $"与 {earlierCycle} 年度的指标不同或没有共同的对象，不作得分比较。",
                $"The indicators differ from those of {earlierCycle}, or nobody takes part in both: scores are not compared.");
        }

        var (up, down) = (known.MaxBy(subject => subject.Change)!, known.MinBy(subject => subject.Change)!);
        return new(
            $"两个年度放在同一标尺上比较：与 {earlierCycle} 年度相比，变化最大的是{up.Name.Zh}（{Change(up.Change)}）和{down.Name.Zh}（{Change(down.Change)}）。",
            $"Both years on one scale: against {earlierCycle}, the greatest changes are those of {up.Name.En} ({Change(up.Change)}) "
                + $"and {down.Name.En} ({Change(down.Change)}).");
    }

    /// <summary>What a choice is called.</summary>
    public static Bilingual FactorName(string factor) => factor switch
    {
        "normalise" => new("标准化方法", "the normalisation"),
        "aggregate" => new("合成方法", "the aggregation"),
        "outliers" => new("异常值处理", "the treatment of outliers"),
        "impute" => new("缺失值处理", "the treatment of missing values"),
        "weights" => new("权重", "the weights"),
        _ => new(factor, factor),
    };

    /// <summary>How the index is made, in sentences.</summary>
    public static IReadOnlyList<Bilingual> Method(ResourceIndexDefinition definition) =>
    [
        new(
            "指标由各单位的统计指标相加后相除，或取各单位的均值；只计两项数据都有的单位。没有数据的不补，其权重由同组其他指标按比例承担。",
            "An indicator is a sum of metrics divided by another, or a mean over units; only units that have both figures count. "
                + "What is missing is not made up: the other indicators of the block take its weight in proportion."),
        new(
            "偏度绝对值大于 2 且峰度大于 3.5 的指标作缩尾处理（至多 5 个点），仍不满足的取对数；再按最小值 0、最大值 100 线性标准化，越小越好的指标反向。",
            "Indicators with an absolute skewness above 2 and a kurtosis above 3.5 are winsorised (at most five points), else taken "
                + "as logarithms; then each runs linearly from 0 (least) to 100 (most), turned round where less is better."),
        new(
            $"一级指标得分和指数都是加权算术平均；有数据的指标不足 {ReportText.Percent(definition.Screen)} 的对象不参加排名。",
            $"Blocks and index are weighted arithmetic means; who has less than {ReportText.Percent(definition.Screen)} of the "
                + "figures is not ranked."),
        new(
            $"名次区间由 {ReportText.Whole(definition.Draws)} 组随机权重得出（种子 {definition.Seed.ToString(CultureInfo.InvariantCulture)}），"
                + "方法选择的影响用 Sobol 指数衡量；用 index 命令按公开的指标框架和指标数据可以复算。",
            $"Rank intervals come from {ReportText.Whole(definition.Draws)} draws of weights (seed "
                + $"{definition.Seed.ToString(CultureInfo.InvariantCulture)}); the influence of choices of method is measured by Sobol "
                + "indices. The index command recomputes them from the published framework and data."),
    ];

    private static double? Median(List<IndexedSubject> ranked) =>
        Quantile.Of(ranked.Select(subject => subject.Score!.Value).ToArray(), 0.5);
}
