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

    // Words are made from a copy of the facts, into which the value found is put and, for a moment, what is tried. Lines
    // of one unit are read together: the thread keeps the copy for the next of them.
    [ThreadStatic]
    private static (FeelValue[] Slots, FeelValue[] Copy) _last;

    public string PointsText(int place) =>
        verdicts[place].Finding == Finding.Scored && scheme.Indicators[place].Parts.PointsText is { } always
            ? always
            : Words(place).PointsText();

    public Bilingual Because(int place, decimal points, decimal max) => Words(place).Because(scale, points, max);

    public Bilingual? More(int place) => Words(place).More();

    public IReadOnlyList<LedgerInput> Inputs(int place)
    {
        var read = scheme.Indicators[place].Inputs;
        var inputs = new LedgerInput[read.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var (code, name, unit, slot, member) = read[i];
            inputs[i] = new LedgerInput(
                code, name, ValueOf(slot, member), unit, facts.Provenance.GetValueOrDefault(code));
        }

        return inputs;
    }

    private IndicatorWords Words(int place)
    {
        var (of, copy) = _last;
        if (!ReferenceEquals(of, slots)) _last = (slots, copy = [.. slots]);
        scheme.SetValue(copy, verdicts[place].Value);
        return new IndicatorWords(scheme, scheme.Indicators[place], copy, verdicts[place]);
    }

    private FeelValue ValueOf(int slot, string? member)
    {
        if (slot < 0) return FeelValue.Null;
        if (member is null) return slots[slot];
        return slots[slot].Kind != FeelKind.List
            ? FeelValue.Null
            : FeelValue.List([.. slots[slot].AsList().Select(resource =>
                resource.Kind == FeelKind.Context ? resource.AsContext()[member] : FeelValue.Null)]);
    }
}
