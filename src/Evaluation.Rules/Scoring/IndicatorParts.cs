using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>A metric that moves an indicator's value, and how.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Slot">Its place among the facts.</param>
/// <param name="Line">The value over the metric.</param>
internal sealed record Lever(Metric Metric, int Slot, Affine Line);

/// <summary>
/// What the sentences of an indicator say of every unit alike, and the templates of its formulas: made once, when the
/// first sentence is read.
/// </summary>
internal sealed class IndicatorParts
{
    private readonly CompiledScheme _scheme;
    private readonly Indicator _indicator;
    private readonly (bool Fixed, BandParts? Parts)[] _bands;
    private readonly Lazy<Affine?> _pointsOverValue;
    private readonly (FormulaTemplate? Zh, FormulaTemplate? En) _value;
    private readonly (FormulaTemplate? Zh, FormulaTemplate? En) _points;

    public IndicatorParts(CompiledScheme scheme, CompiledIndicator compiled)
    {
        (_scheme, _indicator) = (scheme, compiled.Indicator);
        Ends = [.. new[] { 0m, _indicator.Max }.Select(end => NumberText.AtScale(end, NumberText.MostDecimalsOfPoints))];
        Max = NumberText.Points(_indicator.Max, _indicator.Max).ToString();
        OutOf = new Bilingual($" 分，满分 {Max} 分", " of " + NumberText.EnglishPoints(Max));
        Head = new Bilingual(
            $"{_indicator.Id} {_indicator.Name.Zh}：", $"{_indicator.Id} {_indicator.Name.En}: ");
        Tail = new Bilingual($"（{compiled.Citation.Zh}）。", $" ({compiled.Citation.En}).");
        End = Joined(OutOf, Tail);
        OutOfBare = new Bilingual(OutOf.Zh, $" of {Max} points");
        EndBare = Joined(OutOfBare, Tail);
        ByItself = NamedAlone();
        Posts = _indicator.Points is GoalpostPoints posts ? PostsOf(posts) : null;
        Items = _indicator.Points is ChecklistPoints list ? [.. list.Items.Select(ItemParts.Of)] : [];
        Maximum = new Bilingual(
            $"可得满分 {Bare(_indicator.Max)} 分", $"the maximum of {NumberText.EnglishPoints(Bare(_indicator.Max))}");
        PointsText = PointsTextOf();
        Levers = [.. compiled.InputCodes.Select(LeverOf).OfType<Lever>()];
        _bands = _indicator.Points is BandPoints bands
            ? [.. bands.Bands.Select(band => (scheme.IsFixed(band.When), (BandParts?)null))]
            : [];
        _pointsOverValue = new(PointsOverValueOf);
        _value = Templates(_indicator.Value, Head);
        if (_indicator.Points is FormulaPoints formula) _points = Templates(formula.Formula, new("；得分 = ", "; points = "));
    }

    /// <summary>Ends the clause of the value.</summary>
    public static Bilingual Then { get; } = new("；", "; ");

    /// <summary>The maximum in figures.</summary>
    public string Max { get; }

    /// <summary>Nothing and the maximum, which points that are rounded must not seem to reach.</summary>
    public decimal[] Ends { get; }

    /// <summary>What follows the points earned: out of how many.</summary>
    public Bilingual OutOf { get; }

    /// <summary>The same where the noun is plural whatever the maximum.</summary>
    public Bilingual OutOfBare { get; }

    /// <summary>Out of how many, and the end of the sentence.</summary>
    public Bilingual End { get; }

    /// <summary>The same where the noun is plural whatever the maximum.</summary>
    public Bilingual EndBare { get; }

    /// <summary>How every sentence begins: id, name, colon.</summary>
    public Bilingual Head { get; }

    /// <summary>How it ends: the article in brackets, full stop.</summary>
    public Bilingual Tail { get; }

