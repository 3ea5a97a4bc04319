using Evaluation.Jobs.Reports.Pdf.Native;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>
/// One line of a text that has been set. Distances in points from the top left corner of the line's slot.
/// </summary>
/// <param name="Runs">Its glyphs.</param>
/// <param name="X">Left edge.</param>
/// <param name="Width">Width of what is written.</param>
/// <param name="Baseline">Baseline from the top of the slot.</param>
internal readonly record struct TextLine(IReadOnlyList<GlyphRun> Runs, double X, double Width, double Baseline);

/// <summary>A text broken into lines for a width, ready to be drawn any number of times.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="LineHeight">Height of each line's slot.</param>
internal sealed record TextBlock(IReadOnlyList<TextLine> Lines, double LineHeight)
{
    internal double Height => Lines.Count * LineHeight;

    internal double Width => Lines.Max(line => line.Width);
}
