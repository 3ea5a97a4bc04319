using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>Collects differences and makes their sentences: what it is about, then what became of it.</summary>
internal sealed class DifferenceList
{
    private const int MostDecimals = 10;

    private readonly List<Difference> _found = [];

    public IReadOnlyList<Difference> Found => _found;

    /// <summary>A thing that is new.</summary>
    public void Added(Bilingual what, FileLocation location) => Add(location, $"新增{what.Zh}。", $"Added: {what.En}.");

    /// <summary>A thing that is gone.</summary>
    public void Removed(Bilingual what, FileLocation location) =>
        Add(location, $"取消{what.Zh}。", $"Removed: {what.En}.");

    /// <summary>A sentence of its own.</summary>
    public void Add(FileLocation location, string zh, string en) =>
        _found.Add(new Difference(new Bilingual(Tight(zh), en), location));

    /// <summary>A number that changed.</summary>
    public void Number(Bilingual where, Bilingual what, decimal? old, decimal? now, FileLocation location)
    {
        if (old == now) return;
        Changed(where, what, Written(old), Written(now), location);
    }

    /// <summary>A formula that changed; blanks, line ends and comments are no change.</summary>
    public void Formula(Bilingual where, Bilingual what, Formula? old, Formula? now, FileLocation location)
    {
        if (FormulaTokens.Same(old?.Text, now?.Text)) return;
        Changed(where, what, Quoted(old?.Text), Quoted(now?.Text), now?.Location ?? location);
    }

    /// <summary>A text in both languages that changed.</summary>
    public void Text(Bilingual where, Bilingual what, Bilingual? old, Bilingual? now, FileLocation location)
    {
        if (old == now) return;
        Changed(where, what, Quoted(old), Quoted(now), location);
    }

    /// <summary>Anything else that changed, in words.</summary>
    public void Changed(Bilingual where, Bilingual what, Bilingual old, Bilingual now, FileLocation location)
    {
        if (old == now) return;

        // A text may be reworded in one language alone: the other has no "before" to show.
        var zh = old.Zh == now.Zh ? $"{where.Zh}：{what.Zh}只改了英文，中文未改。"
            : $"{where.Zh}：{what.Zh}由{old.Zh}改为{now.Zh}。";
        var en = old.En == now.En ? $"{where.En}, {what.En}: only the Chinese text has changed."
            : $"{where.En}, {what.En}: {now.En} (before: {old.En}).";
        Add(location, zh, en);
    }

    /// <summary>What a rule rests on: the document, whether it is our own, and what is noted of it.</summary>
    public void Source(Bilingual where, Bilingual what, Source? old, Source? now, FileLocation location)
    {
        if (old is null || now is null || old == now) return;
        Changed(where, what, Cited(old), Cited(now), location);
        Changed(where, new($"{what.Zh}的性质", $"whether {what.En} is a public text"), Standing(old), Standing(now),
            location);
        Text(where, new($"{what.Zh}的说明", $"the note on {what.En}"), old.Note, now.Note, location);
        Changed(where, new($"{what.Zh}的网址", $"the address of {what.En}"), Quoted(old.Url), Quoted(now.Url), location);
    }

    private static Bilingual Standing(Source source) => source.Ours
        ? new("本平台自定", "no, the rule is our own")
        : new("公开文件", "yes");

    private static Bilingual Cited(Source source)
    {
        var page = source.Page is { } number ? ($"第 {number} 页", $", page {number}") : ("", "");
        return Quoted(new Bilingual(
            $"{source.Document} {source.Item}".Trim() + page.Item1,
            $"{source.DocumentEn ?? source.Document} {source.ItemEn ?? source.Item}".Trim() + page.Item2));
    }

    /// <summary>Pairs what has the same key and reports what only one side has.</summary>
    public IReadOnlyList<(T Old, T Now)> Pair<T>(
        IEnumerable<T> old, IEnumerable<T> now, Func<T, string> key, Func<T, Bilingual> words, Func<T,
            FileLocation> place)
    {
        var before = Keyed(old, key);
        var after = Keyed(now, key);
        foreach (var gone in before.Where(one => !after.ContainsKey(one.Key)))
        {
            Removed(words(gone.Value), place(gone.Value));
        }

        foreach (var added in after.Where(one => !before.ContainsKey(one.Key)))
        {
            Added(words(added.Value), place(added.Value));
        }

        return [.. after.Where(one => before.ContainsKey(one.Key)).Select(one => (before[one.Key], one.Value))];
    }

    // Nothing forbids two items of one name: the second of them is a thing of its own.
    private static Dictionary<string, T> Keyed<T>(IEnumerable<T> things, Func<T, string> key) => things.GroupBy(key)
        .SelectMany(same => same.Select((thing, at) => (Key: at == 0 ? same.Key : $"{same.Key}#{at}", thing)))
        .ToDictionary(one => one.Key, one => one.thing, StringComparer.Ordinal);

    /// <summary>A number as people read it; none where there is none.</summary>
    public static Bilingual Written(decimal? number) => number is { } given
        ? Plain($" {NumberText.Plain(given, 0, MostDecimals)} ")
        : new Bilingual("无", "none");

    /// <summary>A code or a day, the same in both languages.</summary>
    public static Bilingual Plain(string text) => new(text, text.Trim());

    /// <summary>What is written in the rule file itself: a formula, a code.</summary>
    public static Bilingual Quoted(string? text) => text is null ? new Bilingual("无", "none")
        : new Bilingual($"“{OneLine(text)}”", $"`{OneLine(text)}`");

    /// <summary>Codes in a row, or null where there are none.</summary>
    public static string? Joined(IReadOnlyList<string> items) => items.Count == 0 ? null : string.Join(", ", items);

    /// <summary>Codes and what they stand for, in order, or null where there are none.</summary>
    public static string? Joined(IReadOnlyDictionary<string, string> pairs) => Joined([.. pairs
        .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} = {pair.Value}")]);

    /// <summary>A text of each language in its quotes.</summary>
    public static Bilingual Quoted(Bilingual? text) => text is null ? new Bilingual("无", "none")
        : new Bilingual($"“{text.Zh}”", $"\"{text.En}\"");

    // A figure stands between blanks in Chinese, but not before a stop or a quote.
    private static string Tight(string zh) =>
        zh.Replace(" 。", "。", StringComparison.Ordinal).Replace(" ，", "，", StringComparison.Ordinal)
        .Replace(" ”", "”", StringComparison.Ordinal).Replace(" ）", "）", StringComparison.Ordinal)
            .Replace("  ", " ", StringComparison.Ordinal);

    private static string? OneLine(string? text) =>
        text is null ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
