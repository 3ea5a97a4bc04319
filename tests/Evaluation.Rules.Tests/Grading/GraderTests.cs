using System.Globalization;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.Grading;

using static Tests.Scoring.Sample;

public sealed class GraderTests
{
    // Two blocks, so that equal totals can differ in the second one.
    private static Scheme Ranked(GradeTable? grades, params Judgement[] judgements) => Scheme(
        ("use",
            [Indicator("A", "机时", "Hours", "effective_hours", "effective_hours", new FormulaPoints(Feel("value")),
                100m, "hour")]),
        ("sharing",
            [Indicator("B", "共享", "Sharing", "external_hours", "external_hours", new FormulaPoints(Feel("value")),
                100m, "hour")]))
        with { Grades = grades, Judgements = judgements };

    private static UnitFacts Unit(string unit, decimal use, decimal sharing, string untruthful = "no") =>
        Facts(unit, ("effective_hours", use), ("external_hours", sharing), ("untruthful", untruthful));

    private static IReadOnlyList<ScoreCard> Grade(Scheme scheme, params UnitFacts[] units)
    {
        var scorer = Scorer(scheme);
        return Grader.Grade(scorer.Compiled, [.. units.Select(unit => (unit, scorer.Score(unit)))]);
    }

    private static RankQuota Count(string grade, string count, decimal? atLeast = null) =>
        new(grade, Feel(count), null, QuotaRounding.Down, atLeast);

    private static RankQuota Percent(string grade, string percent, QuotaRounding rounding) =>
        new(grade, null, Feel(percent), rounding, null);

    private static readonly TieKey Sharing = new(Feel("card.blocks.sharing"), Descending: true);

    private static string Ranks(IReadOnlyList<ScoreCard> cards) =>
        string.Join(
            ' ', cards.Select(card => $"{card.Unit}{card.Rank?.ToString(CultureInfo.InvariantCulture) ?? "-"}"));

    private static string GradesOf(IReadOnlyList<ScoreCard> cards) =>
        string.Join(' ', cards.Select(card => $"{card.Unit}:{card.Grade ?? "-"}"));

    [Fact]
    public void Equal_units_share_a_rank_and_the_next_rank_is_skipped() =>
        Ranks(Grade(Ranked(null), Unit("a", 10m, 0m), Unit("b", 20m, 0m), Unit("c", 20m, 0m), Unit("d", 30m, 0m)))
            .ShouldBe("d1 b2 c2 a4");

    [Fact]
    public void Equal_totals_are_ordered_by_the_sharing_part_and_the_card_says_so()
    {
        var cards = Grade(Ranked(Grades(quotas: [Count("excellent", "1")], keys: Sharing)),
            Unit("a", 60m, 10m), Unit("b", 40m, 30m), Unit("c", 1m, 1m));

        Ranks(cards).ShouldBe("b1 a2 c3");
        GradesOf(cards).ShouldBe("b:excellent a:qualified c:qualified");
        cards[0].Standing.Zh.ShouldContain("总分相同的单位按“模块sharing”排序");
        cards[2].Standing.Zh.ShouldNotContain("总分相同");
    }

    [Fact]
    public void Ranking_uses_unrounded_totals() =>
        Ranks(Grade(Ranked(null), Unit("a", 80.0001m, 0m), Unit("b", 80.0002m, 0m))).ShouldBe("b1 a2");

    [Fact]
    public void A_quota_counts_places_and_the_rest_gets_the_rest()
    {
        var cards = Grade(Ranked(Grades(quotas: [Count("excellent", "places"), Count("good", "1")])),
            Unit("a", 50m, 0m), Unit("b", 40m, 0m), Unit("c", 30m, 0m), Unit("d", 20m, 0m));

        GradesOf(cards).ShouldBe("a:excellent b:excellent c:good d:qualified");
        cards[0].Standing.Zh.ShouldBe("总分 50 分，在 4 个参加排名的单位中列第 1 名；名额 2 个，在名额之内，评为优秀（《办法》附件1 第B2项）。");
        cards[0].Standing.En.ShouldBe(
            "Total 50 points, rank 1 of 4; within the 2 places, graded Excellent (Measures, Annex 1, item B2).");
    }

