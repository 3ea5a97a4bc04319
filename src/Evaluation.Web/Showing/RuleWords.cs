using Evaluation.Rules;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Web.Showing;

/// <summary>The closed choices of rule files, in words.</summary>
public static class RuleWords
{
    /// <summary>What happens without data.</summary>
    public static Bilingual Missing(MissingPolicy policy) => policy switch
    {
        MissingPolicy.Withhold => new("暂缓计分，总分等待数据", "withheld: the total waits for the data"),
        MissingPolicy.Zero => new("计 0 分并注明缺少数据", "0 points, and said to be for lack of data"),
        _ => new("不适用，其余指标按比例换算", "not applicable: the others are re-scaled"),
    };

    /// <summary>Which way is better.</summary>
    public static Bilingual Better(Direction direction) => direction switch
    {
        Direction.Higher => new("越高越好", "more is better"),
        Direction.Lower => new("越低越好", "less is better"),
        _ => new("越接近目标越好", "closer to the target is better"),
    };

    /// <summary>How a percentage of places is rounded.</summary>
    public static Bilingual Rounding(QuotaRounding rounding) => rounding switch
    {
        QuotaRounding.Down => new("向下取整", "rounded down"),
        QuotaRounding.Up => new("向上取整", "rounded up"),
        _ => new("四舍五入", "half rounded up"),
    };

    /// <summary>What happens to ties across the edge of a quota.</summary>
    public static Bilingual EdgeTies(EdgeTies ties) => ties switch
    {
        Rules.Grading.EdgeTies.AllIn => new("名额边界上完全并列的单位全部进入较高等级。", "Units that tie across the edge of a quota all get the better grade."),
        Rules.Grading.EdgeTies.AllOut => new("名额边界上完全并列的单位都不进入较高等级。", "Units that tie across the edge of a quota all miss the better grade."),
        _ => new("名额边界上若有完全并列的单位，运行停止并要求人工决定。", "Should units tie across the edge of a quota, the run stops and asks for a decision."),
    };

    /// <summary>What becomes of the rules of a decision table that match, as a sentence.</summary>
    public static Bilingual Hits(TableHits hits) => hits switch
    {
        TableHits.Unique => new("任何情形只有一条规则适用。", "One rule applies at most."),
        TableHits.Any => new("同时适用的规则得分相同。", "Rules that apply together give the same."),
        TableHits.Priority => new("有几条适用的，按得分的优先次序取一条。", "Of several that apply, the order of the points decides."),
        TableHits.First => new("自上而下取第一条适用的规则。", "The first rule that applies, from the top, decides."),
        TableHits.Sum => new("适用的各条规则得分相加。", "The points of all rules that apply are added."),
        TableHits.Min => new("有几条适用的，取最低分。", "Of several that apply, the least counts."),
        TableHits.Max => new("有几条适用的，取最高分。", "Of several that apply, the greatest counts."),
        _ => new("每有一条规则适用得 1 分。", "Each rule that applies gives one point."),
    };

    /// <summary>How the scores of a panel become one.</summary>
    public static Bilingual Combined(PanelCombination combination) => combination switch
    {
        PanelCombination.Mean => new("算术平均", "arithmetic mean"),
        PanelCombination.Median => new("中位数", "median"),
        _ => new("去掉一个最高分和一个最低分后的平均", "mean without one highest and one lowest"),
    };

    /// <summary>The range a value can have, in FEEL's notation.</summary>
    public static string Range(ValueRange range) =>
        $"{(range.MinimumIncluded ? "[" : "(")}{(range.Minimum is { } least ? Wording.Plain(least) : "−∞")} .. "
        + $"{(range.Maximum is { } most ? Wording.Plain(most) : "+∞")}{(range.MaximumIncluded ? "]" : ")")}";
}
