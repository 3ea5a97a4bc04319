using System.Text;
using System.Text.RegularExpressions;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Scoring;

using static Sample;

public sealed partial class SentenceTests
{
    private static readonly string[] AllScores = ["score_1", "score_2", "score_3", "score_4"];

    private static LedgerLine Line(Indicator indicator, params (string Code, FeelValue Value)[] values) =>
        Scorer(Scheme(indicator)).Score(Facts("u", values)).Lines[0];

    [Fact]
    public void A_band_reads_as_the_house_asks()
    {
        var line = Line(ExternalUse(), ("external_hours", 500m), ("effective_hours", 1000m));

        line.Because.Zh.ShouldBe(
            "R2 外部共享率：对外服务机时 500 小时 ÷ 有效机时 1,000 小时 = 0.500；达到 0.50 得 15 分，满分 15 分（《办法》附件1 第B2项）。");
        line.Because.En.ShouldBe(
            "R2 External-use ratio: 500 h / 1,000 h = 0.500; at least 0.50 gives 15 of 15 points (Measures, Annex 1, item B2).");
        line.More.ShouldBeNull();
    }

    [Fact]
    public void Twenty_seven_hours_short_of_the_next_band_is_said_in_hours()
    {
        var line = Line(ExternalUse(), ("external_hours", 473m), ("effective_hours", 1000m));

        line.More!.Zh.ShouldBe("“对外服务机时”还差 27 小时可进入下一档（达到 0.50，得 15 分）。");
        line.More.En.ShouldBe("\"External hours\" needs 27 h more for the next band (at least 0.50: 15 points).");
    }

    [Theory]
    [InlineData("499.6", "0.4996")]
    [InlineData("499.9999", "0.4999999")]
    [InlineData("500", "0.500")]
    public void A_value_never_looks_like_a_threshold_it_does_not_reach(string hours, string shown) =>
        Line(ExternalUse(),
            ("external_hours", decimal.Parse(hours, System.Globalization.CultureInfo.InvariantCulture)), (
                "effective_hours", 1000m))
            .Because.En.ShouldContain($" {shown}; ");

    [Fact]
    public void Points_just_under_the_maximum_do_not_read_as_the_maximum()
    {
        var indicator = Indicator(
            "U", "利用率", "Utilisation", "utilisation", "utilisation", new GoalpostPoints(0m, 1m), 10m);

        Line(indicator, ("utilisation", 0.999999m)).Because.En.ShouldContain("9.99999 of 10 points");
    }

    [Fact]
    public void A_distance_told_in_hours_does_reach_the_next_band()
    {
        var indicator = ExternalUse();
        foreach (var effective in new[] { 3m, 7m, 977m, 1400m, 1399.9m })
        {
            var more = Line(indicator, ("external_hours", 0.1m), ("effective_hours", effective)).More!.En;
            var hours = decimal.Parse(
                Hours().Match(more).Groups[1].Value, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture);

            var lifted = Line(indicator, ("external_hours", 0.1m + hours), ("effective_hours", effective));
            lifted.RawPoints.ShouldBe(8m, more);
        }
    }

    [Fact]
    public void Every_form_of_points_and_every_outcome_reads_well_in_both_languages() =>
        Golden.Match("sentences.txt", Everything());

    [Fact]
    public void No_sentence_mixes_the_two_languages()
    {
        foreach (var line in Everything().Split('\n').Where(line => line.StartsWith("en ", StringComparison.Ordinal)))
        {
            line.Any(c => c >= '\u2E80').ShouldBeFalse(line);
        }
    }

