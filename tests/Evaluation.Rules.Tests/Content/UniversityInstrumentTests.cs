using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Rules.Tests.Content;

/// <summary>The yearly benefit table for university instruments: five cases worked out by hand, and what the text leaves open.</summary>
public sealed class UniversityInstrumentTests
{
    private static readonly RuleSet Rules = Shipped.Load("reference/moe-2000-instrument");

    // Effective hours, quota class, trained alone, guided, at demonstrations, awards national, provincial, university,
    // core papers, income, functions used, original, new → total and grade.
    [Theory]
    [InlineData("1540 03-general 6 8 90 0 1 0 5 12000 9 10 1", 85.55, "良好")]
    [InlineData("700 03-general 2 5 30 0 0 1 2 8500 4 8 0", 39.775, "不合格")]
    [InlineData("800 03-special 10 0 0 1 0 1 0 20000 5 5 4", 100, "优秀")]
    [InlineData("1399 03-general 0 0 0 0 0 0 0 0 1 10 0", 34.975, "不合格")]
    [InlineData("980 03-general 4 6 60 0 1 0 3 11000 7 10 2", 66.3, "合格")]
    public void The_table_gives_the_totals_worked_out_by_hand(string entries, decimal total, string grade)
    {
        var card = Shipped.Grade(Rules, Rules.Schemes[0], new DateOnly(2001, 8, 31), [Shipped.Facts("instrument", Entries(entries))])[0];
        card.Total.ShouldBe(total);
        Rules.Schemes[0].Grades!.Grades.Single(one => one.Id == card.Grade).Name.Zh.ShouldBe(grade);
    }

    [Fact]
    public void The_transcription_that_caps_output_at_20_is_refused_because_it_sums_to_95()
    {
        var folder = RuleFolder.Read(Shipped.PathOf("reference/moe-2000-instrument"));
        var files = folder.Files.ToDictionary(file => file.Key, file => file.Value);
        files["scheme.yaml"] = files["scheme.yaml"]
            .Replace("    weight: 25", "    weight: 20", StringComparison.Ordinal)
            .Replace("{ formula: 0.25 * value }\n        max: 25", "{ formula: 0.20 * value }\n        max: 20", StringComparison.Ordinal);
        var report = RuleSetCheck.Run(new RuleFolder("transcription", files));
        report.Lines.ShouldContain(line => line.Contains("95", StringComparison.Ordinal) && line.Contains("the total is 100", StringComparison.Ordinal));
    }

    [Fact]
    public void Internal_income_counts_at_the_declared_rate()
    {
        Rules.Schemes[0].Parameters["internal_income_rate"].On(new DateOnly(2001, 8, 31)).ShouldBe(FeelValue.Number(1m));
        Rules.Schemes[0].Parameters["internal_income_rate"].Source.Ours.ShouldBeTrue();
    }

    private static Dictionary<string, FeelValue> Entries(string text)
    {
        string[] codes =
        [
            "effective_hours", "instrument_class", "persons_independent", "persons_guided", "persons_demonstration",
            "awards_national", "awards_provincial", "awards_university", "papers_core", "income_external",
            "functions_used", "functions_original", "functions_new",
        ];
        var entries = codes.Zip(text.Split(' ')).ToDictionary(
            pair => pair.First,
            pair => pair.First == "instrument_class"
                ? FeelValue.String(pair.Second)
                : FeelValue.Number(decimal.Parse(pair.Second, System.Globalization.CultureInfo.InvariantCulture)));
        entries["income_internal"] = 0m;
        return entries;
    }
}
