using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>Makes the mutants of an indicator and of what a scheme says beside its indicators.</summary>
internal sealed class MutantSource(RuleNames names)
{
    private readonly List<Mutant> _mutants = [];

    /// <summary>The mutants of an indicator's mapping.</summary>
    public static IReadOnlyList<Mutant> OfIndicator(YamlMap indicator, RuleNames names)
    {
        var source = new MutantSource(names);
        source.Indicator(indicator);
        return source._mutants;
    }

    /// <summary>The mutants of a parameter's mapping.</summary>
    public static IReadOnlyList<Mutant> OfParameter(YamlEntry parameter, RuleNames names)
    {
        var source = new MutantSource(names);
        foreach (var value in Items(parameter.Value, "values").OfType<YamlMap>())
        {
            source.Number(value["value"], $"parameter {parameter.Key.Text}");
        }

        return source._mutants;
    }

    /// <summary>The mutants of weights, judgements and grades: bands, places, tie keys and edges.</summary>
    public static IReadOnlyList<Mutant> OfScheme(YamlMap scheme, RuleNames names)
    {
        var source = new MutantSource(names);
        source.Number(scheme["total"], "total");
        source.Number(scheme["out_of"], "out_of");
        foreach (var block in Items(scheme, "blocks").OfType<YamlMap>())
        {
            source.Number(block["weight"], $"block {Text(block["block"])}");
        }

        var grades = Items(scheme["grades"], "grades").OfType<YamlMap>().Select(grade => Text(grade["grade"])).ToList();
        foreach (var judgement in Items(scheme, "judgements").OfType<YamlMap>()) source.Judgement(judgement, grades);
        foreach (var band in Items(scheme["grades"], "bands").OfType<YamlMap>())
        {
            source.Condition(band["when"], $"grade band {Text(band["grade"])}", null);
        }

        foreach (var quota in Items(scheme["grades"], "quotas").OfType<YamlMap>()) source.Quota(quota);
        if (scheme["grades"] is YamlMap table) source.Ties(table, grades);
        return source._mutants;
    }

    /// <summary>The mutants of the awards of a scheme or of an award policy.</summary>
    public static IReadOnlyList<Mutant> OfAwards(YamlNode awards, RuleNames names)
    {
        var source = new MutantSource(names);
        source.Anything(awards, "awards", "awards");
        return source._mutants;
    }

    /// <summary>The mutants of the condition of a rule about data, which its key names.</summary>
    public static IReadOnlyList<Mutant> OfDataRule(YamlMap rule, string key, RuleNames names)
    {
        var source = new MutantSource(names);
        source.Formula(rule["when"], $"{key} {Text(rule[key])}", null);
        return source._mutants;
    }

    /// <summary>The mutants of the budget of an award policy, and of the figures its awards read.</summary>
    public static IReadOnlyList<Mutant> OfPolicy(YamlMap policy, RuleNames names)
    {
        var source = new MutantSource(names);
        var read = Texts(policy["awards"]).Append(policy["budget"] as YamlText).OfType<YamlText>()
            .Where(source.IsFormula)
            .SelectMany(text => FeelExpression.Parse(text.Text, source.Scope(null)).FreeNames)
            .ToHashSet(StringComparer.Ordinal);
        source.Formula(policy["budget"], "budget", null);
        return [.. OfFigures(policy, read, names), .. source._mutants];
    }

    /// <summary>The mutants of the figures that something else reads.</summary>
    public static IReadOnlyList<Mutant> OfFigures(YamlMap map, IReadOnlySet<string> read, RuleNames names)
    {
        var source = new MutantSource(names);
        foreach (var figure in Items(map, "figures").OfType<YamlMap>().Where(figure =>
            read.Contains(Text(figure["figure"]))))
        {
            source.Formula(figure["value"], $"figure {Text(figure["figure"])}", null);
        }

        return source._mutants;
    }

    private static IEnumerable<YamlText> Texts(YamlNode? node) => node switch
    {
        YamlText text => [text],
        YamlList list => list.Items.SelectMany(Texts),
        YamlMap map => map.Entries.SelectMany(entry => Texts(entry.Value)),
        _ => [],
    };

