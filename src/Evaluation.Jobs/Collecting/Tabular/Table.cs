using System.Globalization;
using Evaluation.Jobs.Collecting.FixedWidth;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>The table of a file that a profile reads: a file of text, or a sheet of a workbook.</summary>
internal sealed class Table : IDisposable
{
    public const string Xlsx = "xlsx";
    public const string SheetOption = "sheet";
    public const string HeaderRowOption = "header_row";

    private static readonly string[] DateRoles =
        ["start", "end", "in_service_from", "booked_on", "registered_on", "retired_on"];

    private readonly ITableRows rows;

    private Table(ITableRows rows, CsvHeader header, IReadOnlyList<Bilingual> notes)
    {
        this.rows = rows;
        Header = header;
        Notes = notes;
    }

    public CsvHeader Header { get; }

    /// <summary>What people should know about the file as a whole.</summary>
    public IReadOnlyList<Bilingual> Notes { get; }

    /// <exception cref="ImportException">The file, the sheet or a column is not there.</exception>
    public static Table Open(RecognisedFile file)
    {
        var profile = file.Profile;
        if (profile.Format == Xlsx) return OpenSheet(file, profile);
        if (profile.Format == FixedWidthReader.Format) return With(new FixedWidthRows(file), file, null, []);
        var text = new CsvRows(TextEncoding.Open(file.Path, profile.Encoding), profile.Delimiter, file.Name);
        return With(text, file, null, []);
    }

    public CsvRow? Next() => rows.Next();

    public void Dispose() => rows.Dispose();

    private static Table OpenSheet(RecognisedFile file, MappingProfile profile)
    {
        var workbook = Workbook.Open(file.Path, file.Name);
        try
        {
            var sheets = workbook.Sheets();
            var sheet = Choose(sheets, file);
            var dates = DateRoles.Select(role => profile.Columns.GetValueOrDefault(role)).Append(profile.PeriodColumn);
            var rows = new SheetRows(workbook, sheet.Name, HeaderRow(profile), dates.OfType<string>());
            return With(rows, file, sheet.Name, [.. Hidden(sheets, sheet, file)]);
        }
        catch
        {
            workbook.Dispose();
            throw;
        }
    }

    private static Table With(ITableRows rows, RecognisedFile file, string? sheet, IReadOnlyList<Bilingual> notes)
    {
        try
        {
            var name = sheet is null ? file.Name : $"{file.Name}[{sheet}]";
            return new Table(rows, new CsvHeader(rows.Next(), file.Profile, name, sheet), notes);
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>The sheet that the profile names, or the only one that can be seen.</summary>
    private static Sheet Choose(IReadOnlyList<Sheet> sheets, RecognisedFile file)
    {
        var there = string.Join(", ", sheets.Select(sheet => sheet.Name));
        if (file.Profile.Options.TryGetValue(SheetOption, out var named))
        {
            return sheets.FirstOrDefault(sheet => sheet.Name == named) ?? throw new ImportException(
                $"{file.Name} 中没有名为“{named}”的工作表。实有：{there}。请改正工作表名，或改正导入配置 imports/{file.Profile.Id}.yaml。",
                $"{file.Name} has no sheet '{named}'. There are: {there}. Correct the name of the sheet, or the import profile "
                + $"imports/{file.Profile.Id}.yaml.");
        }

        return sheets.Where(sheet => !sheet.Hidden).ToList() switch
        {
            [var only] => only,
            _ => throw new ImportException(
                $"{file.Name} 有多个工作表（{there}），不知道该读哪一个。请在导入配置 imports/{file.Profile.Id}.yaml 的 options 中写明 sheet。",
                $"{file.Name} has several sheets ({there}); which one to read is not known. Name it: options: {{ sheet: … }} in "
                + $"imports/{file.Profile.Id}.yaml."),
        };
    }

    private static IEnumerable<Bilingual> Hidden(IReadOnlyList<Sheet> sheets, Sheet chosen, RecognisedFile file)
    {
        if (chosen.Hidden)
        {
            yield return new Bilingual(
                $"{file.Name}：工作表“{chosen.Name}”在工作簿中是隐藏的，仍按导入配置读取",
                $"{file.Name}: the sheet '{chosen.Name}' is hidden in the workbook; it was read, as the import profile names "
                + "it.");
        }

        var others = sheets.Where(sheet => sheet.Hidden && sheet != chosen).Select(sheet => sheet.Name).ToList();
        if (others.Count == 0) yield break;
        var names = string.Join(", ", others);
        yield return new Bilingual(
            $"{file.Name}：隐藏的工作表未读取：{names}", $"{file.Name}: hidden sheets were not read: {names}.");
    }

    private static int HeaderRow(MappingProfile profile)
    {
        if (!profile.Options.TryGetValue(HeaderRowOption, out var text)) return 1;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row > 0
            ? row
            : throw new ImportException(
                $"导入配置 imports/{profile.Id}.yaml 的 header_row“{text}”不是行号。请写 1 或更大的整数。",
                $"header_row '{text}' in imports/{profile.Id}.yaml is no row. Write a whole number from 1.");
    }
}
