using System.Globalization;
using System.Text.RegularExpressions;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>
/// Takes the values out of one mapping, key by key and by type. Whatever is wrong becomes a problem and a harmless
/// value takes its place, so that the rest of the file is still read; a rule set with problems is never handed out.
/// </summary>
internal sealed partial class MapReader
{
    /// <summary>Stands where a text was expected and nothing usable was found.</summary>
    public const string NoText = "";

    private readonly YamlMap _map;
    private readonly string _what;
    private readonly bool _broken;

    /// <summary>Reads a node that should be a mapping with (some of) these keys.</summary>
    /// <param name="node">The node.</param>
    /// <param name="what">What the mapping is, for messages: "the indicator R1".</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="keys">Every key it may have; other keys are problems.</param>
    public MapReader(YamlNode node, string what, ProblemList problems, params IReadOnlyCollection<string> keys)
    {
        Problems = problems;
        _what = what;
        _broken = node is not YamlMap;
        _map = node as YamlMap ?? new YamlMap([], node.Location);
        if (_broken)
        {
            problems.Add(node.Location, $"{what} is {node.Kind}, but it must have keys: {string.Join(", ", keys)}",
                $"write the keys with a colon and a space, e.g. {Example(keys.First())}");
        }

        foreach (var entry in _map.Entries.Where(entry => !keys.Contains(entry.Key.Text))) RefuseKey(entry, keys);
    }

    /// <summary>Where the mapping begins.</summary>
    public FileLocation Location => _map.Location;

    /// <summary>Where problems go.</summary>
    public ProblemList Problems { get; }

    /// <summary>The keys and values as they stand.</summary>
    public IReadOnlyList<YamlEntry> Entries => _map.Entries;

    private void RefuseKey(YamlEntry entry, IReadOnlyCollection<string> keys)
    {
        var key = entry.Key.Text;
        var mend = NearestWord.Mend(key, keys);
        if (key.Contains(':', StringComparison.Ordinal)) mend = $"put a space behind the colon in '{key}'";
        else if (!PlainKey().IsMatch(key)) mend = "a text with a comma or a bracket stands in quotes inside { }; else " + mend;
        Problems.Add(entry.Key.Location, $"{_what} has no key '{key}'", mend);
    }

    [GeneratedRegex("^[A-Za-z0-9_]+$")]
    private static partial Regex PlainKey();

    /// <summary>Whether the key is there with a value.</summary>
    public bool Has(string key) => _map[key] is not (null or YamlText { IsEmpty: true });

    /// <summary>The value of an optional key, or null.</summary>
    public YamlNode? Optional(string key) => Has(key) ? _map[key] : null;

