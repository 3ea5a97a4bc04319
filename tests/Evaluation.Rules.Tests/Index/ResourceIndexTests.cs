using Evaluation.Rules.Feel;
using Evaluation.Rules.Index;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Tests.Content;

namespace Evaluation.Rules.Tests.Index;

/// <summary>The resource index of the shipped year, over invented provinces.</summary>
public sealed class ResourceIndexTests
{
    private static readonly RuleSet Rules = Shipped.Load(
        Shipped.Folders.Where(folder => folder.All(char.IsAsciiDigit)).Max(StringComparer.Ordinal)!);

    private static readonly ResourceIndexDefinition Definition = Rules.Index!;

    [Fact]
    public void The_index_is_labelled_as_our_own() => Definition.Source.Ours.ShouldBeTrue();

    [Fact]
    public void A_quotient_takes_only_the_units_that_have_both_figures()
    {
        var open = Definition.Indicators.Single(indicator => indicator.Id == "public");
        var subject = Province("x",
            Unit("data", ("datasets_public", 30), ("datasets_total", 100)),
            Unit("data", ("datasets_public", 900)),
            Unit("data", ("datasets_total", 5000)),
            Unit("bio", ("datasets_public", 1), ("datasets_total", 1)));

        IndexFigures.Of(open, subject).ShouldBe(0.3m);
        IndexFigures.Of(open, Province("y", Unit("data", ("datasets_public", 3)))).ShouldBeNull();
    }

    [Fact]
    public void Figures_of_resources_are_added_over_the_resources_of_all_units()
    {
        var external = Definition.Indicators.Single(indicator => indicator.Id == "external");
        var hours = Definition.Indicators.Single(indicator => indicator.Id == "hours");
        var subject = Province("x", Instruments((100, 10), (300, 70)), Instruments((600, 20)));

        IndexFigures.Of(external, subject).ShouldBe(0.1m);
        IndexFigures.Of(hours, subject).ShouldBe(1000m / 3);
    }

    [Fact]
    public void A_sum_per_unit_counts_the_units_that_handed_it_in()
    {
        var staff = Definition.Indicators.Single(indicator => indicator.Id == "staff");
        IndexFigures.Of(staff, Province("x",
            Unit("instruments", ("technical_staff", 10)), Unit("instruments", ("technical_staff", 4)), Unit("instruments"))).ShouldBe(7m);
    }

    [Fact]
    public void A_province_that_is_better_in_everything_is_first_and_one_without_data_is_not_ranked()
    {
        var scope = ResourceIndex.Build(Definition, "province", null,
            [.. Enumerable.Range(1, 6).Select(Level), Province("empty", Unit("data"))], null);

        scope.Without.ShouldBeNull();
        scope.Subjects[0].Code.ShouldBe("level-6");
        scope.Subjects[0].Score!.Value.ShouldBe(100, 1e-9);
        scope.Subjects[^1].Code.ShouldBe("empty");
        scope.Subjects[^1].Rank.ShouldBeNull();
        scope.Subjects.Count(subject => subject.Rank is not null).ShouldBe(6);
        scope.Subjects[0].Rank5.ShouldBe(1);
        scope.Pairs.ShouldBe(15);
        scope.Disagreeing.ShouldBe(0);
        scope.Id.ShouldBe("province");
    }

    [Fact]
    public void Too_few_to_compare_give_no_index_but_a_reason()
    {
        var scope = ResourceIndex.Build(Definition, "province", null, [.. Enumerable.Range(1, Definition.Least - 1).Select(Level)], null);
        scope.Without.ShouldNotBeNull();
        scope.Subjects.ShouldBeEmpty();
    }

    [Fact]
    public void Institutions_are_compared_by_the_indicators_of_their_category_alone()
    {
        var scope = ResourceIndex.Build(Definition, "institution", "data", [.. Enumerable.Range(1, 6).Select(Level)], null);
        scope.Subjects[0].Figures.Keys.ShouldBe(
            Definition.Indicators.Where(indicator => indicator.Category == "data").Select(indicator => indicator.Id), ignoreOrder: true);
    }

