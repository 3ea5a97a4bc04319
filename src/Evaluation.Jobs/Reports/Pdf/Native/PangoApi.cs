using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>
/// The functions of libpango, libpangocairo and libgobject that a report needs, as their headers declare them.
/// </summary>
internal static partial class PangoApi
{
    internal const string Library = "libpango-1.0.so.0";
    internal const string CairoLibrary = "libpangocairo-1.0.so.0";
    internal const string ObjectLibrary = "libgobject-2.0.so.0";

    /// <summary>Pango counts in 1,024ths of a point.</summary>
    internal const int Scale = 1024;

    internal const int WrapWordChar = 2;
    internal const int WeightNormal = 400;
    internal const int WeightBold = 700;

    [LibraryImport(ObjectLibrary, EntryPoint = "g_object_unref")]
    internal static partial void ObjectUnref(nint instance);

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_font_map_new")]
    internal static partial PangoFontMap FontMapNew();

    [LibraryImport(CairoLibrary, EntryPoint = "pango_cairo_context_set_font_options")]
    internal static partial void ContextSetFontOptions(PangoContext context, CairoFontOptions options);

    [LibraryImport(Library, EntryPoint = "pango_font_map_create_context")]
    internal static partial PangoContext FontMapCreateContext(PangoFontMap map);

    [LibraryImport(Library, EntryPoint = "pango_font_map_load_font")]
    internal static partial PangoFont FontMapLoadFont(
        PangoFontMap map, PangoContext context, PangoFontDescription description);

    [LibraryImport(Library, EntryPoint = "pango_font_describe")]
    internal static partial PangoFontDescription FontDescribe(PangoFont font);

    /// <summary>The <c>hb_font_t</c> belongs to the font.</summary>
    [LibraryImport(Library, EntryPoint = "pango_font_get_hb_font")]
    internal static partial nint FontGetHarfBuzzFont(nint font);

    [LibraryImport(Library, EntryPoint = "pango_context_set_language")]
    internal static partial void ContextSetLanguage(PangoContext context, nint language);

    [LibraryImport(Library, EntryPoint = "pango_context_set_round_glyph_positions")]
    internal static partial void ContextSetRoundGlyphPositions(PangoContext context, int round);

    /// <summary>The language is interned by Pango and never freed.</summary>
    [LibraryImport(Library, EntryPoint = "pango_language_from_string", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint LanguageFromString(string language);

    [LibraryImport(Library, EntryPoint = "pango_font_description_new")]
    internal static partial PangoFontDescription FontDescriptionNew();

    [LibraryImport(Library, EntryPoint = "pango_font_description_free")]
    internal static partial void FontDescriptionFree(nint description);

    [LibraryImport(
        Library, EntryPoint = "pango_font_description_set_family", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void FontDescriptionSetFamily(PangoFontDescription description, string family);

    /// <summary>The text belongs to the description.</summary>
    [LibraryImport(Library, EntryPoint = "pango_font_description_get_family")]
    internal static partial nint FontDescriptionGetFamily(PangoFontDescription description);

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_weight")]
    internal static partial void FontDescriptionSetWeight(PangoFontDescription description, int weight);

    [LibraryImport(Library, EntryPoint = "pango_font_description_set_absolute_size")]
    internal static partial void FontDescriptionSetAbsoluteSize(PangoFontDescription description, double size);

    [LibraryImport(Library, EntryPoint = "pango_layout_new")]
    internal static partial PangoLayout LayoutNew(PangoContext context);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_text")]
    internal static partial void LayoutSetText(PangoLayout layout, ReadOnlySpan<byte> text, int length);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_font_description")]
    internal static partial void LayoutSetFontDescription(PangoLayout layout, PangoFontDescription description);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_width")]
    internal static partial void LayoutSetWidth(PangoLayout layout, int width);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_wrap")]
    internal static partial void LayoutSetWrap(PangoLayout layout, int wrap);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_alignment")]
    internal static partial void LayoutSetAlignment(PangoLayout layout, int alignment);

    [LibraryImport(Library, EntryPoint = "pango_layout_set_attributes")]
    internal static partial void LayoutSetAttributes(PangoLayout layout, PangoAttributes attributes);

    [LibraryImport(Library, EntryPoint = "pango_layout_get_iter")]
    internal static partial PangoLines LayoutGetIter(PangoLayout layout);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_free")]
    internal static partial void LayoutIterFree(nint iterator);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_next_line")]
    internal static partial int LayoutIterNextLine(PangoLines lines);

    /// <summary>The line belongs to the layout.</summary>
    [LibraryImport(Library, EntryPoint = "pango_layout_iter_get_line_readonly")]
    internal static partial nint LayoutIterGetLine(PangoLines lines);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_get_baseline")]
    internal static partial int LayoutIterGetBaseline(PangoLines lines);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_get_line_yrange")]
    internal static partial void LayoutIterGetLineRange(PangoLines lines, out int top, out int bottom);

    [LibraryImport(Library, EntryPoint = "pango_layout_iter_get_line_extents")]
    internal static partial void LayoutIterGetLineExtents(PangoLines lines, nint ink, out PangoRectangle logical);

    [LibraryImport(Library, EntryPoint = "pango_attr_list_new")]
    internal static partial PangoAttributes AttrListNew();

    [LibraryImport(Library, EntryPoint = "pango_attr_list_unref")]
    internal static partial void AttrListUnref(nint attributes);

    /// <summary>The list takes the attribute over.</summary>
    [LibraryImport(Library, EntryPoint = "pango_attr_list_insert")]
    internal static partial void AttrListInsert(PangoAttributes attributes, nint attribute);

    [LibraryImport(Library, EntryPoint = "pango_attr_letter_spacing_new")]
    internal static partial nint AttrLetterSpacing(int spacing);
}

/// <summary>A <c>PangoRectangle</c>, in Pango's units.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct PangoRectangle
{
    public readonly int X;
    public readonly int Y;
    public readonly int Width;
    public readonly int Height;
}
