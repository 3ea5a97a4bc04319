using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Evaluation.Rules.Feel;

/// <summary>A regular expression of XPath 2.0 (functions matches, replace and split), run by .NET's.</summary>
internal sealed class Pattern
{
    // A pattern that can't be matched without trying every way may not take longer than this.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private const int CacheSize = 1000;
    private static readonly ConcurrentDictionary<(string, string), Pattern?> Cache = new();

    // What one use of a pattern counts for at most: no more than a few that take longest fit into an evaluation.
    private const double MostSteps = 2_500_000;

    private readonly string _text;
    private readonly string _flags;
    private readonly Lazy<Regex?> _units;
    private readonly Lazy<Regex?> _codePoints;

    private Pattern(string text, string flags)
    {
        (_text, _flags) = (text, flags);
        var always = XPathPattern.NeedsCodePoints(text, flags);
        _codePoints = new(() => Create(codePoints: true));
        _units = always ? _codePoints : new(() => Create(codePoints: false));
    }

    /// <summary>The pattern, or null (with the reason noted) where it or its flags are none.</summary>
    public static Pattern? Read(BuiltinCall call, string pattern, string flags)
    {
        call.Run.StepPattern(pattern, flags);
        if (!Cache.TryGetValue((pattern, flags), out var read))
        {
            read = new Pattern(pattern, flags) is { _units.Value: not null } sound ? sound : null;
            if (Cache.Count < CacheSize)
            {
                Cache[(pattern, flags)] = read;
            }
        }
        if (read is null)
        {
            call.Null($"\"{pattern}\" with flags \"{flags}\" is no pattern", $"“{pattern}”（标志“{flags}”）不是有效的模式");
        }
        return read;
    }

    private Regex? Create(bool codePoints)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var flag in _flags)
        {
            switch (flag)
            {
                case 's': options |= RegexOptions.Singleline; break;
                case 'm': options |= RegexOptions.Multiline; break;
                case 'i': options |= RegexOptions.IgnoreCase; break;
                case 'x': break;
                default: return null;
            }
        }
        if (XPathPattern.Translate(_text, _flags, codePoints) is not { } translated)
        {
            return null;
        }
        try
        {
            return new Regex(translated, options | RegexOptions.NonBacktracking, Longest);
        }
        catch (NotSupportedException)
        {
            // Back-references need the engine that tries every way, under a time limit.
            return new Regex(translated, options, Longest);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The form that reads this text: only surrogates make a code point something else than a unit.</summary>
    private Regex For(string input) => (HasSurrogates(input) ? _codePoints.Value : _units.Value)!;

    private static bool HasSurrogates(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    public bool Matches(BuiltinCall call, string input)
    {
        var regex = For(input);
        return Limited(call, regex, input, () => regex.IsMatch(input));
    }

    public FeelValue Replace(BuiltinCall call, string input, string replacement)
    {
        var regex = For(input);
        // A pattern that matches nothing at all is an error in XPath (FORX0003), as is a lone $ or \ (FORX0004).
        if (Limited(call, regex, "", () => regex.IsMatch("")))
        {
            return call.Null("the pattern matches an empty text", "模式会匹配空文本");
        }
        if (XPathPattern.Replacement(replacement, regex.GetGroupNumbers().Length - 1) is not { } parts)
        {
            return call.Null($"\"{replacement}\" is no replacement", $"“{replacement}”不是有效的替换文本");
        }
        return Limited(call, regex, input, () => Replaced(call, regex, input, parts));
    }

    // Part by part, so that a text that would be too long is never made: each group may be as long as the input.
    private static string Replaced(
        BuiltinCall call, Regex regex, string input, IReadOnlyList<ReplacementPart> replacement)
    {
        var text = new StringBuilder();
        var from = 0;
        for (var match = regex.Match(input); match.Success; match = match.NextMatch())
        {
            call.Run.Step(1 + replacement.Count);
            Append(input.AsSpan(from, match.Index - from));
            foreach (var part in replacement)
            {
                Append(part.Group < 0 ? part.Text : match.Groups[part.Group].ValueSpan);
            }
            from = match.Index + match.Length;
        }
        Append(input.AsSpan(from));
        return text.ToString();

        void Append(ReadOnlySpan<char> more)
        {
            call.Run.CheckString(text.Length + more.Length);
            text.Append(more);
        }
    }

    public IReadOnlyList<string> Split(BuiltinCall call, string input)
    {
        var regex = For(input);
        return Limited(call, regex, input, () => Parts(call, regex, input));
    }

    private static List<string> Parts(BuiltinCall call, Regex regex, string input)
    {
        var parts = new List<string>();
        var from = 0;
        for (var match = regex.Match(input); match.Success; match = match.NextMatch())
        {
            call.Run.Step();
            if (match.Length > 0)
            {
                parts.Add(input[from..match.Index]);
                from = match.Index + match.Length;
            }
        }
        parts.Add(input[from..]);
        return parts;
    }

    /// <summary>What one use counts for. Most patterns read a text once; one with back-references may go over it as often
    /// as its repetitions can share it out, and where a repetition repeats another, in twice as many ways with every
    /// character.</summary>
    private long Steps(Regex regex, int length)
    {
        if (regex.Options.HasFlag(RegexOptions.NonBacktracking))
        {
            return (long)length * (1 + _text.Length / 16);
        }
        var (repetitions, nested) = XPathPattern.Repetitions(_text);
        var ways = nested ? Math.Pow(2, length) : Math.Pow(length, 1 + repetitions) / 16;
        return (long)Math.Min(MostSteps, ways);
    }

    private T Limited<T>(BuiltinCall call, Regex regex, string input, Func<T> match)
    {
        call.Run.Step(Steps(regex, input.Length));
        try
        {
            return match();
        }
        catch (RegexMatchTimeoutException)
        {
            throw new FeelLimitException($"A pattern took over {Longest.TotalSeconds} seconds; make it simpler.");
        }
    }
}
