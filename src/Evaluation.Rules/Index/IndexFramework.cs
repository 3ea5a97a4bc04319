namespace Evaluation.Rules.Index;

/// <summary>
/// The framework of a composite index: indicators, the aggregates above them up to one index, and the columns that help.
/// Every framework that exists is a proper tree: that is checked when it is made.
/// </summary>
public sealed class IndexFramework
{
    private readonly Dictionary<string, FrameworkRow> byCode;

    private IndexFramework(IReadOnlyList<FrameworkRow> rows)
    {
        Rows = rows;
        byCode = rows.ToDictionary(row => row.Code, StringComparer.Ordinal);
        Indicators = [.. rows.Where(row => row.Type == FrameworkRowType.Indicator)];
        Aggregates = [.. rows.Where(row => row.Type == FrameworkRowType.Aggregate)
            .OrderBy(row => row.Level).ThenBy(row => row.Code, StringComparer.Ordinal)];
        Top = Aggregates[^1];
    }

    /// <summary>Every row, in the order given.</summary>
    public IReadOnlyList<FrameworkRow> Rows { get; }

    /// <summary>The indicators, in the order given.</summary>
    public IReadOnlyList<FrameworkRow> Indicators { get; }

    /// <summary>The aggregates: from the lowest level up, by code within a level.</summary>
    public IReadOnlyList<FrameworkRow> Aggregates { get; }

    /// <summary>The index itself.</summary>
    public FrameworkRow Top { get; }

    /// <summary>The row of a code.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public FrameworkRow this[string code] => byCode[code];

    /// <summary>The rows of one type, in the order given.</summary>
    public IEnumerable<FrameworkRow> Of(FrameworkRowType type) => Rows.Where(row => row.Type == type);

    /// <summary>Whether the framework has a row of this code.</summary>
    public bool Has(string code) => byCode.ContainsKey(code);

    /// <summary>The rows below an aggregate, in the order given.</summary>
    public IEnumerable<FrameworkRow> ChildrenOf(string aggregate) => Rows.Where(row => row.Parent == aggregate);

    /// <summary>Makes a framework of rows that form a proper tree.</summary>
    /// <param name="file">Where the rows come from, for messages.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="IndexInputException">They do not form a tree; it carries every problem.</exception>
    public static IndexFramework Of(string file, IReadOnlyList<FrameworkRow> rows)
    {
        var problems = FrameworkChecks.Of(rows);
        return problems.Count == 0 ? new IndexFramework(rows) : throw new IndexInputException(file, problems);
    }
}
