using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>One decision of an exported model, before it is written.</summary>
/// <param name="Name">Its name, under which other decisions read it.</param>
/// <param name="Description">What it is, in both languages.</param>
/// <param name="Type">FEEL type of what it gives, or null.</param>
/// <param name="Needs">Names of the inputs and decisions it reads.</param>
internal sealed record ModelDecision(
    string Name, Bilingual Description, string? Type, IReadOnlyList<string> Needs)
{
    /// <summary>What it asks, in both languages, or null.</summary>
    public Bilingual? Question { get; init; }

    /// <summary>The answers it can give, or null where the model says nothing.</summary>
    public string? AllowedAnswers { get; init; }

    /// <summary>The articles it rests on.</summary>
    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>The FEEL expression; null where it is a table.</summary>
    public string? Text { get; init; }

    /// <summary>The decision table; null where it is an expression.</summary>
    public TableLogic? Table { get; init; }

    /// <summary>What is decided before the table is asked.</summary>
    public IReadOnlyList<(string If, string Then)> Before { get; init; } = [];

    /// <summary>Whether it calls the function of the model.</summary>
    public bool CallsPrecedes { get; init; }
}
