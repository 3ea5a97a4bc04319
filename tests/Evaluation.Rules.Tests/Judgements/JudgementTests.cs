using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Judgements;

using static Tests.Scoring.Sample;

public sealed class JudgementTests
{
    private static readonly (string, FeelValue)[] Full = [("external_hours", 500m), ("effective_hours", 1000m)];

    private static ScoreCard Card(Judgement[] judgements, params (string, FeelValue)[] values)
    {
        var scheme = Scheme(ExternalUse()) with
        {
            Judgements = judgements,
            Grades = Grades([new("excellent", When(">= 15")), new("good", When("[10..15)"))]),
        };
        var scorer = Scorer(scheme);
        var facts = Facts("u", values);
        return Grader.Grade(scorer.Compiled, [(facts, scorer.Score(facts))])[0];
    }

    [Fact]
    public void A_judgement_that_does_not_hold_leaves_no_line()
    {
        var card = Card([Judgement("j", "untruthful = \"yes\"", new CapTotal(5m))], [.. Full, ("untruthful", "no")]);

        card.Lines.Count.ShouldBe(1);
        card.Total.ShouldBe(15m);
        card.Grade.ShouldBe("excellent");
    }

    [Fact]
    public void A_capped_total_leaves_the_difference_as_a_line()
    {
        var card = Card(
            [Judgement("j", "untruthful = \"yes\"", new CapTotal(12.5m))], [.. Full, ("untruthful", "yes")]);

        card.Total.ShouldBe(12.5m);
        card.Lines.Sum(line => line.Points).ShouldBe(12.5m);
        card.Lines[1].Points.ShouldBe(-2.5m);
        card.Lines[1].Because.Zh.ShouldBe("数据不实：认定成立，总分最高 12.5 分，扣减 2.5 分，余 12.5 分（《办法》附件1 第14项）。");
        card.Lines[1].Because.En.ShouldBe(
            "Untruthful data: found to hold; the total can be at most 12.5 points: 2.5 points less, 12.5 remain (Measures, Annex 1, item 14).");
        card.Grade.ShouldBe("good");
    }

    [Fact]
    public void Judgements_are_applied_in_file_order_and_see_what_earlier_ones_left()
    {
        var card = Card(
            [
                Judgement("minus", "true", new AdjustPoints(Feel("-card.blocks.B / 5"))),
                Judgement("cap", "card.total = 12", new CapTotal(11m)),
                Judgement("late", "card.total > 11", new AdjustPoints(Feel("-1"))),
            ],
            Full);

        card.Lines.Select(line => line.Points).ShouldBe([15m, -3m, -1m]);
        card.Total.ShouldBe(11m);
    }

    [Fact]
    public void A_capped_grade_keeps_the_points()
    {
        var card = Card([Judgement("j", "true", new CapGrade("qualified"))], Full);

        card.Total.ShouldBe(15m);
        card.Grade.ShouldBe("qualified");
        card.Standing.En.ShouldContain(
            "because of \"Untruthful data\" (Measures, Annex 1, item 14) the grade can be at most Qualified");
    }

    [Fact]
    public void The_strictest_of_several_caps_counts()
    {
        var card = Card(
            [Judgement("a", "true", new CapGrade("poor")), Judgement("b", "true", new CapGrade("good"))], Full);

        card.Grade.ShouldBe("poor");
    }

    [Fact]
    public void An_excluded_unit_has_no_total_rank_or_grade()
    {
        var card = Card([Judgement("j", "true", new ExcludeUnit())], Full);

        (card.Total, card.Rank, card.Grade).ShouldBe((null, null, null));
        card.Points.ShouldBe(15m);
        card.Standing.Zh.ShouldBe("因“数据不实”（《办法》附件1 第14项），不参加排名、评级和奖补。");
    }

    [Fact]
    public void A_condition_without_an_answer_does_not_hold_and_is_said()
    {
        var card = Card([Judgement("j", "staff > 3", new ExcludeUnit())], Full);

        card.Total.ShouldBe(15m);
        card.Standing.Zh.ShouldContain("“数据不实”无法判断（“专职人员”没有值），按不成立处理");
        card.Standing.En.ShouldContain(
            "\"Untruthful data\" cannot be decided (\"Full-time staff\" has no value) and counts as not holding");
    }
}
