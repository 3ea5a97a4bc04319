using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>The functions of libcairo that a report needs, as its headers declare them.</summary>
internal static unsafe partial class CairoApi
{
    internal const string Library = "libcairo.so.2";
    internal const int StatusSuccess = 0;
    internal const int StatusWriteError = 11;
    internal const int HintStyleNone = 1;
    internal const int HintMetricsOff = 1;
    internal const int OutlineOpen = 1;

    [LibraryImport(Library, EntryPoint = "cairo_pdf_surface_create_for_stream")]
    internal static partial CairoSurface PdfSurfaceCreateForStream(
        delegate* unmanaged<nint, byte*, uint, int> write, nint closure, double width, double height);

    [LibraryImport(Library, EntryPoint = "cairo_pdf_surface_set_metadata", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void PdfSurfaceSetMetadata(CairoSurface surface, PdfMetadata metadata, string text);

    [LibraryImport(Library, EntryPoint = "cairo_pdf_surface_add_outline", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int PdfSurfaceAddOutline(
        CairoSurface surface, int parent, string title, string destination, int flags);

    [LibraryImport(Library, EntryPoint = "cairo_surface_finish")]
    internal static partial void SurfaceFinish(CairoSurface surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_status")]
    internal static partial int SurfaceStatus(CairoSurface surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_destroy")]
    internal static partial void SurfaceDestroy(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_create")]
    internal static partial CairoContext Create(CairoSurface surface);

    [LibraryImport(Library, EntryPoint = "cairo_destroy")]
    internal static partial void ContextDestroy(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_status")]
    internal static partial int Status(CairoContext context);

    [LibraryImport(Library, EntryPoint = "cairo_status_to_string")]
    internal static partial nint StatusToString(int status);

    [LibraryImport(Library, EntryPoint = "cairo_show_page")]
    internal static partial void ShowPage(CairoContext context);

    [LibraryImport(Library, EntryPoint = "cairo_set_source_rgb")]
    internal static partial void SetSourceRgb(CairoContext context, double red, double green, double blue);

    [LibraryImport(Library, EntryPoint = "cairo_set_line_width")]
    internal static partial void SetLineWidth(CairoContext context, double width);

    [LibraryImport(Library, EntryPoint = "cairo_move_to")]
    internal static partial void MoveTo(CairoContext context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_line_to")]
    internal static partial void LineTo(CairoContext context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_rectangle")]
    internal static partial void Rectangle(CairoContext context, double x, double y, double width, double height);

    [LibraryImport(Library, EntryPoint = "cairo_stroke")]
    internal static partial void Stroke(CairoContext context);

    [LibraryImport(Library, EntryPoint = "cairo_fill")]
    internal static partial void Fill(CairoContext context);

    [LibraryImport(Library, EntryPoint = "cairo_tag_begin", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void TagBegin(CairoContext context, string tag, string attributes);

    [LibraryImport(Library, EntryPoint = "cairo_tag_end", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void TagEnd(CairoContext context, string tag);

    [LibraryImport(Library, EntryPoint = "cairo_set_font_face")]
    internal static partial void SetFontFace(CairoContext context, CairoFontFace face);

    [LibraryImport(Library, EntryPoint = "cairo_set_font_size")]
    internal static partial void SetFontSize(CairoContext context, double size);

    [LibraryImport(Library, EntryPoint = "cairo_show_text_glyphs")]
    internal static partial void ShowTextGlyphs(
        CairoContext context,
        ReadOnlySpan<byte> text,
        int bytes,
        ReadOnlySpan<CairoGlyph> glyphs,
        int glyphCount,
        ReadOnlySpan<CairoCluster> clusters,
        int clusterCount,
        int clusterFlags);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_create")]
    internal static partial CairoFontOptions FontOptionsCreate();

    [LibraryImport(Library, EntryPoint = "cairo_font_options_destroy")]
    internal static partial void FontOptionsDestroy(nint options);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_set_hint_style")]
    internal static partial void FontOptionsSetHintStyle(CairoFontOptions options, int style);

    [LibraryImport(Library, EntryPoint = "cairo_font_options_set_hint_metrics")]
    internal static partial void FontOptionsSetHintMetrics(CairoFontOptions options, int metrics);

    /// <summary>Throws when the context or surface is in an error state.</summary>
    internal static void Check(int status)
    {
        if (status == StatusSuccess) return;
        var reason = Marshal.PtrToStringUTF8(StatusToString(status)) ?? "unknown";
        throw new ReportRenderingException($"cairo stopped drawing: {reason} (status {status})");
    }
}

/// <summary>Entries of the document information, numbered as <c>cairo_pdf_metadata_t</c>.</summary>
internal enum PdfMetadata
{
    Title = 0,
    Author = 1,
    Subject = 2,
    Keywords = 3,
    Creator = 4,
    CreationDate = 5,
    ModificationDate = 6,
}
