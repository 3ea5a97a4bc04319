using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>
/// Reads a CSV file by a mapping profile, row by row. A bad cell is refused by line and column with the reason; the
/// rest of the file goes in. A file whose header does not fit is refused whole.
/// </summary>
internal sealed class TabularReader(RecognisedFile file, RuleSet rules)
{
    private readonly MappingProfile profile = file.Profile;
    private readonly Dictionary<UInt128, int> firstLines = [];

    public static SourceFormat Csv { get; } =
        new("csv", [], LooksLikeOne: null, (file, rules) => new TabularReader(file, rules).Read());

    public IEnumerable<Collected> Read()
    {
        using var rows = new CsvRows(TextEncoding.Open(file.Path, profile.Encoding), profile.Delimiter, file.Name);
        var header = new CsvHeader(rows.Next(), profile, file.Name);
        var mapping = new RowMapping(file, rules, header);
        while (rows.Next() is { } row)
        {
            foreach (var collected in ReadRow(row, header, mapping)) yield return collected;
        }
    }

    private List<Collected> ReadRow(CsvRow row, CsvHeader header, RowMapping mapping)
    {
        var found = new List<Collected>();
        try
        {
            RefuseBroken(row, header);
            var leftOut = profile.Where.Any(condition => header.Text(row, condition.Key) != condition.Value);
            if (leftOut) return [new CollectedSkip()];
            foreach (var collected in mapping.Map(row)) found.Add(Repeated(collected, row) ?? collected);
        }
        catch (CellException refused)
        {
            var cell = refused.Column is { } column ? header.Cell(column) : "";
            found.Add(new CollectedReject(new RejectedCell(row.Line, cell, refused.Value, refused.Reason)));
        }

        return found;
    }

    private static void RefuseBroken(CsvRow row, CsvHeader header)
    {
        if (row.BadQuotes)
        {
            throw new CellException(
                null, string.Join(',', row.Fields),
                "引号使用不当。含引号的单元格应整体加引号，内部引号写两次。",
                "Quotes are misplaced. Put the whole cell in quotes and write a quote inside it twice.");
        }

        if (row.Fields.Length == header.Width) return;
        throw new CellException(
            null, string.Join(',', row.Fields),
            $"本行有 {row.Fields.Length} 个单元格，表头有 {header.Width} 列。请补齐或删去多余的分隔符。",
            $"The row has {row.Fields.Length} cells, the header {header.Width} columns. Add what is missing, or take out "
            + "separators too many.");
    }

    /// <summary>A reject in the place of what the file has said already on another line.</summary>
    private CollectedReject? Repeated(Collected collected, CsvRow row)
    {
        var key = collected switch
        {
            CollectedObservation seen => "o|" + ObservationStore.NaturalKey(seen.Observation),
            CollectedServiceRecord seen => $"s|{seen.Record.Unit}|{seen.Record.Record}",
            CollectedResource seen => $"r|{seen.Resource.Category}|{seen.Resource.Unit}|{seen.Resource.Resource}",
            CollectedUnit seen => $"u|{seen.Unit.Category}|{seen.Unit.Unit}",
            _ => null,
        };
        if (key is null) return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        if (firstLines.TryAdd(BitConverter.ToUInt128(hash), row.Line)) return null;
        var first = firstLines[BitConverter.ToUInt128(hash)];
        // A unit's names may come with every row about it.
        if (collected is CollectedUnit && profile.Target != MappingTarget.Units) return null;
        return new CollectedReject(new RejectedCell(
            row.Line, "", string.Join(',', row.Fields),
            new Rules.Bilingual(
                $"与第 {first} 行重复：同一对象、同一数据项、同一期间只能有一行。请删去其中一行。",
                $"It repeats line {first}: one thing, one metric and one period may have one row only. Delete one of them.")));
    }
}
