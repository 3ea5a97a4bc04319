namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>A column of a table.</summary>
/// <param name="Title">Head.</param>
/// <param name="Width">Width in points; the one column with 0 takes what is left.</param>
/// <param name="Align">Numbers stand right.</param>
internal sealed record Column(string Title, double Width, Align Align = Align.Left);

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
internal sealed record Cell(string Text)
{
    /// <summary>
    /// How it is set; by default words as <see cref="TextStyle.Cell"/> and right-aligned figures as <see
    /// cref="TextStyle.Figure"/>.
    /// </summary>
    internal TextStyle? Style { get; init; }

    internal Ink Ink { get; init; } = Ink.Text;

    /// <summary>Key of the place the cell leads to, or null.</summary>
    internal string? LeadsTo { get; init; }

    public static implicit operator Cell(string text) => new(text);
}

/// <summary>
/// A ruled table: its head is repeated on every page it reaches, and neither its first nor its last row stands alone.
/// A short table is not divided at all.
/// </summary>
internal static class Table
{
    private const double PadX = 5;
    private const double PadY = 3.5;
    private const int LinesOfOneStrip = 30;
    private const int RowsKeptWhole = 8;

    internal static void Add(
        Story story, IReadOnlyList<Column> columns, IReadOnlyList<IReadOnlyList<Cell>> rows, bool keepWithNext = false)
    {
        if (rows.Count == 0) return;
        var widths = Widths(columns);
        var head = Head(story, columns, widths);
        var whole = rows.Count <= RowsKeptWhole;
        story.Add(head with { Before = 4, KeepWithNext = true });
        for (var index = 0; index < rows.Count; index++)
        {
            var last = index == rows.Count - 1;
            var pieces = Row(story, columns, widths, rows[index], last).ToList();
            for (var piece = 0; piece < pieces.Count; piece++)
            {
                var ends = piece == pieces.Count - 1;
                story.Add(pieces[piece] with
                {
                    Head = head,
                    KeepWithNext = ends
                        ? last ? keepWithNext : whole || index == 0 || index == rows.Count - 2
                        : piece == 0 && pieces.Count == 2,
                });
            }
        }
    }

    private static double[] Widths(IReadOnlyList<Column> columns)
    {
        var left = Sheet.TextWidth - columns.Sum(column => column.Width);
        return [.. columns.Select(column => column.Width > 0 ? column.Width : left)];
    }

    private static Strip Head(Story story, IReadOnlyList<Column> columns, double[] widths)
    {
        var titles = columns
            .Select((column, index) => story.Set(
                column.Title, TextStyle.CellHead, widths[index] - (2 * PadX), column.Align))
            .ToList();
        var height = titles.Max(title => title.Height) + (2 * PadY);
        return new Strip(height, (canvas, x, y) =>
        {
            canvas.Fill(x, y, Sheet.TextWidth, height, Ink.AccentPale);
            canvas.HorizontalRule(x, y, Sheet.TextWidth, Ink.Accent, 1);
            canvas.HorizontalRule(x, y + height, Sheet.TextWidth, Ink.Accent, 0.5);
            for (var (index, at) = (0, x); index < titles.Count; at += widths[index++])
            {
                canvas.Text(titles[index], at + PadX, y + height - PadY - titles[index].Height, Ink.Accent);
            }
        });
    }

    /// <summary>A row is one strip, unless a cell is so long that it would not fit on a page.</summary>
    private static IEnumerable<Strip> Row(
        Story story, IReadOnlyList<Column> columns, double[] widths, IReadOnlyList<Cell> cells, bool last)
    {
        var texts = cells
            .Select((cell, index) => story.Set(
                cell.Text, StyleOf(cell, columns[index]), widths[index] - (2 * PadX), columns[index].Align))
            .ToList();
        var lines = texts.Max(text => text.Lines.Count);
        for (var first = 0; first < lines; first += LinesOfOneStrip)
        {
            var from = first;
            var ends = from + LinesOfOneStrip >= lines;
            var height = texts.Max(text => Shown(text, from) * text.LineHeight) + (2 * PadY);
            yield return new Strip(height, (canvas, x, y) =>
            {
                for (var (index, at) = (0, x); index < texts.Count; at += widths[index++])
                {
                    canvas.Lines(texts[index], from, Shown(texts[index], from), at + PadX, y + PadY, cells[index].Ink);
                    if (cells[index].LeadsTo is { } key) canvas.Link(at, y, widths[index], height, key);
                }

                if (ends) Rule(canvas, x, y + height, last);
            });
        }
    }

    private static TextStyle StyleOf(Cell cell, Column column) =>
        cell.Style ?? (column.Align == Align.Right ? TextStyle.Figure : TextStyle.Cell);

    private static int Shown(TextBlock text, int from) => Math.Clamp(text.Lines.Count - from, 0, LinesOfOneStrip);

    private static void Rule(Canvas canvas, double x, double y, bool last) =>
        canvas.HorizontalRule(x, y, Sheet.TextWidth, last ? Ink.Accent : Ink.Rule, last ? 1 : 0.4);
}
