using System.Globalization;
using Evaluation.Jobs.Reports;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Tests.Reports;

/// <summary>
/// One invented category of 32 instrument units with real records of every kind: bands, formula, goalposts, checklist and
/// panel, a withheld line, a line that does not apply, judgements held and not held.
/// </summary>
internal static class SampleReports
{
    internal const string Unit = "unit-05";
    private const string Hash = "9f2c4e7a1b3d5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8";
    private static readonly FileLocation At = new("instruments/scheme.yaml", 1);
    private static readonly Source Rule = new("国科发基〔2017〕289号", "第二十一条");
    private static readonly Source Ours = new(
        "本平台自定", null, null, null,
        new("公开文本只列指标名称，未给出权重和分档，此处为本平台设定。",
            "Public texts name the indicator only and give neither weight nor bands; these are the platform's."),
        Ours: true,
        DocumentEn: "Rules of this platform");

    private static readonly UnitOfMeasure Share = UnitOfMeasure.All["share"];
    private static readonly UnitOfMeasure Hour = UnitOfMeasure.All["hour"];
    private static readonly UnitOfMeasure Point = UnitOfMeasure.All["point"];

    internal static AssessmentReport Good() => AssessmentReport.Build(Material(Card(5)));

    internal static AssessmentReport WithheldUnit() => AssessmentReport.Build(Material(Waiting(Card(5))));

    internal static AssessmentReport Of(ReportMaterial material) => AssessmentReport.Build(material);

    internal static ReportMaterial Material(ScoreCard card, Bilingual? name = null, bool generated = true)
    {
        var cards = Enumerable.Range(1, 32).Select(Card).Where(one => one.Unit != card.Unit).Append(card).ToList();
        return new ReportMaterial
        {
            Cycle = Cycle,
            Scheme = Scheme,
            Card = card,
            Unit = new ReportUnit(
                name ?? new("示例省分析测试研究院", "Example Province Institute of Analysis and Testing"),
                new("示例省", "Example Province")),
            Statistics = CategoryStatistics.Of(cards),
            Allocations = [Allocation(card)],
            Certainty = CertaintyOf(card),
            Evidence = Evidence,
            Findings = Findings,
            Stamp = new ReportStamp("PJ-2026-INS-0005", new DateOnly(2026, 5, 6), ReportState.Preliminary, generated),
        };
    }

    internal static Cycle Cycle { get; } = new(
        "2026",
        new("2026 年度科技资源开放共享后补助绩效评价", "Post-subsidy performance evaluation of shared S&T resources, 2026"),
        new Period(new(2025, 1, 1), new(2026, 1, 1)),
        new(2025, 12, 31),
        [new("instruments", new("科研仪器设施", "Research instruments and facilities"),
            [new(new(2025, 1, 1), new(2026, 1, 1))], null, false, null)],
        [new("instruments", new("科研仪器设施后补助资金", "Post-subsidy for instruments and facilities"), new(18_000_000m))],
        [new("notice", new("公示", "Notice"), new(2026, 5, 6)), new("object", new("异议截止", "Objections close"), new(2026, 5, 13))],
        5,
        new(
            "异议以书面、实名方式提出，由单位法定代表人签字并加盖公章，提交至平台中心；平台中心在收到之日起十个工作日内书面答复并说明理由。",
            "Objections are made in writing and under a real name, signed by the unit's legal representative and "
                + "sealed, to the "
                + "platform center, which answers in writing with its reasons within ten working days."),
        new("示例省科技资源共享服务平台中心", "Example Province Platform Center for Shared S&T Resources"),
        [
            new("国务院关于国家重大科研基础设施和大型科研仪器向社会开放的意见（国发〔2014〕70号）",
                "State Council opinions on opening major research infrastructure and large instruments to society "
                    + "(国发〔2014〕70号)"),
            new("国家重大科研基础设施和大型科研仪器开放共享管理办法（国科发基〔2017〕289号）",
                "Measures for open sharing of major research infrastructure and large instruments (国科发基〔2017〕289号)"),
            new("中央财政科技计划（专项、基金等）后补助管理办法（财教〔2019〕226号）",
                "Measures for post-subsidies of central science and technology programmes (财教〔2019〕226号)"),
        ],
        new("cycle.yaml", 1))
    {
        Robustness = new Robustness(11, 1000, 0.25m, 0.9m, null, Ours, new("cycle.yaml", 40)),
    };

