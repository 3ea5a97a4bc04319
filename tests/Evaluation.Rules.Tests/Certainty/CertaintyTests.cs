using Evaluation.Rules.Certainty;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Certainty;

using static Tests.Scoring.Sample;

/// <summary>What the certainty of a result means, tried on small categories and on the shipped rules.</summary>
public sealed class CertaintyTests
{
    private static readonly Scheme TwoBlocks = Scheme(
        ("use",
        [
            Points("U", "utilisation"), Points("F", "faults"),
        ]),
        ("service",
        [
            Points("S", "staff"), Points("I", "income"),
        ])) with
    {
        Grades = Grades(quotas: [Quota("excellent", 2), Quota("good", 3)], ties: EdgeTies.AllIn),
        Awards = [Awards()],
    };

    private static Indicator Points(string id, string metric) => Indicator(
        id, "指标" + id, "Indicator " + id, metric, metric, new FormulaPoints(Feel("25 * value")), 25m);

    private static RankQuota Quota(string grade, int count, decimal? atLeast = null) =>
        new(grade, Feel(count.ToString(System.Globalization.CultureInfo.InvariantCulture)), null, QuotaRounding.Down, atLeast);

    private static Robustness Spec(decimal noise = 0.25m, long seed = 7, int draws = 400, decimal fragileBelow = 0.9m) => new(
        seed, draws, noise, fragileBelow, new ChoiceSpec(Enum.GetValues<Choice>(), 16, 100, 0.01m), Source, Here);

    private static UnitFacts Unit(string unit, decimal u, decimal f, decimal s, decimal i) =>
        Facts(unit, ("utilisation", u), ("faults", f), ("staff", s), ("income", i));

    private static List<UnitFacts> Units(int count, int seed = 3)
    {
        var random = new Random(seed);
        decimal Share() => Math.Round((decimal)random.NextDouble(), 3);
        return [.. Enumerable.Range(1, count).Select(n => Unit($"u{n:00}", Share(), Share(), Share(), Share()))];
    }

    private static CategoryCertainty Study(
        Scheme scheme, Robustness spec, IReadOnlyList<UnitFacts> facts, decimal pot = 1_000_000m) =>
        CertaintyStudy.Of(Scorer(scheme), spec, [Pool(pot)], facts);

    [Fact]
    public void Without_noise_every_draw_is_the_run_and_every_grade_holds()
    {
        var facts = Units(20);
        var cards = Cards(TwoBlocks, facts);

        var study = Study(TwoBlocks, Spec(noise: 0m), facts);

        foreach (var unit in study.Units)
        {
            unit.Ranks.ShouldBe(new DrawSpread(unit.Rank!.Value, unit.Rank.Value, unit.Rank.Value, unit.Rank.Value, unit.Rank.Value));
            unit.Rank.ShouldBe(cards[unit.Unit].Rank);
            unit.GradeHolds.ShouldBe(1m);
            unit.Awards!.Low.ShouldBe(unit.Award!.Value);
            unit.Awards.High.ShouldBe(unit.Award.Value);
            unit.Fragile.ShouldBeFalse();
        }

        study.Fragile.ShouldBe(0);
    }

    [Fact]
    public void Units_that_tie_in_the_run_tie_in_draws_of_the_same_weights_and_tie_keys_hold()
    {
        // Equal totals of different make: the second key decides in the run, and it decides in a draw without noise.
        var scheme = TwoBlocks with
        {
            Grades = TwoBlocks.Grades! with { TieKeys = [new TieKey(Feel("card.points.I"), true)] },
        };
        UnitFacts[] facts =
        [
            Unit("a", 1m, 0m, 0.5m, 0.1m), Unit("b", 0m, 1m, 0.3m, 0.3m), Unit("c", 0.1m, 0.1m, 0.1m, 0.1m),
            Unit("d", 0.1m, 0.1m, 0.1m, 0.1m),
        ];

        var study = Study(scheme, Spec(noise: 0m), facts);

        study.Units.Select(unit => (int)unit.Ranks!.Median).ShouldBe([2, 1, 3, 3]);
    }

