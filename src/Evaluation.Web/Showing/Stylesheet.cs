using System.Security.Cryptography;

namespace Evaluation.Web.Showing;

/// <summary>The one style sheet: part of the program, so that it is found wherever the program is started from.</summary>
public static class Stylesheet
{
    private static readonly byte[] Text = Read();

    /// <summary>Address with a hash of the content: it may be kept for ever.</summary>
    public static string Address { get; } = "/site-" + Convert.ToHexStringLower(SHA256.HashData(Text))[..12] + ".css";

    /// <summary>Answers the style sheet's address.</summary>
    public static void MapStylesheet(this IEndpointRouteBuilder routes) => routes.MapGet(Address, (HttpResponse response) =>
    {
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(Text, "text/css; charset=utf-8");
    });

    private static byte[] Read()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("site.css")
            ?? throw new InvalidOperationException("The style sheet is missing from the program.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