    /// <summary>The certainty of a unit, as a study would find it.</summary>
    internal static UnitCertainty? CertaintyOf(ScoreCard card) => card.Rank is not { } rank ? null : new UnitCertainty(
        card.Unit, card.Total, card.Rank, card.Grade, 900_000m,
        new DrawSpread(Math.Max(1, rank - 3), Math.Max(1, rank - 1), rank, rank + 2.5m, rank + 6), 0.874m,
        [new("excellent", 0.126m), new(card.Grade!, 0.874m)], 1m, new(600_000m, 612_345m, 900_000m, 1_150_000m, 1_200_000m),
        new("excellent", 1.25m, false), new("qualified", 0.8m, true), true,
        [.. card.Lines.Where(line => line.Kind == LedgerLineKind.Indicator)
            .Select((line, place) => new RankWithout(line.Id, false, rank + place))],
        card.Total - 1m,
        [.. card.Lines.Where(line => line.Kind == LedgerLineKind.Indicator)
            .Select((line, place) => new AttributionPart(line.Id, place == 0 ? 2.5m : place == 1 ? -1.5m : 0m)),
            new AttributionPart("judgements", 0m)],
        11,
        new("各项权重各自在上下 25% 之内随机变动 1,000 次，名次有九成落在第 4 至第 7.5 名之间，等次仍为良好的占 87.4%。低于规则要求的 90%，等次不稳。",
            "With every weight varied at random by up to 25 % in 1,000 draws, nine ranks in ten lie between 4 and 7.5, and the grade "
                + "stays Good in 87.4% of them. That is below the 90% the rules ask for: the grade is fragile."),
        new("其他单位得分不变时，再得 1.25 分即升为优秀；少得 0.8 分以上即降为合格。",
            "With the points of all others as they are, 1.25 points more would lift the grade to Excellent; more than 0.8 points less "
                + "would lower it to Qualified."),
        new("对本单位名次影响最大的权重：去掉“共享机时”，名次由第 5 变为第 9。",
            "The weights that matter most to this rank: without \"Shared hours\" the rank would go from 5 to 9."));

    internal static Scheme Scheme { get; } = new(
        "instruments-2026",
        new("科研仪器设施开放共享评价方案", "Scheme for the open sharing of research instruments and facilities"),
        "instruments", SchemeLevel.Unit, Rule, 100, 100,
        [
            new("organisation", new("组织管理", "Organisation and management"), 30, [], Ours, At),
            new("operation", new("运行使用", "Operation and use"), 35, [], Ours, At),
            new("sharing", new("共享服务", "Sharing services"), 35, [], Ours, At),
        ],
        new Dictionary<string, Parameter>(), [],
        [
            Judgement("untruthful_data", new("数据不实", "Untruthful data"), new SetGrade("poor"), "第二十四条"),
            Judgement("late_records", new("运行记录报送逾期", "Operation records sent late"),
                new AdjustPoints(F("-0.5 * quarters_late")), "第十二条"),
            Judgement("low_open_rate", new("仪器开放率过低", "Too few instruments opened"), new CapGrade("qualified"), "第二十二条"),
        ],
        new GradeTable(
            [
                new("excellent", new("优秀", "Excellent"), "◆"), new("good", new("良好", "Good"), "▲"),
                new("qualified", new("合格", "Qualified"), "●"), new("poor", new("较差", "Poor"), "▼"),
            ],
            [],
            [new("excellent", F("4"), null, QuotaRounding.HalfUp, null), new("good", null, F("30"), QuotaRounding.HalfUp, 60)],
            "qualified", [new(F("card.blocks.sharing"), true)], EdgeTies.Refuse, Rule, At),
        [new AwardPolicy(
            "instruments", [new("excellent", 1_200_000), new("good", 600_000)], F("1 + sharing_rate / 2"), F("200000"),
            F("2500000"), 1, RoundingMethod.LargestRemainder, new("财教〔2019〕226号", "第十条"), At)],
        [], At);

