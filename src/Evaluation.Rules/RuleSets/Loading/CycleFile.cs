using Evaluation.Rules.Allocation;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>cycle.yaml</c>.</summary>
internal static class CycleFile
{
    public const string Path = "cycle.yaml";

    public static Cycle Read(YamlMap root, ProblemList problems)
    {
        var file = new MapReader(root, "the cycle", problems,
            "cycle", "name",
                "period", "as_of", "publisher", "legal_basis", "categories", "pools", "deadlines", "objection",
            "robustness");
        var period = file.Required("period") is { } node
            ? CommonParts.PeriodOf(node, "the period of the cycle", problems)
            : new Period(default, default);
        var objection = new MapReader(
            file.Required("objection") ?? new YamlMap([], file.Location),
            "'objection' of the cycle", problems, "working_days", "how");
        return new Cycle(
            file.Code("cycle"),
            file.Bilingual("name"),
            period,
            file.Date("as_of"),
            Categories(file, period),
            Pools(file),
            Deadlines(file),
            file.Has("objection") ? WorkingDays(objection) : 0,
            file.Has("objection") ? objection.Bilingual("how") : new Bilingual(MapReader.NoText, MapReader.NoText),
            file.Bilingual("publisher"),
            [.. file.List("legal_basis").Select(basis => file.BilingualOf(basis, "a legal basis"))],
            file.Location)
        {
            Robustness = RobustnessReader.Read(file),
        };
    }

    /// <summary>Where a category is declared.</summary>
    public static FileLocation PlaceOf(YamlMap root, string category) =>
        (root["categories"] as YamlList)?.Items.OfType<YamlMap>()
            .FirstOrDefault(item => item["category"] is YamlText { Text: var id } && id == category)?.Location
        ?? root.Location;

    /// <summary>Refuses sizes that no metric gives.</summary>
    public static void CheckSizes(
        YamlMap root, Cycle cycle, IReadOnlyDictionary<string, Metric> metrics, ProblemList problems)
    {
        var known = metrics.Values.Where(metric => metric.Kind != MetricKind.Answer)
            .Select(metric => metric.ResourceList ?? metric.Code).Distinct().ToList();
        foreach (var category in cycle.Categories.Where(category => category.Size is { } size && !known.Contains(size)))
        {
            problems.Add(PlaceOf(root, category.Id),
                $"the size of the category {category.Id} is '{category.Size}', neither a number of a unit nor a resource list",
                NearestWord.Mend(category.Size!, known));
        }
    }

    private static int WorkingDays(MapReader objection)
    {
        if (objection.Required("working_days") is not { } node) return 0;
        if (objection.DecimalOf(node, "working_days") is not { } days) return 0;
        if (days is >= 1m and <= 366m && decimal.IsInteger(days)) return (int)days;
        objection.Problems.Add(
            node.Location,
                "'working_days' is not a whole number of days from 1 to 366", "write a whole number, e.g. 5");
        return 0;
    }

    private static IReadOnlyList<CycleCategory> Categories(MapReader file, Period cycle)
    {
        var categories = new List<CycleCategory>();
        var places = new List<(string, FileLocation)>();
        foreach (var node in file.List("categories"))
        {
            var map = new MapReader(node, "a category of the cycle", file.Problems,
                "category", "name", "periods", "period_note", "accept_partial", "partial_note", "size");
            var id = map.Code("category");
            places.Add((id, map.Location));
            categories.Add(CategoryOf(map, id, cycle));
        }

        CommonParts.RefuseRepeats(file.Problems, places, "the category");
        return categories;
    }

    private static CycleCategory CategoryOf(MapReader map, string id, Period cycle)
    {
        var periods = map.OptionalList("periods")
            .Select(period => CommonParts.PeriodOf(period, $"a period of the category {id}", map.Problems)).ToList();
        if (periods.Count == 0) periods.Add(cycle);
        var note = map.OptionalBilingual("period_note");
        if (note is null && !(periods.Count == 1 && periods[0] == cycle))
        {
            map.Problems.Add(map.Location, $"the category {id} has other periods than the cycle, but does not say why",
                "add period_note: { zh: …, en: … }; reports show it");
        }

        var partial = map.Flag("accept_partial");
        var partialNote = map.OptionalBilingual("partial_note");
        if (partial && partialNote is null)
        {
            map.Problems.Add(map.Location, $"the category {id} accepts partial periods, but does not say why",
                "add partial_note: { zh: …, en: … }; reports show it");
        }

        return new CycleCategory(id, map.Bilingual("name"), periods, note, partial, partialNote)
        {
            Size = map.OptionalText("size"),
        };
    }

    private static IReadOnlyList<Pool> Pools(MapReader file)
    {
        var pools = new List<Pool>();
        var places = new List<(string, FileLocation)>();
        foreach (var node in file.OptionalList("pools"))
        {
            var map = new MapReader(node, "a pool of the cycle", file.Problems, "pool", "name", "pot");
            var pool = new Pool(map.Code("pool"), map.Bilingual("name"), new Money(map.Decimal("pot")));
            places.Add((pool.Id, map.Location));
            pools.Add(pool);
            if (pool.Pot < Money.Zero || decimal.Round(pool.Pot.Yuan, 2) != pool.Pot.Yuan)
            {
                file.Problems.Add(map.Location, $"the pot of the pool {pool.Id} is not an amount of money",
                    "write yuan, with at most two decimals");
            }
        }

        CommonParts.RefuseRepeats(file.Problems, places, "the pool");
        return pools;
    }

    private static IReadOnlyList<Deadline> Deadlines(MapReader file)
    {
        var deadlines = new List<Deadline>();
        foreach (var node in file.OptionalList("deadlines"))
        {
            var map = new MapReader(node, "a deadline of the cycle", file.Problems, "step", "name", "by");
            var deadline = new Deadline(map.Code("step"), map.Bilingual("name"), map.Date("by"));
            if (deadlines.Count > 0 && deadline.By < deadlines[^1].By && map.Has("by"))
            {
                file.Problems.Add(map.Location, $"the deadline '{deadline.Step}' is before the one above it",
                    "put the deadlines in the order of their dates");
            }

            deadlines.Add(deadline);
        }

        return deadlines;
    }
}
