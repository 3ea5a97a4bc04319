using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>Glyphs of one font set one after the other, with the text they stand for.</summary>
/// <param name="Font">The font, as HarfBuzz knows it.</param>
/// <param name="Size">Size in points.</param>
/// <param name="Glyphs">Glyphs with their places, from the start of the line on its baseline.</param>
/// <param name="Text">The text in UTF-8.</param>
/// <param name="Clusters">Which bytes of the text belong to which glyphs.</param>
/// <param name="Backward">True for text written from right to left.</param>
internal sealed record GlyphRun(
    SourceFont Font, double Size, CairoGlyph[] Glyphs, byte[] Text, CairoCluster[] Clusters, bool Backward);

/// <summary>A font a text was set in.</summary>
/// <param name="Face">The font's data.</param>
internal sealed record SourceFont(HarfBuzzFace Face);

/// <summary>A <c>cairo_glyph_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CairoGlyph
{
    public CULong Index;
    public double X;
    public double Y;
}

/// <summary>A <c>cairo_text_cluster_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CairoCluster
{
    public int Bytes;
    public int Glyphs;
}

/// <summary>Reads the glyph runs out of Pango's public structures, so that a text outlives its layout.</summary>
internal static unsafe class GlyphRuns
{
    private const uint Empty = 0x0FFFFFFF;
    private const uint Unknown = 0x10000000;

    /// <summary>The runs of a line, from left to right.</summary>
    /// <param name="line">A <c>PangoLayoutLine</c>.</param>
    /// <param name="text">The whole text of the layout in UTF-8.</param>
    /// <param name="size">Size in points.</param>
    /// <param name="fontOf">The font of a <c>PangoFont</c>.</param>
    internal static List<GlyphRun> Of(nint line, ReadOnlySpan<byte> text, double size, Func<nint, SourceFont> fontOf)
    {
        var runs = new List<GlyphRun>();
        var pen = 0;
        for (var node = ((LayoutLine*)line)->Runs; node != null; node = node->Next)
        {
            var item = node->Run->Item;
            var glyphs = node->Run->Glyphs;
            var written = text.Slice(item->Offset, item->Length).ToArray();
            runs.Add(new GlyphRun(
                fontOf(item->Font),
                size,
                Placed(glyphs, ref pen),
                written,
                Clusters(glyphs, written.Length),
                (item->Level & 1) == 1));
        }

        return runs;
    }

    /// <summary>
    /// A character no font has is drawn as the font's own box; one without picture only moves the pen.
    /// </summary>
    private static CairoGlyph[] Placed(GlyphString* glyphs, ref int pen)
    {
        var placed = new List<CairoGlyph>(glyphs->Count);
        for (var index = 0; index < glyphs->Count; index++)
        {
            var info = glyphs->Infos[index];
            if (info.Glyph != Empty)
            {
                placed.Add(new CairoGlyph
                {
                    Index = new CULong((info.Glyph & Unknown) != 0 ? 0 : info.Glyph),
                    X = (double)(pen + info.OffsetX) / PangoApi.Scale,
                    Y = (double)info.OffsetY / PangoApi.Scale,
                });
            }

            pen += info.Width;
        }

        return [.. placed];
    }

    private static CairoCluster[] Clusters(GlyphString* glyphs, int length)
    {
        var starts = new SortedDictionary<int, int>();
        for (var index = 0; index < glyphs->Count; index++)
        {
            var start = glyphs->Clusters[index];
            starts[start] = starts.GetValueOrDefault(start) + (glyphs->Infos[index].Glyph == Empty ? 0 : 1);
        }

        var ends = starts.Keys.Skip(1).Append(length).ToList();
        return [.. starts.Select((start, index) => new CairoCluster
        {
            Bytes = ends[index] - start.Key,
            Glyphs = start.Value,
        })];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct LayoutLine
    {
        public nint Layout;
        public int Start;
        public int Length;
        public RunNode* Runs;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct RunNode
    {
        public GlyphItem* Run;
        public RunNode* Next;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct GlyphItem
    {
        public Item* Item;
        public GlyphString* Glyphs;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Item
    {
        public int Offset;
        public int Length;
        public int Characters;
        public nint ShapeEngine;
        public nint LanguageEngine;
        public nint Font;
        public byte Level;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct GlyphString
    {
        public int Count;
        public GlyphInfo* Infos;
        public int* Clusters;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct GlyphInfo
    {
        public uint Glyph;
        public int Width;
        public int OffsetX;
        public int OffsetY;
        public uint Attributes;
    }
}
