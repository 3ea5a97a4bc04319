using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>One changed text of a rule file.</summary>
/// <param name="Node">The text as it stands.</param>
/// <param name="Text">What stands there instead.</param>
/// <param name="Location">Where the change is.</param>
/// <param name="Change">What was changed, in words.</param>
/// <param name="Needs">A code the changed formula uses that the indicator does not list, or null.</param>
internal sealed record Mutant(YamlText Node, string Text, FileLocation Location, string Change, string? Needs = null)
{
    /// <summary>The mapping with the text changed, and the code it needs listed; the mapping itself stays as it
    /// is.</summary>
    public YamlMap In(YamlMap map) => (YamlMap)Changed(map);

    private YamlNode Changed(YamlNode node) => node switch
    {
        YamlText when ReferenceEquals(node, Node) => Node with { Text = Text },
        YamlList list => list with { Items = [.. list.Items.Select(Changed)] },
        YamlMap map => map with { Entries = [.. map.Entries.Select(ChangedEntry)] },
        _ => node,
    };

    private YamlEntry ChangedEntry(YamlEntry entry) =>
        Needs is not null && entry is { Key.Text: "given", Value: YamlList given }
            && given.Items.All(item => item is YamlText)
            ? entry with { Value = given with { Items = [.. given.Items,
                new YamlText(Needs, true, null, given.Location)] } }
            : entry with { Value = Changed(entry.Value) };
}
