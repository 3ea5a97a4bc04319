namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>A strip and the height on the page where it stands.</summary>
internal readonly record struct PlacedStrip(Strip Strip, double Y);

/// <summary>One page before it is drawn.</summary>
internal sealed record PlacedPage(IReadOnlyList<PlacedStrip> Strips)
{
    internal bool WholeSheet => Strips is [{ Strip.WholeSheet: true }];
}

/// <summary>Puts strips on pages: the first pass. Only after it are page numbers known.</summary>
internal static class Paginator
{
    internal static IReadOnlyList<PlacedPage> Place(IReadOnlyList<Strip> strips)
    {
        var pages = new List<PlacedPage>();
        var page = new List<PlacedStrip>();
        var y = Sheet.Top;
        for (var index = 0; index < strips.Count; index++)
        {
            var strip = strips[index];
            if (page.Count > 0 && (strip.NewPage || y + Needed(strips, index, page.Count == 0) > Sheet.Bottom)) Turn();
            if (page.Count == 0 && strip.Head is { } head) Put(head);
            Put(strip);
            if (strip.WholeSheet) Turn();
        }

        if (page.Count > 0) Turn();
        return pages;

        void Put(Strip strip)
        {
            if (page.Count > 0) y += strip.Before;
            page.Add(new PlacedStrip(strip, strip.WholeSheet ? 0 : y));
            y += strip.Height;
        }

        void Turn()
        {
            pages.Add(new PlacedPage(page));
            page = [];
            y = Sheet.Top;
        }
    }

    /// <summary>
    /// Height of the strip with all that must stay with it; what could not fit on any page asks for itself alone.
    /// </summary>
    private static double Needed(IReadOnlyList<Strip> strips, int index, bool atTop)
    {
        var own = strips[index].Height + (atTop ? 0 : strips[index].Before);
        var chain = own;
        for (var next = index; strips[next].KeepWithNext && next + 1 < strips.Count && !strips[next + 1].NewPage;)
        {
            next++;
            chain += strips[next].Before + strips[next].Height;
            if (chain > Sheet.TextHeight) return own;
        }

        return chain;
    }
}
