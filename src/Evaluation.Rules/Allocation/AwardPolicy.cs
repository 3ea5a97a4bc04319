using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Allocation;

/// <summary>How exact shares become payable amounts.</summary>
public enum RoundingMethod
{
    /// <summary>Every share down to the unit, then one unit more in order of the largest remainders: sums exactly to
    /// the pot.</summary>
    LargestRemainder,

    /// <summary>Each on its own, half up; the residual is disclosed.</summary>
    HalfUp,

    /// <summary>Each on its own, down; the residual is disclosed.</summary>
    Down,

    /// <summary>Running sums from the top are rounded half up and each unit gets the difference: sums to the rounded
    /// whole.</summary>
    Cumulative,

    /// <summary>D'Hondt's divisors 1, 2, 3 …: sums exactly to the pot, fractions favour the large.</summary>
    DHondt,

    /// <summary>Sainte-Laguë's divisors 1, 3, 5 …: sums exactly to the pot.</summary>
    SainteLague,

    /// <summary>Huntington and Hill's divisors √(n(n+1)): sums exactly to the pot, nobody with a claim gets
    /// nothing.</summary>
    HuntingtonHill,

    /// <summary>Balinski and Young's quota method: D'Hondt, but never above a share rounded up.</summary>
    Quota,
}

/// <summary>What becomes of a pot: how far the amounts of a policy are scaled to it.</summary>
public enum SpendRule
{
    /// <summary>One rate for everybody spends the pot; where all are at their caps the rest is left and named.</summary>
    UpToCaps,

    /// <summary>One rate for everybody spends the pot; a pot that caps cannot spend stops the run.</summary>
    All,

    /// <summary>Amounts are paid as computed while the pot lasts; else all of them are cut by one rate.</summary>
    AsNeeded,

    /// <summary>Amounts are paid as computed; a pot, where there is one, limits their sum or the run stops.</summary>
    AsComputed,

    /// <summary>Amounts are paid as computed and must add up to the pot, or the run stops.</summary>
    Exactly,
}

/// <summary>The amount a grade stands for before scaling to the pot; grades not named get nothing.</summary>
/// <param name="Grade">Grade id, or the last key of a table with several.</param>
/// <param name="Amount">Base amount in yuan.</param>
public sealed record GradeAmount(string Grade, decimal Amount)
{
    /// <summary>The keys above it in a table by class and tier, e.g. <c>large</c>; usually none.</summary>
    public IReadOnlyList<string> Within { get; init; } = [];

    /// <summary>All keys, outermost first.</summary>
    public IEnumerable<string> Keys => Within.Append(Grade);
}

/// <summary>A condition a unit must meet to take part.</summary>
/// <param name="When">FEEL; true lets the unit take part.</param>
/// <param name="Otherwise">The reason shown to a unit that does not meet it.</param>
public sealed record AwardCondition(Formula When, Bilingual Otherwise);

/// <summary>A step of a marginal scale: the rate of the part of a basis above a threshold, up to the next one.</summary>
/// <param name="Above">FEEL over parameters: the threshold.</param>
/// <param name="Rate">FEEL over parameters: the rate of the part above it.</param>
public sealed record ScaleStep(Formula Above, Formula Rate);

/// <summary>Year-on-year band: an award stays between two multiples of an earlier one.</summary>
/// <param name="Low">FEEL: the least multiple, or null for none.</param>
/// <param name="High">FEEL: the greatest multiple, or null for none.</param>
/// <param name="Of">FEEL: the earlier award, in yuan; a unit for which it is null or 0 has no band.</param>
public sealed record AwardBand(Formula? Low, Formula? High, Formula Of);

