namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>
/// A horizontal slice of the text area that is never cut. Everything in a report is a list of strips.
/// </summary>
/// <param name="Height">Height in points.</param>
/// <param name="Draw">Draws it with its top left corner at the place given.</param>
internal sealed record Strip(double Height, Action<Canvas, double, double> Draw)
{
    /// <summary>Space above, dropped at the top of a page.</summary>
    internal double Before { get; init; }

    /// <summary>Stands on the same page as the strip after it.</summary>
    internal bool KeepWithNext { get; init; }

    /// <summary>Starts a page.</summary>
    internal bool NewPage { get; init; }

    /// <summary>Drawn again above this strip where a page begins with it: the head of its table.</summary>
    internal Strip? Head { get; init; }

    /// <summary>Bookmark that points here, or null.</summary>
    internal Bookmark? Bookmark { get; init; }

    /// <summary>What it is in the document's structure.</summary>
    internal string Tag { get; init; } = "P";

    /// <summary>Fills the sheet from edge to edge, without running header and footer.</summary>
    internal bool WholeSheet { get; init; }

    /// <summary>Empty space.</summary>
    internal static Strip Gap(double height) => new(height, (_, _, _) => { });
}

/// <summary>An entry of the document outline.</summary>
/// <param name="Key">Key for links inside the document.</param>
/// <param name="Title">Text shown.</param>
/// <param name="Level">Depth from 1.</param>
internal sealed record Bookmark(string Key, string Title, int Level);
