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
public readonly record struct LedgerInput
{
    private readonly InputHeading _heading;

    /// <summary>A value put in.</summary>
    /// <param name="code">Metric or parameter code.</param>
    /// <param name="name">Its name in both languages.</param>
    /// <param name="value">The value; for a resource list's metric, the FEEL list of values.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="provenance">Where it came from, or null for a parameter.</param>
    public LedgerInput(string code, Bilingual name, FeelValue value, UnitOfMeasure unit, Provenance? provenance)
        : this(new InputHeading(code, name, unit), value, provenance)
    {
    }

    internal LedgerInput(InputHeading heading, in FeelValue value, Provenance? provenance) =>
        (_heading, Value, Provenance) = (heading, value, provenance);

    /// <summary>Metric or parameter code.</summary>
    public string Code => _heading.Code;

    /// <summary>Its name in both languages.</summary>
    public Bilingual Name => _heading.Name;

    /// <summary>The value; for a resource list's metric, the FEEL list of values.</summary>
    public FeelValue Value { get; }

    /// <summary>Its unit.</summary>
    public UnitOfMeasure Unit => _heading.Unit;

    /// <summary>Where it came from, or null for a parameter.</summary>
    public Provenance? Provenance { get; }
}

/// <summary>What is read of an input whatever the unit.</summary>
/// <param name="Code">Metric or parameter code.</param>
/// <param name="Name">Its name in both languages.</param>
/// <param name="Unit">Its unit of measure.</param>
internal sealed record InputHeading(string Code, Bilingual Name, UnitOfMeasure Unit);

/// <summary>What a line says whatever the unit.</summary>
/// <param name="Id">Indicator or judgement id.</param>
/// <param name="Kind">What the line records.</param>
/// <param name="Block">Block id, or empty for a judgement.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Formula">The FEEL text of the value.</param>
/// <param name="Source">Article.</param>
internal sealed record LineHeading(
    string Id, LedgerLineKind Kind, string Block, Bilingual Name, UnitOfMeasure Unit, string Formula, Source Source);

/// <summary>What became of an indicator or a judgement, where it is not a sheet that knows it.</summary>
/// <param name="Outcome">What is recorded.</param>
/// <param name="Value">The value found.</param>
/// <param name="RawPoints">Points before re-scaling.</param>
/// <param name="RawMax">Maximum before re-scaling.</param>
internal sealed record LineFinding(string Outcome, FeelValue? Value, decimal RawPoints, decimal RawMax);

/// <summary>
/// One line of the points ledger. The points of all lines sum to the total, in decimal, always. The sentence belongs to
/// the score: a line keeps what was put in and makes its words from it when they are first read, by one pure function,
/// so that they are the same whenever and wherever that is. Immutable to its readers and safe to share between threads.
/// </summary>
public sealed record LedgerLine
{
    // Says that there are no words about more, which null cannot: null is what has not been made yet.
    private static readonly Bilingual Nothing = new("", "");

    private readonly LineHeading _heading;
    private readonly SheetWords? _words;
    private readonly LineFinding? _finding;
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
        _heading = new LineHeading(id, kind, block, name, unit, formula, source);
        _finding = new LineFinding(outcome, value, rawPoints, rawMax);
        (Points, Max) = (points, max);
        (_pointsText, _inputs, _because, _more) = (pointsText, inputs, because, more ?? Nothing);
    }

    /// <summary>A line of a sheet, whose words are made when somebody reads them.</summary>
    internal LedgerLine(LineHeading heading, SheetWords words, int place, decimal points, decimal max) =>
        (_heading, _words, _place, Points, Max) = (heading, words, place, points, max);

    /// <summary>Indicator or judgement id: a line can be pointed at.</summary>
    public string Id => _heading.Id;

    /// <summary>What it records.</summary>
    public LedgerLineKind Kind => _heading.Kind;

    /// <summary>Block id, or empty for a judgement.</summary>
    public string Block => _heading.Block;

    /// <summary>Name in both languages.</summary>
    public Bilingual Name => _heading.Name;

    /// <summary><c>Scored</c>, <c>Withheld</c>, <c>NotApplicable</c>, or <c>Judgement</c>.</summary>
    public string Outcome => _finding is { } known ? known.Outcome
        : Verdict.IsScored ? nameof(Scored) : Verdict.Applies ? nameof(Withheld) : nameof(NotApplicable);

    /// <summary>The value found, or null where there is none (never FEEL null).</summary>
    public FeelValue? Value => _finding is { } known ? known.Value
        : Verdict.Value.IsNull ? (FeelValue?)null : Verdict.Value;

    /// <summary>Unit of the value.</summary>
    public UnitOfMeasure Unit => _heading.Unit;

    /// <summary>Points that enter the total; 0 when nothing was scored.</summary>
    public decimal Points { get; init; }

    /// <summary>Most points this line could have (after re-scaling); 0 for what does not apply and for
    /// judgements.</summary>
    public decimal Max { get; }

    /// <summary>Points before re-scaling.</summary>
    public decimal RawPoints => _finding is { } known ? known.RawPoints : Verdict.IsScored ? Verdict.Points : 0m;

    /// <summary>Maximum before re-scaling.</summary>
    public decimal RawMax => _finding is { } known ? known.RawMax : Verdict.Applies ? _words!.Max(_place) : 0m;

    /// <summary>The FEEL text of the value.</summary>
    public string Formula => _heading.Formula;

    /// <summary>
    /// The points rule as text: the deciding band, the formula, the goalposts; of what is not scored the reason's code
    /// (<c>missing:metric_code</c>).
    /// </summary>
    public string PointsText => _pointsText ??= _words!.PointsText(_place);

    /// <summary>Values put in, with their records.</summary>
    public IReadOnlyList<LedgerInput> Inputs => _inputs ??= _words!.Inputs(_place);

    /// <summary>Article.</summary>
    public Source Source => _heading.Source;

    /// <summary>The sentence.</summary>
    public Bilingual Because => _because ??= _words!.Because(_place, Points, Max);

    /// <summary>What would have given more (the next better band and the distance), or null at the maximum.</summary>
    public Bilingual? More
    {
        get
        {
            var more = _more ??= _words!.More(_place) ?? Nothing;
            return ReferenceEquals(more, Nothing) ? null : more;
        }
    }

    private ref readonly Verdict Verdict => ref _words!.Verdict(_place);

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
