using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.Grading;

using static Tests.Scoring.Sample;

/// <summary>What would lift a grade does lift it, and nothing smaller does.</summary>
public sealed class LiftTests
{
    private static readonly ScoreBand[] Bands =
    [
        new("excellent", When(">= 45")), new("good", When("[30..45)")),
        new("qualified", When("[15..30)")), new("poor", When("< 15")),
    ];

    private static readonly RankQuota[] Quotas =
    [
        new("excellent", Feel("1"), null, QuotaRounding.Down, null),
        new("good", null, Feel("40"), QuotaRounding.HalfUp, 20m),
    ];

    private static readonly Scheme[] Schemes =
    [
        Every with { Grades = Grades(Bands, rest: null) },
        Every with { Grades = Grades(quotas: Quotas, ties: EdgeTies.AllOut) },
        Every with
        {
            Grades = Grades(quotas: Quotas, ties: EdgeTies.Refuse,
                keys: [new TieKey(Feel("card.blocks.service"), Descending: true)]),
        },
        Every with
        {
            Grades = Grades(Bands, Quotas, rest: "poor", ties: EdgeTies.AllIn),
            Judgements = [Judgement("low", "card.total < 33", new CapGrade("qualified"))],
        },
    ];

    private static readonly Scorer[] Scorers = [.. Schemes.Select(scheme => Scorer(scheme))];

    /// <summary>Every points form that a figure of the unit can move.</summary>
    private static Scheme Every => Scheme(
        ("use",
        [
            ExternalUse(),
            Indicator("H", "机时利用", "Use of hours", "effective_hours quota_hours", "effective_hours / quota_hours",
                new FormulaPoints(Feel("min(20, 20 * value)")), 20m),
            Indicator("U", "利用率", "Utilisation", "utilisation", "utilisation", new GoalpostPoints(0.1m, 0.9m), 7m),
        ]),
        ("service",
        [
            Indicator("F", "故障次数", "Faults", "faults", "faults", new GoalpostPoints(9m, 0m), 5m, "time",
                direction: Direction.Lower),
            Indicator("C", "队伍与制度", "Staff and rules", "staff manual", "staff", new ChecklistPoints(
            [
                new(new("有专职人员", "Has staff"), Feel("staff >= 1"), 2m),
                new(new("人员充足", "Has enough staff"), Feel("value > 5 and faults < 8"), 4m),
                new(new("有管理制度", "Has rules of use"), Feel("manual = \"yes\""), 3m),
            ]), 9m, "person"),
            Indicator("D", "规模与故障", "Size and faults", "staff faults", "staff", Tests.Scoring.TableSamples.Table(
                TableHits.Sum, "0", ["value", "faults"], (">= 4|-|2", null), ("-|<= 3|3", null), ("> 6|0|2", null)), 7m, "person"),
        ]));

    private static readonly Gen<UnitFacts[]> Category =
        from units in Gen.ArrayOf(
            from external in Gen.Choose(0, 800)
            from effective in Gen.Choose(1, 1600)
            from utilisation in Gen.Choose(0, 1000)
            from faults in Gen.Choose(0, 9)
            from staff in Gen.Choose(0, 9)
            from manual in Gen.Elements("yes", "no")
            from lacks in Gen.Choose(0, 11)
            select (external, effective, utilisation, faults, staff, manual, lacks), 6)
        select units.Select((unit, i) => Lacking(i > 0 && unit.lacks == 0, Facts(
            "u" + i, ("external_hours", (decimal)unit.external), ("effective_hours", (decimal)unit.effective),
            ("utilisation", unit.utilisation / 1000m), ("faults", (decimal)unit.faults), ("staff", (decimal)unit.staff),
            ("manual", unit.manual)))).ToArray();

    // A unit that waits for data has neither rank nor grade, and takes no place from the others.
    private static UnitFacts Lacking(bool lacks, UnitFacts facts) => !lacks ? facts : facts with
    {
        Values = facts.Values.Where(fact => fact.Key != "utilisation").ToDictionary(),
    };

    private static LiftSearch Search(Scorer scorer, IEnumerable<UnitFacts> units) =>
        new(scorer, [.. units.Select(unit => (unit, scorer.Score(unit)))]);

