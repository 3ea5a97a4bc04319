using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Tests.Scoring;

/// <summary>Small schemes made by hand, so that a test shows the whole rule it is about.</summary>
internal static class Sample
{
    public static readonly DateOnly Day = new(2025, 12, 31);
    public static readonly Source Source = new("《办法》附件1", "B2", DocumentEn: "Measures, Annex 1");
    public static readonly FileLocation Here = new("scheme.yaml", 1);

    private static readonly Metric[] Metrics =
    [
        Metric("external_hours", "对外服务机时", "External hours", "hour", MetricKind.Flow),
        Metric("effective_hours", "有效机时", "Effective hours", "hour", MetricKind.Flow),
        Metric("staff", "专职人员", "Full-time staff", "person", MetricKind.Stock),
        Metric("income", "对外服务收入", "External income", "yuan", MetricKind.Flow),
        Metric("utilisation", "利用率", "Utilisation", "share", MetricKind.Ratio),
        Metric("faults", "故障次数", "Faults", "time", MetricKind.Flow),
        Metric("portal", "在线平台", "Online platform", "answer", MetricKind.Answer, "yes", "no"),
        Metric("manual", "管理制度", "Rules of use", "answer", MetricKind.Answer, "yes", "no"),
        Metric("untruthful", "数据不实", "Untruthful data", "answer", MetricKind.Answer, "yes", "no"),
        Metric("score_1", "专家一评分", "Score of expert 1", "point", MetricKind.Ratio),
        Metric("score_2", "专家二评分", "Score of expert 2", "point", MetricKind.Ratio),
        Metric("score_3", "专家三评分", "Score of expert 3", "point", MetricKind.Ratio),
        Metric("score_4", "专家四评分", "Score of expert 4", "point", MetricKind.Ratio),
        Metric("instruments.effective_hours", "有效机时", "Effective hours", "hour", MetricKind.Flow) with
        {
            ReportedAs = ["inst_hours"],
        },
        Metric("inst_hours", "报送的有效机时", "Reported effective hours", "hour", MetricKind.Flow),
        Metric("instruments.condition", "设备状况", "Condition", "answer", MetricKind.Answer, "good", "poor"),
        Metric("requests", "下载次数", "Requests", "time", MetricKind.Flow) with
        {
            Only = new Dictionary<string, string> { ["access_method"] = "regular" },
        },
    ];

    public static Metric Metric(
        string code, string zh, string en, string unit, MetricKind kind, params string[] answers) =>
        new(code, new(zh, en), UnitOfMeasure.All[unit], kind, null, null, answers,
            new Dictionary<string, string>(), new("测试", "Test"), Here);

    public static Formula Feel(string text) => new(FeelExpression.Parse(text), Here);

    public static Condition When(string text) => new(FeelUnaryTests.Parse(text), Here);

    public static BandPoints Bands(params (string When, decimal Points)[] bands) =>
        new([.. bands.Select(band => new Band(When(band.When), band.Points))]);

    public static Indicator Indicator(
        string id, string zh, string en, string given, string value, PointsRule points, decimal max,
        string unit = "share", MissingPolicy missing = MissingPolicy.Withhold, Applicability? applies = null,
        Direction direction = Direction.Higher) =>
        new(id, new(zh, en), Source, new(zh, en), given.Split(' ', StringSplitOptions.RemoveEmptyEntries), Feel(value),
            UnitOfMeasure.All[unit], ValueRange.Everything, direction, points, max, missing, applies, [], Here);

    public static Indicator ExternalUse(MissingPolicy missing = MissingPolicy.Withhold, string id = "R2") => Indicator(
        id, "外部共享率", "External-use ratio", "external_hours effective_hours", "external_hours / effective_hours",
        Bands((">= 0.5", 15m), ("[0.2..0.5)", 8m), ("< 0.2", 0m)), 15m, missing: missing);

    public static Scheme Scheme(params Indicator[] indicators) => Scheme(("B", indicators));

    public static Scheme Scheme(params (string Block, Indicator[] Indicators)[] blocks)
    {
        var made = blocks.Select(block => new Block(
            block.Block, new("模块" + block.Block, "Block " + block.Block), block.Indicators.Sum(
                indicator => indicator.Max),
            block.Indicators, Source, Here)).ToList();
        var total = made.Sum(block => block.Weight);
        return new Scheme(
            "sample", new("示例", "Sample"), "instruments", SchemeLevel.Unit, Source, total, total, made,
            new Dictionary<string, Parameter>
            {
                ["quota_hours"] = new(
                    "quota_hours", new("定额机时", "Quota hours"), UnitOfMeasure.All["hour"],
                    [new(new(2000, 1, 1), 1400m), new(new(2030, 1, 1), 1600m)], Source, Here),
                ["places"] = new(
                    "places", new("优秀名额",
                        "Places"), UnitOfMeasure.All["count"], [new(new(2000, 1, 1), 2m)], Source, Here),
            },
            [], [], null, [], [], Here);
    }

    public static RuleSet Rules(Scheme scheme) => new(
        new RuleFolder("sample", new Dictionary<string, string> { ["scheme.yaml"] = scheme.Id }),
        null, Metrics.ToDictionary(metric => metric.Code, StringComparer.Ordinal), [scheme], [], []);

    public static Rules.Scoring.Scorer Scorer(Scheme scheme) =>
        Evaluation.Rules.Scoring.Scorer.Create(Rules(scheme), scheme, Day);

    public static UnitFacts Facts(string unit, params (string Code, FeelValue Value)[] values) =>
        new(unit, values.ToDictionary(value => value.Code, value => value.Value, StringComparer.Ordinal),
            new Dictionary<string, Provenance>());

    public static FeelValue Instruments(params decimal?[] hours) => FeelValue.List(
        [.. hours.Select((hour, i) => FeelValue.Context(new FeelContext(
            hour is { } known
                ? [new("id", $"i-{i + 1}"), new("effective_hours", known)]
                : [new("id", FeelValue.String($"i-{i + 1}"))])))]);

    public static GradeTable Grades(
        IReadOnlyList<ScoreBand>? bands = null, IReadOnlyList<RankQuota>? quotas = null, string? rest = "qualified",
        EdgeTies ties = EdgeTies.Refuse, params TieKey[] keys) => new(
        [
            new("excellent", new("优秀", "Excellent"), "◆"), new("good", new("良好", "Good"), "▲"),
            new("qualified", new("合格", "Qualified"), "●"), new("poor", new("较差", "Poor"), "▼"),
        ],
        bands ?? [], quotas ?? [], rest, keys, ties, Source, Here);

    public static Judgement Judgement(string id, string when, JudgementEffect effect) =>
        new(id, new("数据不实", "Untruthful data"), Feel(when), effect, Source with { Item = "14" }, Here);

    public static AwardPolicy Awards(
        string? coefficient = null, string? floor = null, string? cap = null, decimal roundTo = 1m,
        RoundingMethod rounding = RoundingMethod.LargestRemainder) => new(
        "pool", [new("excellent", 1_000_000m), new("good", 500_000m)],
        coefficient is null
            ? null : Feel(coefficient), floor is null ? null : Feel(floor), cap is null ? null
            : Feel(cap),
        roundTo, rounding, Source, Here);

    public static Pool Pool(decimal pot) => new("pool", new("奖补资金", "Awards"), new Money(pot));
}
