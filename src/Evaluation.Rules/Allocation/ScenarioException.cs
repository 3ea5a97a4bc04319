namespace Evaluation.Rules.Allocation;

/// <summary>A scenario asks for something that is not there or cannot be: says what is wrong and what to write
/// instead.</summary>
/// <param name="setting">The setting that is wrong, or null where it is none, or several together.</param>
/// <param name="reason">What is wrong and how to mend it; goes on after the setting's name where there is one.</param>
public sealed class ScenarioException(string? setting, Bilingual reason)
    : ArgumentException(Told(setting, setting, reason).En)
{
    /// <summary>The setting that is wrong, or null where it is none, or several together.</summary>
    public string? Setting { get; } = setting;

    /// <summary>The whole sentence, the setting called by its code.</summary>
    public Bilingual Sentence { get; } = Told(setting, setting, reason);

    /// <summary>The whole sentence, the setting called by its title.</summary>
    public Bilingual SentenceOf(Bilingual title) => Setting is null ? Sentence : Told(title.Zh, title.En, reason);

    private static Bilingual Told(string? zh, string? en, Bilingual reason) =>
        zh is null ? reason : new Bilingual($"{zh} {reason.Zh}", $"{en} {reason.En}");
}
