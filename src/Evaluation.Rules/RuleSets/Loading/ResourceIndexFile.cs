using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>index/index.yaml</c>, the resource index of a year.</summary>
internal sealed class ResourceIndexFile(ProblemList problems, IReadOnlyDictionary<string, Metric> metrics, Cycle? cycle)
{
    public const string Path = "index/index.yaml";

    private const string Units = "units";

    private static readonly Dictionary<string, bool> Directions = new() { ["higher"] = true, ["lower"] = false };

    public ResourceIndexDefinition Read(YamlMap root)
    {
        var file = new MapReader(root, "the index", problems,
            "index", "name", "source", "screen", "least", "robustness", "discipline", "blocks");
        var robustness = new MapReader(
            file.Required("robustness") ?? new YamlMap([], file.Location), "'robustness' of the index", problems,
            "noise", "draws", "base", "seed");
        var places = new List<(string, FileLocation)>();
        var index = new ResourceIndexDefinition(
            file.Code("index"),
            file.Bilingual("name"),
            file.Source("the index"),
            [.. file.List("blocks").Select(block => Block(block, places))],
            Share(file, "screen"),
            Whole(file, "least", 2),
            Share(robustness, "noise"),
            Whole(robustness, "draws", 1),
            Whole(robustness, "base", 2),
            Whole(robustness, "seed", 0),
            file.OptionalText("discipline") is { } code ? Discipline(file, code) : null,
            file.Location);
        CommonParts.RefuseRepeats(problems, places, "the code");
        return index;
    }

    private ResourceIndexBlock Block(YamlNode node, List<(string, FileLocation)> places)
    {
        var map = new MapReader(node, "a block of the index", problems, "block", "name", "weight", "indicators");
        places.Add((map.Code("block"), map.Location));
        return new ResourceIndexBlock(
            map.Code("block"), map.Bilingual("name"), Weight(map),
            [.. map.List("indicators").Select(indicator => Indicator(indicator, places))]);
    }

    private ResourceIndexIndicator Indicator(YamlNode node, List<(string, FileLocation)> places)
    {
        var map = new MapReader(node, "an indicator of the index", problems,
            "indicator", "name", "category", "sum", "mean", "per", "unit", "direction", "weight");
        var id = map.Code("indicator");
        places.Add((id, map.Location));
        if (map.Has("sum") == map.Has("mean"))
        {
            problems.Add(map.Location, $"the indicator {id} must have exactly one of sum and mean",
                "write sum: a metric (and per: what it is divided by), or mean: a metric");
        }

        if (map.Has("sum") != map.Has("per"))
        {
            problems.Add(map.Location, $"the indicator {id} must have per with sum, and only then",
                "write per: units, or per: a metric; sums alone would rank by size");
        }

        var per = map.OptionalText("per");
        var metric = MetricOf(map, map.Has("mean") ? "mean" : "sum");
        var divisor = per is null or Units ? null : MetricOf(map, "per");
        if (metric.ResourceList != (divisor ?? metric).ResourceList)
        {
            problems.Add(map.Location, $"the indicator {id} divides a metric of resources by one of units, or the other way round",
                "let sum and per be metrics of the same list, or both of the unit");
        }

        return new ResourceIndexIndicator(
            id, map.Bilingual("name"), Category(map), metric, map.Has("mean"), divisor, per == Units, map.Unit(),
            map.Choice("direction", Directions), Weight(map));
    }

    private string Category(MapReader map)
    {
        var category = map.Text("category");
        if (cycle is not null && category.Length > 0 && cycle.Categories.All(known => known.Id != category))
        {
            problems.Add(map.Required("category")!.Location, $"the cycle has no category '{category}'",
                $"use one of: {string.Join(", ", cycle.Categories.Select(known => known.Id))}");
        }

        return category;
    }

    private Metric MetricOf(MapReader map, string key)
    {
        var code = map.OptionalText(key) ?? MapReader.NoText;
        if (metrics.TryGetValue(code, out var metric) && metric.Kind != MetricKind.Answer) return metric;
        if (code.Length > 0)
        {
            problems.Add(map.Required(key)!.Location, metric is null ? $"there is no metric '{code}'" : $"'{code}' is an answer, not a number",
                NearestWord.Mend(code, [.. metrics.Values.Where(known => known.Kind != MetricKind.Answer).Select(known => known.Code)]));
        }

        return new Metric(code, new(code, code), UnitOfMeasure.All["count"], MetricKind.Flow, null, null, [],
            new Dictionary<string, string>(), new(code, code), map.Location);
    }

    private Metric? Discipline(MapReader file, string code)
    {
        if (metrics.TryGetValue(code, out var metric) && metric is { Kind: MetricKind.Answer, ResourceList: null }) return metric;
        problems.Add(file.Required("discipline")!.Location, $"'{code}' is no answer of the unit in metrics.yaml",
            "name a metric of kind answer that says to which discipline a unit belongs, or leave the key out");
        return null;
    }

    private decimal Weight(MapReader map)
    {
        var weight = map.Decimal("weight");
        if (weight <= 0m && map.Has("weight"))
        {
            problems.Add(map.Required("weight")!.Location, "a weight is not above 0", "write a number above 0, or delete the entry");
        }

        return weight;
    }

    private decimal Share(MapReader map, string key)
    {
        var share = map.Decimal(key);
        if (share is < 0m or > 1m)
        {
            problems.Add(map.Required(key)!.Location, $"'{key}' is not a share from 0 to 1", "write a decimal such as 0.5");
        }

        return share;
    }

    private int Whole(MapReader map, string key, int least)
    {
        var number = map.Decimal(key);
        if (decimal.IsInteger(number) && number >= least && number <= int.MaxValue) return (int)number;
        if (map.Has(key))
        {
            problems.Add(map.Required(key)!.Location, $"'{key}' is not a whole number from {least} up", $"write {key}: a whole number");
        }

        return least;
    }
}
