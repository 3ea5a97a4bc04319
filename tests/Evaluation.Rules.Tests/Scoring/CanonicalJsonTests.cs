using System.Globalization;
using System.Text;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Scoring;

using static Sample;

public sealed class CanonicalJsonTests
{
    private static (ScoreSheet Sheet, ScoreCard Card, AllocationResult Awards) Results()
    {
        var scheme = Scheme(
            ExternalUse(),
            Indicator("U", "利用率“高”\\\n", "Utilisation", "utilisation", "utilisation", new GoalpostPoints(0m, 0.7m), 7m),
            Indicator("I", "仪器机时", "Instrument hours", "instruments.effective_hours",
                "sum(instruments.effective_hours)",
                Bands((">= 1", 5m), ("< 1", 0m)), 5m, "hour")) with
        {
            Figures = [new("day", new("日期", "Day"), Feel("date(\"2025-06-30\")"), UnitOfMeasure.All["index"], Here)],
            Grades = Grades([new("excellent", When(">= 10"))]),
            Awards = [Awards("1 / 3")],
        };
        var scorer = Scorer(scheme);
        var facts = Facts("单位𠮷", ("external_hours", 400.50m), ("effective_hours", 1000m), ("utilisation", 1m / 3m),
            ("instruments", Instruments(12.5m, 0m))) with
        {
            Provenance = new Dictionary<string, Provenance> { ["utilisation"] = new(["a.csv"], ["row 1", "row 2"],
                [7, 12345678901], ["flag"]) },
        };
        var sheet = scorer.Score(facts);
        var card = Grader.Grade(scorer.Compiled, [(facts, sheet)])[0];
        return (sheet, card, Allocator.Allocate(scorer.Compiled, scheme.Awards[0], Pool(1000.01m), [(facts, card)]));
    }

    [Fact]
    public void What_is_read_back_writes_the_same_bytes()
    {
        var (sheet, card, awards) = Results();

        CanonicalJson.Write(CanonicalJson.ReadScoreSheet(CanonicalJson.Write(sheet))).ShouldBe(
            CanonicalJson.Write(sheet));
        CanonicalJson.Write(CanonicalJson.ReadScoreCard(CanonicalJson.Write(card))).ShouldBe(CanonicalJson.Write(card));
        CanonicalJson.Write(CanonicalJson.ReadAllocation(CanonicalJson.Write(awards))).ShouldBe(
            CanonicalJson.Write(awards));
        CanonicalJson.Write(CanonicalJson.ReadScoreCards(CanonicalJson.Write([card, card]))).ShouldBe(
            CanonicalJson.Write([card, card]));
    }

    [Fact]
    public void What_is_read_back_is_the_same_result()
    {
        var (sheet, card, _) = Results();
        var read = CanonicalJson.ReadScoreCard(CanonicalJson.Write(card));

        (read.Total, read.Rank, read.Grade, read.Standing).ShouldBe((card.Total, card.Rank, card.Grade, card.Standing));
        read.Lines.Select(line => (line.Id, line.Value, line.Points, line.Because, line.Source, line.Unit))
            .ShouldBe(
                card.Lines.Select(line => (line.Id, line.Value, line.Points, line.Because, line.Source, line.Unit)));
        read.Figures[0].Value.AsDate().ShouldBe(new DateOnly(2025, 6, 30));
        CanonicalJson.ReadScoreSheet(CanonicalJson.Write(sheet)).Lines[2].Inputs[0].Value.ShouldBe(
            FeelValue.ListOf(12.5m, 0m));
    }

    [Fact]
    public void Han_characters_stay_readable_and_decimals_have_no_trailing_zeros()
    {
        var text = Encoding.UTF8.GetString(CanonicalJson.Write(Results().Sheet));

        text.ShouldContain("\"unit\":\"单位𠮷\"");
        text.ShouldContain("\"value\":400.5,");
        text.ShouldContain("利用率“高”\\\\\\n");
        text.ShouldEndWith("}\n");
        text.ShouldNotContain("\\u");
        text.ShouldNotContain("\r");
    }

    [Fact]
    public void A_missing_value_is_null_and_stays_missing()
    {
        var sheet = Scorer(Scheme(ExternalUse())).Score(Facts("u"));
        var read = CanonicalJson.ReadScoreSheet(CanonicalJson.Write(sheet));

        read.Lines[0].Value.ShouldBeNull();
        read.Lines[0].Inputs[0].Value.IsNull.ShouldBeTrue();
        CanonicalJson.Write(read).ShouldBe(CanonicalJson.Write(sheet));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("zh-CN")]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    public void Results_do_not_depend_on_the_culture(string culture)
    {
        var here = Bytes();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(culture);
            Bytes().ShouldBe(here);
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }

        static string Bytes()
        {
            var (sheet, card, awards) = Results();
            return string.Join(' ',
                new[] { CanonicalJson.Write(sheet), CanonicalJson.Write(card), CanonicalJson.Write(awards) }
                .Select(bytes => CanonicalJson.Sha256(bytes)));
        }
    }

    [Fact]
    public void The_hash_is_lower_case_hex() =>
        CanonicalJson.Sha256("abc"u8).ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public void Numbers_of_every_size_come_back_as_they_were()
    {
        foreach (var number in new[] { decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 1m / 3m,
            -0.10m, 0m })
        {
            var award = new Award("u", "p", null, number, 1m, number, "", number, new Money(number), new("无", "none"));
            var result = new AllocationResult("p", new Money(number), Money.Zero, null, [award]);

            CanonicalJson.ReadAllocation(CanonicalJson.Write(result)).Awards[0].Exact.ShouldBe(number);
        }
    }
}