    /// <summary>A value that is one metric as it is: the metric's name, empty where the indicator is called the same.
    /// Null for every other value.</summary>
    public Bilingual? ByItself { get; }

    /// <summary>Semicolon and goalposts, up to the points they give.</summary>
    public Bilingual? Posts { get; }

    /// <summary>The items of a checklist.</summary>
    public IReadOnlyList<ItemParts> Items { get; }

    /// <summary>The maximum as what a change would lead to.</summary>
    public Bilingual Maximum { get; }

    /// <summary>The points rule as text where it is the same for every unit, else null.</summary>
    public string? PointsText { get; }

    /// <summary>The metrics that may move the value, in the order of the inputs.</summary>
    public IReadOnlyList<Lever> Levers { get; }

    /// <summary>The points of a formula over the value alone, or null where they depend on more.</summary>
    public Affine? PointsOverValue => _pointsOverValue.Value;

    /// <summary>Head and the formula of the value in words.</summary>
    public FormulaTemplate? Value(Language language) => language == Language.Zh ? _value.Zh : _value.En;

    /// <summary>Semicolon and the formula of the points in words.</summary>
    public FormulaTemplate? Points(Language language) => language == Language.Zh ? _points.Zh : _points.En;

    /// <summary>What a band says and gives; made anew where its condition depends on the unit.</summary>
    public BandParts Band(int at, FeelValue[] slots)
    {
        ref var band = ref _bands[at];
        if (band.Parts is { } known) return known;
        var parts = new BandParts(_scheme, slots, _indicator, ((BandPoints)_indicator.Points).Bands[at], this);
        if (band.Fixed) band.Parts = parts;
        return parts;
    }

    private Bilingual? NamedAlone()
    {
        if (_indicator.Value.Expression.Root is not FeelName { Name: var code }) return null;
        if (_scheme.Named(code)?.Name is not { } label) return null;
        return new Bilingual(
            label.Zh == _indicator.Name.Zh ? "" : label.Zh,
            label.En == _indicator.Name.En ? "" : FormulaWords.LowerFirst(label.En));
    }

    private (FormulaTemplate? Zh, FormulaTemplate? En) Templates(Formula formula, Bilingual before) => (
        FormulaWords.Template(_scheme, Language.Zh, formula.Expression, before.Zh),
        FormulaWords.Template(_scheme, Language.En, formula.Expression, before.En));

    private static Bilingual Joined(Bilingual first, Bilingual second) => new(first.Zh + second.Zh, first.En + second.En);

    private Bilingual PostsOf(GoalpostPoints posts)
    {
        string At(decimal post, Language language) =>
            NumberText.With(NumberText.Threshold(post, _indicator.Unit), _indicator.Unit, language);
        var (zero, full) = (At(posts.Zero, Language.Zh), At(posts.Full, Language.Zh));
        return new Bilingual(
            $"；{NumberText.Then(zero, "计 0 分")}，{NumberText.Then(full, "计满分")}，其间按比例得 ",
            $"; linear from {At(posts.Zero, Language.En)} (nothing) to {At(posts.Full, Language.En)} (everything), "
            + "which gives ");
    }

    private string? PointsTextOf() => _indicator.Points switch
    {
        FormulaPoints formula => formula.Formula.Text,
        GoalpostPoints posts => $"{Bare(posts.Zero)} -> 0; {Bare(posts.Full)} -> {Bare(_indicator.Max)}",
        ChecklistPoints list => string.Join("; ", list.Items.Select(item => $"{item.When.Text} -> {Bare(item.Points)}")),
        PanelPoints panel =>
            $"{panel.Combine} [{Bare(panel.Minimum)}..{Bare(panel.Maximum)}] -> {Bare(_indicator.Max)}",
        _ => null,
    };

    private Lever? LeverOf(string code) =>
        _scheme.Rules.Metrics.TryGetValue(code, out var metric) && metric.ResourceList is null
        && _scheme.Layout.IndexOf(code) is >= 0 and var slot
            ? new Lever(metric, slot, new Affine(_scheme, _indicator.Value.Expression, code))
            : null;

