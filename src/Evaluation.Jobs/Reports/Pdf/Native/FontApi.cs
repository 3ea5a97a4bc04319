using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>
/// The functions of HarfBuzz, its subsetter and FreeType that turn a few glyphs of a font into a font of their own.
/// </summary>
internal static partial class FontApi
{
    internal const string HarfBuzz = "libharfbuzz.so.0";
    internal const string Subsetter = "libharfbuzz-subset.so.0";
    internal const string FreeType = "libfreetype.so.6";
    internal const uint NoHinting = 1;
    internal const uint Desubroutinize = 4;
    internal const uint SetsDropTableTag = 3;
    internal const int LoadNoHinting = 2;

    [LibraryImport(HarfBuzz, EntryPoint = "hb_font_get_face")]
    internal static partial nint FontGetFace(nint font);

    [LibraryImport(HarfBuzz, EntryPoint = "hb_face_reference")]
    internal static partial HarfBuzzFace FaceReference(nint face);

    [LibraryImport(HarfBuzz, EntryPoint = "hb_face_destroy")]
    internal static partial void FaceDestroy(nint face);

    [LibraryImport(HarfBuzz, EntryPoint = "hb_face_reference_blob")]
    internal static partial nint FaceReferenceBlob(HarfBuzzFace face);

    [LibraryImport(HarfBuzz, EntryPoint = "hb_blob_get_data")]
    internal static partial nint BlobGetData(nint blob, out uint length);

    [LibraryImport(HarfBuzz, EntryPoint = "hb_blob_destroy")]
    internal static partial void BlobDestroy(nint blob);

    [LibraryImport(HarfBuzz, EntryPoint = "hb_set_add")]
    internal static partial void SetAdd(nint set, uint value);

    [LibraryImport(Subsetter, EntryPoint = "hb_subset_input_create_or_fail")]
    internal static partial SubsetInput SubsetInputCreate();

    [LibraryImport(Subsetter, EntryPoint = "hb_subset_input_destroy")]
    internal static partial void SubsetInputDestroy(nint input);

    /// <summary>The set belongs to the input.</summary>
    [LibraryImport(Subsetter, EntryPoint = "hb_subset_input_glyph_set")]
    internal static partial nint SubsetInputGlyphs(SubsetInput input);

    /// <summary>The set belongs to the input.</summary>
    [LibraryImport(Subsetter, EntryPoint = "hb_subset_input_set")]
    internal static partial nint SubsetInputSet(SubsetInput input, uint which);

    [LibraryImport(Subsetter, EntryPoint = "hb_subset_input_set_flags")]
    internal static partial void SubsetInputSetFlags(SubsetInput input, uint flags);

    [LibraryImport(Subsetter, EntryPoint = "hb_subset_plan_create_or_fail")]
    internal static partial SubsetPlan PlanCreate(HarfBuzzFace face, SubsetInput input);

    [LibraryImport(Subsetter, EntryPoint = "hb_subset_plan_destroy")]
    internal static partial void PlanDestroy(nint plan);

    [LibraryImport(Subsetter, EntryPoint = "hb_subset_plan_execute_or_fail")]
    internal static partial HarfBuzzFace PlanExecute(SubsetPlan plan);

    /// <summary>Old glyph number → new one. The map belongs to the plan.</summary>
    [LibraryImport(Subsetter, EntryPoint = "hb_subset_plan_old_to_new_glyph_mapping")]
    internal static partial nint PlanGlyphNumbers(SubsetPlan plan);

    [LibraryImport(HarfBuzz, EntryPoint = "hb_map_get")]
    internal static partial uint MapGet(nint map, uint key);

    [LibraryImport(FreeType, EntryPoint = "FT_Init_FreeType")]
    internal static partial int InitFreeType(out nint library);

    [LibraryImport(FreeType, EntryPoint = "FT_New_Memory_Face")]
    internal static partial int NewMemoryFace(
        nint library, nint data, CLong size, CLong index, out nint face);

    [LibraryImport(FreeType, EntryPoint = "FT_Done_FreeType")]
    internal static partial int DoneFreeType(nint library);

    [LibraryImport(CairoApi.Library, EntryPoint = "cairo_ft_font_face_create_for_ft_face")]
    internal static partial CairoFontFace FontFaceCreate(nint face, int loadFlags);

    [LibraryImport(CairoApi.Library, EntryPoint = "cairo_font_face_destroy")]
    internal static partial void FontFaceDestroy(nint face);

    [LibraryImport(CairoApi.Library, EntryPoint = "cairo_font_face_set_user_data")]
    internal static partial int FontFaceSetUserData(CairoFontFace face, nint key, nint data, nint destroy);
}

/// <summary>A <c>hb_face_t</c>.</summary>
internal sealed class HarfBuzzFace() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        FontApi.FaceDestroy(handle);
        return true;
    }
}

/// <summary>A <c>hb_subset_input_t</c>.</summary>
internal sealed class SubsetInput() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        FontApi.SubsetInputDestroy(handle);
        return true;
    }
}

/// <summary>A <c>hb_subset_plan_t</c>.</summary>
internal sealed class SubsetPlan() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        FontApi.PlanDestroy(handle);
        return true;
    }
}

/// <summary>A <c>cairo_font_face_t</c>.</summary>
internal sealed class CairoFontFace() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        FontApi.FontFaceDestroy(handle);
        return true;
    }
}
