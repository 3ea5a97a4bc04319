namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>A set of texts: finitely many, or all but finitely many.</summary>
internal sealed class TextSet
{
    private readonly bool _allBut;
    private readonly SortedSet<string> _texts;

    private TextSet(bool allBut, IEnumerable<string> texts) =>
        (_allBut, _texts) = (allBut, new SortedSet<string>(texts, StringComparer.Ordinal));

    public static TextSet None { get; } = new(false, []);

    public static TextSet All { get; } = new(true, []);

    public static TextSet Of(IEnumerable<string> texts) => new(false, texts);

    public bool IsEmpty => !_allBut && _texts.Count == 0;

    public TextSet Not() => new(!_allBut, _texts);

    public TextSet And(TextSet other) => (_allBut, other._allBut) switch
    {
        (false, false) => new TextSet(false, _texts.Intersect(other._texts)),
        (false, true) => new TextSet(false, _texts.Except(other._texts)),
        (true, false) => new TextSet(false, other._texts.Except(_texts)),
        _ => new TextSet(true, _texts.Union(other._texts)),
    };

    public TextSet Or(TextSet other) => Not().And(other.Not()).Not();

    public string Words(string name)
    {
        var texts = string.Join(", ", _texts.Select(text => $"\"{text}\""));
        return _allBut ? _texts.Count == 0 ? $"any text as {name}" : $"any {name} but {texts}" : $"{name} = {texts}";
    }
}

/// <summary>A set of values a condition can hold for: numbers, texts, true, false.</summary>
internal sealed record ValueSet(NumberSet Numbers, TextSet Texts, bool True, bool False)
{
    public static ValueSet None { get; } = new(NumberSet.None, TextSet.None, false, false);

    public static ValueSet All { get; } = new(NumberSet.All, TextSet.All, true, true);

    public static ValueSet Of(NumberSet numbers) => None with { Numbers = numbers };

    public static ValueSet Of(TextSet texts) => None with { Texts = texts };

    public bool IsEmpty => Numbers.IsEmpty && Texts.IsEmpty && !True && !False;

    public ValueSet Not() => new(Numbers.Not(), Texts.Not(), !True, !False);

    public ValueSet And(ValueSet other) =>
        new(Numbers.And(other.Numbers), Texts.And(other.Texts), True && other.True, False && other.False);

    public ValueSet Or(ValueSet other) =>
        new(Numbers.Or(other.Numbers), Texts.Or(other.Texts), True || other.True, False || other.False);

    /// <summary>The set in words, one part for each interval, group of texts and truth value.</summary>
    public IEnumerable<string> Parts(string name)
    {
        foreach (var interval in Numbers.Intervals) yield return NumberSet.Words(interval, name);
        if (!Texts.IsEmpty) yield return Texts.Words(name);
        if (True) yield return $"{name} = true";
        if (False) yield return $"{name} = false";
    }
}