    /// <summary>The card of a unit: the further down the list, the fewer points.</summary>
    internal static ScoreCard Card(int number)
    {
        var weak = number / 80m;
        var lines = Lines(weak, number).ToList();
        if (number == 5) lines.Add(Late());
        return CardOf($"unit-{number.ToString("00", CultureInfo.InvariantCulture)}", lines, number);
    }

    internal static ScoreCard CardOf(string unit, IReadOnlyList<LedgerLine> lines, int rank)
    {
        var total = lines.Sum(line => line.Points);
        var grade = rank <= 4 ? "excellent" : rank <= 14 ? "good" : "qualified";
        return new ScoreCard(
            unit, "instruments", "instruments-2026", lines,
            [.. Scheme.Blocks.Select(block => new BlockScore(
                block.Id, block.Name,
                lines.Where(line => line.Block == block.Id).Sum(line => line.Points),
                lines.Where(line => line.Block == block.Id).Sum(line => line.Max)))],
            [new("sharing_rate", new("共享率", "Sharing rate"), 0.3478m, Share)],
            total, total, rank, 32, grade,
            new($"排名第 {rank} 位，处于良好名额内（第 5 至第 14 位，按 32 家的 30% 四舍五入为 10 家，且总分不低于 60 分）。",
                $"Rank {rank} lies within the places for Good (ranks 5 to 14: 30 per cent of 32 units, rounded "
                    + "half up, are 10; and a "
                    + "total of at least 60)."));
    }

    internal static ScoreCard Waiting(ScoreCard card)
    {
        var lines = card.Lines.Where(line => line.Kind == LedgerLineKind.Indicator).Select(line => line.Id == "S1"
            ? new LedgerLine(
                line.Id, line.Kind, line.Block, line.Name, "Withheld", null, line.Unit, 0, line.Max, 0, line.RawMax,
                line.Formula, line.PointsText, line.Inputs, line.Source,
                new(
                    "S1 共享机时：缺少“对外服务机时”（instruments.external_hours）的记录，本指标待补数据，总分暂不出具。",
                    "S1 Shared hours: no record of external service hours (instruments.external_hours), so the "
                        + "indicator is "
                        + "withheld and no total is issued."),
                null)
            : line).ToList();
        var left = CardOf(card.Unit, lines, 5);
        return left with
        {
            Total = null, Rank = null, Ranked = 31, Grade = null,
            Standing = new("有 1 项指标待补数据，因此没有总分、名次和等级。",
                "One indicator is withheld, so there is no total, no rank and no grade."),
        };
    }

    /// <summary>A card with as many indicators as asked for, to fill pages.</summary>
    internal static ScoreCard LongCard(int indicators)
    {
        var first = Lines(0.2m, 5).First();
        var lines = Enumerable.Range(1, indicators).Select(number => new LedgerLine(
            $"X{number}", first.Kind, first.Block,
            new($"{first.Name.Zh}（第 {number} 项）", $"{first.Name.En} (item {number})"), first.Outcome, first.Value,
            first.Unit, first.Points, first.Max, first.RawPoints, first.RawMax, first.Formula, first.PointsText,
            first.Inputs, first.Source, first.Because, first.More)).ToList();
        return CardOf(Unit, lines, 5);
    }