    [Theory]
    [InlineData(QuotaRounding.Down, 1)]
    [InlineData(QuotaRounding.Up, 2)]
    [InlineData(QuotaRounding.HalfUp, 2)]
    public void A_percentage_of_places_is_rounded_as_declared(QuotaRounding rounding, int places) =>
        // 30 % of 5 units is 1.5 places.
        Grade(Ranked(Grades(quotas: [Percent("excellent", "30", rounding)])),
                Unit("a", 5m, 0m), Unit("b", 4m, 0m), Unit("c", 3m, 0m), Unit("d", 2m, 0m), Unit("e", 1m, 0m))
            .Count(card => card.Grade == "excellent").ShouldBe(places);

    [Fact]
    public void A_place_without_a_unit_of_the_least_total_stays_empty() =>
        GradesOf(Grade(Ranked(Grades(quotas: [Count("excellent", "2", 60m), Count("good", "2")])),
                Unit("a", 60m, 0m), Unit("b", 59.99m, 0m), Unit("c", 10m, 0m)))
            .ShouldBe("a:excellent b:good c:good");

    [Fact]
    public void Bands_grade_by_the_unrounded_total()
    {
        ScoreBand[] bands = [new("excellent", When(">= 90")), new("good", When("[75..90)")),
            new("qualified", When("[60..75)")), new("poor", When("< 60"))];

        GradesOf(Grade(Ranked(Grades(bands, rest: null)), Unit("a", 90m, 0m), Unit("b", 89.9999m, 0m),
            Unit("c", 60m, 0m), Unit("d", 59.9m, 0m)))
            .ShouldBe("a:excellent b:good c:qualified d:poor");
    }

    [Fact]
    public void With_bands_and_quotas_a_unit_needs_both()
    {
        ScoreBand[] bands = [
            new("excellent", When(">= 90")), new("good", When("[75..90)")), new("qualified", When("< 75"))];
        var table = Grades(bands, [Count("excellent", "1")], null);

        GradesOf(Grade(Ranked(table), Unit("a", 95m, 0m), Unit("b", 92m, 0m), Unit("c", 80m, 0m), Unit("d", 10m, 0m)))
            .ShouldBe("a:excellent b:good c:good d:qualified");
        GradesOf(Grade(Ranked(table), Unit("c", 80m, 0m), Unit("d", 10m, 0m))).ShouldBe("c:good d:qualified");
    }

    [Theory]
    [InlineData(EdgeTies.AllIn, "a:excellent b:excellent c:excellent d:qualified")]
    [InlineData(EdgeTies.AllOut, "a:excellent b:qualified c:qualified d:qualified")]
    public void Units_tied_across_the_edge_get_what_the_rule_declares(EdgeTies ties, string grades) =>
        GradesOf(Grade(Ranked(Grades(quotas: [Count("excellent", "2")], ties: ties)),
            Unit("a", 50m, 0m), Unit("b", 40m, 0m), Unit("c", 40m, 0m), Unit("d", 30m, 0m))).ShouldBe(grades);

    [Fact]
    public void A_rule_that_refuses_ties_across_the_edge_names_the_units()
    {
        var refused = Should.Throw<EdgeTieException>(() => Grade(Ranked(Grades(quotas: [Count("excellent", "2")])),
            Unit("c", 40m, 0m), Unit("a", 50m, 0m), Unit("b", 40m, 0m)));

        refused.Units.ShouldBe(["b", "c"]);
        refused.Places.ShouldBe(1);
        refused.Grade.Id.ShouldBe("excellent");
    }

