using System.Runtime.InteropServices;
using System.Text;
using Evaluation.Jobs.Reports.Pdf.Native;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>
/// Breaks texts into lines. Owns one font map, which only one thread may use at a time, and remembers texts it has set:
/// labels, rule texts and sources repeat from report to report.
/// </summary>
internal sealed class Typesetter : IDisposable
{
    internal const string SansFamily = "Noto Sans CJK SC";
    internal const string SerifFamily = "Noto Serif CJK SC";

    private const int RememberedTexts = 6000;

    private readonly PangoFontMap _map = PangoApi.FontMapNew();
    private readonly PangoContext _context;
    private readonly string _serif;
    private readonly Dictionary<TextStyle, Cut> _cuts = [];
    private readonly Dictionary<Request, TextBlock> _set = [];
    private readonly Dictionary<nint, SourceFont> _fonts = [];

    internal Typesetter()
    {
        _context = PangoApi.FontMapCreateContext(_map);
        PangoApi.ContextSetLanguage(_context, PangoApi.LanguageFromString("zh-cn")); // not the machine's locale
        PangoApi.ContextSetRoundGlyphPositions(_context, 0);
        using var options = CairoApi.FontOptionsCreate();
        CairoApi.FontOptionsSetHintStyle(options, CairoApi.HintStyleNone);
        CairoApi.FontOptionsSetHintMetrics(options, CairoApi.HintMetricsOff);
        PangoApi.ContextSetFontOptions(_context, options);
        var found = FamilyFoundFor(SansFamily);
        if (found != SansFamily) throw RequiredLibraries.MissingFont(SansFamily, found);
        _serif = FamilyFoundFor(SerifFamily) == SerifFamily ? SerifFamily : SansFamily;
    }

    /// <summary>False when text is set in the sans because the machine has no serif.</summary>
    internal bool HasSerif => _serif == SerifFamily;

    internal TextBlock Set(string text, TextStyle style, double width, Align align = Align.Left)
    {
        var request = new Request(text, style, (int)(width * PangoApi.Scale), align);
        if (!_set.TryGetValue(request, out var block))
        {
            block = Break(request);
            _set.Add(request, block);
        }

        return block;
    }

    /// <summary>Drops remembered texts when they have become many.</summary>
    internal void Forget()
    {
        if (_set.Count > RememberedTexts) _set.Clear();
    }

    public void Dispose()
    {
        foreach (var font in _fonts.Values) font.Face.Dispose();
        foreach (var cut in _cuts.Values) cut.Dispose();
        _context.Dispose();
        _map.Dispose();
    }

    private TextBlock Break(Request request)
    {
        using var layout = PangoApi.LayoutNew(_context);
        var cut = CutOf(request.Style);
        PangoApi.LayoutSetFontDescription(layout, cut.Description);
        if (cut.Attributes is { } attributes) PangoApi.LayoutSetAttributes(layout, attributes);
        PangoApi.LayoutSetWidth(layout, Math.Max(request.Width, 1));
        PangoApi.LayoutSetWrap(layout, PangoApi.WrapWordChar); // a hash breaks anywhere before it overflows
        PangoApi.LayoutSetAlignment(layout, (int)request.Align);
        var text = Encoding.UTF8.GetBytes(request.Text);
        PangoApi.LayoutSetText(layout, text, text.Length);
        return new TextBlock(LinesOf(layout, text, request.Style), request.Style.Size * request.Style.Leading);
    }

    /// <summary>Lines get equal slots of our own height: the fonts' own line gap differs from cut to cut.</summary>
    private List<TextLine> LinesOf(PangoLayout layout, byte[] text, TextStyle style)
    {
        var lines = new List<TextLine>();
        using var native = PangoApi.LayoutGetIter(layout);
        do
        {
            PangoApi.LayoutIterGetLineRange(native, out var top, out var bottom);
            PangoApi.LayoutIterGetLineExtents(native, 0, out var logical);
            var ascent = (double)(PangoApi.LayoutIterGetBaseline(native) - top) / PangoApi.Scale;
            var height = (double)(bottom - top) / PangoApi.Scale;
            lines.Add(new TextLine(
                GlyphRuns.Of(PangoApi.LayoutIterGetLine(native), text, style.Size, FontOf),
                (double)logical.X / PangoApi.Scale,
                (double)logical.Width / PangoApi.Scale,
                ascent + (((style.Size * style.Leading) - height) / 2)));
        }
        while (PangoApi.LayoutIterNextLine(native) != 0);
        return lines;
    }

    /// <summary>All sizes of a cut share one font; holding it keeps its address from meaning another.</summary>
    private SourceFont FontOf(nint pangoFont)
    {
        var face = FontApi.FontGetFace(PangoApi.FontGetHarfBuzzFont(pangoFont));
        if (_fonts.TryGetValue(face, out var font)) return font;
        font = new SourceFont(FontApi.FaceReference(face));
        _fonts.Add(face, font);
        return font;
    }

    private Cut CutOf(TextStyle style)
    {
        if (_cuts.TryGetValue(style, out var cut)) return cut;
        cut = new Cut(
            Describe(
                style.Face == Face.Serif ? _serif : SansFamily,
                style.Face == Face.SansBold ? PangoApi.WeightBold : PangoApi.WeightNormal,
                style.Size),
            style.LetterSpacing > 0 ? Spaced(style.LetterSpacing) : null);
        _cuts.Add(style, cut);
        return cut;
    }

    private static PangoAttributes Spaced(double points)
    {
        var attributes = PangoApi.AttrListNew();
        PangoApi.AttrListInsert(attributes, PangoApi.AttrLetterSpacing((int)(points * PangoApi.Scale)));
        return attributes;
    }

    private static PangoFontDescription Describe(string family, int weight, double size)
    {
        var description = PangoApi.FontDescriptionNew();
        PangoApi.FontDescriptionSetFamily(description, family);
        PangoApi.FontDescriptionSetWeight(description, weight);
        PangoApi.FontDescriptionSetAbsoluteSize(description, size * PangoApi.Scale);
        return description;
    }

    private string FamilyFoundFor(string family)
    {
        using var wanted = Describe(family, PangoApi.WeightNormal, TextStyle.Body.Size);
        using var font = PangoApi.FontMapLoadFont(_map, _context, wanted);
        if (font.IsInvalid) return "no font at all";
        using var found = PangoApi.FontDescribe(font);
        return Marshal.PtrToStringUTF8(PangoApi.FontDescriptionGetFamily(found)) ?? string.Empty;
    }

    private readonly record struct Request(string Text, TextStyle Style, int Width, Align Align);

    private sealed record Cut(PangoFontDescription Description, PangoAttributes? Attributes) : IDisposable
    {
        public void Dispose()
        {
            Description.Dispose();
            Attributes?.Dispose();
        }
    }
}