    private static IEnumerable<LedgerLine> Lines(decimal weak, int number)
    {
        var open = Math.Round(0.96m - (weak / 2), 4);
        yield return Line("A1", "organisation", new("统筹管理", "Coordinated management"), Number(8), Point, 8, 10,
            "count(for rule in management_rules return rule.in_force)", "checklist: 4 of 5 items, 2 points each",
            [Input("management_rules", new("管理制度", "Management rules"), 5m, "count", "self_report.csv", "第 12 行")],
            new("A1 统筹管理：5 项管理要求中满足 4 项，每项 2 分，得 8.00 分（满分 10.00 分）。",
                "A1 Coordinated management: 4 of 5 requirements are met, 2 points each: 8.00 of 10.00 points."),
            new("建立并公布科研仪器购置查重评议制度，可再得 2.00 分。",
                "A published duplicate check for new purchases would give 2.00 more points."), Ours);
        yield return Line("A2", "organisation", new("科研仪器开放率", "Share of instruments opened"), open, Share,
            Math.Round(10 * open, 2), 10, "instruments_open / instruments_total", "min(10, 10 * value)",
            [
                Input("instruments_open", new("开放仪器台数", "Instruments opened"), 118m - number, "instrument", "instruments.csv", "第 2–119 行"),
                Input("instruments_total", new("应开放仪器台数", "Instruments that qualify"), 125m, "instrument", "instruments.csv", "第 2–126 行"),
            ],
            new($"A2 科研仪器开放率：{open}，按公式 min(10, 10 × 指标值) 计分，满分 10.00 分。",
                $"A2 Share of instruments opened: {open}; the formula min(10, 10 × value) gives the points, at "
                    + "most 10.00."),
            new("再开放 3 台仪器，可再得 0.24 分。", "Opening 3 more instruments would give 0.24 more points."), Ours);
        yield return Line("A3", "organisation", new("实验技术队伍建设", "Technical staff"), 0.85m, Share, 5, 5,
            "staff_certified / staff_total", ">= 0.8 → 5",
            [
                Input("staff_certified", new("持证上岗人数", "Certified staff"), 34m, "person", "staff.csv", "第 3 行"),
                Input("staff_total", new("实验技术人员数", "Technical staff"), 40m, "person", "staff.csv", "第 4 行"),
            ],
            new("A3 实验技术队伍建设：34 人 ÷ 40 人 = 0.8500；不低于 0.80 得 5.00 分（满分 5.00 分）。",
                "A3 Technical staff: 34 / 40 = 0.8500; at least 0.80 gives 5.00 of 5.00 points."), null, Ours);
        yield return NotForThisUnit();
        yield return Line("O1", "operation", new("仪器运行机时", "Operating hours"), 1.0371m - weak, Share,
            weak > 0.05m ? 12 : 20, 20, "mean(for i in instruments return i.effective_hours / quota_hours_general)",
            weak > 0.05m ? "[0.5..1) → 12" : ">= 1 → 20",
            [
                Hours("instruments.effective_hours", new("有效机时", "Effective hours"), 118),
                new("quota_hours_general", new("通用仪器定额机时", "Quota hours, general instruments"), 1400m, Hour, null),
            ],
            new("O1 仪器运行机时：118 台仪器有效机时与定额机时之比的平均值为 0.9746；不低于 0.50、低于 1.00 得 12.00 分（满分 20.00 分）。",
                "O1 Operating hours: the mean of effective hours to quota hours over 118 instruments is 0.9746; at "
                    + "least 0.50 and "
                    + "below 1.00 gives 12.00 of 20.00 points."),
            weak > 0.05m ? new("每台仪器平均再运行 36 小时可进入下一档，可再得 8.00 分。",
                "36 more hours per instrument on average would reach the next band and give 8.00 more points.") : null,
            new("教高司条函〔2000〕10号", "第 1 项"));
        yield return Line("O2", "operation", new("运行使用及成效", "Use and results"), Number(Math.Round(8.5m - (3 * weak), 2)), Point,
            Math.Round(12.75m - (4.5m * weak), 2), 15, "expert_scores", "panel: trimmed mean of experts' scores from 0 to 10",
            [Scores("expert_scores", new("专家评分", "Experts' scores"))],
            new("O2 运行使用及成效：7 位专家评分去掉一个最高分和一个最低分后取平均，按 10 分制折算为本项得分。",
                "O2 Use and results: the mean of 7 experts' scores without one highest and one lowest, scaled from "
                    + "10."),
            new("专家评分每提高 1 分，可再得 1.50 分。", "Each further point from the experts would give 1.50 more points."), Ours);
        yield return Line("S1", "sharing", new("共享机时", "Shared hours"), 0.3478m, Share, 12, 15,
            "sum(for i in instruments return i.external_hours) / sum(for i in instruments return i.effective_hours)",
            "[0.30..0.50) → 12",
            [
                Hours("instruments.external_hours", new("对外服务机时", "External service hours"), 41),
                Hours("instruments.effective_hours", new("有效机时", "Effective hours"), 118),
            ],
            new("S1 共享机时：56,231.5 小时 ÷ 161,676.0 小时 = 0.3478；不低于 0.30、低于 0.50 得 12.00 分（满分 15.00 分）。",
                "S1 Shared hours: 56,231.5 h / 161,676.0 h = 0.3478; at least 0.30 and below 0.50 gives 12.00 of "
                    + "15.00 points."),
            new("还差 24,606.5 小时对外服务机时可进入下一档（15.00 分）。",
                "24,606.5 more external service hours would reach the next band (15.00 points)."),
            new("国科发基〔2017〕289号", "第十六条"));
        yield return Line("S2", "sharing", new("对外服务成效及用户评价", "Results for users and their ratings"), Number(4.62m - weak), Point,
            Math.Round(13.1m - (6 * weak), 3), 15, "mean(user_ratings)", "goalposts: 2 → 0, 5 → 15",
            [Input("user_ratings", new("用户评价", "User ratings"), 4.62m, "point", "ratings.csv", "第 2–846 行")],
            new("S2 对外服务成效及用户评价：845 份用户评价的平均分在 2 分与 5 分之间线性计分，满分 15.00 分。",
                "S2 Results for users and their ratings: the mean of 845 ratings, linear between 2 and 5, at most "
                    + "15.00 points."),
            new("平均评价每提高 0.10 分，可再得 0.50 分。", "Each further 0.10 of the mean rating would give 0.50 more points."), Ours);
        yield return Line("S3", "sharing", new("服务科技基础条件自主保障", "Service to self-reliant research conditions"), Number(3), Point, 5, 5,
            "count(domestic_trials)", ">= 3 → 5",
            [Input("domestic_trials", new("国产仪器应用示范项目", "Trials of domestic instruments"), 3m, "count", "self_report.csv", "第 40–42 行")],
            new("S3 服务科技基础条件自主保障：国产仪器应用示范 3 项；不少于 3 项得 5.00 分（满分 5.00 分）。",
                "S3 Service to self-reliant research conditions: 3 trials of domestic instruments; at least 3 "
                    + "gives 5.00 of 5.00 points."),
            null, Ours);
    }

