using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Evaluation.Rules.Feel;

/// <summary>A regular expression of XPath 2.0 (functions matches, replace and split), run by .NET's.</summary>
internal sealed class Pattern
{
    // A pattern that can't be matched without trying every way may not take longer than this.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private const int CacheSize = 1000;
    private static readonly ConcurrentDictionary<(string, string), Pattern?> Cache = new();

    private readonly Regex _regex;

    private Pattern(Regex regex) => _regex = regex;

    /// <summary>The pattern, or null (with the reason noted) where it or its flags are none.</summary>
    public static Pattern? Read(BuiltinCall call, string pattern, string flags)
    {
        if (!Cache.TryGetValue((pattern, flags), out var read))
        {
            read = Create(pattern, flags);
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

    private static Pattern? Create(string pattern, string flags)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var flag in flags)
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
        if (XPathPattern.Translate(pattern, flags) is not { } translated)
        {
            return null;
        }
        try
        {
            return new Pattern(new Regex(translated, options | RegexOptions.NonBacktracking, Longest));
        }
        catch (NotSupportedException)
        {
            // Back-references need the engine that tries every way, under a time limit.
            return new Pattern(new Regex(translated, options, Longest));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public bool Matches(string input) => Limited(() => _regex.IsMatch(input));

    public FeelValue Replace(BuiltinCall call, string input, string replacement)
    {
        // A pattern that matches nothing at all is an error in XPath (FORX0003), as is a lone $ or \ (FORX0004).
        if (Limited(() => _regex.IsMatch("")))
        {
            return call.Null("the pattern matches an empty text", "模式会匹配空文本");
        }
        if (XPathPattern.Replacement(replacement, _regex.GetGroupNumbers().Length - 1) is not { } translated)
        {
            return call.Null($"\"{replacement}\" is no replacement", $"“{replacement}”不是有效的替换文本");
        }
        var result = Limited(() => _regex.Replace(input, translated));
        call.Run.CheckString(result.Length);
        return result;
    }

    public IReadOnlyList<string> Split(string input) => Limited(() =>
    {
        var parts = new List<string>();
        var from = 0;
        foreach (var match in _regex.Matches(input).Where(m => m.Length > 0))
        {
            parts.Add(input[from..match.Index]);
            from = match.Index + match.Length;
        }
        parts.Add(input[from..]);
        return parts;
    });

    private static T Limited<T>(Func<T> match)
    {
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
