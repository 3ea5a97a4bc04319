using System.Globalization;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Mcpd;

/// <summary>Passports as a table whose header names the descriptors: a CSV file, or the first sheet of a workbook.</summary>
internal static class PassportTable
{
    public const string InstituteColumn = "INSTCODE";
    public const string NumberColumn = "ACCENUMB";

    public static IEnumerable<(Passport? Passport, RejectedCell? Refused)> Read(RecognisedFile file, bool isWorkbook)
    {
        var sheet = isWorkbook ? FirstSheet(file) : null;
        using var rows = Rows(file, sheet);
        var header = Header(rows.Next(), file);
        while (rows.Next() is { } row)
        {
            if (row.Fields.Length != header.Length || row.BadQuotes)
            {
                yield return (null, Broken(row, header.Length));
                continue;
            }

            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            var cells = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var place = 0; place < header.Length; place++)
            {
                if (row.Fields[place].Length == 0 || header[place].Length == 0) continue;
                fields[header[place]] = row.Fields[place];
                cells[header[place]] = string.Create(CultureInfo.InvariantCulture, $"{CsvHeader.Letter(place)}{row.Line}");
            }

            yield return (new Passport(fields, row.Line, Line(row.Line)) { Cells = cells }, null);
        }
    }

    private static ITableRows Rows(RecognisedFile file, string? sheet)
    {
        if (sheet is null) return new CsvRows(TextEncoding.Open(file.Path, file.Profile.Encoding), file.Profile.Delimiter, file.Name);
        return new SheetRows(Workbook.Open(file.Path, file.Name), sheet, headerRow: 1, []);
    }

    private static string FirstSheet(RecognisedFile file)
    {
        using var workbook = Workbook.Open(file.Path, file.Name);
        var sheets = workbook.Sheets();
        return (sheets.FirstOrDefault(sheet => !sheet.Hidden) ?? sheets[0]).Name;
    }

    private static string[] Header(CsvRow? row, RecognisedFile file)
    {
        string[] header = [.. (row?.Fields ?? []).Select(name => name.ToUpperInvariant())];
        string[] needed = [InstituteColumn, NumberColumn];
        var missing = needed.Except(header).ToList();
        var repeated = header.Where(name => name.Length > 0).GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key).ToList();
        if (missing.Count > 0 || repeated.Count > 0)
        {
            var what = string.Join(", ", missing.Concat(repeated));
            throw new ImportException(
                missing.Count > 0
                    ? $"{file.Name} 第 {row?.Line ?? 1} 行的表头缺少列：{what}。应为 MCPD 描述符的名称。"
                    : $"{file.Name} 第 {row?.Line ?? 1} 行的表头中有重复的列：{what}。",
                missing.Count > 0
                    ? $"{file.Name}, line {row?.Line ?? 1}: the header lacks {what}. It should name the MCPD descriptors."
                    : $"{file.Name}, line {row?.Line ?? 1}: the header has columns twice: {what}.");
        }

        return header;
    }

    private static RejectedCell Broken(CsvRow row, int width) => new(
        row.Line, "", string.Join(',', row.Fields),
        new Bilingual(
            $"本行有 {row.Fields.Length} 个单元格，表头有 {width} 列，或引号使用不当。请改正后重新导入。",
            $"The row has {row.Fields.Length} cells, the header {width} columns, or quotes are misplaced. Mend the row and import "
            + "it again."));

    private static string Line(int line) => string.Create(CultureInfo.InvariantCulture, $"row {line}");
}
