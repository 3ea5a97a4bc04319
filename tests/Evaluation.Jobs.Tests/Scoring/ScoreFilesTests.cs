using Evaluation.Jobs.Scoring;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Tests.Scoring;

public sealed class ScoreFilesTests : IDisposable
{
    private static readonly RuleSet Rules = RuleSetLoader.Load(new RuleFolder("sample", new Dictionary<string, string>
    {
        ["metrics.yaml"] = """
            metrics:
              external_hours: { name: { zh: 对外服务机时, en: External hours }, unit: hour, kind: flow, from: { zh: 测试, en: test } }
              effective_hours: { name: { zh: 有效机时, en: Effective hours }, unit: hour, kind: flow, from: { zh: 测试, en: test } }
              portal: { name: { zh: 在线平台, en: Online platform }, unit: answer, kind: answer, answers: ["yes", "no"], from: { zh: 测试, en: test } }
              instruments.effective_hours: { name: { zh: 有效机时, en: Effective hours }, unit: hour, kind: flow, from: { zh: 测试, en: test } }
            """,
        ["scheme.yaml"] = """
            scheme: sample
            name: { zh: 示例, en: Sample }
            category: instruments
            level: unit
            source: { document: 《办法》附件1, item: B2, document_en: "Measures, Annex 1" }
            total: 20
            parameters:
              full_share:
                name: { zh: 满分共享率, en: Share that earns everything }
                unit: share
                values: [ { from: 2000-01-01, value: 1 }, { from: 2020-01-01, value: 0.5 } ]
                source: { document: 《办法》附件1, item: B2, document_en: "Measures, Annex 1" }
            blocks:
              - block: sharing
                name: { zh: 共享服务, en: Sharing }
                weight: 20
                source: { document: 《办法》附件1, item: B2, document_en: "Measures, Annex 1" }
                indicators:
                  - indicator: R2
                    name: { zh: 外部共享率, en: External-use ratio }
                    source: { document: 《办法》附件1, item: B2, document_en: "Measures, Annex 1" }
                    question: { zh: 多少？, en: How much? }
                    given: [ external_hours, effective_hours, full_share ]
                    value: external_hours / effective_hours
                    unit: share
                    direction: higher
                    points: { formula: "min(20, 20 * value / full_share)" }
                    max: 20
                    missing: withhold
                    cases: [ { case: half, given: { external_hours: 1, effective_hours: 2 }, expect: { points: 20 } } ]
            figures:
              - { figure: idle_hours, name: { zh: 内部机时, en: Internal hours }, value: effective_hours - external_hours, unit: hour }
            """,
    }));

    private readonly string _folder = Directory.CreateTempSubdirectory("score-files").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string Out(string name) => System.IO.File.ReadAllText(Path.Combine(_folder, "out", name));

    private IReadOnlyList<ScoreCard> Score(string facts, DateOnly? asOf = null) =>
        ScoreFiles.Score(Rules, Rules.Schemes[0], facts, Path.Combine(_folder, "out"), asOf);

    [Fact]
    public void A_table_of_facts_becomes_points_totals_figures_and_cards()
    {
        Score(File("facts.csv", "unit,external_hours,effective_hours\nb,200,1000\na,,1000\nc,400,1000\n"));

        Out("totals.csv").ShouldBe("unit,total,rank,grade\nc,16,1,\nb,8,2,\na,,,\n");
        var points = Out("points.csv").Split('\n');
        points[0].ShouldBe("unit,indicator,outcome,points,because_zh,because_en");
        points[1].ShouldStartWith("c,R2,Scored,16,\"R2 外部共享率：对外服务机时 400 小时 ÷ 有效机时 1,000 小时 = 0.400；");
        points[3].ShouldStartWith("a,R2,Withheld,,R2 外部共享率：缺少“对外服务机时”的数据");
        Out("figures.csv").ShouldBe("unit,figure,value,unit_of_measure\nc,idle_hours,600,hour\nb,idle_hours,800,hour\na,idle_hours,,hour\n");
        CanonicalJson.ReadScoreCards(System.IO.File.ReadAllBytes(Path.Combine(_folder, "out", "score-cards.json")))
            .Select(card => card.Unit).ShouldBe(["c", "b", "a"]);
    }

    [Fact]
    public void Json_and_csv_give_the_same_cards()
    {
        Score(File("facts.csv", "unit,external_hours,effective_hours\na,200.50,1000\n"));
        var csv = Out("score-cards.json");
        Score(File("facts.json", "[{\"unit\":\"a\",\"external_hours\":200.5,\"effective_hours\":1000}]"));

        Out("score-cards.json").ShouldBe(csv);
    }

    [Fact]
    public void Without_a_cycle_the_latest_parameters_hold_unless_a_day_is_given()
    {
        var facts = File("facts.csv", "unit,external_hours,effective_hours\na,200,1000\n");

        Score(facts)[0].Total.ShouldBe(8m);
        Score(facts, new DateOnly(2019, 12, 31))[0].Total.ShouldBe(4m);
    }

    [Theory]
    [InlineData("unit,external\na,1\n", "1:2: error: no metric is called 'external'")]
    [InlineData("name,portal\na,yes\n", "1:1: error: there is no column 'unit'")]
    [InlineData("unit,portal,portal\na,yes,no\n", "1:3: error: the column 'portal' stands twice")]
    [InlineData("unit,portal\na,perhaps\n", "2:2: error: 'perhaps' is no answer of portal — use one of: yes, no")]
    [InlineData("unit,external_hours\na,1\nb,\"1,5\"\n", "3:2: error: '1,5' is no number for external_hours")]
    [InlineData("unit,external_hours\na,1\n,2\n", "3:1: error: the row names no unit")]
    [InlineData("unit,external_hours\na,1\na,2\n", "3:1: error: the unit a stands twice")]
    [InlineData("unit,external_hours\na\n", "2:1: error: the row has 1 fields, the header 2")]
    [InlineData("unit,instruments.effective_hours\na,1\n", "1:2: error: 'instruments.effective_hours' is a metric of every item of 'instruments'")]
    [InlineData("unit,portal\na,\"yes\"no\n", "2:1: error: a quote stands where none can stand")]
    [InlineData("", "1:1: error: the file is empty")]
    public void A_bad_cell_is_refused_by_line_and_field(string csv, string message)
    {
        var path = File("facts.csv", csv);

        Should.Throw<FactFileException>(() => Score(path)).Message.ShouldContain(path + ":" + message);
        Directory.Exists(Path.Combine(_folder, "out")).ShouldBeFalse();
    }

    [Fact]
    public void A_byte_order_mark_and_quoted_line_breaks_are_read_over()
    {
        var facts = FactsFile.ReadCsv("facts.csv", "\uFEFFunit,external_hours\n\"a\nb\",1\nc,1\n", Rules.Metrics);

        facts.Select(unit => unit.Unit).ShouldBe(["a\nb", "c"]);
    }
}