    private Affine? PointsOverValueOf() =>
        _indicator.Points is FormulaPoints { Formula.Expression: var expression }
        && expression.FreeNames.All(name => name == CompiledScheme.ValueName || _scheme.Scheme.Parameters.ContainsKey(name))
            ? new Affine(_scheme, expression, CompiledScheme.ValueName)
            : null;

    private static string Bare(decimal number) => NumberText.Plain(number, 0, CompiledPoints.Decimals);
}

/// <summary>What a band says.</summary>
internal sealed class BandParts
{
    public BandParts(CompiledScheme scheme, FeelValue[] slots, Indicator indicator, Band band, IndicatorParts parts)
    {
        var zh = ConditionWords.Of(scheme, slots, Language.Zh, band.When, indicator.Unit);
        var en = ConditionWords.Of(scheme, slots, Language.En, band.When, indicator.Unit);
        var points = NumberText.Plain(band.Points, 0, CompiledPoints.Decimals);
        var earned = NumberText.Points(band.Points, indicator.Max).ToString();
        Text = $"{band.When.Text} -> {points}";
        Gives = new Bilingual(
            $"；{NumberText.Then(zh, $"得 {earned}{parts.OutOf.Zh}")}", $"; {en} gives {earned}{parts.OutOf.En}");
        End = new Bilingual(Gives.Zh + parts.Tail.Zh, Gives.En + parts.Tail.En);
        Next = new Bilingual(
            $"可进入下一档（{zh}，得 {points} 分）", $"the next band ({en}: {NumberText.EnglishPoints(points)})");
        Answer = new Bilingual(
            $"答复{zh}可得 {points} 分。", $"An answer of {en} would give {NumberText.EnglishPoints(points)}.");
        Intervals = ConditionEdges.Intervals(scheme, slots, band.When);
        var tests = scheme.Tests(band.When);
        Holds = (value, facts) => tests.Test(value, facts) == true;
    }

    /// <summary>Condition and points as text.</summary>
    public string Text { get; }

    /// <summary>Semicolon, the condition and what it gives.</summary>
    public Bilingual Gives { get; }

    /// <summary>The same and the end of the sentence.</summary>
    public Bilingual End { get; }

    /// <summary>The band as what a change would lead to.</summary>
    public Bilingual Next { get; }

    /// <summary>The advice to give its answer.</summary>
    public Bilingual Answer { get; }

    /// <summary>The intervals of its condition.</summary>
    public ConditionEdges.Interval[] Intervals { get; }

    /// <summary>Whether a value lies in it.</summary>
    public Func<decimal, FeelValue[], bool> Holds { get; }
}

/// <summary>What an item of a checklist says.</summary>
/// <param name="Listed">Name and points, in a list.</param>
/// <param name="Alone">Name in quotes, where it is the only item.</param>
/// <param name="First">The advice to meet it, as a sentence begins.</param>
/// <param name="Further">The same within a sentence.</param>
internal sealed record ItemParts(Bilingual Listed, Bilingual Alone, Bilingual First, Bilingual Further)
{
    public static ItemParts Of(ChecklistItem item)
    {
        var (name, points) = (item.Name, NumberText.Plain(item.Points, 0, CompiledPoints.Decimals));
        var zh = $"满足“{name.Zh}”可再得 {points} 分";
        var en = $"meeting \"{name.En}\" gives {points} more {(item.Points == 1m ? "point" : "points")}";
        return new ItemParts(
            new Bilingual($"{name.Zh}（{points} 分）", $"{FormulaWords.LowerFirst(name.En)} ({points})"),
            new Bilingual($"“{name.Zh}”", $"\"{name.En}\""),
            new Bilingual(zh, char.ToUpperInvariant(en[0]) + en[1..]),
            new Bilingual(zh, en));
    }
}
