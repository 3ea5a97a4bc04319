using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>
/// The fonts of one document: first every line is noted, then the subsets are cut, then lines can be shown.
/// </summary>
internal sealed class CairoText : IDisposable
{
    private readonly Dictionary<SourceFont, HashSet<uint>> _needed = [];
    private readonly Dictionary<SourceFont, FontSubset> _subsets = [];
    private (SourceFont? Font, double Size) _current;

    internal void Note(IReadOnlyList<GlyphRun> runs)
    {
        foreach (var run in runs)
        {
            if (!_needed.TryGetValue(run.Font, out var glyphs)) _needed.Add(run.Font, glyphs = []);
            foreach (var glyph in run.Glyphs) glyphs.Add((uint)glyph.Index.Value);
        }
    }

    internal void Cut()
    {
        foreach (var (font, glyphs) in _needed) _subsets.Add(font, new FontSubset(font.Face, glyphs));
    }

    /// <summary>
    /// Shows a line with its start at the place given. The text goes into the file too, so it can be searched.
    /// </summary>
    internal void Show(CairoContext cairo, IReadOnlyList<GlyphRun> runs, double x, double y)
    {
        foreach (var run in runs)
        {
            var subset = _subsets[run.Font];
            Use(cairo, run, subset);
            Show(cairo, run, subset, x, y);
        }
    }

    public void Dispose()
    {
        foreach (var subset in _subsets.Values) subset.Dispose();
    }

    private void Use(CairoContext cairo, GlyphRun run, FontSubset subset)
    {
        if (ReferenceEquals(_current.Font, run.Font) && _current.Size.Equals(run.Size)) return;
        CairoApi.SetFontFace(cairo, subset.Face);
        CairoApi.SetFontSize(cairo, run.Size);
        _current = (run.Font, run.Size);
    }

    private static void Show(CairoContext cairo, GlyphRun run, FontSubset subset, double x, double y)
    {
        var placed = run.Glyphs.Length <= 256
            ? stackalloc CairoGlyph[run.Glyphs.Length]
            : new CairoGlyph[run.Glyphs.Length];
        for (var index = 0; index < placed.Length; index++)
        {
            var glyph = run.Glyphs[index];
            placed[index] = new CairoGlyph
            {
                Index = new CULong(subset.NumberOf((uint)glyph.Index.Value)),
                X = x + glyph.X,
                Y = y + glyph.Y,
            };
        }

        CairoApi.ShowTextGlyphs(
            cairo,
            run.Text,
            run.Text.Length,
            placed,
            placed.Length,
            run.Clusters,
            run.Clusters.Length,
            run.Backward ? 1 : 0);
    }
}
