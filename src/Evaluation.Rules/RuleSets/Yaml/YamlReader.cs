using System.Text.RegularExpressions;
using Evaluation.Rules.RuleSets.Loading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Evaluation.Rules.RuleSets.Yaml;

/// <summary>
/// Reads one YAML file into nodes that keep their places. Stricter than YAML where YAML surprises people: a repeated
/// key, a tab, an anchor, a tag or a second document is a problem.
/// </summary>
internal sealed partial class YamlReader
{
    // The deepest rule file of sense has some ten levels; a file made to exhaust the reader has thousands.
    private const int MostLevels = 40;

    private const string QuoteMend =
        "a text that begins with one of > < = [ ] { } ' \" - * & ! | % @ ? or holds ': ' stands in quotes, " +
        "e.g. when: \">= 1\"; inside { } also a text with a comma; check the indentation";

    private readonly string _path;
    private readonly string[] _lines;
    private readonly Parser _parser;
    private readonly ProblemList _problems;
    private FileLocation _last;
    private int _level;

    private YamlReader(string path, string text, ProblemList problems)
    {
        _path = path;
        _lines = text.Split('\n');
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _problems = problems;
        _last = new FileLocation(path, 1);
    }

    /// <summary>The file's mapping, or null when it cannot be read (the problems say why).</summary>
    public static YamlMap? Read(string path, string text, ProblemList problems)
    {
        var reader = new YamlReader(path, text, problems);
        return reader.HasTabs() ? null : reader.ReadFile();
    }

    private bool HasTabs()
    {
        var found = false;
        for (var i = 0; i < _lines.Length; i++)
        {
            var tab = LeadingTab().Match(_lines[i]);
            if (!tab.Success) continue;
            found = true;
            _problems.Add(
                new FileLocation(_path, i + 1, tab.Length), "a tab stands in the indentation", "indent with spaces");
        }

        return found;
    }

    [GeneratedRegex(@"^ *\t")]
    private static partial Regex LeadingTab();

    private YamlMap? ReadFile()
    {
        try
        {
            _parser.Consume<StreamStart>();
            if (_parser.Accept<StreamEnd>(out _))
            {
                _problems.Add(new FileLocation(_path, 1), "the file is empty", "write its keys, or delete the file");
                return null;
            }

            _parser.Consume<DocumentStart>();
            var root = ReadNode();
            _parser.Consume<DocumentEnd>();
            if (_parser.Accept<DocumentStart>(out var second))
            {
                _problems.Add(Place(second!.Start),
                    "a second document begins here", "one file holds one document: delete the line ---");
                return null;
            }

            if (root is YamlMap map) return map;
            _problems.Add(root.Location,
                $"the file holds {root.Kind} where keys with values are expected", "write it as key: value lines");
            return null;
        }
        catch (TooDeepException)
        {
            _problems.Add(_last,
                $"lists and mappings stand more than {MostLevels} deep in one another", "write the file flatter");
            return null;
        }
        catch (YamlException broken)
        {
            _problems.Add(Place(broken.Start), $"this is not YAML: {Plainly(broken)}", QuoteMend);
            return null;
        }
        catch (InvalidOperationException)
        {
            // The scanner's way of saying that brackets do not pair; it names no place, so the last one read must do.
            _problems.Add(_last, "this is not YAML: the brackets from here on do not pair", QuoteMend);
            return null;
        }
    }

    // The parser's own messages begin with the place, which is said already.
    private static string Plainly(YamlException broken)
    {
        var message = (broken.InnerException ?? broken).Message;
        var end = message.IndexOf("): ", StringComparison.Ordinal);
        var text = message.StartsWith('(') && end > 0 ? message[(end + 3)..] : message;
        return text.TrimEnd('.').ReplaceLineEndings(" ");
    }

    private sealed class TooDeepException : Exception;

    private YamlNode ReadNode()
    {
        if (++_level > MostLevels) throw new TooDeepException();
        var node = ReadNext();
        _level--;
        return node;
    }

    private YamlNode ReadNext()
    {
        var next = _parser.Consume<ParsingEvent>();
        _last = Place(next.Start);
        if (next is NodeEvent node) RefuseAnchorAndTag(node);
        switch (next)
        {
            case Scalar scalar:
                return ReadText(scalar);
            case SequenceStart sequence:
                var items = new List<YamlNode>();
                while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode());
                return new YamlList(items, Place(sequence.Start));
            case MappingStart mapping:
                return ReadMap(mapping);
            default:
                _problems.Add(Place(next.Start),
                    "an alias (*name) stands here", "write the value out: rule files use no aliases");
                return new YamlText("", true, null, Place(next.Start));
        }
    }

    private void RefuseAnchorAndTag(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            _problems.Add(Place(node.Start),
                $"an anchor (&{node.Anchor.Value}) stands here", "delete it and write each value out");
        }

        // A quoted text carries the non-specific tag "!", which nobody wrote.
        if (!node.Tag.IsEmpty && node.Tag is { IsNonSpecific: false })
        {
            _problems.Add(Place(node.Start),
                $"a tag ({node.Tag.Value}) stands here", "delete it: the key says what its value is");
        }
    }

    private YamlMap ReadMap(MappingStart mapping)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, FileLocation>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode();
            var value = ReadNode();
            if (key is not YamlText text)
            {
                _problems.Add(key.Location, $"{key.Kind} stands where a key is expected", QuoteMend);
            }
            else if (seen.TryGetValue(text.Text, out var first))
            {
                _problems.Add(
                    text.Location,
                        $"the key '{text.Text}' stands twice here (first in line {first.Line})", "keep one of the two");
            }
            else
            {
                seen.Add(text.Text, text.Location);
                entries.Add(new YamlEntry(text, value));
            }
        }

        return new YamlMap(entries, Place(mapping.Start));
    }

    private YamlText ReadText(Scalar scalar)
    {
        var place = Place(scalar.Start);
        var sameLine = scalar.Start.Line == scalar.End.Line;
        FileLocation? origin = scalar.Style switch
        {
            ScalarStyle.Plain when sameLine => place,
            ScalarStyle.DoubleQuoted or ScalarStyle.SingleQuoted
                when sameLine && scalar.End.Column - scalar.Start.Column == scalar.Value.Length + 2 =>
                place with { Column = place.Column + 1 },
            ScalarStyle.Literal => BlockOrigin(place),
            _ => null,
        };
        return new YamlText(scalar.Value, scalar.Style == ScalarStyle.Plain, origin, place);
    }

    // A literal block begins on the line after its |, at the indentation of its first line with text.
    private FileLocation? BlockOrigin(FileLocation header)
    {
        var first = Array.FindIndex(_lines, header.Line, line => line.Trim().Length > 0);
        if (first < 0) return null;
        return new FileLocation(_path, header.Line + 1, _lines[first].Length - _lines[first].TrimStart().Length + 1);
    }

    private FileLocation Place(Mark mark) => new(_path, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));
}
