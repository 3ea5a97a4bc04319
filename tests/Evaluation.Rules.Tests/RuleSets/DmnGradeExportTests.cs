using System.Globalization;
using System.Xml.Linq;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Dmn;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Exporting;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.RuleSets;

using static Tests.Scoring.Sample;

/// <summary>Judgements, ranks, grades and awards of an exported model are those of the rule set.</summary>
public sealed class DmnGradeExportTests
{
    private static readonly TieKey BySharing = new(Feel("card.blocks.sharing"), Descending: true);
    private static readonly string[] Ours = ["2026", "reference/national-grade-quota", "reference/wenzhou", "reference/fuyang"];

    public static TheoryData<string> Graded => [.. Ours];

    private static DmnProgram Program(RuleSet rules, Scheme scheme) =>
        DmnProgram.Link(DmnReader.Read(DmnExport.Of(rules)[$"{scheme.Id}.dmn"], scheme.Id), []);

    private static FeelContext Inputs(UnitFacts facts, DateOnly asOf, params (string Name, FeelValue Value)[] more) => new(
        facts.Values.Append(KeyValuePair.Create("as_of", (FeelValue)asOf))
            .Concat(more.Select(one => KeyValuePair.Create(one.Name, one.Value))));

    private static FeelValue Value(DmnProgram program, string decision, FeelContext inputs) =>
        program.Evaluate(decision, inputs).Value;

    [Theory]
    [MemberData(nameof(Graded))]
    public void Units_ranked_together_get_the_totals_judgements_ranks_and_grades_of_the_rule_set(string folder)
    {
        var rules = RuleSetLoader.Load(RuleFolder.Read(Path.Combine(Repository.Root(), "rules", folder)));
        foreach (var scheme in rules.Schemes)
        {
            var program = Program(rules, scheme);
            foreach (var one in scheme.Cases)
            {
                SameGrades(rules, scheme, program, one.AsOf ?? rules.AsOf, one.Units?.Facts ?? [Facts("case", [.. one.Given.Select(fact => (fact.Key, fact.Value))])]);
            }
        }
    }

    private static void SameGrades(
        RuleSet rules, Scheme scheme, DmnProgram program, DateOnly asOf, IReadOnlyList<UnitFacts> units)
    {
        var scorer = Evaluation.Rules.Scoring.Scorer.Create(rules, scheme, asOf);
        var sheets = units.Select(facts => (facts, scorer.Score(facts))).ToList();
        var standings = units.Select(facts => (facts.Unit, Standing: Value(program, "standing", Inputs(facts, asOf)))).ToList();
        var input = FeelValue.List([.. standings.Select(one =>
            FeelValue.Context(one.Standing.AsContext().With("unit", one.Unit)))]);
        var grades = Value(program, "grades", new FeelContext([new("as_of", asOf), new("all units", input)]));
        IReadOnlyList<ScoreCard> cards;
        try
        {
            cards = Grader.Grade(scorer.Compiled, sheets);
        }
        catch (EdgeTieException)
        {
            grades.IsNull.ShouldBeTrue("equal units stand across an edge where a decision is asked for");
            return;
        }

        foreach (var card in cards)
        {
            var standing = standings.Single(one => one.Unit == card.Unit).Standing.AsContext();
            standing["takes_part"].IsTrue.ShouldBe(card.Total is not null, card.Unit);
            if (card.Total is { } total) standing["total"].ShouldBe(FeelValue.Number(total), card.Unit);
            var row = grades.AsList().Select(one => one.AsContext()).SingleOrDefault(one => one["unit"].AsString() == card.Unit);
            (row is null).ShouldBe(card.Rank is null, card.Unit);
            if (row is null) continue;
            row["rank"].ShouldBe(FeelValue.Number(card.Rank!.Value), card.Unit);
            row["grade"].ShouldBe(FeelValue.String(card.Grade), card.Unit);
        }

        foreach (var facts in units.Take(3))
        {
            var held = cards.Single(card => card.Unit == facts.Unit).Lines.Where(line => line.Kind == LedgerLineKind.Judgement)
                .Select(line => line.Id);
            scheme.Judgements.Where(judgement => Value(program, $"judgement {judgement.Id}", Inputs(facts, asOf)).IsTrue)
                .Select(judgement => judgement.Id).ShouldBe(held, facts.Unit);
        }
    }

    private static Scheme Made(GradeTable grades, params Judgement[] judgements) => Scheme(
        ("use", [Indicator("A", "机时", "Hours", "effective_hours", "effective_hours", new FormulaPoints(Feel("value")), 100m, "hour")]),
        ("sharing", [Indicator("B", "共享", "Sharing", "external_hours", "external_hours", new FormulaPoints(Feel("value")), 100m, "hour",
            MissingPolicy.Exclude)])) with
        {
            Grades = grades, Judgements = judgements,
        };

