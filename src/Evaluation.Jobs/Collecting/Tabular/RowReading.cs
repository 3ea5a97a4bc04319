using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>What one row of a file says by its profile, or why it is refused.</summary>
internal sealed class RowReading(RecognisedFile file, RuleSet rules, CsvHeader header)
{
    private readonly MappingProfile profile = file.Profile;
    private readonly RowMapping mapping = new(file, rules, header);

    public List<Collected> Of(CsvRow row)
    {
        var found = new List<Collected>();
        try
        {
            RefuseBroken(row);
            var leftOut = profile.Where.Any(condition => header.Text(row, condition.Key) != condition.Value);
            if (leftOut) return [new CollectedSkip()];
            foreach (var collected in mapping.Map(row)) found.Add(collected);
        }
        catch (CellException refused)
        {
            var cell = refused.Column is { } column ? header.Cell(row, column) : "";
            found.Add(new CollectedReject(new RejectedCell(row.Line, cell, refused.Value, refused.Reason)));
        }

        return found;
    }

    /// <summary>The refusal of a row that says what another line has said already.</summary>
    public static RejectedCell Repeats(CsvRow row, int first) => new(
        row.Line, "", string.Join(',', row.Fields),
        new Bilingual(
            $"与第 {first} 行重复：同一对象、同一数据项、同一期间只能有一行。请删去其中一行。",
            $"It repeats line {first}: one thing, one metric and one period may have one row only. Delete one of them."));

    private void RefuseBroken(CsvRow row)
    {
        if (row.BadQuotes)
        {
            throw new CellException(
                null, string.Join(',', row.Fields),
                "引号使用不当。含引号的单元格应整体加引号，内部引号写两次。",
                "Quotes are misplaced. Put the whole cell in quotes and write a quote inside it twice.");
        }

        if (row.Fields.Length == header.Width) return;
        if (header.IsLayout)
        {
            throw new CellException(
                null, row.Fields[0],
                $"本行有 {row.Fields[0].Length} 字节，与版式不符，或字节不属于所写的编码。宽度按字节计：请用 GB18030 原样导出，不要另存为其他编码。",
                $"The row has {row.Fields[0].Length} bytes, which does not fit the layout, or bytes of another encoding. "
                + "Widths are of bytes: hand in the file as exported, in GB18030, not saved again in another encoding.");
        }

        throw new CellException(
            null, string.Join(',', row.Fields),
            $"本行有 {row.Fields.Length} 个单元格，表头有 {header.Width} 列。请补齐或删去多余的分隔符。",
            $"The row has {row.Fields.Length} cells, the header {header.Width} columns. Add what is missing, or take out "
            + "separators too many.");
    }
}
