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
}

/// <summary>The amount a grade stands for before scaling to the pot; grades not named get nothing.</summary>
/// <param name="Grade">Grade id.</param>
/// <param name="Amount">Base amount in yuan.</param>
public sealed record GradeAmount(string Grade, decimal Amount);

/// <summary>
/// How one pot is shared: base(grade) × coefficient is the basis; each award is clamp(λ × basis, floor, cap) with the
/// one λ that spends the pot; rounded by the declared method.
/// </summary>
/// <param name="Pool">The pool of <c>cycle.yaml</c> it spends.</param>
/// <param name="Amounts">Base amount by grade.</param>
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
    /// <summary>Every formula of the policy.</summary>
    public IEnumerable<Formula> Formulas => new[] { Coefficient, Floor, Cap }.OfType<Formula>();
}
