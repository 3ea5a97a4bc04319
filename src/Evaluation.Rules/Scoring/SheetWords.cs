using System.Collections;
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
    [ThreadStatic]
    private static Desk? _desk;

    private IReadOnlyDictionary<string, Provenance> Records => facts.Provenance;

    /// <summary>What became of an indicator.</summary>
    public ref readonly Verdict Verdict(int place) => ref verdicts[place];

    /// <summary>The maximum of an indicator that applies, before re-scaling.</summary>
    public decimal Max(int place) => scheme.Indicators[place].Indicator.Max;

    public string PointsText(int place) =>
        verdicts[place].Finding == Finding.Scored && scheme.Indicators[place].Parts.PointsText is { } always
            ? always
            : Words(place, Desk.Mine).PointsText();

    public Bilingual Because(int place, decimal points, decimal max)
    {
        var desk = Desk.Mine;
        desk.Text.Cut(0);
        return Words(place, desk).Because(desk.Text, scale, points, max);
    }

    public Bilingual? More(int place) => Words(place, Desk.Mine).More();

    public IReadOnlyList<LedgerInput> Inputs(int place) => new InputView(this, scheme.Indicators[place].Inputs);

    private IndicatorWords Words(int place, Desk desk)
    {
        var copy = desk.CopyOf(slots);
        scheme.SetValue(copy, verdicts[place].Value);
        return new IndicatorWords(scheme, scheme.Indicators[place], copy, in verdicts[place]);
    }

    private FeelValue ValueOf(CompiledIndicator.Input input)
    {
        if (input.Slot < 0) return FeelValue.Null;
        return input.Member is { } member ? ValuesIn(slots[input.Slot], member) : slots[input.Slot];
    }

    // Of a resource list, the value of each resource.
    private static FeelValue ValuesIn(FeelValue list, string member) => list.Kind != FeelKind.List
        ? FeelValue.Null
        : FeelValue.List([.. list.AsList().Select(resource =>
            resource.Kind == FeelKind.Context ? resource.AsContext()[member] : FeelValue.Null)]);

    /// <summary>What an indicator read, put together where it is looked at: facts stand in the sheet already.</summary>
    private sealed class InputView(SheetWords sheet, CompiledIndicator.Input[] read) : IReadOnlyList<LedgerInput>
    {
        public int Count => read.Length;

        public LedgerInput this[int index]
        {
            get
            {
                var input = read[index];
                sheet.Records.TryGetValue(input.Heading.Code, out var provenance);
                return new LedgerInput(input.Heading, sheet.ValueOf(input), provenance);
            }
        }

        public IEnumerator<LedgerInput> GetEnumerator()
        {
            for (var i = 0; i < read.Length; i++) yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>What a thread writes with.</summary>
    private sealed class Desk
    {
        private FeelValue[]? _of;
        private FeelValue[] _copy = [];

        /// <summary>This thread's.</summary>
        public static Desk Mine => _desk ??= new Desk();

        /// <summary>Where sentences are written.</summary>
        public SentenceWriter Text { get; } = SentenceWriter.Start();

        /// <summary>
        /// A copy of a unit's facts, into which the value found is put and, for a moment, what is tried. Lines of one
        /// unit are read together: the copy stays for the next of them.
        /// </summary>
        public FeelValue[] CopyOf(FeelValue[] slots)
        {
            if (ReferenceEquals(_of, slots)) return _copy;
            if (_copy.Length != slots.Length) _copy = new FeelValue[slots.Length];
            slots.CopyTo(_copy, 0);
            _of = slots;
            return _copy;
        }
    }
}