/// <summary>
/// How one pot is shared. The basis of a unit is base(grade) × coefficient or a formula; what it gets is first + clamp(λ
/// × basis, floor, cap) with the one λ that the rule of spending asks for; rounded once, by the declared method.
/// </summary>
/// <param name="Pool">The pool of <c>cycle.yaml</c> it spends, or its own id in a policy file.</param>
/// <param name="Amounts">Base amount by grade, or by the keys of <see cref="By"/>.</param>
/// <param name="Coefficient">FEEL over facts and <c>card</c>, or null for 1.</param>
/// <param name="Floor">Least award of a unit that gets one, in yuan (FEEL), or null.</param>
/// <param name="Cap">Greatest award, in yuan (FEEL), or null.</param>
/// <param name="RoundTo">Rounding unit in yuan: 0.01, 1, 100, 10000 …</param>
/// <param name="Rounding">Rounding method.</param>
/// <param name="Source">Document and item.</param>
/// <param name="Location">File and line.</param>
public sealed record AwardPolicy(
    string Pool,
    IReadOnlyList<GradeAmount> Amounts,
    Formula? Coefficient,
    Formula? Floor,
    Formula? Cap,
    decimal RoundTo,
    RoundingMethod Rounding,
    Source Source,
    FileLocation Location)
{
    /// <summary>The money of the household: yuan.</summary>
    public static Bilingual Yuan { get; } = new("元", "CNY");

    /// <summary>Name of the pool, or null where the cycle names it.</summary>
    public Bilingual? Name { get; init; }

    /// <summary>What amounts are counted in.</summary>
    public Bilingual Currency { get; init; } = Yuan;

    /// <summary>FEEL: the pot, in yuan, or null: the cycle's, the whole budget, or none at all.</summary>
    public Formula? Pot { get; init; }

    /// <summary>True: the pot is what the pots above it leave of the budget.</summary>
    public bool TakesRest { get; init; }

    /// <summary>FEEL: which units the pool is for, or null for all of them.</summary>
    public Formula? For { get; init; }

    /// <summary>Conditions to take part, in order; the first that is not met is the reason.</summary>
    public IReadOnlyList<AwardCondition> Eligible { get; init; } = [];

    /// <summary>FEEL giving the keys of <see cref="Amounts"/>, outermost first; empty for the grade alone.</summary>
    public IReadOnlyList<Formula> By { get; init; } = [];

    /// <summary>FEEL: the basis, in place of <see cref="Amounts"/>, or null.</summary>
    public Formula? Basis { get; init; }

    /// <summary>Marginal scale that the basis goes through, or empty.</summary>
    public IReadOnlyList<ScaleStep> Scale { get; init; } = [];

    /// <summary>FEEL: an amount taken from the pot first and paid besides the share, or null.</summary>
    public Formula? First { get; init; }

    /// <summary>FEEL: what a unit that may not take part gets, from the pot first, or null.</summary>
    public Formula? Exit { get; init; }

    /// <summary>FEEL: an amount below which the formula amount becomes 0 and returns to the pot, or null.</summary>
    public Formula? Threshold { get; init; }

    /// <summary>FEEL: the safety net, an amount no unit that takes part goes below, or null.</summary>
    public Formula? Guarantee { get; init; }

    /// <summary>Year-on-year band, or null.</summary>
    public AwardBand? Band { get; init; }

    /// <summary>What becomes of the pot.</summary>
    public SpendRule Spend { get; init; } = SpendRule.UpToCaps;

    /// <summary>Order of equal remainders; empty: the larger basis, then the unit id.</summary>
    public IReadOnlyList<TieKey> Ties { get; init; } = [];

    /// <summary>Instalments and netting, or null: one payment.</summary>
    public PaymentPlan? Payment { get; init; }

    /// <summary>Every formula that is worked out for a unit, with what it is called in messages.</summary>
    public IEnumerable<(string What, Formula Formula)> Formulas
    {
        get
        {
            if (Pot is not null) yield return ("the pot", Pot);
            if (For is not null) yield return ("'for'", For);
            foreach (var condition in Eligible) yield return ("a condition of 'eligible'", condition.When);
            foreach (var key in By) yield return ("'by'", key);
            if (Basis is not null) yield return ("the basis", Basis);
            if (Coefficient is not null) yield return ("the coefficient", Coefficient);
            foreach (var step in Scale)
            {
                yield return ("a threshold of the scale", step.Above);
                yield return ("a rate of the scale", step.Rate);
            }

            if (First is not null) yield return ("'first'", First);
            if (Exit is not null) yield return ("'exit'", Exit);
            if (Threshold is not null) yield return ("the threshold", Threshold);
            if (Floor is not null) yield return ("the floor", Floor);
            if (Cap is not null) yield return ("the cap", Cap);
            if (Guarantee is not null) yield return ("the guarantee", Guarantee);
            if (Band is { } band)
            {
                if (band.Low is not null) yield return ("the low end of the band", band.Low);
                if (band.High is not null) yield return ("the high end of the band", band.High);
                yield return ("the earlier award of the band", band.Of);
            }

            foreach (var key in Ties) yield return ("a tie key", key.By);
            if (Payment?.Clawback is { } clawback) yield return ("the claw-back", clawback);
        }
    }
}
