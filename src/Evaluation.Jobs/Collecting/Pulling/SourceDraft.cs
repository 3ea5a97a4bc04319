using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>A source as a person enters or changes it; what is null stays as it is or takes its usual value.</summary>
public sealed record SourceDraft(string Code)
{
    public string? Kind { get; init; }

    public string? Address { get; init; }

    public string? Profile { get; init; }

    /// <summary>The rule folder that the profile is taken from.</summary>
    public RuleSet? Rules { get; init; }

    /// <summary>Empty takes the unit away.</summary>
    public string? Unit { get; init; }

    public string? Cron { get; init; }

    public TimeSpan? Overlap { get; init; }

    public DateTimeOffset? Since { get; init; }

    public TimeSpan? Pause { get; init; }

    public long? MostBytes { get; init; }

    /// <summary>Options by name; an empty value takes one away.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Credentials by name; an empty value takes one away.</summary>
    public IReadOnlyDictionary<string, string> Credentials { get; init; } = new Dictionary<string, string>();
}