    /// <summary>Place of a unit's grade in a new run, 0 the best; null where the run stops for a decision.</summary>
    private static int? Grade(Scorer scorer, IEnumerable<UnitFacts> units, string unit)
    {
        try
        {
            var cards = Grader.Grade(scorer.Compiled, [.. units.Select(one => (one, scorer.Score(one)))]);
            if (cards.Single(card => card.Unit == unit).Grade is not { } grade) return null;
            return scorer.Compiled.Scheme.Grades!.Grades.ToList().FindIndex(one => one.Id == grade);
        }
        catch (EdgeTieException)
        {
            return null;
        }
    }

    private static IEnumerable<UnitFacts> With(UnitFacts[] units, string unit, string metric, FeelValue value) =>
        units.Select(one => one.Unit != unit ? one : one with
        {
            Values = new Dictionary<string, FeelValue>(one.Values) { [metric] = value },
        });

    private static void Holds(int scheme, int times, Func<Scorer, UnitFacts[], bool> law) =>
        Prop.ForAll(Category.ToArbitrary(), units =>
            Grade(Scorers[scheme], units, "u0") is null || law(Scorers[scheme], units))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(times));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_change_named_lifts_the_grade_in_a_new_run_and_a_smaller_one_does_not(int scheme)
    {
        var (tried, waiting, down) = (0, 0, 0);
        Holds(scheme, 120, (scorer, units) =>
        {
            var search = Search(scorer, units);
            waiting += units.Count(unit => !unit.Values.ContainsKey("utilisation"));
            return units.All(unit =>
            {
                var now = Grade(scorer, units, unit.Unit);
                return search.Of(unit.Unit).All(lift =>
                {
                    var metric = lift.Metric;
                    tried++;
                    if (lift.To.IsNumber && lift.To.AsNumber() < lift.From.AsNumber()) down++;
                    var then = Grade(scorer, With(units, unit.Unit, metric.Code, lift.To), unit.Unit);
                    if (!(then < now) || scorer.Compiled.Scheme.Grades!.Grades[then.Value].Id != lift.Grade) return false;
                    if (!lift.To.TryNumber(out var to)) return true;
                    var step = new decimal(1, 0, 0, false, (byte)metric.Unit.Decimals);
                    var from = lift.From.AsNumber();
                    var less = to > from ? to - step : to + step;
                    return !(Grade(scorer, With(units, unit.Unit, metric.Code, less), unit.Unit) < now);
                });
            });
        });

        // The law holds of nothing where nothing is named: there is advice, of fewer faults too, beside units that
        // wait.
        tried.ShouldBeGreaterThan(300);
        down.ShouldBeGreaterThan(10);
        waiting.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_nearer_value_lifts_the_grade_and_none_is_missed(int scheme) => Holds(scheme, 40, (scorer, units) =>
    {
        var search = Search(scorer, units);
        var now = Grade(scorer, units, "u0");
        var lifts = search.Of("u0").ToDictionary(lift => lift.Metric.Code);
        return new[] { "faults", "staff", "utilisation" }.All(code =>
        {
            // Every value of the metric, tried one by one.
            var step = code == "utilisation" ? 0.005m : 1m;
            var from = units[0].Values[code].AsNumber();
            var nearest = Enumerable.Range(0, 201).Select(i => i * step).Where(value => value != from)
                .Where(value => Grade(scorer, With(units, "u0", code, value), "u0") < now)
                .Select(value => (decimal?)Math.Abs(value - from)).Min();
            return lifts.TryGetValue(code, out var lift)
                ? nearest is null ? code == "utilisation" : Math.Abs(lift.To.AsNumber() - from) <= nearest
                : nearest is null;
        });
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_total_named_is_where_the_grade_begins_to_rise(int scheme) => Holds(scheme, 40, (scorer, units) =>
    {
        var search = Search(scorer, units);
        return units.All(unit =>
        {
            if (search.PointsOf(unit.Unit) is not { } next) return true;
            var now = Grade(scorer, units, unit.Unit);
            var missing = next.To.AsNumber() - next.From.AsNumber();

            // A judgement that gives the points changes nothing else.
            int? After(decimal points) => Grade(Scorer(scorer.Compiled.Scheme with
            {
                Judgements = [.. new[] { Judgement("given", $"staff = {unit.Values["staff"]} and external_hours = "
                    + $"{unit.Values["external_hours"]} and effective_hours = {unit.Values["effective_hours"]}",
                    new AdjustPoints(Feel($"({points.ToString(System.Globalization.CultureInfo.InvariantCulture)})"))) },
                    .. scorer.Compiled.Scheme.Judgements],
            }), units, unit.Unit);
            return After(missing + 0.001m) < now && (missing < 0.001m || !(After(missing - 0.001m) < now));
        });
    });

    [Fact]
    public void A_value_at_which_the_run_would_stop_for_a_decision_is_no_lift()
    {
        UnitFacts Unit(string unit, decimal external, decimal effective, decimal utilisation, decimal faults, decimal staff,
            string manual) => Facts(unit, ("external_hours", external), ("effective_hours", effective),
            ("utilisation", utilisation), ("faults", faults), ("staff", staff), ("manual", manual));

        // With 283.2 hours u4 has the very total and service of u2, and there is one place.
        UnitFacts[] units =
        [
            Unit("u0", 782m, 624m, 0.378m, 7m, 8m, "no"), Unit("u1", 642m, 965m, 0.132m, 8m, 4m, "yes"),
            Unit("u2", 725m, 1476m, 0.96m, 8m, 1m, "yes"), Unit("u3", 642m, 188m, 0.824m, 0m, 0m, "no"),
            Unit("u4", 187m, 1416m, 0.997m, 8m, 2m, "yes"), Unit("u5", 541m, 798m, 0.205m, 0m, 3m, "no"),
        ];
        var now = Grade(Scorers[2], units, "u4");
        Grade(Scorers[2], With(units, "u4", "external_hours", 283.2m), "u4").ShouldBeNull();

        var lifts = Search(Scorers[2], units).Of("u4");
        lifts.ShouldNotBeEmpty();
        foreach (var lift in lifts)
        {
            (Grade(Scorers[2], With(units, "u4", lift.Metric.Code, lift.To), "u4") < now).ShouldBeTrue(lift.Sentence.En);
        }
    }

    [Fact]
    public void The_points_that_are_missing_are_told_and_whether_they_must_be_exceeded()
    {
        UnitFacts Unit(string unit, decimal staff) =>
            Facts(unit, ("external_hours", 100m), ("effective_hours", 700m), ("utilisation", 0.5m), ("faults", 3m),
                ("staff", staff), ("manual", "no"));

        Search(Scorers[0], [Unit("u0", 3m)]).PointsOf("u0")!.Sentence.Zh.ShouldBe(
            "总分还差 8.17 分（由 21.8333 分到 30 分）即可由合格升为良好（其他单位维持现状）。");
        Search(Scorers[2], [Unit("u0", 3m), Unit("u1", 8m)]).PointsOf("u0")!.Sentence.En.ShouldBe(
            "The total needs over 6 points more (from 21.8333 to above 27.8333) to lift the grade from Good to Excellent, "
            + "the other units as they are.");
    }

    [Fact]
    public void The_sentence_names_metric_values_and_grades()
    {
        UnitFacts[] units =
        [
            Facts("u0", ("external_hours", 100m), ("effective_hours", 700m), ("utilisation", 0.5m), ("faults", 3m),
                ("staff", 3m), ("manual", "no")),
        ];

        var lifts = Search(Scorers[0], units).Of("u0");

        lifts.Select(lift => $"{lift.Metric.Code} {lift.From} -> {lift.To} {lift.Grade}").ShouldBe(
            ["external_hours 100 -> 350 good"]);
        lifts[0].Sentence.Zh.ShouldBe(
            "“对外服务机时”还差 250 小时（由 100 小时增到 350 小时）即可由合格升为良好（其他情况不变，其他单位维持现状）。");
        lifts[0].Sentence.En.ShouldBe(
            "\"External hours\" needs 250 h more (from 100 h to 350 h) to lift the grade from Qualified to Good, all else "
            + "equal and the other units as they are.");
    }

    [Fact]
    public void The_best_grade_and_a_grade_set_by_judgement_cannot_be_lifted()
    {
        var veto = Judgement("veto", "untruthful = \"yes\"", new SetGrade("poor"));
        var scorer = Scorer(Schemes[0] with { Judgements = [veto] });
        UnitFacts Unit(string unit, decimal hours, string untruthful, decimal staff = 9m) =>
            Facts(unit, ("external_hours", hours), ("effective_hours", 1400m), ("utilisation", 0.9m), ("faults", 0m),
                ("staff", staff), ("manual", "yes"), ("untruthful", untruthful));
        var search = Search(scorer, [Unit("best", 1400m, "no"), Unit("vetoed", 100m, "yes"), Unit("other", 200m, "no", staff: 0m)]);

        search.Of("best").ShouldBeEmpty();
        search.Of("vetoed").ShouldBeEmpty();
        search.Of("other").ShouldNotBeEmpty();
    }
}
