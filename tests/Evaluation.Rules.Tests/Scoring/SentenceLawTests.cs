using System.Globalization;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Scoring;

using static Sample;

/// <summary>
/// Sentences are written from parts made once. Here they are made the plain way, whole and one at a time, from the
/// figures alone: both must say the same of every unit.
/// </summary>
public sealed class SentenceLawTests
{
    private const int Units = 3000;

    private static readonly (decimal From, decimal Points)[] Steps = [(0.5m, 15m), (0.2m, 8m), (0m, 0m)];

    private static readonly Scheme Forms = Scheme(
        ExternalUse(),
        Indicator("H", "机时利用", "Use of hours", "effective_hours quota_hours", "effective_hours / quota_hours",
            new FormulaPoints(Feel("if value < 0.1 then 0 else min(20, 20 * value)")), 20m),
        Indicator("U", "利用率", "Use", "utilisation", "utilisation", new GoalpostPoints(0.1m, 0.9m), 7m),
        Indicator("C", "制度建设", "Rules", "portal manual", "if portal = \"yes\" then 1 else 0", new ChecklistPoints(
        [
            new(new("有在线平台", "Has an online platform"), Feel("portal = \"yes\""), 3m),
            new(new("有管理制度", "Has rules of use"), Feel("manual = \"yes\""), 2m),
        ]), 5m, "count"));

    private static readonly Scorer Scores = Sample.Scorer(Forms);

    [Fact]
    public void A_sentence_says_what_it_says_when_it_is_made_whole_from_the_figures()
    {
        var random = new Random(3);
        for (var unit = 0; unit < Units; unit++)
        {
            var (external, effective) = (Hours(random), Hours(random) + 0.1m);
            var utilisation = random.Next(0, 12000) / 10000m;
            var (portal, manual) = (random.Next(2) == 0, random.Next(2) == 0);
            var lines = Scores.Score(Facts("u", ("external_hours", external), ("effective_hours", effective),
                ("utilisation", utilisation), ("portal", Answer(portal)), ("manual", Answer(manual)))).Lines;

            lines[0].Because.ShouldBe(Band(external, effective));
            lines[1].Because.ShouldBe(ByFormula(effective));
            lines[2].Because.ShouldBe(Between(utilisation));
            lines[3].Because.ShouldBe(Checklist(portal, manual));
        }
    }

    [Fact]
    public void Whatever_order_lines_are_read_in_and_by_how_many_threads_their_words_are_the_same()
    {
        var random = new Random(5);
        UnitFacts[] units = [.. Enumerable.Range(0, 200).Select(_ => Facts("u",
            ("external_hours", Hours(random)), ("effective_hours", Hours(random) + 0.1m),
            ("utilisation", random.Next(0, 12000) / 10000m), ("portal", Answer(random.Next(2) == 0)),
            ("manual", Answer(random.Next(2) == 0))))];
        var inOrder = units.Select(unit => Scores.Score(unit).Lines.Select(Words).ToArray()).ToArray();

        // Line by line over all units, the last first, so that no two lines of one unit follow one another.
        var sheets = units.Select(unit => Scores.Score(unit).Lines).ToArray();
        for (var line = Forms.Indicators.Count() - 1; line >= 0; line--)
        {
            for (var unit = 0; unit < units.Length; unit++) Words(sheets[unit][line]).ShouldBe(inOrder[unit][line]);
        }

        var together = units.Select(unit => Scores.Score(unit).Lines).ToArray();
        Parallel.For(0, units.Length * Forms.Indicators.Count() * 4, i =>
        {
            var (unit, line) = (i % units.Length, i / units.Length % Forms.Indicators.Count());
            Words(together[unit][line]).ShouldBe(inOrder[unit][line]);
        });
    }

    [Fact]
    public void What_was_tried_for_one_sentence_is_not_seen_in_the_next()
    {
        var line = Scores.Score(Facts("u", ("external_hours", 100m), ("effective_hours", 1000m), ("utilisation", 0.2m),
            ("portal", "no"), ("manual", "no"))).Lines;

        var before = line[1].Because;
        line[0].More!.En.ShouldBe("\"External hours\" needs 100 h more for the next band (at least 0.20 but below 0.50: 8 points).");
        line[0].Because.ShouldBe(Band(100m, 1000m));
        line[1].More!.En.ShouldBe("\"Effective hours\" needs 400 h more for the maximum of 20 points.");
        line[1].Because.ShouldBe(before);
    }

    private static (Bilingual, Bilingual?, string, int) Words(LedgerLine line) =>
        (line.Because, line.More, line.PointsText, line.Inputs.Count);

    // Half of them whole, some with a decimal, some nought.
    private static decimal Hours(Random random) => random.Next(8) switch
    {
        0 => 0m,
        1 or 2 => random.Next(0, 20000) / 10m,
        _ => random.Next(0, 2000),
    };