    private static LedgerLine NotForThisUnit() => new(
        "A4", LedgerLineKind.Indicator, "organisation", new("在线服务平台建设", "Online service platform"), "NotApplicable",
        null, Point, 0, 0, 0, 5, "platform_score", string.Empty, [], Ours,
        new("A4 在线服务平台建设：该单位使用省级统一平台，本指标不适用；组织管理其余指标按比例换算。",
            "A4 Online service platform: the unit uses the province's common platform, so the indicator does not "
                + "apply; the others "
                + "are re-scaled."),
        null);

    private static LedgerLine Late() => new(
        "late_records", LedgerLineKind.Judgement, string.Empty, new("运行记录报送逾期", "Operation records sent late"), "Judgement",
        null, Point, -0.5m, 0, -0.5m, 0, "quarters_late > 0", "-0.5 * quarters_late", [], new("国科发基〔2017〕289号", "第十二条"),
        new("运行记录报送逾期：有 1 个季度逾期报送，每季度扣 0.50 分，扣 0.50 分（国科发基〔2017〕289号 第十二条）。",
            "Operation records sent late: one quarter was late, 0.50 points each: −0.50 points (国科发基〔2017〕289号, "
                + "第十二条)."), null);

    private static LedgerLine Line(
        string id, string block, Bilingual name, FeelValue value, UnitOfMeasure unit, decimal points, decimal max,
        string formula, string rule, IReadOnlyList<LedgerInput> inputs, Bilingual because, Bilingual? more, Source source) =>
        new(id, LedgerLineKind.Indicator, block, name, "Scored", value, unit, points, max, points, max, formula, rule, inputs,
            source, because, more);