    private static RankQuota Places(string grade, string? count, string? percent = null, decimal? atLeast = null) =>
        new(grade, count is null ? null : Feel(count), percent is null ? null : Feel(percent), QuotaRounding.HalfUp, atLeast);

    private static readonly ScoreBand[] Bands =
        [new("excellent", When(">= 90")), new("good", When("[60..90)")), new("qualified", When("< 60"))];

    private static readonly Judgement[] Every =
    [
        Judgement("tell", "staff = 1", new AdjustPoints(Feel("-2 * faults"))),
        Judgement("most", "staff = 2 and card.total > 95", new CapTotal(95m)),
        Judgement("cap", "faults = 3", new CapGrade("good")),
        Judgement("worse", "faults >= 3 and card.total < 80", new CapGrade("poor")),
        Judgement("veto", "untruthful = \"yes\"", new SetGrade("poor")),
        Judgement("out", "faults = 5", new ExcludeUnit()),
    ];

    public static TheoryData<string> Tables => ["bands", "places", "places with ties all in", "places with ties all out", "both", "a least total"];

    private static GradeTable TableOf(string name) => name switch
    {
        "bands" => Grades(Bands, rest: null),
        "places" => Grades(quotas: [Places("excellent", "places"), Places("good", null, "35")], keys: BySharing),
        "places with ties all in" =>
            Grades(quotas: [Places("excellent", null, "15"), Places("good", "4")], ties: EdgeTies.AllIn),
        "places with ties all out" =>
            Grades(quotas: [Places("excellent", "3"), Places("good", "3")], ties: EdgeTies.AllOut, keys: BySharing),
        "both" => Grades(Bands, [Places("excellent", "2"), Places("good", "3")], ties: EdgeTies.AllOut),
        _ => Grades(quotas: [Places("excellent", "5", atLeast: 95m), Places("good", "5", atLeast: 60m)], ties: EdgeTies.AllIn),
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Random_units_with_ties_caps_vetoes_and_gaps_are_graded_alike(string name)
    {
        var scheme = Made(TableOf(name), Every);
        var rules = Rules(scheme);
        var program = Program(rules, scheme);
        var random = new Random(20260131);
        for (var table = 0; table < 12; table++)
        {
            SameGrades(rules, scheme, program, Day, [.. Enumerable.Range(0, 14).Select(unit => Drawn(random, unit))]);
        }
    }

    // Few different values, so that many units are equal.
    private static UnitFacts Drawn(Random random, int unit)
    {
        var values = new List<(string, FeelValue)>
        {
            ("effective_hours", 10m * random.Next(4, 8)), ("staff", random.Next(0, 3)), ("faults", random.Next(0, 6)),
            ("untruthful", random.Next(8) == 0 ? "yes" : "no"),
        };
        if (random.Next(5) > 0) values.Add(("external_hours", 10m * random.Next(2, 6)));
        if (random.Next(9) == 0) values.RemoveAt(0);
        return Facts(string.Create(CultureInfo.InvariantCulture, $"u{unit:00}"), [.. values]);
    }

    [Theory]
    [InlineData("2026")]
    public void Awards_at_the_common_rate_are_those_of_the_allocator(string folder)
    {
        var rules = RuleSetLoader.Load(RuleFolder.Read(Path.Combine(Repository.Root(), "rules", folder)));
        foreach (var scheme in rules.Schemes)
        {
            foreach (var one in scheme.AwardCases.Where(one => one is { Refused: false, Budget: not null, Parameters.Count: 0 }))
            {
                var units = one.Units.Select(unit => (unit.Facts, Card(unit.Facts.Unit, unit.Grade, unit.Rank, unit.Total))).ToList();
                SameAwards(rules, scheme, one.AsOf ?? rules.AsOf, one.Budget!.Value, units).ShouldBeGreaterThan(0);
            }
        }
    }

    [Theory]
    [InlineData(600_000, false)]
    [InlineData(3_000_000, false)]
    [InlineData(900_000, true)]
    public void Every_term_of_a_policy_counts_in_the_model(int pot, bool byBasis)
    {
        var policy = Awards("1 + staff / 10", "if staff > 0 then 20000 else 0", "400000", roundTo: 100m) with
        {
            Eligible = [new AwardCondition(Feel("faults < 5"), new("故障过多", "Too many faults"))],
            For = Feel("untruthful = \"no\""),
            First = Feel("1000 * staff"),
            Exit = Feel("7000"),
            Threshold = Feel("5000"),
            Guarantee = Feel("6000"),
            Band = new AwardBand(Feel("0.5"), Feel("1.5"), Feel("income")),
            Scale = [new(Feel("0"), Feel("1")), new(Feel("400000"), Feel("0.5"))],
        };
        if (byBasis) policy = policy with { Basis = Feel("effective_hours * card.total") };
        var scheme = Made(Grades(Bands, rest: null)) with { Awards = [policy] };
        var random = new Random(7);
        var units = Enumerable.Range(0, 12).Select(at =>
        {
            var facts = Facts($"u{at}", ("effective_hours", 50m + at), ("external_hours", 20m), ("staff", at % 4),
                ("faults", at % 6), ("untruthful", at == 7 ? "yes" : "no"), ("income", at % 3 == 0 ? 0m : 10_000m * random.Next(3, 9)));
            return (facts, Card(facts.Unit, at % 5 == 4 ? "qualified" : at % 2 == 0 ? "excellent" : "good", at + 1, 70m + at));
        }).ToList();

        SameAwards(Rules(scheme), scheme, Day, pot, units).ShouldBeGreaterThan(4);
    }

    /// <summary>How many awards were more than 0.</summary>
    private static int SameAwards(
        RuleSet rules, Scheme scheme, DateOnly asOf, decimal pot, IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units)
    {
        var compiled = CompiledScheme.Of(rules, scheme, asOf);
        var policy = scheme.Awards[0];
        var awards = Allocator.Allocate(compiled, policy, new Pool(policy.Pool, new("奖补", "Awards"), new Money(pot)), units).Awards;
        var program = Program(rules, scheme);
        var own = units.Select(unit => Inputs(unit.Facts, asOf,
            ("own grade", FeelValue.String(unit.Card.Grade)), ("own rank", unit.Card.Rank!.Value))).ToList();
        var first = own.Select((inputs, at) => awards[at].Bound == "exit" ? awards[at].Exact
            : awards[at].Basis > 0m ? Value(program, $"bounds {policy.Pool}", inputs).AsContext()["first"].AsNumber()
            : 0m).ToList();
        var plain = (pot - first.Sum()) / awards.Sum(award => award.Basis);
        var free = Enumerable.Range(0, awards.Count).FirstOrDefault(at => awards[at] is { Bound: "", Basis: > 0m }, -1);
        var rate = free < 0 ? FeelValue.Null : (awards[free].Exact - first[free]) / awards[free].Basis;
        for (var at = 0; at < awards.Count; at++)
        {
            var inputs = own[at].With($"rate {policy.Pool}", rate).With($"plain rate {policy.Pool}", plain);
            var found = Value(program, $"award {policy.Pool}", inputs);
            found.IsNumber.ShouldBeTrue($"{awards[at].Unit}: {awards[at].Because.En}");
            found.AsNumber().ShouldBe(awards[at].Exact, 0.005m, awards[at].Because.En);
        }

        return awards.Count(award => award.Amount.Yuan > 0m);
    }

    private static ScoreCard Card(string unit, string? grade, int rank, decimal? total) => new(
        unit, "instruments", "sample", [], [], [], total ?? 0m, total, rank, rank, grade, new("", ""));

    [Fact]
    public void Judgements_grades_and_awards_cite_their_articles()
    {
        var scheme = Made(TableOf("both"), Every) with { Awards = [Awards()] };
        var model = XDocument.Parse(DmnExport.Of(Rules(scheme))["sample.dmn"]).Root!;
        var dmn = model.Name.Namespace;

        string? Cited(string decision) => model.Elements(dmn + "decision")
            .Single(one => (string?)one.Attribute("name") == decision)
            .Descendants(dmn + "requiredAuthority").Select(one => one.Attribute("href")!.Value[1..])
            .Select(id => (string?)model.Elements(dmn + "knowledgeSource").Single(one => (string?)one.Attribute("id") == id).Attribute("name"))
            .FirstOrDefault();

        Cited("judgement veto").ShouldBe("《办法》附件1 14");
        Cited("set grade").ShouldBe("《办法》附件1 14");
        Cited("places excellent").ShouldBe("《办法》附件1 B2");
        Cited("grades").ShouldBe("《办法》附件1 B2");
        Cited("award pool").ShouldBe("《办法》附件1 B2");
        var table = model.Elements(dmn + "decision").Single(one => (string?)one.Attribute("name") == "base pool");
        table.Descendants(dmn + "rule").Select(rule => string.Join(" → ", rule.Descendants(dmn + "text").Select(text => text.Value)))
            .ShouldBe(["\"excellent\" → 1000000", "\"good\" → 500000"]);
    }
}