    [Fact]
    public void A_unit_vetoed_to_poor_ranks_after_all_others_and_takes_no_place()
    {
        var veto = Judgement("veto", "untruthful = \"yes\"", new SetGrade("poor"));
        var cards = Grade(Ranked(Grades(quotas: [Count("excellent", "1")]), veto),
            Unit("a", 99m, 0m, "yes"), Unit("b", 50m, 0m), Unit("c", 10m, 0m));

        Ranks(cards).ShouldBe("b1 c2 a3");
        GradesOf(cards).ShouldBe("b:excellent c:qualified a:poor");
        cards[2].Standing.En.ShouldContain("the grade is Poor and the unit ranks after all others");
    }

    [Fact]
    public void A_capped_unit_takes_no_place_above_its_cap_and_the_place_goes_to_the_next()
    {
        var cap = Judgement("cap", "untruthful = \"yes\"", new CapGrade("good"));

        GradesOf(Grade(Ranked(Grades(quotas: [Count("excellent", "1"), Count("good", "1")]), cap),
            Unit("a", 99m, 0m, "yes"), Unit("b", 50m, 0m), Unit("c", 10m,
                0m))).ShouldBe("a:good b:excellent c:qualified");
    }

    [Fact]
    public void A_withheld_unit_is_not_ranked_and_the_others_are_counted_without_it()
    {
        var cards = Grade(Ranked(Grades(quotas: [Count("excellent", "1")])), Unit("a", 10m, 0m),
            Facts("b", ("effective_hours", 99m)));

        Ranks(cards).ShouldBe("a1 b-");
        cards.ShouldAllBe(card => card.Ranked == 1);
        cards[1].Standing.Zh.ShouldBe("1 项指标暂不计分（B 共享），总分待定，暂不排名、不评级；请先补齐数据。");
        cards[1].Standing.En.ShouldBe(
            "1 indicator is withheld (B Sharing), so there is no total, rank or grade yet; please complete the data.");
    }

    [Fact]
    public void A_unit_may_not_come_twice() =>
        Should.Throw<ArgumentException>(() => Grade(Ranked(null), Unit("a", 1m, 0m),
            Unit("a", 2m, 0m))).Message.ShouldContain(
            "a comes twice");

    [Fact]
    public void The_order_of_units_does_not_matter()
    {
        var scheme = Ranked(
            Grades(quotas: [Percent("excellent", "20", QuotaRounding.HalfUp), Count("good", "3")],
                ties: EdgeTies.AllIn, keys: Sharing),
            Judgement("veto", "untruthful = \"yes\"", new SetGrade("poor")));
        var units =
            from totals in Gen.Choose(0, 6).ArrayOf(12)
            from sharing in Gen.Choose(0, 3).ArrayOf(12)
            from vetoes in Gen.Choose(0, 9).ArrayOf(12)
            from order in Gen.Shuffle(Enumerable.Range(0, 12).ToArray())
            select (
                Units: Enumerable.Range(0,
                    12).Select(i =>
                        Unit($"u{i:00}", totals[i] + 10m - sharing[i], sharing[i],
                            vetoes[i] == 0 ? "yes" : "no")).ToArray(),
                Order: order.ToArray());

        var scorer = Scorer(scheme);
        string Bytes(IEnumerable<UnitFacts> facts) => CanonicalJson.Sha256(CanonicalJson.Write(
            Grader.Grade(scorer.Compiled, [.. facts.Select(unit => (unit, scorer.Score(unit)))])));

        Prop.ForAll(units.ToArbitrary(), sample =>
            Bytes(sample.Units) == Bytes(sample.Order
                .Select(i => sample.Units[i]))).Check(Config.QuickThrowOnFailure.WithMaxTest(
                200));
    }

    [Fact]
    public void Ranks_run_from_one_without_gaps_but_for_ties()
    {
        var scorer = Scorer(Ranked(null));
        Prop.ForAll(Gen.Choose(0, 5).NonEmptyListOf().ToArbitrary(), totals =>
        {
            var cards = Grader.Grade(scorer.Compiled, [.. totals.Select((total, i) => Unit($"u{i}", total, 0m))
                .Select(unit => (unit, scorer.Score(unit)))]);
            return cards.All(card => card.Rank == 1 + cards.Count(other => other.Total > card.Total));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }
}