    [Fact]
    public void Two_years_are_compared_on_one_scale()
    {
        var then = ResourceIndex.Build(Definition, "province", null, [.. Enumerable.Range(1, 6).Select(Level)], null);
        var same = ResourceIndex.Build(Definition, "province", null, [.. Enumerable.Range(1, 6).Select(Level)], then);
        var better = ResourceIndex.Build(
            Definition, "province", null,
            [.. Enumerable.Range(1, 5).Select(Level), Level(9) with { Code = "level-6" }], then);

        same.Subjects.ShouldAllBe(subject => subject.EarlierRank == subject.Rank && Math.Abs(subject.Change!.Value) < 1e-9);
        better.Subjects.Single(subject => subject.Code == "level-6").Change!.Value.ShouldBeGreaterThan(1);
        // Nothing changed for the others, although a better first one pulls the scale of this year.
        better.Subjects.Where(subject => subject.Code != "level-6").ShouldAllBe(subject => Math.Abs(subject.Change!.Value) < 1e-9);
    }

    [Fact]
    public void The_order_of_the_provinces_does_not_matter()
    {
        var one = ResourceIndex.Build(Definition, "province", null, [.. Enumerable.Range(1, 6).Select(Level)], null);
        var other = ResourceIndex.Build(Definition, "province", null, [.. Enumerable.Range(1, 6).Reverse().Select(Level)], null);

        other.Subjects.Select(subject => (subject.Code, subject.Score, subject.Rank95))
            .ShouldBe(one.Subjects.Select(subject => (subject.Code, subject.Score, subject.Rank95)));
    }

    [Theory]
    [InlineData("sum: technical_staff", "mean: technical_staff", "exactly")]
    [InlineData("sum: technical_staff", "sum: technical_stuff", "technical_staff")]
    [InlineData("category: instruments", "category: instrument", "instruments")]
    [InlineData("direction: higher", "direction: upwards", "higher")]
    [InlineData("screen: 0.35", "screen: 1.5", "share")]
    [InlineData("least: 5", "least: 2.5", "whole number")]
    [InlineData("indicator: datasets", "indicator: staff", "staff")]
    [InlineData("weight: 20", "weight: -20", "above 0")]
    public void A_wrong_definition_is_refused_with_its_place(string right, string wrong, string told)
    {
        var folder = RuleFolder.Read(Shipped.PathOf(Rules.Cycle!.Id));
        var text = folder.Files["index/index.yaml"];
        var place = text.IndexOf(right, StringComparison.Ordinal);
        var broken = text[..place] + wrong + text[(place + right.Length)..];
        if (wrong.StartsWith("mean", StringComparison.Ordinal)) broken = broken.Replace("per: units", "sum: datasets_total\n        per: units", StringComparison.Ordinal);

        var problems = Should.Throw<RuleSetException>(() => RuleSetLoader.Load(new RuleFolder(
            "broken", folder.Files.ToDictionary(file => file.Key, file => file.Key == "index/index.yaml" ? broken : file.Value)))).Problems;

        problems.ShouldAllBe(problem => problem.Location.Path == "index/index.yaml" && problem.Location.Line > 1);
        string.Join('\n', problems).ShouldContain(told);
    }

    // A province in which everything is so much better the higher its level.
    private static IndexSubject Level(int level) => Province($"level-{level}",
        Instruments((100 * level * 10, 20 * level * level)),
        Unit("instruments", ("technical_staff", level), ("online_booking_share", 0.1m * level), ("user_rating", 0.5m * level)),
        Unit("data", ("datasets_total", 100 * level), ("datasets_public", 10 * level * level), ("data_downloads_unique", 100 * level * level),
            ("fair_score", 10 * level)),
        Unit("bio", ("accessions_total", 100 * level), ("samples_distributed", 10 * level * level), ("requests_received", 100),
            ("requests_fulfilled", 10 * level), ("accessions_awaiting_regeneration", 100)));

    private static IndexSubject Province(string code, params IndexMember[] members) => new(code, new(code, code), members);

    private static IndexMember Unit(string category, params (string Metric, decimal Value)[] values) => new(
        category, Shipped.Facts("unit", values.Select(pair => KeyValuePair.Create(pair.Metric, (FeelValue)pair.Value))));

    private static IndexMember Instruments(params (decimal Effective, decimal External)[] hours) => new("instruments", Shipped.Facts(
        "unit",
        [
            new("instruments", FeelValue.List([.. hours.Select(one => FeelValue.Context(new FeelContext(
            [
                new("effective_hours", one.Effective), new("external_hours", one.External),
            ])))])),
        ]));
}
