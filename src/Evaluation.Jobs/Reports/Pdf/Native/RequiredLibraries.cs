using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Reports.Pdf.Native;

/// <summary>
/// Asks for the machine's libraries before the first call, so that a missing one is named with its cure.
/// </summary>
internal static class RequiredLibraries
{
    internal const string Install = "apt-get install libpangocairo-1.0-0 libharfbuzz-subset0 fonts-noto-cjk";

    private static readonly string[] Names =
    [
        CairoApi.Library, PangoApi.ObjectLibrary, PangoApi.Library, PangoApi.CairoLibrary,
        FontApi.HarfBuzz, FontApi.Subsetter, FontApi.FreeType,
    ];

    internal static void Check() => Check(name => NativeLibrary.TryLoad(name, out _));

    internal static void Check(Func<string, bool> isThere)
    {
        var missing = Names.Where(name => !isThere(name)).ToList();
        if (missing.Count == 0) return;
        throw new ReportRenderingException(
            $"PDF reports need {string.Join(", ", missing)}, which this machine does not have. Install: {Install}");
    }

    internal static ReportRenderingException MissingFont(string family, string found) => new(
        $"PDF reports need the font '{family}', which this machine does not have ('{found}' would stand in for it). "
            + $"Install: {Install}");
}
