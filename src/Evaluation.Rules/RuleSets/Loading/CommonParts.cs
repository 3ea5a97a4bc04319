using System.Text.RegularExpressions;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>The parts that several kinds of rule file share: sources, units, ranges, periods.</summary>
internal static partial class CommonParts
{
    /// <summary>The source of a rule, which must be there.</summary>
    public static Source Source(this MapReader map, string what)
    {
        if (map.Required("source") is not { } node) return new Source(MapReader.NoText);
        var source = new MapReader(
            node, $"the source of {what}", map.Problems,
            "document", "item", "page", "url", "note", "ours", "document_en", "item_en");
        return new Source(
            source.Text("document"),
            source.OptionalText("item"),
            source.OptionalText("page"),
            source.OptionalText("url"),
            source.OptionalBilingual("note"),
            source.Flag("ours"),
            source.OptionalText("document_en"),
            source.OptionalText("item_en"));
    }

    /// <summary>A unit of measure, which must be there.</summary>
    public static UnitOfMeasure Unit(this MapReader map) => map.Choice("unit", UnitOfMeasure.All);

    /// <summary>A range such as <c>[0..10]</c> or <c>[0..]</c>, in quotes or not; null when the key is not there.</summary>
    public static ValueRange? OptionalRange(this MapReader map, string key, string what)
    {
        if (map.Optional(key) is not { } node) return null;
        var text = node switch
        {
            YamlText quoted => quoted.Text.Trim(),
            YamlList { Items: [YamlText inner] } => $"[{inner.Text}]",
            _ => "",
        };
        var parts = RangeText().Match(text);
        var range = parts.Success ? RangeOf(parts) : null;
        if (range is null)
        {
            map.Problems.Add(node.Location, $"'{key}' of {what} is {node.Kind}, which is not a range",
                "write \"[0..10]\", \"[0..1)\" (1 itself excluded) or \"[0..]\" (no upper end)");
        }
        else if (range is { Minimum: { } low, Maximum: { } high } && low > high)
        {
            map.Problems.Add(node.Location,
                $"'{key}' of {what} begins above its end", "write the smaller number first");
        }

        return range;
    }

    [GeneratedRegex(@"^(?<open>[\[\]\(])\s*(?<low>[-+0-9.]*?)\s*\.\.\s*(?<high>[-+0-9.]*)\s*(?<close>[\[\]\)])$")]
    private static partial Regex RangeText();

    private static ValueRange? RangeOf(Match parts)
    {
        decimal? low = null, high = null;
        if (parts.Groups["low"].Value is { Length: > 0 } lowText)
        {
            if (!MapReader.TryDecimal(lowText, out var value)) return null;
            low = value;
        }

        if (parts.Groups["high"].Value is { Length: > 0 } highText)
        {
            if (!MapReader.TryDecimal(highText, out var value)) return null;
            high = value;
        }

        return new ValueRange(
            low, low is not null && parts.Groups["open"].Value == "[",
            high, high is not null && parts.Groups["close"].Value == "]");
    }

    /// <summary>A half-open period.</summary>
    public static Period PeriodOf(YamlNode node, string what, ProblemList problems)
    {
        var map = new MapReader(node, what, problems, "from", "to");
        var before = problems.Count;
        var period = new Period(map.Date("from"), map.Date("to"));
        if (problems.Count == before && period.From >= period.To)
        {
            problems.Add(node.Location, $"{what} ends before it begins",
                "'from' is the first day, 'to' is the day after the last one");
        }

        return period;
    }

    /// <summary>Reports every repeated id; the first one stands.</summary>
    public static void RefuseRepeats(
        ProblemList problems, IEnumerable<(string Id, FileLocation Location)> ids, string what)
    {
        var seen = new Dictionary<string, FileLocation>(StringComparer.Ordinal);
        foreach (var (id, location) in ids.Where(pair => pair.Id.Length > 0))
        {
            if (seen.TryAdd(id, location)) continue;
            problems.Add(location,
                $"{what} '{id}' is there twice (first at {seen[id].Path}:{seen[id].Line})", "give each its own id");
        }
    }
}
