namespace Evaluation.Rules.Allocation;

/// <summary>What one unit claims from the pot, before anything is shared.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Grade">Grade id, or null.</param>
/// <param name="Ranked">Whether the unit takes part at all.</param>
/// <param name="Base">Base amount of the grade, in yuan; 0 where the grade gets nothing.</param>
/// <param name="Coefficient">Coefficient.</param>
/// <param name="Floor">Least award, in yuan, or null.</param>
/// <param name="Cap">Greatest award, in yuan, or null.</param>
internal sealed record Claim(
    string Unit, string? Grade, bool Ranked, decimal Base, decimal Coefficient, decimal? Floor, decimal? Cap)
{
    /// <summary>Base × coefficient, in yuan.</summary>
    public decimal Basis => Base * Coefficient;
}

/// <summary>What one unit gets.</summary>
/// <param name="Held">Which bound held it.</param>
/// <param name="Exact">Before rounding, in yuan, to twelve decimals.</param>
/// <param name="Amount">After rounding, in yuan.</param>
internal sealed record Share(ClampedShare.Held Held, decimal Exact, decimal Amount);

/// <summary>What all units get.</summary>
/// <param name="Rate">λ, the common rate, to twelve decimals; null where every unit is at its cap.</param>
/// <param name="ByUnit">Shares by unit id.</param>
internal sealed record Shares(decimal? Rate, IReadOnlyDictionary<string, Share> ByUnit)
{
    /// <summary>Nobody gets anything.</summary>
    public static Shares Nothing { get; } = new(null, new Dictionary<string, Share>());
}
