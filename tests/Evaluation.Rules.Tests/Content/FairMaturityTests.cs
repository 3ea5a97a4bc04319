using System.Globalization;
using System.Text.Json;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;
using Xunit.Abstractions;

namespace Evaluation.Rules.Tests.Content;

/// <summary>The FAIR maturity model against published assessment sheets (RDA, DOI 10.15497/rda00050; FAIRplus).</summary>
public sealed class FairMaturityTests(ITestOutputHelper output)
{
    private static readonly RuleSet Rules = Shipped.Load("reference/rda-fair");
    private static readonly DateOnly Day = new(2022, 12, 31);
    private static readonly string[] Sets = ["all", "essential", "non_essential"];

    [Fact]
    public void Every_published_sheet_gives_its_printed_scores()
    {
        if (Shipped.Published("fair-rda/sheets_part1.json", output) is not { } path) return;
        using var sheets = JsonDocument.Parse(File.ReadAllText(path));
        var seen = 0;
        foreach (var sheet in sheets.RootElement.EnumerateArray())
        {
            var name = sheet.GetProperty("sheet").GetString()!;
            var card = Score(sheet.GetProperty("rows").EnumerateArray().ToDictionary(
                row => row.GetProperty("id").GetString()!, row => row.GetProperty("overall").GetString()!));
            var printed = sheet.GetProperty("published");
            for (var set = 0; set < Sets.Length; set++)
            {
                var of = Sets[set];
                Figure(card, $"fulfilled_{of}").ShouldBe(Number(printed, "Sum", set), $"{name} Sum {of}");
                Rounded(card, $"score_total_{of}").ShouldBe(Number(printed, "Score total", set), $"{name} Score total {of}");
                Rounded(card, $"score_applicable_{of}")
                    .ShouldBe(Number(printed, "Score applicable", set), $"{name} Score applicable {of}");
                var na = Number(printed, "% NA", set);
                var misprint = name.Contains("CARE-pre", StringComparison.Ordinal) && of == "non_essential";
                if (misprint) na.ShouldBe(2.44m, "the sheet prints 2.44 where 1 of 21 is 4.76");
                Rounded(card, $"percent_na_{of}").ShouldBe(misprint ? 4.76m : na, $"{name} % NA {of}");
            }

            Round(card.Points).ShouldBe(Number(printed, "Score applicable", 0), $"{name}: the total is the headline");
            seen++;
        }

        seen.ShouldBeGreaterThanOrEqualTo(6);
    }

    // The sums printed on the sheet "CARE pre-assessment" of 2021-07-20 (FAIRplus/fairification-results): 11 of 20 essential
    // and 4 of 21 others fulfilled, A1.2-01D not applicable. Which of the others were fulfilled does not change the sums.
    [Fact]
    public void The_sheet_of_CARE_before_curation_gives_37_50_and_its_misprinted_share_is_4_76()
    {
        var fulfilled = Scheme.Indicators.Take(11).Concat(Scheme.Indicators.Skip(24).Take(4)).Select(one => one.Id).ToHashSet();
        var card = Score(Scheme.Indicators.ToDictionary(
            one => "RDA-" + one.Id, one => fulfilled.Contains(one.Id) ? "1" : one.Id == "A1.2-01D" ? "NA" : "0"));
        card.Points.ShouldBe(37.5m);
        Figure(card, "score_applicable_essential").ShouldBe(55m);
        Figure(card, "score_applicable_non_essential").ShouldBe(20m);
        Rounded(card, "score_total_all").ShouldBe(36.59m);
        Rounded(card, "percent_na_non_essential").ShouldBe(4.76m);
    }

    [Fact]
    public void An_unknown_answer_counts_in_the_denominator_and_scores_nothing()
    {
        var all = Scheme.Indicators.ToDictionary(one => "RDA-" + one.Id, _ => "1");
        Score(all).Points.ShouldBe(100m);
        all["RDA-F1-01M"] = "?";
        Round(Score(all).Points).ShouldBe(97.56m);
        all["RDA-F1-01M"] = "NA";
        Score(all).Points.ShouldBe(100m);
    }

    [Fact]
    public void Twenty_indicators_are_essential_and_R1_3_02M_is_one_of_them()
    {
        Scheme.Indicators.Count().ShouldBe(41);
        var essential = Scheme.Blocks.Single(block => block.Id == "essential").Indicators.Select(one => one.Id).ToList();
        essential.Count.ShouldBe(20);
        essential.ShouldContain("R1.3-02M");
        essential.ShouldNotContain("R1.3-02D");
    }

    private static Schemes.Scheme Scheme => Rules.Schemes[0];

    private static ScoreSheet Score(IReadOnlyDictionary<string, string> answers) =>
        Scorer.Create(Rules, Scheme, Day).Score(Shipped.Facts("sheet", answers.Select(answer => KeyValuePair.Create(
            answer.Key.ToLowerInvariant().Replace('-', '_').Replace('.', '_'),
            FeelValue.String(answer.Value == "?" ? "unknown" : answer.Value)))));

    private static decimal Figure(ScoreSheet sheet, string id) =>
        sheet.Figures.Single(figure => figure.Id == id).Value.AsNumber();

    private static decimal Rounded(ScoreSheet sheet, string id) => Round(Figure(sheet, id));

    private static decimal Round(decimal value) => decimal.Round(value, 2, MidpointRounding.AwayFromZero);

    private static decimal Number(JsonElement printed, string row, int set) => decimal.Parse(
        printed.GetProperty(row)[set].GetString()!.TrimEnd('%'), CultureInfo.InvariantCulture);
}
