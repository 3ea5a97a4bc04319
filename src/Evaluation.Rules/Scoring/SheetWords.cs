using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// What the words of one unit's ledger are made of: its facts as the formulas saw them and what became of every
/// indicator. Nothing here changes after scoring, so the words are the same whenever they are made, and by whichever
/// thread.
/// </summary>
/// <param name="scheme">The scheme.</param>
/// <param name="facts">The unit's facts, for the records behind them.</param>
/// <param name="slots">The facts in the scheme's layout; never written to.</param>
/// <param name="verdicts">What became of each indicator.</param>
/// <param name="scale">Whether and why weights were re-scaled.</param>
internal sealed class SheetWords(
    CompiledScheme scheme, UnitFacts facts, FeelValue[] slots, Verdict[] verdicts, Scale scale)
{
    public (CompiledIndicator Indicator, Verdict Verdict) At(int place) => (scheme.Indicators[place], verdicts[place]);

    // Words are made from a copy of the facts, into which the value found is put; a thread needs one at a time.
    [ThreadStatic]
    private static FeelValue[]? _spare;

    public string PointsText(int place) => With(place, static (words, _) => words.PointsText(), 0);

    public Bilingual Because(int place, decimal points, decimal max) =>
        With(place, static (words, line) => words.Because(line.scale, line.points, line.max), (scale, points, max));

    public Bilingual? More(int place) => With(place, static (words, _) => words.More(), 0);

    public IReadOnlyList<LedgerInput> Inputs(int place)
    {
        var codes = scheme.Indicators[place].InputCodes;
        var inputs = new List<LedgerInput>(codes.Count);
        foreach (var code in codes)
        {
            if (scheme.Named(code) is not { } named) continue;
            inputs.Add(new LedgerInput(
                code, named.Name, ValueOf(code), named.Unit, facts.Provenance.GetValueOrDefault(code)));
        }

        return inputs;
    }

    private TResult With<TState, TResult>(int place, Func<IndicatorWords, TState, TResult> make, TState state)
    {
        var own = _spare?.Length == slots.Length ? _spare : new FeelValue[slots.Length];
        _spare = null;
        Array.Copy(slots, own, slots.Length);
        scheme.SetValue(own, verdicts[place].Value);
        var made = make(new IndicatorWords(scheme, scheme.Indicators[place], own, verdicts[place]), state);
        Array.Clear(own);
        _spare = own;
        return made;
    }

    private FeelValue ValueOf(string code)
    {
        if (scheme.Rules.Metrics.TryGetValue(code, out var metric) && metric.ResourceList is { } list)
        {
            var resources = slots[scheme.Layout.IndexOf(list)];
            return resources.Kind != FeelKind.List
                ? FeelValue.Null
                : FeelValue.List([.. resources.AsList().Select(resource =>
                    resource.Kind == FeelKind.Context ? resource.AsContext()[metric.ShortCode] : FeelValue.Null)]);
        }

        var slot = scheme.Layout.IndexOf(code);
        return slot < 0 ? FeelValue.Null : slots[slot];
    }
}
