using Evaluation.Rules.DataChecks;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>Words of rule files as a policy officer says them.</summary>
internal static class CodeWords
{
    // What stands behind a number as nothing at all.
    private static readonly Dictionary<string, Bilingual> Bare = new(StringComparer.Ordinal)
    {
        ["share"] = new("占比", "share"),
        ["percent"] = new("百分数", "per cent"),
        ["count"] = new("个数", "count"),
        ["answer"] = new("答复", "answer"),
        ["index"] = new("指数", "index"),
    };

    public static Bilingual Unit(UnitOfMeasure unit) => Bare.GetValueOrDefault(unit.Code) is { } bare
        ? bare
        : new Bilingual(unit.Name.Zh, unit.Code.Replace('_', ' '));

    public static Bilingual Kind(MetricKind kind) => kind switch
    {
        MetricKind.Flow => new("期内相加", "added up over the period"),
        MetricKind.Stock => new("取期末数", "taken at the end of the period"),
        MetricKind.Ratio => new("取最近一次", "the latest"),
        _ => new("答复", "an answer"),
    };

    public static Bilingual Range(ValueRange range)
    {
        var (low, high) = (DifferenceList.Written(range.Minimum).En, DifferenceList.Written(range.Maximum).En);
        return (range.Minimum, range.Maximum) switch
        {
            (null, null) => new("不限", "any number"),
            (_, null) => new(range.MinimumIncluded ? $"不低于 {low} " : $"高于 {low} ",
                $"{(range.MinimumIncluded ? "at least" : "above")} {low}"),
            (null, _) => new(range.MaximumIncluded ? $"不高于 {high} " : $"低于 {high} ",
                $"{(range.MaximumIncluded ? "at most" : "below")} {high}"),
            _ => new(
                $"{(range.MinimumIncluded ? "不低于" : "高于")} {low} 且{(range.MaximumIncluded ? "不高于" : "低于")} {high} ",
                $"{(range.MinimumIncluded ? "from" : "above")} {low} to {(range.MaximumIncluded ? "" : "below ")}{high}"),
        };
    }

    public static Bilingual Rounding(QuotaRounding rounding) => rounding switch
    {
        QuotaRounding.Down => new("去尾", "rounded down"),
        QuotaRounding.Up => new("进位", "rounded up"),
        _ => new("四舍五入", "rounded half up"),
    };

    public static Bilingual Level(SchemeLevel level) => level == SchemeLevel.Unit
        ? new("被评单位", "units")
        : new("单件资源", "single resources");

    public static Bilingual Severity(CheckSeverity severity) => severity switch
    {
        CheckSeverity.Blocking => new("未处理不得锁定", "blocks until somebody decides"),
        CheckSeverity.Warning => new("需要查看", "to be looked at"),
        _ => new("仅供参考", "for information"),
    };
}
