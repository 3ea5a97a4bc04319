using Evaluation.Jobs.Collecting.Tabular;

namespace Evaluation.Jobs.Collecting.Ppms;

/// <summary>
/// A row of an answer by the names of its columns. Values beyond the header, which some answers have, are let be.
/// </summary>
internal sealed class PpmsRow(string[] header, CsvRow row)
{
    public int Line => row.Line;

    public string Text(string column)
    {
        var at = Array.IndexOf(header, column);
        return at >= 0 && at < row.Fields.Length ? row.Fields[at].Trim() : "";
    }

    public string Needed(string column) => Text(column) is { Length: > 0 } text ? text : throw new CellException(
        column, "", "单元格是空的，此列必须有值。请在来源处更正。", "The cell is empty; this column must have a value. Have it corrected at the source.");
}
