using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Content;

/// <summary>Genebank targets on the figures published by the CGIAR genebanks, and the passport completeness index.</summary>
public sealed class GenebankTests
{
    private static readonly RuleSet Targets = Shipped.Load("reference/cgiar-genebank-targets");
    private static readonly RuleSet Passport = Shipped.Load("reference/pdci");
    private static readonly DateOnly Day = new(2019, 12, 31);

    // System and ICARDA: availability and safety duplication by year; the banana collection: availability only.
    [Theory]
    [InlineData("system 2017", 0.79, 0.55, false, false)]
    [InlineData("system 2018", 0.80, 0.57, false, false)]
    [InlineData("system 2019", 0.78, 0.60, false, false)]
    [InlineData("ICARDA 2016", 0.59, 0.50, false, false)]
    [InlineData("ICARDA 2017", 0.59, 0.29, false, false)]
    [InlineData("banana 2018", 0.5802, null, false, false)]
    [InlineData("banana 2019", 0.9135, null, true, false)]
    [InlineData("banana 2020", 0.9668, null, true, false)]
    [InlineData("banana 2021", 0.9847, null, true, false)]
    public void Published_shares_reach_or_miss_the_targets(
        string report, double available, double? duplicated, bool reachesAvailability, bool reachesDuplication)
    {
        var values = new Dictionary<string, FeelValue> { ["available_share"] = (decimal)available };
        if (duplicated is { } share) values["safety_duplicated_share"] = (decimal)share;
        var scorer = Scorer.Create(Targets, Targets.Schemes[0], Day);
        Reached(scorer.Outcome("GB1", Shipped.Facts(report, values))).ShouldBe(reachesAvailability);
        var duplication = scorer.Outcome("GB2", Shipped.Facts(report, values));
        if (duplicated is null) duplication.ShouldBeOfType<Withheld>();
        else Reached(duplication).ShouldBe(reachesDuplication);
    }

    [Fact]
    public void A_fall_in_safety_duplication_is_shown()
    {
        var sheet = Scorer.Create(Targets, Targets.Schemes[0], Day).Score(Shipped.Facts("ICARDA 2017", new Dictionary<string, FeelValue>
        {
            ["safety_duplicated_share"] = 0.29m, ["previous_safety_duplicated_share"] = 0.50m,
        }));
        sheet.Figures.Single(figure => figure.Id == "safety_duplication_change").Value.AsNumber().ShouldBe(-0.21m);
    }

    [Theory]
    [InlineData(100, 10.00)]
    [InlineData(299, 10.00)]
    [InlineData(300, 10.00)]
    [InlineData(400, 10.00)]
    [InlineData(599, 10.00)]
    [InlineData(600, 8.50)]
    [InlineData(999, 8.50)]
    [InlineData(null, 7.70)]
    public void A_full_passport_record_reaches_the_maximum_of_its_class(int? status, decimal index)
    {
        var values = Passport.Metrics.Keys.Where(code => code != "sampstat")
            .ToDictionary(code => code, _ => FeelValue.String("x"));
        if (status is { } code) values["sampstat"] = (decimal)code;
        Index(values).ShouldBe(index);
    }

    [Fact]
    public void Another_filled_field_never_lowers_the_index()
    {
        string[] fields = [.. Passport.Metrics.Keys.Where(code => code != "sampstat").Order(StringComparer.Ordinal)];
        foreach (var status in new[] { 100m, 300m, 400m, 500m, 600m })
        {
            var random = new Random(7);
            for (var round = 0; round < 200; round++)
            {
                var values = fields.Where(_ => random.Next(2) == 0).ToDictionary(code => code, _ => FeelValue.String("x"));
                values["sampstat"] = status;
                var before = Index(values);
                foreach (var added in fields.Where(field => !values.ContainsKey(field)))
                {
                    Index(new Dictionary<string, FeelValue>(values) { [added] = "x" })
                        .ShouldBeGreaterThanOrEqualTo(before, $"{added} with {string.Join(' ', values.Keys)}");
                }
            }
        }
    }

    private static bool Reached(IndicatorOutcome outcome) => outcome.ShouldBeOfType<Scored>().Points == 1m;

    private static decimal Index(IReadOnlyDictionary<string, FeelValue> values) => Scorer
        .Create(Passport, Passport.Schemes[0], Day)
        .ScorePoints(Shipped.Facts("accession", values))!.Value;
}
