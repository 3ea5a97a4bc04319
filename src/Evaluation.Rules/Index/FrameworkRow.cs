namespace Evaluation.Rules.Index;

/// <summary>What a row of the framework describes; the words of COINr's <c>Type</c> column.</summary>
public enum FrameworkRowType
{
    /// <summary>A measured column at level 1.</summary>
    Indicator,

    /// <summary>A group of indicators or of other aggregates, up to the index itself.</summary>
    Aggregate,

    /// <summary>A column of words by which units are put together, for imputation.</summary>
    Group,

    /// <summary>A column of numbers that indicators may be divided by.</summary>
    Denominator,

    /// <summary>A column that takes no part.</summary>
    Other,
}

/// <summary>One row of the framework of a composite index.</summary>
/// <param name="Code">Column of the data, or name of the aggregate (<c>iCode</c>).</param>
/// <param name="Name">Its title (<c>iName</c>).</param>
/// <param name="Type">What it is.</param>
public sealed record FrameworkRow(string Code, string Name, FrameworkRowType Type)
{
    /// <summary>1 for indicators, then upwards; 0 for rows outside the tree.</summary>
    public int Level { get; init; }

    /// <summary>The aggregate it belongs to; null at the top and outside the tree.</summary>
    public string? Parent { get; init; }

    /// <summary>1: more is better; -1: less is better.</summary>
    public int Direction { get; init; } = 1;

    /// <summary>Weight among the rows of the same parent; they need not sum to anything.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Unit of the values, as a text.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The column an indicator is divided by; null: by none.</summary>
    public string? Denominator { get; init; }

    /// <summary>The line it stands on in its file.</summary>
    public int Line { get; init; }
}
