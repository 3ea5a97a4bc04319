using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>
/// One unit's award with its own ledger. The words belong to the award: they are made from what it was computed from when
/// they are first read, by one pure function, so that they are the same whenever and wherever that is.
/// </summary>
public sealed record Award
{
    private readonly AwardWords? _words;
    private readonly int _place;
    private IReadOnlyList<AwardLine>? _lines;
    private IReadOnlyList<Instalment>? _instalments;
    private Bilingual? _because;

    /// <summary>An award whose words are known.</summary>
    /// <param name="unit">Unit id.</param>
    /// <param name="pool">Pool it is paid from.</param>
    /// <param name="grade">Grade id, or null.</param>
    /// <param name="base">Base amount of the grade in yuan, or what the basis formula gives.</param>
    /// <param name="coefficient">Coefficient.</param>
    /// <param name="basis">Base × coefficient, through the scale where there is one.</param>
    /// <param name="bound">Which bound held the award, or empty.</param>
    /// <param name="exact">The award before rounding, in yuan, to 12 decimals.</param>
    /// <param name="amount">The award.</param>
    /// <param name="because">The sentence.</param>
    public Award(
        string unit, string pool, string? grade, decimal @base, decimal coefficient, decimal basis, string bound,
        decimal exact, Money amount, Bilingual because)
    {
        (Unit, Pool, Grade, Base, Coefficient, Basis) = (unit, pool, grade, @base, coefficient, basis);
        (Bound, Exact, Amount, _because) = (bound, exact, amount, because);
        (_lines, _instalments) = ([], []);
    }

    /// <summary>An award whose words are made when somebody reads them.</summary>
    internal Award(AwardWords words, int place)
    {
        (_words, _place) = (words, place);
        var claim = words.ClaimAt(place);
        (Unit, Pool, Grade, Base, Coefficient, Basis) =
            (claim.Unit, words.Pool.Id, claim.Grade, claim.Base, claim.Coefficient, claim.Basis);
        (Bound, Exact, Amount) = (words.BoundAt(place), words.ExactAt(place), words.AmountAt(place));
        Figures = claim.Figures;
    }

    /// <summary>Unit id.</summary>
    public string Unit { get; init; }

    /// <summary>Pool it is paid from.</summary>
    public string Pool { get; init; }

    /// <summary>Grade id, or null.</summary>
    public string? Grade { get; init; }

    /// <summary>Base amount of the grade in yuan, or what the basis formula gives.</summary>
    public decimal Base { get; init; }

    /// <summary>Coefficient.</summary>
    public decimal Coefficient { get; init; }

    /// <summary>Base × coefficient, through the scale where there is one: what the pot is shared by.</summary>
    public decimal Basis { get; init; }

    /// <summary><c>floor</c>, <c>guarantee</c>, <c>band_low</c>, <c>cap</c>, <c>band_high</c>, <c>threshold</c>,
    /// <c>exit</c> or empty: what held the award.</summary>
    public string Bound { get; init; }

    /// <summary>The award before rounding, in yuan, to 12 decimals.</summary>
    public decimal Exact { get; init; }

    /// <summary>The award.</summary>
    public Money Amount { get; init; }

    /// <summary>Figures of the unit, shown with the award.</summary>
    public IReadOnlyList<FigureValue> Figures { get; init; } = [];

    /// <summary>The ledger: lines that add up to the award.</summary>
    public IReadOnlyList<AwardLine> Lines
    {
        get => _lines ??= _words!.LinesAt(_place);
        init => _lines = value;
    }

    /// <summary>The payments of the award; none where the policy has no payment plan or nothing is awarded.</summary>
    public IReadOnlyList<Instalment> Instalments
    {
        get => _instalments ??= _words!.InstalmentsAt(_place);
        init => _instalments = value;
    }

    /// <summary>The sentence.</summary>
    public Bilingual Because
    {
        get => _because ??= _words!.BecauseAt(_place);
        init => _because = value;
    }

    /// <summary>Two awards are equal when everything they say is.</summary>
    public bool Equals(Award? other) =>
        ReferenceEquals(this, other) || (other is not null
            && (Unit, Pool, Grade, Bound) == (other.Unit, other.Pool, other.Grade, other.Bound)
            && (Base, Coefficient, Basis, Exact, Amount) == (other.Base, other.Coefficient, other.Basis, other.Exact, other.Amount)
            && Because == other.Because
            && Lines.SequenceEqual(other.Lines)
            && Instalments.SequenceEqual(other.Instalments)
            && Figures.SequenceEqual(other.Figures));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Unit, Pool, Amount);
}
