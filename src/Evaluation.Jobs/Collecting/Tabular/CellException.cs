using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>A cell cannot be taken: which, what stood there, what is wrong and how to mend it.</summary>
internal sealed class CellException(string? column, string value, string zh, string en) : Exception(en)
{
    /// <summary>Header of the column, or null for the whole row.</summary>
    public string? Column { get; } = column;

    public string Value { get; } = value;

    public Bilingual Reason { get; } = new(zh, en);
}
