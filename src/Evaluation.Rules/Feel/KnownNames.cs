namespace Evaluation.Rules.Feel;

/// <summary>
/// Names of more than one word or with special characters ("date and time", "gross-net ratio"). Where several fit,
/// the longest one is meant (DMN 1.5, 10.3.1.2). Names of a single plain word need no entry.
/// </summary>
internal sealed class KnownNames
{
    private sealed record Entry(string Name, string[] Words, bool[] BlankBefore);

    private readonly Dictionary<string, List<Entry>> _byFirstWord = new(StringComparer.Ordinal);

    public static KnownNames Of(IEnumerable<string> names)
    {
        var known = new KnownNames();
        foreach (var name in names)
        {
            known.Add(name);
        }
        return known;
    }

    /// <summary>Adds a name; false when it is a single word and needs no entry.</summary>
    public bool Add(string name)
    {
        if (Read(name) is not { } entry)
        {
            return false;
        }
        if (!_byFirstWord.TryGetValue(entry.Words[0], out var entries))
        {
            _byFirstWord.Add(entry.Words[0], entries = []);
        }
        if (entries.TrueForAll(e => e.Name != name))
        {
            entries.Add(entry);
            entries.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length));
        }
        return true;
    }

    private static Entry? Read(string name)
    {
        List<Token> tokens;
        try
        {
            tokens = Lexer.Read(name);
        }
        catch (FeelSyntaxException)
        {
            // Not a FEEL name; nothing in an expression can refer to it.
            return null;
        }
        var count = tokens.Count - 1;
        if (count < 2 && (count == 0 || !Lexer.Keywords.Contains(tokens[0].Text)))
        {
            return null;
        }
        var words = new string[count];
        var blanks = new bool[count];
        for (var i = 0; i < count; i++)
        {
            words[i] = tokens[i].Text;
            blanks[i] = i > 0 && tokens[i].Start > tokens[i - 1].End;
        }
        return new Entry(name, words, blanks);
    }

    /// <summary>The longest name that starts at the token, and how many tokens it takes.</summary>
    public bool TryMatch(List<Token> tokens, int at, out string name, out int count)
    {
        name = "";
        count = 0;
        if (!_byFirstWord.TryGetValue(tokens[at].Text, out var entries) || tokens[at].Kind == TokenKind.String)
        {
            return false;
        }
        foreach (var entry in entries)
        {
            if (Fits(entry, tokens, at))
            {
                (name, count) = (entry.Name, entry.Words.Length);
                return true;
            }
        }
        return false;
    }

    private static bool Fits(Entry entry, List<Token> tokens, int at)
    {
        for (var i = 0; i < entry.Words.Length; i++)
        {
            var token = tokens[Math.Min(at + i, tokens.Count - 1)];
            var blank = i > 0 && token.Start > tokens[at + i - 1].End;
            if (token.Kind is TokenKind.End or TokenKind.String || token.Text != entry.Words[i]
                || (i > 0 && blank != entry.BlankBefore[i]))
            {
                return false;
            }
        }
        return true;
    }
}