    // What awards are made of changes more often than this does: whatever is a number, a word of a closed list or a
    // formula is changed, wherever it stands.
    private void Anything(YamlNode node, string key, string what)
    {
        switch (node)
        {
            case YamlMap map:
                foreach (var entry in map.Entries.Where(entry => !Named.Contains(entry.Key.Text)))
                {
                    if (entry is { Key.Text: "spend", Value: YamlText spend } && !Caps.Any(cap => map[cap] is not null))
                    {
                        Word(spend, $"{what} spend", WithoutCaps);
                        continue;
                    }

                    Anything(entry.Value, entry.Key.Text, $"{what} {entry.Key.Text}");
                }

                break;
            case YamlList list:
                for (var at = 0; at < list.Items.Count; at++)
                {
                    Anything(list.Items[at], key, list.Items.Count == 1 ? what : $"{what} {at + 1}");
                }

                break;
            case YamlText text when Words.TryGetValue(key, out var words):
                Word(text, what, words);
                break;
            case YamlText text when MapReader.TryDecimal(text.Text, out _):
                Number(text, what);
                break;
            case YamlText text when IsFormula(text):
                Formula(text, what, null);
                break;
        }
    }

    // Names and sources decide nothing.
    private static readonly HashSet<string> Named = ["pool", "source", "name", "note", "otherwise", "because", "reason"];

    private static readonly Dictionary<string, IReadOnlyList<string>> Words = new(StringComparer.Ordinal)
    {
        ["rounding"] = [.. RuleWords.Roundings.Keys],
        ["spend"] = [.. RuleWords.Spending.Keys],
        ["order"] = [.. RuleWords.Orders.Keys],
    };

    // Where nothing caps an award, spending all and spending up to the caps are one rule.
    private static readonly string[] Caps = ["cap", "band"];
    private static readonly string[] WithoutCaps = [.. RuleWords.Spending.Keys.Where(word => word != "up_to_caps")];

    private bool IsFormula(YamlText text)
    {
        try
        {
            FeelExpression.Parse(text.Text, Scope(null));
            return true;
        }
        catch (FeelSyntaxException)
        {
            return false;
        }
    }

    private static IReadOnlyList<YamlNode> Items(YamlNode? node, string key) =>
        (node as YamlMap)?[key] is YamlList list ? list.Items : [];

    private static string Text(YamlNode? node) => (node as YamlText)?.Text ?? "";

    private void Indicator(YamlMap map)
    {
        var id = Text(map["indicator"]);
        var given = Items(map, "given").OfType<YamlText>().Select(code => code.Text).ToList();
        Formula(map["value"], $"{id} value", given);
        Formula((map["applies"] as YamlMap)?["when"], $"{id} applies", given);
        if (map["points"] is YamlMap points) Points(points, id, given);
        Number(map["max"], $"{id} max");

        // Where nothing it needs can be lacking, the policy for lack of data says nothing.
        var optional = Items(map, "optional").OfType<YamlText>().Select(code => code.Text);
        if (given.Except(optional).Any(code => !names.Parameters.ContainsKey(code)))
        {
            Word(map["missing"], $"{id} missing", [.. RuleWords.Missing.Keys]);
        }
    }

    private void Points(YamlMap points, string id, IReadOnlyCollection<string> given)
    {
        var at = 0;
        foreach (var band in Items(points, "bands").OfType<YamlMap>())
        {
            Condition(band["when"], $"{id} band {++at}", given);
            Number(band["points"], $"{id} points of band {at}");
        }

        at = 0;
        foreach (var item in Items(points, "checklist").OfType<YamlMap>())
        {
            Formula(item["when"], $"{id} item {++at}", given);
            Number(item["points"], $"{id} points of item {at}");
        }

        Formula(points["formula"], $"{id} points", given);
        if (points["goalposts"] is YamlMap posts)
        {
            Number(posts["zero"], $"{id} goalpost zero");
            Number(posts["full"], $"{id} goalpost full");
        }

        if (points["panel"] is not YamlMap panel) return;
        Word(panel["combine"], $"{id} combination of the panel", [.. RuleWords.Combinations.Keys]);
        Condition(panel["range"], $"{id} range of the panel", given, onlyNumbers: true);
    }

