using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Schemes;

/// <summary>How the rules of a decision table that match make up its points (DMN 1.5, 8.2.8).</summary>
public enum TableHits
{
    /// <summary>One rule matches at most.</summary>
    Unique,

    /// <summary>All rules that match give the same points.</summary>
    Any,

    /// <summary>The rule whose points stand first in the list of output values.</summary>
    Priority,

    /// <summary>The first rule that matches.</summary>
    First,

    /// <summary>The points of all rules that match are added (<c>C+</c>).</summary>
    Sum,

    /// <summary>The least of all that match (<c>C&lt;</c>).</summary>
    Min,

    /// <summary>The greatest of all that match (<c>C&gt;</c>).</summary>
    Max,

    /// <summary>One point for each that matches (<c>C#</c>).</summary>
    Count,
}

/// <summary>An input column of a decision table.</summary>
/// <param name="Input">What is tested: FEEL over <c>value</c>, the facts and the parameters.</param>
/// <param name="Type">Name of the type the model declares, or null.</param>
/// <param name="Allowed">Values the column takes; any other earns nothing. Null where the model does not say.</param>
public sealed record TableColumn(Formula Input, string? Type, Condition? Allowed)
{
    /// <summary>The type to convert to, as the standard does it; null where none is declared.</summary>
    internal FeelType? Converts { get; init; }
}

/// <summary>One rule (row) of a decision table.</summary>
/// <param name="Number">Its number in the table, from 1.</param>
/// <param name="Tests">A condition for each column.</param>
/// <param name="Points">FEEL; gives the points.</param>
/// <param name="Note">What the table says about the rule (annotation columns <c>zh</c> and <c>en</c>), or null.</param>
/// <param name="Location">File and line of the rule.</param>
public sealed record TableRow(
    int Number, IReadOnlyList<Condition> Tests, Formula Points, Bilingual? Note, FileLocation Location);

/// <summary>A decision table drawn in a DMN modeller, as an indicator's points.</summary>
/// <param name="Decision">Name of the decision the table belongs to.</param>
/// <param name="Hits">How the rules that match make up the points.</param>
/// <param name="Columns">Input columns, left to right.</param>
/// <param name="Rows">Rules, top to bottom.</param>
/// <param name="Priorities">Points in the order of their importance; for <see cref="TableHits.Priority"/>.</param>
/// <param name="Default">Points where no rule matches, or null: then nothing is scored.</param>
/// <param name="Location">File and line of the table.</param>
public sealed record TablePoints(
    string Decision,
    TableHits Hits,
    IReadOnlyList<TableColumn> Columns,
    IReadOnlyList<TableRow> Rows,
    IReadOnlyList<Formula> Priorities,
    Formula? Default,
    FileLocation Location) : PointsRule
{
    /// <summary>Every name that inputs, conditions and points take from outside.</summary>
    public IEnumerable<string> FreeNames =>
    [
        .. Columns.SelectMany(column => column.Input.Expression.FreeNames),
        .. Rows.SelectMany(row => row.Tests).SelectMany(test => test.Tests.FreeNames),
        .. Rows.SelectMany(row => row.Points.Expression.FreeNames),
        .. Default?.Expression.FreeNames ?? Enumerable.Empty<string>(),
    ];

    /// <summary>The same with the members read of resource lists.</summary>
    public IEnumerable<string> FreePaths =>
    [
        .. Columns.SelectMany(column => column.Input.Expression.FreePaths),
        .. Rows.SelectMany(row => row.Points.Expression.FreePaths),
    ];
}
