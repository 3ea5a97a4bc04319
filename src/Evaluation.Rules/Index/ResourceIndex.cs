using System.Globalization;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Index;

/// <summary>Builds the resource index of a year from the facts of its units.</summary>
public static class ResourceIndex
{
    /// <summary>The index over some subjects.</summary>
    /// <param name="definition">Indicators, blocks, weights.</param>
    /// <param name="kind">province, discipline or institution.</param>
    /// <param name="category">Only the indicators of this category, for institutions; null: all.</param>
    /// <param name="subjects">Who is compared.</param>
    /// <param name="earlier">The same scope of an earlier year, or null.</param>
    /// <exception cref="IndexSpecificationException">The definition does not fit the data.</exception>
    public static ResourceIndexScope Build(
        ResourceIndexDefinition definition, string kind, string? category, IReadOnlyList<IndexSubject> subjects,
        ResourceIndexScope? earlier)
    {
        var indicators = definition.Indicators.Where(indicator => category is null || indicator.Category == category).ToList();
        if (indicators.Count == 0)
        {
            return Nothing(kind, category, new("指数中没有本类别的指标。", "The index has no indicator of this category."));
        }

        var figures = subjects.OrderBy(subject => subject.Code, StringComparer.Ordinal)
            .Select(subject => (Subject: subject, Values: indicators.ConvertAll(indicator => IndexFigures.Of(indicator, subject))))
            .ToList();
        var screen = (double)definition.Screen;
        var enough = figures.Count(one => one.Values.Count(value => value is not null) >= screen * indicators.Count);
        if (enough < definition.Least)
        {
            return Nothing(kind, category, new(
                string.Create(CultureInfo.InvariantCulture, $"数据足够的对象只有 {enough} 个，少于 {definition.Least} 个，不计算指数。"),
                string.Create(CultureInfo.InvariantCulture, $"Only {enough} have enough data, fewer than {definition.Least}: no index.")));
        }

        var table = new IndexTable(
            [.. figures.Select(one => one.Subject.Code)],
            [.. indicators.Select((indicator, place) => KeyValuePair.Create(
                indicator.Id, figures.Select(one => Coordinate(one.Values[place])).ToArray()))]);
        var framework = Framework(definition, indicators);
        var index = CompositeIndex.Build(framework, DataOf(table), Specification(definition));
        return Describe(definition, index, figures, kind, category) is var scope && earlier is { Without: null }
            ? EarlierYear.Compare(scope, earlier, framework, index.Specification)
            : scope;
    }

    /// <summary>The framework of an index with some of its indicators; blocks without any are left out.</summary>
    /// <exception cref="IndexInputException">The rows do not form a tree.</exception>
    public static IndexFramework Framework(ResourceIndexDefinition definition, IReadOnlyList<ResourceIndexIndicator> indicators)
    {
        var blocks = definition.Blocks.Where(block => block.Indicators.Any(indicators.Contains)).ToList();
        var rows = blocks.SelectMany(block => block.Indicators.Where(indicators.Contains).Select(indicator =>
            new FrameworkRow(indicator.Id, indicator.Name.En, FrameworkRowType.Indicator)
            {
                Level = 1, Parent = block.Id, Direction = indicator.Higher ? 1 : -1, Weight = (double)indicator.Weight,
                Unit = indicator.Unit.Code, Line = definition.Location.Line,
            }));
        rows = rows.Concat(blocks.Select(block => new FrameworkRow(block.Id, block.Name.En, FrameworkRowType.Aggregate)
        {
            Level = 2, Parent = definition.Id, Weight = (double)block.Weight, Line = definition.Location.Line,
        }));
        return IndexFramework.Of(definition.Location.Path,
            [.. rows, new FrameworkRow(definition.Id, definition.Name.En, FrameworkRowType.Aggregate) { Level = 3, Line = definition.Location.Line }]);
    }

    /// <summary>Data without denominators and groups, the codes as names.</summary>
    internal static IndexData DataOf(IndexTable table) =>
        new(table, table.Units, new Dictionary<string, double[]>(), new Dictionary<string, string?[]>());

    /// <summary>A figure as a coordinate: from here on it is compared, not paid.</summary>
    internal static double Coordinate(decimal? figure) => figure is { } known ? (double)known : double.NaN;

    // What nobody handed in is not made up: a missing figure stays missing.
    private static IndexSpecification Specification(ResourceIndexDefinition definition) =>
        new() { Screen = (double)definition.Screen, Denominate = false, Impute = ImputationMethod.None };

    private static ResourceIndexScope Nothing(string kind, string? category, Bilingual why) => new(kind, category, why, [], []);

    private static ResourceIndexScope Describe(
        ResourceIndexDefinition definition, CompositeIndex index,
        List<(IndexSubject Subject, List<decimal?> Values)> figures, string kind, string? category)
    {
        var sets = RankRobustness.Of(
            index, WeightNoise.Draw(index.Framework, (double)definition.Noise, definition.Draws, definition.Seed));
        var intervals = RankRobustness.Intervals(index, sets).ToDictionary(interval => interval.Unit, StringComparer.Ordinal);
        var ranked = index.Ranks.Count(rank => rank > 0);
        return new ResourceIndexScope(kind, category, null, Subjects(index, figures, intervals), Parts(index))
        {
            Choices = ChoiceUncertainty.Of(
                index, IndexChoices.For(index), definition.Base, definition.Draws, definition.Seed),
            Disagreeing = OrderCheck.Disagreements(index),
            Pairs = ranked * (ranked - 1) / 2,
            Silent = index.Silent,
        };
    }

    private static List<IndexedSubject> Subjects(
        CompositeIndex index, List<(IndexSubject Subject, List<decimal?> Values)> figures,
        Dictionary<string, RankInterval> intervals)
    {
        var rows = index.Units.Select((unit, row) => (unit, row)).ToDictionary(pair => pair.unit, pair => pair.row, StringComparer.Ordinal);
        var parts = Attribution.Of(index);
        return [.. figures.Select((one, place) =>
        {
            var plain = new IndexedSubject(
                one.Subject.Code, one.Subject.Name, one.Subject.Members.Count, null, null, index.Availability[place].Available)
            {
                Figures = index.Framework.Indicators.Select((row, column) => (row.Code, Value: one.Values[column]))
                    .ToDictionary(pair => pair.Code, pair => pair.Value),
            };
            if (!rows.TryGetValue(one.Subject.Code, out var row) || index.Ranks[row] == 0) return plain;
            var interval = intervals[one.Subject.Code];
            return plain with
            {
                Score = index.Scores[row],
                Rank = index.Ranks[row],
                Rank5 = interval.Rank5,
                Rank95 = interval.Rank95,
                Blocks = index.Framework.ChildrenOf(index.Framework.Top.Code)
                    .ToDictionary(block => block.Code, block => Known(index.Aggregated[block.Code][row])),
                Parts = index.Framework.Indicators.ToDictionary(indicator => indicator.Code, indicator => parts[indicator.Code][row]),
            };
        }).OrderBy(subject => subject.Rank ?? int.MaxValue).ThenBy(subject => subject.Code, StringComparer.Ordinal)];
    }

    private static List<IndexedPart> Parts(CompositeIndex index)
    {
        var effective = index.Aggregation.EffectiveWeights(index.Weights);
        return [.. DroppedPart.Of(index).Select((part, place) =>
            new IndexedPart(part.Row.Code, effective[place], Known(part.MeanRankChange)))];
    }

    private static double? Known(double number) => double.IsNaN(number) ? null : number;
}