    private void Judgement(YamlMap judgement, IReadOnlyList<string> grades)
    {
        var what = $"judgement {Text(judgement["judgement"])}";
        Formula(judgement["when"], what, null);
        if (judgement["effect"] is not YamlMap effect) return;
        Number(effect["cap_total"], $"{what} cap_total");
        Word(effect["cap_grade"], $"{what} cap_grade", grades);
        Word(effect["grade"], $"{what} grade", grades);
        Formula(effect["adjust"], $"{what} adjust", null);
    }

    private void Quota(YamlMap quota)
    {
        var what = $"quota {Text(quota["grade"])}";
        Formula(quota["count"], $"{what} count", null);
        Formula(quota["percent"], $"{what} percent", null);
        Word(quota["rounding"], $"{what} rounding", [.. RuleWords.QuotaRoundings.Keys]);
        Number(quota["at_least"], $"{what} at_least");
    }

    private void Ties(YamlMap table, IReadOnlyList<string> grades)
    {
        Word(table["rest"], "grade of the rest", grades);
        if (table["ties"] is not YamlMap ties) return;
        var at = 0;
        foreach (var key in Items(ties, "then").OfType<YamlMap>())
        {
            Formula(key["by"], $"tie key {++at}", null);
            Word(key["order"], $"order of tie key {at}", [.. RuleWords.Orders.Keys]);
        }

        // Only places have an edge.
        if (Items(table, "quotas").Count > 0) Word(ties["at_edge"], "ties at the edge", [.. RuleWords.EdgeTies.Keys]);
    }

    private void Number(YamlNode? node, string what)
    {
        if (node is not YamlText text || !MapReader.TryDecimal(text.Text, out var number)) return;
        foreach (var by in NumberChanges.Of(number)) _mutants.Add(Of(text, by, $"{what}: {text.Text} → {by}"));
    }

    // Every other word of the list would make many mutants of one kind; its neighbours are the likely slips.
    private void Word(YamlNode? node, string what, IReadOnlyList<string> words)
    {
        if (node is not YamlText text) return;
        var at = words.ToList().IndexOf(text.Text);
        foreach (var near in new[] { at - 1, at + 1 }.Where(near => at >= 0 && near >= 0 && near < words.Count))
        {
            _mutants.Add(Of(text, words[near], $"{what}: {text.Text} → {words[near]}"));
        }
    }

    private static Mutant Of(YamlText text, string by, string change) => new(text, by, text.Location, change);

    private void Formula(YamlNode? node, string what, IReadOnlyCollection<string>? given)
    {
        if (node is not YamlText text) return;
        Changes(text, FeelExpression.Parse(text.Text, Scope(given)).Root, what, given, onlyNumbers: false);
    }

    private void Condition(YamlNode? node, string what, IReadOnlyCollection<string>? given, bool onlyNumbers = false)
    {
        if (node is not YamlText text) return;
        Changes(text, FeelUnaryTests.Parse(text.Text, Scope(given)).Root, what, given, onlyNumbers);
    }

    private IReadOnlyCollection<string> Scope(IReadOnlyCollection<string>? given) =>
        new NameScope(names, given, Value: given is not null, Card: given is null).ForParser;

    private void Changes(YamlText text, FeelNode root, string what, IReadOnlyCollection<string>? given,
        bool onlyNumbers)
    {
        foreach (var edit in new FormulaChanges(text.Text, names, given).Of(root))
        {
            var old = text.Text.Substring(edit.Offset, edit.Length);
            if (onlyNumbers && !MapReader.TryDecimal(old, out _)) continue;
            var before = text.Text.AsSpan(0, edit.Offset);
            var place = text.At(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
            _mutants.Add(new Mutant(text, edit.In(text.Text), place, $"{what}: {Part(text.Text, edit, old)}",
                edit.Needs));
        }
    }

    // A bare operator says little: a short formula is shown whole, a longer one with what stands around the change.
    private static string Part(string text, FormulaEdit edit, string old)
    {
        const int Whole = 40;
        const int Around = 16;
        if (text.Length <= Whole) return $"{text.Trim()} → {edit.In(text).Trim()}";
        var from = Math.Max(0, edit.Offset - Around);
        var end = edit.Offset + edit.Length;
        var to = Math.Min(text.Length, end + Around);
        var (before, after) = (text[from..edit.Offset], text[end..to]);
        return $"{OneLine($"…{before}{old}{after}…")} → {OneLine($"…{before}{edit.By}{after}…")}";
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
