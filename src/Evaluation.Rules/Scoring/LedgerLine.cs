using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>What a ledger line records.</summary>
public enum LedgerLineKind
{
    /// <summary>An indicator.</summary>
    Indicator,

    /// <summary>A judgement that held.</summary>
    Judgement,
}

/// <summary>A value that was put into a formula.</summary>
/// <param name="Code">Metric or parameter code.</param>
/// <param name="Name">Its name in both languages.</param>
/// <param name="Value">The value; for a resource list's metric, the FEEL list of values.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Provenance">Where it came from, or null for a parameter.</param>
public sealed record LedgerInput(
    string Code, Bilingual Name, FeelValue Value, UnitOfMeasure Unit, Provenance? Provenance);

/// <summary>
/// One line of the points ledger. The points of all lines sum to the total, in decimal, always. The sentence belongs to
/// the score: a line keeps what was put in and makes its words from it when they are first read, by one pure function,
/// so that they are the same whenever and wherever that is. Immutable to its readers and safe to share between threads.
/// </summary>
public sealed record LedgerLine
{
    // Says that there are no words about more, which null cannot: null is what has not been made yet.
    private static readonly Bilingual Nothing = new("", "");

    private readonly SheetWords? _words;
    private readonly int _place;
    private string? _pointsText;
    private IReadOnlyList<LedgerInput>? _inputs;
    private Bilingual? _because;
    private Bilingual? _more;

    /// <summary>A line whose words are known.</summary>
    public LedgerLine(
        string id, LedgerLineKind kind, string block, Bilingual name, string outcome, FeelValue? value,
        UnitOfMeasure unit, decimal points, decimal max, decimal rawPoints, decimal rawMax, string formula,
        string pointsText, IReadOnlyList<LedgerInput> inputs, Source source, Bilingual because, Bilingual? more)
    {
        (Id, Kind, Block, Name, Outcome, Value, Unit) = (id, kind, block, name, outcome, value, unit);
        (Points, Max, RawPoints, RawMax) = (points, max, rawPoints, rawMax);
        (Formula, Source) = (formula, source);
        (_pointsText, _inputs, _because, _more) = (pointsText, inputs, because, more ?? Nothing);
    }

    /// <summary>A line of a sheet, whose words are made when somebody reads them.</summary>
    internal LedgerLine(SheetWords words, int place, decimal points, decimal max)
    {
        (_words, _place) = (words, place);
        var (compiled, verdict) = words.At(place);
        var indicator = compiled.Indicator;
        (Id, Kind, Block, Name) = (indicator.Id, LedgerLineKind.Indicator, compiled.Block.Id, indicator.Name);
        Outcome = verdict.IsScored ? nameof(Scored) : verdict.Applies ? nameof(Withheld) : nameof(NotApplicable);
        Value = verdict.Value.IsNull ? (FeelValue?)null : verdict.Value;
        Unit = indicator.Unit;
        (Points, Max) = (points, max);
        RawPoints = verdict.IsScored ? verdict.Points : 0m;
        RawMax = verdict.Applies ? indicator.Max : 0m;
        (Formula, Source) = (indicator.Value.Text, indicator.Source);
    }

    /// <summary>Indicator or judgement id: a line can be pointed at.</summary>
    public string Id { get; init; }

    /// <summary>What it records.</summary>
    public LedgerLineKind Kind { get; init; }

    /// <summary>Block id, or empty for a judgement.</summary>
    public string Block { get; init; }

    /// <summary>Name in both languages.</summary>
    public Bilingual Name { get; init; }

    /// <summary><c>Scored</c>, <c>Withheld</c>, <c>NotApplicable</c>, or <c>Judgement</c>.</summary>
    public string Outcome { get; init; }

    /// <summary>The value found, or null where there is none (never FEEL null).</summary>
    public FeelValue? Value { get; init; }

    /// <summary>Unit of the value.</summary>
    public UnitOfMeasure Unit { get; init; }

    /// <summary>Points that enter the total; 0 when nothing was scored.</summary>
    public decimal Points { get; init; }

    /// <summary>Most points this line could have (after re-scaling); 0 for what does not apply and for
    /// judgements.</summary>
    public decimal Max { get; init; }

    /// <summary>Points before re-scaling.</summary>
    public decimal RawPoints { get; init; }

    /// <summary>Maximum before re-scaling.</summary>
    public decimal RawMax { get; init; }

    /// <summary>The FEEL text of the value.</summary>
    public string Formula { get; init; }

    /// <summary>
    /// The points rule as text: the deciding band, the formula, the goalposts; of what is not scored the reason's code
    /// (<c>missing:metric_code</c>).
    /// </summary>
    public string PointsText
    {
        get => _pointsText ??= _words!.PointsText(_place);
        init => _pointsText = value;
    }

    /// <summary>Values put in, with their records.</summary>
    public IReadOnlyList<LedgerInput> Inputs
    {
        get => _inputs ??= _words!.Inputs(_place);
        init => _inputs = value;
    }

    /// <summary>Article.</summary>
    public Source Source { get; init; }

    /// <summary>The sentence.</summary>
    public Bilingual Because
    {
        get => _because ??= _words!.Because(_place, Points, Max);
        init => _because = value;
    }

    /// <summary>What would have given more (the next better band and the distance), or null at the maximum.</summary>
    public Bilingual? More
    {
        get
        {
            var more = _more ??= _words!.More(_place) ?? Nothing;
            return ReferenceEquals(more, Nothing) ? null : more;
        }

        init => _more = value ?? Nothing;
    }

    /// <summary>Two lines are equal when everything they say is.</summary>
    public bool Equals(LedgerLine? other) =>
        ReferenceEquals(this, other) || (other is not null
            && (Id, Kind, Block, Outcome, Formula) == (other.Id, other.Kind, other.Block, other.Outcome, other.Formula)
            && (Points, Max, RawPoints, RawMax) == (other.Points, other.Max, other.RawPoints, other.RawMax)
            && (Name, Unit, Source, PointsText) == (other.Name, other.Unit, other.Source, other.PointsText)
            && Nullable.Equals(Value, other.Value)
            && (Because, More) == (other.Because, other.More)
            && Inputs.SequenceEqual(other.Inputs));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Kind, Outcome, Points, Max);
}
