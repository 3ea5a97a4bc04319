namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>One small change of a formula's text.</summary>
/// <param name="Offset">Where, from 0.</param>
/// <param name="Length">How many characters give way.</param>
/// <param name="By">What stands there instead.</param>
/// <param name="Needs">A code the changed formula uses that the indicator may not list, or null.</param>
internal sealed record FormulaEdit(int Offset, int Length, string By, string? Needs = null)
{
    /// <summary>The formula with the change made.</summary>
    public string In(string text) => string.Concat(text.AsSpan(0, Offset), By, text.AsSpan(Offset + Length));
}