    private static FeelValue Answer(bool yes) => yes ? "yes" : "no";

    private static Bilingual Band(decimal external, decimal effective)
    {
        var value = external / effective;
        var (text, sign) = Share(value, 0.2m, 0.5m);
        var at = Array.FindIndex(Steps, step => value >= step.From);
        var (zh, en) = at switch
        {
            0 => ("达到 0.50", "at least 0.50"),
            1 => ("达到 0.20、不足 0.50", "at least 0.20 but below 0.50"),
            _ => ("低于 0.20", "below 0.20"),
        };
        return Sentence(
            $"R2 外部共享率：对外服务机时 {Plain(external)} 小时 ÷ 有效机时 {Plain(effective)} 小时 {sign} {text}；{zh} 得 {Plain(Steps[at].Points)} 分，满分 15 分",
            $"R2 External-use ratio: {Plain(external)} h / {Plain(effective)} h {sign} {text}; {en} gives {Plain(Steps[at].Points)} of 15 points");
    }

    private static Bilingual ByFormula(decimal effective)
    {
        var value = effective / 1400m;
        var (text, sign) = Share(value);
        var points = value < 0.1m ? 0m : Math.Min(20m, Math.Round(20m * value, 20));
        var (earned, equals) = Earned(points, 20m);
        var (zh, en) = value < 0.1m
            ? ($"0（因 {text} < 0.1）", $"0 (because {text} < 0.1)")
            : ($"取小（20，20 × {text}）", $"min(20, 20 × {text})");
        return Sentence(
            $"H 机时利用：有效机时 {Plain(effective)} 小时 ÷ 定额机时 1,400 小时 {sign} {text}；得分 = {zh} {equals} {earned} 分，满分 20 分",
            $"H Use of hours: {Plain(effective)} h / 1,400 h {sign} {text}; points = {en} {equals} {earned} of 20 points");
    }

    private static Bilingual Between(decimal utilisation)
    {
        var (text, _) = Share(utilisation, 0.1m, 0.9m);
        var points = utilisation <= 0.1m ? 0m : utilisation >= 0.9m ? 7m : Math.Round(7m * (utilisation - 0.1m) / 0.8m, 20);
        return Sentence(
            $"U 利用率：{text}；0.10 计 0 分，0.90 计满分，其间按比例得 {Earned(points, 7m).Text} 分，满分 7 分",
            $"U Use: utilisation {text}; linear from 0.10 (nothing) to 0.90 (everything), which gives {Earned(points, 7m).Text} of 7 points");
    }

    private static Bilingual Checklist(bool portal, bool manual)
    {
        (bool Met, string Zh, string En)[] items =
        [
            (portal, "有在线平台（3 分）", "has an online platform (3)"), (manual, "有管理制度（2 分）", "has rules of use (2)"),
        ];
        string Listed(bool met, string head, string between, string end, Func<(bool Met, string Zh, string En), string> name) =>
            items.Any(item => item.Met == met)
                ? head + string.Join(between, items.Where(item => item.Met == met).Select(name)) + end
                : "";
        var points = (portal ? 3 : 0) + (manual ? 2 : 0);
        return Sentence(
            "C 制度建设：" + Listed(true, "已满足：", "、", "；", item => item.Zh) + Listed(false, "未满足：", "、", "；", item => item.Zh)
                + $"共得 {points} 分，满分 5 分",
            "C Rules: " + Listed(true, "met: ", ", ", "; ", item => item.En) + Listed(false, "not met: ", ", ", "; ", item => item.En)
                + $"together {points} of 5 points");
    }

    private static Bilingual Sentence(string zh, string en) =>
        new(zh + "（《办法》附件1 第B2项）。", en + " (Measures, Annex 1, item B2).");

    private static string Plain(decimal number) => number.ToString("#,0.######", CultureInfo.InvariantCulture);

    // Three decimals, or five where that is all there is, or as many as keep it on its side of a threshold.
    private static (string Text, string Sign) Share(decimal value, params decimal[] thresholds)
    {
        if (Math.Round(value, 5) == value) return (value.ToString("#,0.000##", CultureInfo.InvariantCulture), "=");
        var decimals = 3;
        while (thresholds.Any(edge => Math.Round(value, decimals).CompareTo(edge) != value.CompareTo(edge))) decimals++;
        return (Math.Round(value, decimals).ToString($"N{decimals}", CultureInfo.InvariantCulture), "≈");
    }

    private static (string Text, string Sign) Earned(decimal points, decimal max)
    {
        var decimals = 4;
        while (new[] { 0m, max }.Any(edge => Math.Round(points, decimals).CompareTo(edge) != points.CompareTo(edge))) decimals++;
        return (Math.Round(points, decimals).ToString("#,0." + new string('#', decimals), CultureInfo.InvariantCulture),
            Math.Round(points, 4) == points ? "=" : "≈");
    }
}
