using System.Globalization;
using Evaluation.Jobs.Reports.Pdf.Native;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>Where a key of the document is found: page from 1 and height on it.</summary>
internal readonly record struct Place(int Page, double Y);

/// <summary>
/// Draws on the current page. Distances in points from the top left corner of the sheet. Without a context nothing is
/// drawn and only the glyphs are noted: fonts must be cut before the first of them is shown.
/// </summary>
internal sealed class Canvas(CairoContext? cairo, CairoText fonts, IReadOnlyDictionary<string, Place> places)
{
    internal void Text(TextBlock text, double x, double y, Ink ink) => Lines(text, 0, text.Lines.Count, x, y, ink);

    /// <summary>Some lines of a text, the first of them at y.</summary>
    internal void Lines(TextBlock text, int first, int count, double x, double y, Ink ink)
    {
        if (cairo is null)
        {
            for (var index = 0; index < count; index++) fonts.Note(text.Lines[first + index].Runs);
            return;
        }

        Use(cairo, ink);
        for (var index = 0; index < count; index++)
        {
            var line = text.Lines[first + index];
            fonts.Show(cairo, line.Runs, x + line.X, y + (index * text.LineHeight) + line.Baseline);
        }
    }

    internal void Fill(double x, double y, double width, double height, Ink ink)
    {
        if (cairo is null) return;
        Use(cairo, ink);
        CairoApi.Rectangle(cairo, x, y, width, height);
        CairoApi.Fill(cairo);
    }

    internal void Frame(double x, double y, double width, double height, Ink ink, double thickness)
    {
        if (cairo is null) return;
        Use(cairo, ink);
        CairoApi.SetLineWidth(cairo, thickness);
        CairoApi.Rectangle(cairo, x, y, width, height);
        CairoApi.Stroke(cairo);
    }

    internal void HorizontalRule(double x, double y, double width, Ink ink, double thickness) =>
        Line(x, y, x + width, y, ink, thickness);

    internal void VerticalRule(double x, double y, double height, Ink ink, double thickness) =>
        Line(x, y, x, y + height, ink, thickness);

    /// <summary>The dark cells of a square pattern, as one path: sharp at any size.</summary>
    internal void Squares(
        IReadOnlyList<(int Column, int Row, int Length)> runs, double x, double y, double cell, Ink ink)
    {
        if (cairo is null) return;
        Use(cairo, ink);
        foreach (var (column, row, length) in runs)
        {
            CairoApi.Rectangle(cairo, x + (column * cell), y + (row * cell), length * cell, cell);
        }

        CairoApi.Fill(cairo);
    }

    /// <summary>Makes an area lead to a place of the document; an unknown key leads nowhere and is left out.</summary>
    internal void Link(double x, double y, double width, double height, string key)
    {
        if (cairo is null || !places.TryGetValue(key, out var place)) return;
        CairoApi.TagBegin(cairo, "Link", string.Create(
            CultureInfo.InvariantCulture,
            $"rect=[{x:0.##} {y:0.##} {width:0.##} {height:0.##}] page={place.Page} pos=[0 {place.Y:0.##}]"));
        CairoApi.TagEnd(cairo, "Link");
    }

    /// <summary>Draws something as one element of the document's structure: <c>H1</c>, <c>P</c> …</summary>
    internal void Structured(string tag, Action draw)
    {
        if (cairo is not null) CairoApi.TagBegin(cairo, tag, string.Empty);
        draw();
        if (cairo is not null) CairoApi.TagEnd(cairo, tag);
    }

    /// <summary>The page a key is on, or null for an unknown key.</summary>
    internal int? PageOf(string key) => places.TryGetValue(key, out var place) ? place.Page : null;

    private void Line(double fromX, double fromY, double toX, double toY, Ink ink, double thickness)
    {
        if (cairo is null) return;
        Use(cairo, ink);
        CairoApi.SetLineWidth(cairo, thickness);
        CairoApi.MoveTo(cairo, fromX, fromY);
        CairoApi.LineTo(cairo, toX, toY);
        CairoApi.Stroke(cairo);
    }

    private static void Use(CairoContext cairo, Ink ink) => CairoApi.SetSourceRgb(cairo, ink.Red, ink.Green, ink.Blue);
}