    private static string Everything()
    {
        var text = new StringBuilder();
        foreach (var (title, scheme, values) in Examples())
        {
            var scorer = Scorer(scheme);
            var line = scorer.Score(Facts("u", values)).Lines[0];
            text.Append("# ").Append(title).Append('\n');
            text.Append("zh ").Append(line.Because.Zh).Append('\n').Append("en ").Append(line.Because.En).Append('\n');
            if (line.More is { } more) text.Append("zh + ").Append(more.Zh).Append('\n').Append("en + ").Append(more.En).Append(
                '\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string Title, Scheme Scheme, (string, FeelValue)[] Values)> Examples()
    {
        var hours = (External: 300m, Effective: 1000m);
        (string, FeelValue)[] both = [("external_hours", hours.External), ("effective_hours", hours.Effective)];
        yield return ("band: between two thresholds", Scheme(ExternalUse()), both);
        yield return (
            "band: a value with no end", Scheme(ExternalUse()), [("external_hours", 1m), ("effective_hours", 3m)]);
        yield return ("band: below the lowest", Scheme(ExternalUse()),
            [("external_hours", 50m), ("effective_hours", 1000m)]);
        yield return ("band: the best", Scheme(ExternalUse()), [("external_hours", 500m), ("effective_hours", 1000m)]);
        yield return ("band: a table of several answers", Scheme(Indicator(
            "N", "平台联网", "Platform on the net", "portal", "portal",
            Bands(("\"all\"", 10m), ("\"most\"", 6m), ("\"some\", \"few\"", 3m), ("\"none\"", 0m)), 10m, "answer")),
            [("portal", "few")]);
        yield return ("band: lower is better", Scheme(Indicator(
            "F1", "故障次数", "Faults", "faults", "faults", Bands(("<= 2", 5m), ("(2..5]", 3m), ("> 5", 0m)), 5m, "time",
            direction: Direction.Lower)), [("faults", 7m)]);
        yield return ("band: above, an open edge", Scheme(Indicator(
            "F2", "专职人员", "Full-time staff", "staff", "staff", Bands(("> 10", 5m),
                ("<= 10", 1m)), 5m, "person")), [("staff", 10m)]);
        yield return ("band: a list of answers", Scheme(Indicator(
            "P", "在线平台", "Online platform", "portal", "portal", Bands(("\"yes\"", 2m),
                ("not(\"yes\")", 0m)), 2m, "answer")),
            [("portal", "no")]);
        yield return ("band: a threshold that is a parameter", Scheme(Indicator(
            "Q", "有效机时", "Effective hours", "effective_hours quota_hours", "effective_hours",
            Bands((">= quota_hours", 4m), ("< quota_hours", 1m)), 4m, "hour")), [("effective_hours", 1234.5m)]);
        yield return ("formula", Scheme(Indicator(
            "H", "机时利用", "Use of hours", "effective_hours quota_hours", "effective_hours / quota_hours",
            new FormulaPoints(Feel("min(20, 20 * value)")), 20m)), [("effective_hours", 1222m)]);
        yield return ("formula: the maximum", Scheme(Indicator(
            "H", "机时利用", "Use of hours", "effective_hours quota_hours", "effective_hours / quota_hours",
            new FormulaPoints(Feel("min(20, 20 * value)")), 20m)), [("effective_hours", 1540m)]);
        yield return ("formula: no single metric leads to the maximum", Scheme(Indicator(
            "K", "人均机时", "Hours per person", "effective_hours staff", "effective_hours / staff",
            new FormulaPoints(Feel("20 * value / (value + 100)")), 20m, "hour")),
            [("effective_hours", 900m), ("staff", 9m)]);
        yield return ("formula: a branch that is a constant", Scheme(Indicator(
            "S", "外部共享率", "External-use ratio", "external_hours effective_hours",
            "if effective_hours = 0 then 0 else external_hours / effective_hours", new GoalpostPoints(0m, 0.5m), 10m)),
            [("external_hours", 0m), ("effective_hours", 0m)]);
        yield return ("goalposts", Scheme(Indicator(
            "U", "利用率", "Utilisation", "utilisation", "utilisation", new GoalpostPoints(0m,
                1m), 15m)), [("utilisation", 0.723m)]);
        yield return ("goalposts: beyond the better one", Scheme(Indicator(
            "U", "利用率", "Utilisation", "utilisation", "utilisation", new GoalpostPoints(0.1m, 0.9m), 15m)),
            [("utilisation", 0.95m)]);
        yield return ("goalposts: short of the worse one", Scheme(Indicator(
            "U", "利用率", "Utilisation", "utilisation", "utilisation", new GoalpostPoints(0.1m, 0.9m), 15m)),
            [("utilisation", 0.05m)]);
        yield return ("goalposts: lower is better", Scheme(Indicator(
            "F3", "故障次数", "Faults", "faults", "faults", new GoalpostPoints(10m,
                0m), 5m, "time", direction: Direction.Lower)),
            [("faults", 4m)]);
        var items = new ChecklistPoints(
        [
            new(new("有在线平台", "Has an online platform"), Feel("portal = \"yes\""), 3m),
            new(new("有管理制度", "Has rules of use"), Feel("manual = \"yes\""), 2m),
        ]);
        yield return ("checklist", Scheme(Indicator(
            "C", "制度建设", "Rules", "portal manual", "if portal = \"yes\" then 1 else 0", items, 5m, "count")),
            [("portal", "yes"), ("manual", "no")]);
        yield return ("checklist: everything met", Scheme(Indicator(
            "C", "制度建设", "Rules", "portal manual", "if portal = \"yes\" then 1 else 0", items, 5m, "count")),
            [("portal", "yes"), ("manual", "yes")]);
        yield return ("checklist: nothing met", Scheme(Indicator(
            "C", "制度建设", "Rules", "portal manual", "if portal = \"yes\" then 1 else 0", items, 5m, "count")),
            [("portal", "no"), ("manual", "no")]);
        yield return ("checklist: one item", Scheme(Indicator(
            "C1", "在线平台", "Online platform", "portal", "portal",
            new ChecklistPoints([new(new("有在线平台", "Has an online platform"), Feel("value = \"yes\""), 1m)]), 1m,
            "answer")), [("portal", "no")]);
        yield return ("panel: mean", Scheme(Panel(PanelCombination.Mean)),
            [.. AllScores.Zip(new[] { 7m, 8m, 9m, 2m }, (code, score) => (code, FeelValue.Number(score)))]);
        yield return ("panel: the maximum", Scheme(Panel(PanelCombination.Mean)),
            [.. AllScores.Select(code => (code, FeelValue.Number(10m)))]);
        yield return ("panel: trimmed mean", Scheme(Panel(PanelCombination.TrimmedMean)),
            [.. AllScores.Zip(new[] { 7m, 8m, 9m, 2m }, (code, score) => (code, FeelValue.Number(score)))]);
        yield return ("panel: median", Scheme(Panel(PanelCombination.Median)),
            [.. AllScores.Zip(new[] { 7m, 8m, 9m, 2m }, (code, score) => (code, FeelValue.Number(score)))]);
        foreach (var table in TableSamples.All) yield return table;
        yield return ("list of resources: mean of ratios", Scheme(Hours(
            "mean(for i in instruments return i.effective_hours / quota_hours)")), [("instruments", Instruments(1400m,
                700m, 0m))]);
        yield return ("list of resources: sum of a metric", Scheme(Hours(
            "sum(instruments.effective_hours) / 10000")), [("instruments", Instruments(1400m, 700m))]);
        yield return ("list of resources: only some", Scheme(Hours(
            "count(instruments[effective_hours >= quota_hours]) / count(instruments)")), [("instruments", Instruments(1400m, 700m))]);
        yield return ("list of resources: one of them lacks data", Scheme(Hours(
            "mean(instruments.effective_hours)")), [("instruments", Instruments(1400m, null))]);
        yield return ("a formula without words", Scheme(Indicator(
            "W", "复杂指标", "Intricate indicator", "external_hours effective_hours",
            "{ share: external_hours / effective_hours }.share", Bands(("-", 1m)), 2m)), both);
        yield return ("missing: withheld", Scheme(ExternalUse()), [("effective_hours", 1000m)]);
        yield return ("missing: zero", Scheme(ExternalUse(MissingPolicy.Zero)), [("effective_hours", 1000m)]);
        yield return ("missing: excluded", Scheme(ExternalUse(MissingPolicy.Exclude)), [("effective_hours", 1000m)]);
        yield return ("division by zero", Scheme(ExternalUse()), [("external_hours", 0m), ("effective_hours", 0m)]);
        yield return ("does not apply", Scheme(ExternalUse() with
        {
            Applies = new(Feel("staff > 0"), new("没有专职人员", "There are no full-time staff")),
        }), [.. both, ("staff", 0m)]);
        yield return ("no band", Scheme(Indicator(
            "G", "利用率", "Utilisation", "utilisation", "utilisation", Bands(("> 0.5",
                1m)), 1m)), [("utilisation", 0.5m)]);
        yield return ("points out of range", Scheme(Indicator(
            "O", "利用率", "Utilisation", "utilisation", "utilisation", new FormulaPoints(Feel("30 * value")), 20m)), [("utilisation", 1m)]);
        yield return ("re-scaled, because another does not apply",
            Scheme(ExternalUse(), ExternalUse(MissingPolicy.Exclude, "R3") with { Given = ["staff"] }), both);
        yield return (
            "re-scaled, because the total is out of a hundred", Scheme(ExternalUse()) with { OutOf = 100m }, both);
        foreach (var outcome in OtherForms().SelectMany(form => Outcomes(form.Form, form.Indicator,
            form.Values))) yield return outcome;
    }

    /// <summary>An indicator of each form but bands, with the facts that score it.</summary>
    private static IEnumerable<(string Form, Indicator Indicator, (string, FeelValue)[] Values)> OtherForms() =>
    [
        ("formula", Indicator("H", "机时利用", "Use of hours", "effective_hours quota_hours",
            "effective_hours / quota_hours",
            new FormulaPoints(Feel("min(20, 20 * value)")), 20m), [("effective_hours", 1222m)]),
        ("goalposts", Indicator("U", "利用率", "Utilisation", "utilisation", "utilisation", new GoalpostPoints(0m, 1m),
            15m),
            [("utilisation", 0.723m)]),
        ("checklist", Indicator("C", "制度建设", "Rules", "portal manual", "if portal = \"yes\" then 1 else 0",
            new ChecklistPoints(
            [
                new(new("有在线平台", "Has an online platform"), Feel("portal = \"yes\""), 3m),
                new(new("有管理制度", "Has rules of use"), Feel("manual = \"yes\""), 2m),
            ]), 5m, "count"), [("portal", "yes"), ("manual", "no")]),
        ("panel", Panel(PanelCombination.Mean),
            [.. AllScores.Zip(new[] { 7m, 8m, 9m, 2m }, (code, score) => (code, FeelValue.Number(score)))]),
        ("table", Indicator("D", "利用率", "Use", "utilisation staff", "utilisation", TableSamples.Table(
            TableHits.Unique, null, ["value", "staff"], (">= 0.8|>= 10|10", null), (">= 0.8|< 10|6", null),
                ("< 0.8|-|0", null)), 10m),
            [("utilisation", 0.85m), ("staff", 8m)]),
    ];

    /// <summary>Everything that can become of an indicator besides being scored as it is.</summary>
    private static IEnumerable<(string Title, Scheme Scheme, (string, FeelValue)[] Values)> Outcomes(
        string form, Indicator indicator, (string, FeelValue)[] values)
    {
        yield return ($"{form}: withheld", Scheme(indicator), values[1..]);
        yield return ($"{form}: zero for lack of data", Scheme(indicator with { Missing = MissingPolicy.Zero }),
            values[1..]);
        yield return ($"{form}: left out for lack of data",
            Scheme(indicator with { Missing = MissingPolicy.Exclude }), values[1..]);
        yield return ($"{form}: does not apply", Scheme(indicator with
        {
            Applies = new(Feel("faults > 0"), new("没有发生故障", "No fault occurred")),
        }), [.. values, ("faults", 0m)]);
        yield return ($"{form}: re-scaled",
            Scheme(indicator, ExternalUse(MissingPolicy.Exclude, "R3") with { Given = ["external_hours"] }), values);
    }

    private static Indicator Panel(PanelCombination combine) => Indicator(
        "E", "专家评价", "Expert review", string.Join(' ', AllScores), $"[{string.Join(", ", AllScores)}]",
        new PanelPoints(new("专家", "experts"), 0m, 10m, combine), 15m, "point");

    private static Indicator Hours(string value) => Indicator(
        "I", "仪器机时", "Instrument hours", "instruments.effective_hours quota_hours", value,
        Bands((">= 0.5", 10m), ("< 0.5", 4m)), 10m);

    [GeneratedRegex("needs ([0-9.,]+) h more")]
    private static partial Regex Hours();
}