    private static FeelValue Number(decimal value) => FeelValue.Number(value);

    private static LedgerInput Input(string code, Bilingual name, decimal value, string unit, string file, string row) =>
        new(code, name, value, UnitOfMeasure.All[unit], new([file], [row], [1], []));

    private static LedgerInput Hours(string code, Bilingual name, int count) => new(
        code, name, FeelValue.List([.. Enumerable.Range(0, count).Select(index => Number(900m + (index * 7.5m)))]), Hour,
        new(["service_records_2025.csv", "instruments.csv"], ["第 2 行", "第 3 行", "第 4 行"],
            [.. Enumerable.Range(1, count).Select(index => (long)index)], ["overlap"]));

    private static LedgerInput Scores(string code, Bilingual name) => new(
        code, name, FeelValue.ListOf(Number(8), Number(8.5m), Number(9), Number(8), Number(7.5m), Number(9.5m), Number(8.5m)), Point,
        new(["expert_review.csv"], ["第 5 行"], [7, 8, 9, 10, 11, 12, 13], []));

    private static AllocationResult Allocation(ScoreCard card) => new(
        "instruments", new(18_000_000m), new(18_000_000m), null,
        [new(card.Unit, "instruments", card.Grade, 600_000, 1.1739m, 704_340, string.Empty, 1_012_345.678901234567m, new(1_012_346m),
            new("良好基数 600,000.00 元 × 系数 1.1739 = 704,340.00 元；按资金池折算为 1,012,345.68 元，按最大余数法取整为 1,012,346.00 元。",
                "Base of Good CNY 600,000.00 × coefficient 1.1739 = CNY 704,340.00; scaled to the pot CNY "
                    + "1,012,345.68, rounded by "
                    + "largest remainder to CNY 1,012,346.00."))]);

    private static ReportEvidence Evidence { get; } = new(
        [
            new("service_records_2025.csv", Hash, new("仪器服务记录，单位报送", "Service records, sent by the unit")),
            new("instruments.csv", "1" + Hash[1..], new("仪器登记表", "Register of instruments")),
            new("self_report.csv", "2" + Hash[1..], null),
            new("expert_review.csv", "3" + Hash[1..], new("专家评审记录", "Expert review")),
        ],
        "a1" + Hash[2..], new(2026, 4, 15), "b2" + Hash[2..], "0.1.0", "run-000042", Hash);

    private static IReadOnlyList<ReportFinding> Findings { get; } =
    [
        new(new("时段重叠", "Overlap"), new("有 14 条服务记录的时段相互重叠，重叠部分只计一次。",
            "14 service records overlap; the overlap is counted once."), FindingSeverity.Warning, "S1"),
        new(new("登记延迟", "Late registration"), new("有 2 台仪器登记晚于规定的 30 个工作日。",
            "2 instruments were registered later than 30 working days."), FindingSeverity.Note, null),
    ];

    private static Judgement Judgement(string id, Bilingual name, JudgementEffect effect, string article) =>
        new(id, name, F(id), effect, new("国科发基〔2017〕289号", article), At);

    private static Formula F(string text) => new(FeelExpression.Parse(text), At);
}
