namespace Evaluation.Rules.RuleSets.Yaml;

/// <summary>A node of a rule file that remembers where it stands.</summary>
internal abstract record YamlNode(FileLocation Location)
{
    /// <summary>What the node is, as people would say it in a message.</summary>
    public string Kind => this switch
    {
        YamlText { IsEmpty: true } => "nothing",
        YamlText text => $"'{Shown(text.Text)}'",
        YamlList => "a list",
        _ => "a mapping",
    };

    private static string Shown(string text) => text.Length <= 60 ? text : text[..57] + "...";
}

/// <summary>A text (YAML calls it a scalar). Numbers, dates and formulas are texts until a key says what they are.</summary>
/// <param name="Text">The text without quotes.</param>
/// <param name="Plain">Written without quotes and not as a block.</param>
/// <param name="Origin">Where the text's first character stands, when each of its lines can be found again in the file.</param>
/// <param name="Location">Where the node begins.</param>
internal sealed record YamlText(string Text, bool Plain, FileLocation? Origin, FileLocation Location)
    : YamlNode(Location)
{
    /// <summary>Nothing was written behind the key, or YAML's null.</summary>
    public bool IsEmpty => Plain && Text is "" or "~" or "null";

    /// <summary>The place in the file of a place in the text (both from 1), or the node's own place.</summary>
    public FileLocation At(int line, int column) => Origin is null
        ? Location
        : new FileLocation(
            Location.Path, Origin.Line + line - 1, line == 1 || !Plain ? Origin.Column + column - 1 : column);
}

/// <summary>A list.</summary>
internal sealed record YamlList(IReadOnlyList<YamlNode> Items, FileLocation Location) : YamlNode(Location);

/// <summary>A key with its value.</summary>
internal sealed record YamlEntry(YamlText Key, YamlNode Value);

/// <summary>Keys with values, in file order; a repeated key was reported and only its first value is kept.</summary>
internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, FileLocation Location) : YamlNode(Location)
{
    /// <summary>The value of a key, or null when the key is not there.</summary>
    public YamlNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
}
