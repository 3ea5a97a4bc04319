using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>
/// The glyphs one document needs of one font, as a small font of their own. Cairo could cut the font itself, but of the
/// CJK fonts it often copies every shared outline (some 900 kB a cut) and reads all 65,535 glyphs for each document.
/// </summary>
internal sealed class FontSubset : IDisposable
{
    private static readonly nint FreeTypeDone = NativeLibrary.GetExport(
        NativeLibrary.Load(FontApi.FreeType), "FT_Done_FreeType");

    private static readonly nint BlobDestroy = NativeLibrary.GetExport(
        NativeLibrary.Load(FontApi.HarfBuzz), "hb_blob_destroy");

    // cairo tells user data apart by the address of a key; any two addresses that stay allocated will do
    private static readonly nint BlobKey = Marshal.AllocHGlobal(1);
    private static readonly nint LibraryKey = Marshal.AllocHGlobal(1);

    /// <summary>Tables for shaping, which has been done, and for vertical text.</summary>
    private static readonly string[] Dropped = ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"];

    private readonly Dictionary<uint, uint> _numbers = [];

    internal FontSubset(HarfBuzzFace font, IReadOnlySet<uint> glyphs)
    {
        using var input = FontApi.SubsetInputCreate();
        var wanted = FontApi.SubsetInputGlyphs(input);
        foreach (var glyph in glyphs.Order()) FontApi.SetAdd(wanted, glyph);
        var dropped = FontApi.SubsetInputSet(input, FontApi.SetsDropTableTag);
        foreach (var tag in Dropped) FontApi.SetAdd(dropped, Tag(tag));
        FontApi.SubsetInputSetFlags(input, FontApi.NoHinting | FontApi.Desubroutinize);
        using var plan = FontApi.PlanCreate(font, input);
        using var small = plan.IsInvalid ? new HarfBuzzFace() : FontApi.PlanExecute(plan);
        if (small.IsInvalid)
        {
            throw new ReportRenderingException(
                $"HarfBuzz could not cut {glyphs.Count} glyphs out of a font; reinstall: {RequiredLibraries.Install}");
        }

        var numbers = FontApi.PlanGlyphNumbers(plan);
        foreach (var glyph in glyphs) _numbers.Add(glyph, FontApi.MapGet(numbers, glyph));
        Face = Load(small);
    }

    internal CairoFontFace Face { get; }

    /// <summary>The number a glyph of the font has in this subset.</summary>
    internal uint NumberOf(uint glyph) => _numbers[glyph];

    /// <summary>Cairo keeps the font as long as it needs it, whoever else lets go.</summary>
    public void Dispose() => Face.Dispose();

    /// <summary>
    /// A FreeType library for each face: cairo may let a face go on any thread, and libraries must not be shared.
    /// </summary>
    private static CairoFontFace Load(HarfBuzzFace small)
    {
        var blob = FontApi.FaceReferenceBlob(small);
        var data = FontApi.BlobGetData(blob, out var length);
        var status = FontApi.InitFreeType(out var library);
        if (status == 0)
        {
            status = FontApi.NewMemoryFace(library, data, new CLong((nint)length), new CLong(0), out var native);
            if (status == 0)
            {
                var face = FontApi.FontFaceCreate(native, FontApi.LoadNoHinting);
                CairoApi.Check(FontApi.FontFaceSetUserData(face, BlobKey, blob, BlobDestroy));
                CairoApi.Check(FontApi.FontFaceSetUserData(face, LibraryKey, library, FreeTypeDone));
                return face;
            }

            _ = FontApi.DoneFreeType(library);
        }

        FontApi.BlobDestroy(blob);
        throw new ReportRenderingException(
            $"FreeType could not read a font (error {status}); reinstall: {RequiredLibraries.Install}");
    }

    private static uint Tag(string name) =>
        ((uint)name[0] << 24) | ((uint)name[1] << 16) | ((uint)name[2] << 8) | name[3];
}
