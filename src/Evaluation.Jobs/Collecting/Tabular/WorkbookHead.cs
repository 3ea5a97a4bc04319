namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>How a workbook begins, for telling its format by its content.</summary>
internal static class WorkbookHead
{
    /// <summary>Whether the file begins like a workbook, of the old kind or the new.</summary>
    public static bool IsWorkbook(FileHead head) =>
        head.Bytes is [0x50, 0x4B, 0x03, 0x04, ..] or [0xD0, 0xCF, 0x11, 0xE0, ..];

    /// <summary>The names of its sheets; empty where it cannot be opened.</summary>
    public static IReadOnlyList<string> SheetNames(FileHead head) =>
        Look(head, workbook => workbook.Sheets().Select(sheet => sheet.Name).ToList()) ?? [];

    /// <summary>The texts of the first row of its first sheet, or null where it cannot be opened or is empty.</summary>
    public static IReadOnlyList<string>? FirstRow(FileHead head) => Look(head, workbook =>
    {
        workbook.GoTo(workbook.Sheets()[0].Name);
        return workbook.Advance()
            ? Enumerable.Range(0, workbook.Width)
                .Select(place => Workbook.Text(workbook.Value(place)).ToUpperInvariant())
                .ToList()
            : null;
    });

    private static T? Look<T>(FileHead head, Func<Workbook, T?> look)
        where T : class
    {
        if (!IsWorkbook(head)) return null;
        try
        {
            using var workbook = Workbook.Open(head.Path, head.Name);
            return look(workbook);
        }
        catch (ImportException)
        {
            // Another archive, or a workbook that nobody can open: then its content says nothing.
            return null;
        }
    }
}