    [Fact]
    public void The_order_of_units_changes_nothing()
    {
        var facts = Units(15);
        var turned = facts.AsEnumerable().Reverse().ToList();

        CertaintyJson.Write(Study(TwoBlocks, Spec(), turned)).ShouldBe(CertaintyJson.Write(Study(TwoBlocks, Spec(), facts)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var facts = Units(15);
        var first = CertaintyJson.Write(Study(TwoBlocks, Spec(), facts));

        CertaintyJson.Write(Study(TwoBlocks, Spec(), facts)).ShouldBe(first);
        CertaintyJson.Write(Study(TwoBlocks, Spec(seed: 8), facts)).ShouldNotBe(first);
    }

    [Fact]
    public async Task The_number_of_threads_changes_nothing()
    {
        var facts = Units(15);
        var many = CertaintyJson.Write(Study(TwoBlocks, Spec(), facts));

        // A thread pool that may use one thread only runs the loops of the study one after the other.
        var alone = await Task.Factory.StartNew(
            () => CertaintyJson.Write(Study(TwoBlocks, Spec(), facts)), CancellationToken.None, TaskCreationOptions.None,
            new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1).ExclusiveScheduler);

        alone.ShouldBe(many);
    }

    [Fact]
    public void A_culture_with_other_separators_gives_the_same_bytes()
    {
        var facts = Units(8);
        var plain = CertaintyJson.Write(Study(TwoBlocks, Spec(draws: 50), facts));
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
            CertaintyJson.Write(Study(TwoBlocks, Spec(draws: 50), facts)).ShouldBe(plain);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void More_noise_widens_the_intervals_on_average()
    {
        var facts = Units(30);
        decimal Width(decimal noise) =>
            Study(TwoBlocks, Spec(noise), facts).Units.Average(unit => unit.Ranks!.High - unit.Ranks.Low);

        Width(0.05m).ShouldBeLessThan(Width(0.25m));
        Width(0.25m).ShouldBeLessThan(Width(0.75m));
    }

    [Fact]
    public void The_parts_of_the_attribution_sum_to_score_less_mean_exactly()
    {
        var study = Study(TwoBlocks, Spec(draws: 20), Units(13));

        foreach (var unit in study.Units)
        {
            unit.Parts.Sum(part => part.Points).ShouldBe(unit.Total!.Value - unit.Mean!.Value);
        }

        Math.Abs(study.Units.Sum(unit => unit.Total!.Value - unit.Mean!.Value)).ShouldBeLessThan(0.000000000001m);
    }

    // Two indicators of 50 points in one block, weights 50 × (1 + e) re-scaled to 100. a = (1, 0) and b = (0, 1) tie at
    // 50; a leads whenever the first weight is drawn greater, which is half of the draws. c = (0.2, 0.2) is last always.
    [Fact]
    public void Two_opposite_units_lead_half_of_the_draws_each()
    {
        var scheme = Scheme(("B", [
            Indicator("X", "甲", "X", "utilisation", "utilisation", new FormulaPoints(Feel("50 * value")), 50m),
            Indicator("Y", "乙", "Y", "faults", "faults", new FormulaPoints(Feel("50 * value")), 50m),
        ])) with
        {
            Grades = Grades(quotas: [Quota("excellent", 1)], ties: EdgeTies.AllOut),
            Awards = [Awards()],
        };
        UnitFacts[] facts =
        [
            Facts("a", ("utilisation", 1m), ("faults", 0m)), Facts("b", ("utilisation", 0m), ("faults", 1m)),
            Facts("c", ("utilisation", 0.2m), ("faults", 0.2m)),
        ];

        var study = Study(scheme, Spec(draws: 2000), facts);

        var (a, b, c) = (study.Units[0], study.Units[1], study.Units[2]);
        // Tied across the only place, nobody is excellent in the run; in a draw one of them is.
        (a.Rank, b.Rank, a.Grade, b.Grade).ShouldBe((1, 1, "qualified", "qualified"));
        a.GradeHolds!.Value.ShouldBe(0.5m, 0.03m);
        (a.GradeHolds + b.GradeHolds).ShouldBe(1m);
        a.Fragile.ShouldBeTrue();
        a.Paid!.Value.ShouldBe(1m - a.GradeHolds.Value);
        a.Ranks.ShouldBe(new DrawSpread(1m, 1m, a.Ranks!.Median, 2m, 2m));
        (c.Ranks!.Least, c.Ranks.Greatest, c.GradeHolds).ShouldBe((3m, 3m, 1m));
        // Without X, b has everything and a nothing.
        a.Without.Single(without => without.Id == "X").Rank.ShouldBe(3);
        b.Without.Single(without => without.Id == "X").Rank.ShouldBe(1);
        // a takes the one place as soon as it has more than b.
        a.Better.ShouldBe(new GradeEdge("excellent", 0m, true));
        c.Better.ShouldBe(new GradeEdge("excellent", 30m, true));
        c.Worse.ShouldBeNull();
        // The mean is (50 + 50 + 20) / 3 = 40; of X: (50 + 0 + 10) / 3 = 20.
        a.Mean.ShouldBe(40m);
        a.Parts.Select(part => part.Points).ShouldBe([30m, -20m, 0m]);
        a.Copeland.ShouldBe(0);
    }

    [Fact]
    public void A_veto_holds_in_every_draw_and_an_excluded_unit_has_no_rank_in_any()
    {
        var scheme = TwoBlocks with
        {
            Judgements =
            [
                Judgement("veto", "untruthful = \"yes\"", new SetGrade("poor")),
                Judgement("out", "portal = \"no\"", new ExcludeUnit()),
            ],
        };
        var facts = Units(8);
        facts.Add(Facts("v", ("utilisation", 1m), ("faults", 1m), ("staff", 1m), ("income", 1m), ("untruthful", "yes")));
        facts.Add(Facts("x", ("utilisation", 1m), ("faults", 1m), ("staff", 1m), ("income", 1m), ("portal", "no")));

        var study = Study(scheme, Spec(), facts);

        var veto = study.Units.Single(unit => unit.Unit == "v");
        (veto.Grade, veto.GradeHolds, veto.Ranks!.Least, veto.Better).ShouldBe(("poor", 1m, 9m, null));
        var excluded = study.Units.Single(unit => unit.Unit == "x");
        (excluded.Rank, excluded.Ranks, excluded.GradeHolds).ShouldBe((null, null, null));
        study.Units.Where(unit => unit.Unit.StartsWith('u')).Max(unit => unit.Ranks!.Greatest).ShouldBe(8m);
    }

    [Fact]
    public void A_unit_without_a_total_takes_no_part_and_says_so()
    {
        var facts = Units(6);
        facts.Add(Facts("w", ("utilisation", 1m)));

        var unit = Study(TwoBlocks, Spec(draws: 20), facts).Units.Single(unit => unit.Unit == "w");

        unit.Ranks.ShouldBeNull();
        unit.Copeland.ShouldBeNull();
        unit.Because.Zh.ShouldContain("没有参加排名");
        unit.Because.En.ShouldContain("not ranked");
    }

    [Fact]
    public void A_judgement_on_the_total_is_looked_at_in_every_draw_and_so_is_one_on_a_block()
    {
        static CategoryCertainty With(string when) => Study(
            TwoBlocks with
            {
                Grades = Grades(quotas: [Quota("excellent", 9)], ties: EdgeTies.AllIn),
                Judgements = [Judgement("low", when, new SetGrade("poor"))],
            },
            Spec(draws: 300), Units(12));

        // The two conditions say the same: the sum of the blocks is the total.
        var byTotal = With("card.total < 50");
        var byBlocks = With("card.blocks.use + card.blocks.service < 50");

        byTotal.Units.Count(unit => unit.GradeHolds < 1m).ShouldBeGreaterThan(2);
        byBlocks.Units.Select(unit => unit.GradeHolds).ShouldBe(byTotal.Units.Select(unit => unit.GradeHolds));
        byBlocks.Units.Select(unit => unit.Ranks).ShouldBe(byTotal.Units.Select(unit => unit.Ranks));
    }

    [Fact]
    public void A_total_cap_and_an_adjustment_count_in_every_draw()
    {
        var scheme = TwoBlocks with
        {
            Judgements =
            [
                Judgement("cap", "untruthful = \"yes\"", new CapTotal(30m)),
                Judgement("plus", "untruthful = \"yes\"", new AdjustPoints(Feel("-5"))),
            ],
        };
        var facts = Units(10);
        facts.Add(Facts("z", ("utilisation", 0.9m), ("faults", 0.9m), ("staff", 0.9m), ("income", 0.9m), ("untruthful", "yes")));
        var cards = Cards(scheme, facts);

        var unit = Study(scheme, Spec(noise: 0m, draws: 5), facts).Units.Single(unit => unit.Unit == "z");

        (unit.Total, unit.Rank, (int)unit.Ranks!.Median).ShouldBe((25m, cards["z"].Rank, cards["z"].Rank!.Value));
        unit.Parts[^1].Id.ShouldBe("judgements");
        unit.Parts.Sum(part => part.Points).ShouldBe(unit.Total!.Value - unit.Mean!.Value);
    }

    [Fact]
    public void The_edge_is_where_the_grade_really_changes()
    {
        var facts = Units(25, seed: 11);
        var scheme = TwoBlocks with
        {
            Grades = Grades(quotas: [Quota("excellent", 5, 55m), Quota("good", 8, 45m)], ties: EdgeTies.AllIn),
        };
        var cards = Cards(scheme, facts);

        foreach (var unit in Study(scheme, Spec(draws: 5), facts).Units)
        {
            foreach (var (edge, sign) in new[] { (unit.Better, 1m), (unit.Worse, -1m) })
            {
                if (edge is null) continue;
                var just = edge.Distance + (edge.Beyond ? 0.0001m : 0m);
                GradeOf(scheme, facts, cards, unit.Unit, sign * just).ShouldBe(edge.Grade);
                var notYet = edge.Distance - (edge.Beyond ? 0m : 0.0001m);
                GradeOf(scheme, facts, cards, unit.Unit, sign * notYet).ShouldBe(unit.Grade);
            }
        }
    }

    [Fact]
    public void What_does_not_apply_is_re_scaled_in_draws_as_it_is_in_the_run()
    {
        var scheme = Scheme(
            ("use", [Points("U", "utilisation"), Points("F", "faults") with { Missing = MissingPolicy.Exclude }]),
            ("service", [Points("S", "staff"), Points("I", "income") with { Missing = MissingPolicy.Zero }])) with
        {
            Grades = Grades(quotas: [Quota("excellent", 2)], ties: EdgeTies.AllIn),
        };
        var facts = Units(9);
        facts.Add(Facts("n", ("utilisation", 0.8m), ("staff", 0.8m), ("income", 0.8m)));
        facts.Add(Facts("z", ("utilisation", 0.8m), ("faults", 0.8m), ("staff", 0.8m)));

        var study = Study(scheme, Spec(), facts);

        // 0.8 of whatever applies is 80 points under any weights.
        var even = study.Units.Single(unit => unit.Unit == "n");
        even.Total.ShouldBe(80m);
        study.Units.Single(unit => unit.Unit == "z").Total.ShouldBe(60m);
        // Both gaps make the choices about gaps worth varying.
        study.Choices!.Factors.Select(factor => factor.Choice).ShouldBe(Enum.GetValues<Choice>(), ignoreOrder: true);
        study.Choices.Rankings.ShouldBe(16 * 7);
        study.Choices.MeanRankChange.ShouldBeGreaterThan(0m);
    }

    [Fact]
    public void Choices_that_can_change_nothing_are_left_out_with_the_reason()
    {
        var study = Study(TwoBlocks, Spec(draws: 50), Units(9));

        study.Choices!.LeftOut.Select(left => left.Choice).ShouldBe([Choice.Missing, Choice.Rescaling]);
        study.Choices.LeftOut.ShouldAllBe(left => left.Reason.Zh.Length > 0 && left.Reason.En.Length > 0);
        study.Choices.Factors.Count.ShouldBe(3);
        foreach (var factor in study.Choices.Factors)
        {
            factor.Total.Value.ShouldBeGreaterThanOrEqualTo(0m);
            factor.Total.Low!.Value.ShouldBeLessThanOrEqualTo(factor.Total.High!.Value);
        }
    }

    [Fact]
    public void A_specialist_scores_more_than_an_all_rounder_that_outranks_it()
    {
        // One indicator of 70 points against three of 10: better in three, but they carry 30 of 100 only.
        var heavy = Scheme(("B", [Ind("H", "utilisation", 40m), Ind("P", "faults", 20m), Ind("Q", "staff", 20m), Ind("R", "income", 20m)]));
        UnitFacts[] facts = [Unit("a", 1m, 0.1m, 0.1m, 0.1m), Unit("b", 0m, 0.2m, 0.2m, 0.2m), Unit("c", 0m, 0m, 0m, 0m)];

        var check = Study(heavy, Spec(draws: 20), facts).Check;

        check.Pairs.ShouldBe(3);
        check.Disagreeing.ShouldHaveSingleItem().ShouldBe(new DisagreeingPair("a", "b", 0.6m));

        static Indicator Ind(string id, string metric, decimal max) => Indicator(
            id, id, id, metric, metric, new FormulaPoints(Feel(string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{max} * value"))), max);
    }

    [Fact]
    public void The_sentences_name_rank_grade_money_edge_and_the_weights_that_matter()
    {
        var unit = Study(TwoBlocks, Spec(), Units(20)).Units.Single(unit => unit.Rank == 2);

        unit.Because.Zh.ShouldStartWith("各项权重各自在上下 25% 之内随机变动 400 次，名次有九成落在第 ");
        unit.Because.Zh.ShouldContain("等次仍为优秀的占 ");
        unit.Because.En.ShouldStartWith("With every weight varied at random by up to 25 % in 400 draws, nine ranks in ten lie between ");
        unit.Because.En.ShouldContain("the grade stays Excellent in ");
        unit.Edges!.Zh.ShouldContain("即降为良好");
        unit.Edges.En.ShouldContain("would lower it to Good");
        unit.Matters!.Zh.ShouldContain("名次由第 2 变为第 ");
    }

    [Fact]
    public void What_was_written_is_read_back_whole()
    {
        var study = Study(TwoBlocks, Spec(draws: 30), [.. Units(7), Facts("w", ("utilisation", 1m))]);
        var bytes = CertaintyJson.Write(study);

        CertaintyJson.Write(CertaintyJson.Read(bytes)).ShouldBe(bytes);
        foreach (var unit in study.Units)
        {
            var one = CertaintyJson.Write(unit);
            CertaintyJson.Write(CertaintyJson.ReadUnit(one)).ShouldBe(one);
        }
    }

    private static Dictionary<string, ScoreCard> Cards(Scheme scheme, IReadOnlyList<UnitFacts> facts)
    {
        var scorer = Scorer(scheme);
        return Grader.Grade(scorer.Compiled, [.. facts.Select(unit => (unit, scorer.Score(unit)))])
            .ToDictionary(card => card.Unit);
    }

    // The grade of a unit whose points are others by so much, by the grader alone: an adjustment that names the unit.
    private static string? GradeOf(
        Scheme scheme, List<UnitFacts> facts, Dictionary<string, ScoreCard> cards, string unit, decimal shift)
    {
        var change = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"if manual = \"yes\" then {shift} else 0");
        var shifted = scheme with { Judgements = [Judgement("shift", "true", new AdjustPoints(Feel(change)))] };
        var marked = facts.Select(known => known.Unit != unit ? known : known with
        {
            Values = known.Values.Append(new("manual", "yes")).ToDictionary(value => value.Key, value => value.Value),
        }).ToList();
        var now = Cards(shifted, marked);
        cards[unit].Total.ShouldBe(now[unit].Total - shift);
        return now[unit].Grade;
    }
}
