using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.Scoring;

using static Sample;

/// <summary>Laws that hold for any facts, tried on generated units.</summary>
public sealed class ScoringLawTests
{
    private static readonly Scheme Everything = Scheme(
        ("use", [
            ExternalUse(),
            Indicator("H", "机时利用", "Use of hours", "effective_hours quota_hours", "effective_hours / quota_hours",
                new FormulaPoints(Feel("min(20, 20 * value)")), 20m),
            Indicator("U", "利用率", "Utilisation", "utilisation", "utilisation", new GoalpostPoints(0.1m, 0.9m), 7m,
                missing: MissingPolicy.Exclude),
        ]),
        ("service", [
            Indicator("I", "仪器机时", "Instrument hours", "instruments.effective_hours quota_hours",
                "mean(for i in instruments return i.effective_hours / quota_hours)", new GoalpostPoints(0m, 1m), 13m,
                missing: MissingPolicy.Exclude),
            Indicator("F", "故障次数", "Faults", "faults", "faults", Bands(("<= 2", 5m), ("(2..5]", 3m), ("> 5", 0m)), 5m,
                "time",
                MissingPolicy.Zero, direction: Direction.Lower),
            Indicator("E", "专家评价", "Expert review", "score_1 score_2 score_3", "[score_1, score_2, score_3]",
                new PanelPoints(new("专家", "experts"), 0m, 10m,
                    PanelCombination.Mean), 11m, "point", MissingPolicy.Exclude),
        ]));

    private static readonly Scorer Scores = Sample.Scorer(Everything);
    private static readonly Scorer OneIndicator = Sample.Scorer(Scheme(ExternalUse()));

    private static readonly Gen<UnitFacts> AnyFacts =
        from external in Figure(0, 2000)
        from effective in Figure(0, 2000)
        from utilisation in Figure(0, 1200)
        from faults in Figure(0, 9)
        from scores in Gen.Choose(0, 10).ArrayOf(3)
        from panel in Gen.Elements(true, true, false)
        from hours in Gen.OneOf(
            Gen.Constant(Array.Empty<int>()), Gen.NonEmptyListOf(Gen.Choose(0, 3000)).Select(list => list.ToArray()))
        select Facts("u", [.. new (string Code, FeelValue? Value)[]
        {
            ("external_hours", external), ("effective_hours", effective),
            ("utilisation", utilisation is { } share ? (FeelValue?)(share.AsNumber() / 1000m) : null), (
                "faults", faults),
            ("score_1", panel ? (FeelValue?)(decimal)scores[0] : null), (
                "score_2", panel ? (FeelValue?)(decimal)scores[1] : null),
            ("score_3", panel ? (FeelValue?)(decimal)scores[2] : null),
            ("instruments",
                hours.Length == 0 ? null : (FeelValue?)Instruments([.. hours.Select(hour => (decimal?)hour)])),
        }.Where(fact => fact.Value is not null).Select(fact => (fact.Code, fact.Value!.Value))]);

    // Absent one time in ten.
    private static Gen<FeelValue?> Figure(int least, int most) =>
        from figure in Gen.Choose(least, most)
        from absent in Gen.Choose(0, 9)
        select absent == 0 ? null : (FeelValue?)(decimal)figure;

    private static void Holds(Func<UnitFacts, bool> law, int times = 1000) =>
        Prop.ForAll(AnyFacts.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    [Fact]
    public void The_lines_sum_to_the_points_and_the_blocks_too() => Holds(facts =>
    {
        var sheet = Scores.Score(facts);
        return sheet.Lines.Sum(line => line.Points) == sheet.Points
            && sheet.Lines.Reverse().Sum(line => line.Points) == sheet.Points
            && sheet.Blocks.Sum(block => block.Points) == sheet.Points
            && sheet.Lines.All(line => line.Points >= 0m && line.RawPoints <= line.RawMax);
    });

    [Fact]
    public void The_fast_path_gives_the_same_points_as_the_ledger() => Holds(facts =>
    {
        var scorer = Scores;
        var sheet = scorer.Score(facts);
        return scorer.ScorePoints(facts) == (sheet.Complete ? sheet.Points : null);
    });

    [Fact]
    public void Every_unit_and_indicator_ends_scored_withheld_or_not_applicable() => Holds(facts =>
        Scores.Score(facts).Lines.All(line =>
            line.Outcome is "Scored" or "Withheld" or "NotApplicable"
                && line.Because.Zh.EndsWith('。')
                && line.Because.En.EndsWith('.')));

    [Fact]
    public void Scoring_twice_gives_the_same_bytes() => Holds(facts =>
        CanonicalJson.Write(Scores.Score(facts)).AsSpan()
            .SequenceEqual(CanonicalJson.Write(Scores.Score(facts))));

    [Fact]
    public void Re_scaled_points_stay_within_what_they_are_out_of() => Holds(facts =>
        Scores.ScorePoints(facts) is null or (>= 0m and <= 71m));

    [Fact]
    public void Raising_a_higher_is_better_metric_never_lowers_the_score() => Holds(facts =>
    {
        if (!facts.Values.TryGetValue("external_hours", out var hours)) return true;
        var more = facts with
        {
            Values = new Dictionary<string, FeelValue>(facts.Values) { ["external_hours"] = hours.AsNumber() + 37m },
        };
        return Scores.ScorePoints(facts) is not { } before || Scores.ScorePoints(more) >= before;
    });

    [Fact]
    public void More_hours_named_by_the_ledger_do_reach_the_next_band() => Holds(facts =>
    {
        var line = OneIndicator.Score(facts).Lines[0];
        if (line.More is not { } more || !facts.Values.ContainsKey("effective_hours")) return true;
        var words = more.En.Split(' ');
        if (!words.Contains("needs")) return false;
        var distance = decimal.Parse(
            words[Array.IndexOf(words,
                "needs") + 1], System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture);
        var lifted = facts with
        {
            Values = new Dictionary<string, FeelValue>(facts.Values)
            {
                ["external_hours"] = facts.Values["external_hours"].AsNumber() + distance,
            },
        };
        return OneIndicator.Score(lifted).Lines[0].RawPoints > line.RawPoints;
    });
}
