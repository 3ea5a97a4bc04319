namespace Evaluation.Rules.Allocation;

/// <summary>A scenario asks for something that is not there or cannot be: says what is wrong and what to write
/// instead.</summary>
/// <param name="setting">The setting that is wrong, or null where several are together.</param>
/// <param name="reason">What is wrong and how to mend it, in both languages.</param>
public sealed class ScenarioException(string? setting, Bilingual reason) : ArgumentException(reason.En)
{
    /// <summary>The setting that is wrong, or null where several are together.</summary>
    public string? Setting { get; } = setting;

    /// <summary>What is wrong and how to mend it, in both languages.</summary>
    public Bilingual Reason { get; } = reason;
}