    /// <summary>The value of a key that must be there, or null (and a problem).</summary>
    public YamlNode? Required(string key)
    {
        if (Has(key)) return _map[key];
        if (!_broken)
        {
            var place = _map[key]?.Location ?? Location;
            Problems.Add(place, $"{_what} has no '{key}'", $"add {Example(key)}");
        }

        return null;
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string key) => Required(key) is { } node ? TextOf(node, key) : NoText;

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string key) => Optional(key) is { } node ? TextOf(node, key) : null;

    private string TextOf(YamlNode node, string key)
    {
        if (node is YamlText { Text: var text } && text.Trim().Length > 0) return text.Trim();
        var found = node is YamlText ? "empty" : node.Kind;
        Problems.Add(node.Location, $"'{key}' of {_what} is {found}, but a text is expected", $"write {Example(key)}");
        return NoText;
    }

    /// <summary>A code: the word by which other places name this thing.</summary>
    public string Code(string key)
    {
        var code = Text(key);
        if (code.Length > 0 && !PlainCode().IsMatch(code))
        {
            Problems.Add(Required(key)!.Location, $"'{code}' is not a code",
                "use letters, digits, -, _ and points inside, beginning with a letter or digit");
        }

        return code;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$")]
    private static partial Regex PlainCode();

    /// <summary>A text in both languages that must be there.</summary>
    public Bilingual Bilingual(string key) =>
        Required(key) is { } node ? BilingualOf(node, $"'{key}' of {_what}") : new Bilingual(NoText, NoText);

    /// <summary>A text in both languages, or null.</summary>
    public Bilingual? OptionalBilingual(string key) =>
        Optional(key) is { } node ? BilingualOf(node, $"'{key}' of {_what}") : null;

    /// <summary>A node as a text in both languages.</summary>
    public Bilingual BilingualOf(YamlNode node, string what)
    {
        var map = new MapReader(node, what, Problems, "zh", "en");
        return new Bilingual(map.Text("zh"), map.Text("en"));
    }

    /// <summary>An exact decimal that must be there.</summary>
    public decimal Decimal(string key) => Required(key) is { } node ? DecimalOf(node, key) ?? 0m : 0m;

    /// <summary>An exact decimal, or null.</summary>
    public decimal? OptionalDecimal(string key) => Optional(key) is { } node ? DecimalOf(node, key) : null;

    /// <summary>A node as an exact decimal, or null and a problem.</summary>
    public decimal? DecimalOf(YamlNode node, string key)
    {
        if (node is YamlText text && TryDecimal(text.Text, out var value)) return value;
        Problems.Add(node.Location, $"'{key}' of {_what} is {node.Kind}, which is not a decimal number",
            "write digits with a point, e.g. 12.5: no thousands separator, no %, no exponent, no leading zero");
        return null;
    }

    /// <summary>A number as rule files write it: exact, in the invariant culture.</summary>
    public static bool TryDecimal(string text, out decimal value)
    {
        value = 0m;
        return PlainDecimal().IsMatch(text)
            && decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    // At most 28 digits: a decimal holds every such number exactly.
    [GeneratedRegex(@"^[-+]?(?=(?:\d\.?){1,28}$)(?:0|[1-9]\d*)(?:\.\d+)?$")]
    private static partial Regex PlainDecimal();

    /// <summary>A day that must be there.</summary>
    public DateOnly Date(string key) => Required(key) is { } node ? DateOf(node, key) : default;

    /// <summary>A day, or null.</summary>
    public DateOnly? OptionalDate(string key) => Optional(key) is { } node ? DateOf(node, key) : null;

    private DateOnly DateOf(YamlNode node, string key)
    {
        if (node is YamlText text && TryDate(text.Text, out var day)) return day;
        Problems.Add(node.Location, $"'{key}' of {_what} is {node.Kind}, which is not a day of the calendar",
            "write year-month-day with four, two and two digits");
        return default;
    }

    /// <summary>A day as rule files write it.</summary>
    public static bool TryDate(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary><c>true</c> or <c>false</c>; false when the key is not there.</summary>
    public bool Flag(string key)
    {
        if (Optional(key) is not { } node) return false;
        if (node is YamlText { Text: "true" or "false" } text) return text.Text == "true";
        Problems.Add(node.Location, $"'{key}' of {_what} is {node.Kind}", "write true or false");
        return false;
    }

    /// <summary>One word of a closed list that must be there.</summary>
    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices) =>
        Required(key) is { } node ? ChoiceOf(node, key, choices) : choices.First().Value;

    /// <summary>One word of a closed list, or the usual one when the key is not there.</summary>
    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices, T usual) =>
        Optional(key) is { } node ? ChoiceOf(node, key, choices) : usual;

    private T ChoiceOf<T>(YamlNode node, string key, IReadOnlyDictionary<string, T> choices)
    {
        if (node is YamlText text && choices.TryGetValue(text.Text, out var chosen)) return chosen;
        var word = (node as YamlText)?.Text ?? "";
        Problems.Add(node.Location, $"'{key}' of {_what} is {node.Kind}, which is not one of its values",
            NearestWord.Of(word, choices.Keys) is { } near
                ? $"write {near} (one of: {string.Join(", ", choices.Keys)})"
                : $"use one of: {string.Join(", ", choices.Keys)}");
        return choices.First().Value;
    }

    /// <summary>The items of a list that must be there and must not be empty.</summary>
    public IReadOnlyList<YamlNode> List(string key)
    {
        if (Required(key) is not { } node) return [];
        var items = ListOf(node, key);
        if (node is YamlList && items.Count == 0)
        {
            Problems.Add(node.Location, $"'{key}' of {_what} is an empty list", "write at least one item");
        }

        return items;
    }

    /// <summary>The items of a list; none when the key is not there.</summary>
    public IReadOnlyList<YamlNode> OptionalList(string key) => Optional(key) is { } node ? ListOf(node, key) : [];

    private IReadOnlyList<YamlNode> ListOf(YamlNode node, string key)
    {
        if (node is YamlList list) return list.Items;
        Problems.Add(node.Location, $"'{key}' of {_what} is {node.Kind}, but a list is expected",
            "write [ a, b ] or one line with a dash for each item");
        return [];
    }

    /// <summary>The texts of a list; none when the key is not there.</summary>
    public IReadOnlyList<YamlText> Texts(string key, bool required = false)
    {
        var texts = new List<YamlText>();
        foreach (var item in required ? List(key) : OptionalList(key))
        {
            if (item is YamlText { Text.Length: > 0 } text) texts.Add(text);
            else Problems.Add(item.Location, $"an item of '{key}' of {_what} is {item.Kind}", "write a text");
        }

        return texts;
    }

    /// <summary>The keys and texts of a mapping of texts; none when the key is not there.</summary>
    public IReadOnlyDictionary<string, string> TextByKey(string key, bool mayBeEmpty = false)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Optional(key) is not { } node) return texts;
        if (node is not YamlMap map)
        {
            Problems.Add(node.Location, $"'{key}' of {_what} is {node.Kind}, but keys with texts are expected",
                "write { name: text }");
            return texts;
        }

        foreach (var entry in map.Entries)
        {
            // "" in quotes is a text: that of an empty cell.
            var isEmpty = mayBeEmpty && entry.Value is YamlText { Text.Length: 0, Plain: false };
            texts[entry.Key.Text] = isEmpty ? "" : TextOf(entry.Value, entry.Key.Text);
        }

        return texts;
    }

    private static string Example(string key) => key switch
    {
        "source" => "source: { document: …, item: … } (ours: true where no public text gives the rule)",
        "document" => "document: the number or title of the document",
        "name" or "question" or "otherwise" or "publisher" or "how" or "scorers" =>
            $"{key}: {{ zh: …, en: … }}",
        "zh" => "zh: the Chinese text",
        "en" => "en: the English text",
        "max" or "weight" or "total" or "points" or "value" or "pot" => $"{key}: a number",
        "given" => "given: [ codes of the metrics and parameters used ]",
        _ => $"{key}: …",
    };
}
