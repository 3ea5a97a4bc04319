using Evaluation.Jobs.Reports.Pdf.Native;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>
/// A report on its pages: the second pass, which knows how many there are and where everything stands.
/// </summary>
internal sealed class ReportPages
{
    private const double HeaderTop = 36;
    private const double FooterTop = 796;

    private readonly PaperFrame _frame;
    private readonly Story _chinese;
    private readonly Story _english;
    private readonly IReadOnlyList<PlacedPage> _pages;
    private readonly int _firstEnglishPage;
    private readonly List<(Bookmark Bookmark, Place Place)> _bookmarks = [];
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    internal ReportPages(PaperFrame frame, Story chinese, Story english, List<Strip> strips, int firstEnglish)
    {
        (_frame, _chinese, _english) = (frame, chinese, english);
        _pages = Paginator.Place(strips);
        _firstEnglishPage = _pages.ToList().FindIndex(page =>
            page.Strips.Any(placed => ReferenceEquals(placed.Strip, strips[firstEnglish])));
        for (var page = 0; page < _pages.Count; page++) Note(page);
    }

    internal int Count => _pages.Count;

    internal void Write(Stream output)
    {
        using var fonts = new CairoText();
        Draw(new Canvas(null, fonts, _places), _ => { });
        fonts.Cut();
        using var document = new PdfDocument(output, Sheet.Width, Sheet.Height);
        Describe(document);
        document.BeginStructure();
        Draw(new Canvas(document.Context, fonts, _places), document.EndPage);
        document.Finish();
    }

    private void Draw(Canvas canvas, Action<bool> endPage)
    {
        for (var page = 0; page < _pages.Count; page++)
        {
            if (!_pages[page].WholeSheet) Frame(canvas, page);
            foreach (var (strip, y) in _pages[page].Strips)
            {
                canvas.Structured(strip.Tag, () => strip.Draw(canvas, Sheet.Left, y));
            }

            endPage(page == _pages.Count - 1);
        }
    }

    private void Note(int page)
    {
        foreach (var (strip, y) in _pages[page].Strips)
        {
            if (strip.Bookmark is not { } bookmark) continue;
            var place = new Place(page + 1, Math.Max(y - 8, 0));
            _bookmarks.Add((bookmark, place));
            _places[bookmark.Key] = place;
        }
    }

    private void Describe(PdfDocument document)
    {
        foreach (var (kind, text) in _frame.Metadata) document.Describe(kind, text);
        document.Date(_frame.Date);
        var parents = new int[4];
        foreach (var (bookmark, place) in _bookmarks)
        {
            parents[bookmark.Level] = document.Bookmark(
                parents[bookmark.Level - 1], bookmark.Title, place.Page, place.Y, open: bookmark.Level == 1);
        }
    }

    /// <summary>Running header and footer.</summary>
    private void Frame(Canvas canvas, int page)
    {
        var story = page < _firstEnglishPage ? _chinese : _english;
        var generated = _frame.IsGenerated ? 96 : 0;
        var number = story.Set(_frame.Number, TextStyle.Small, 130, Align.Right);
        var unit = story.Set(story.Say(_frame.Head), TextStyle.Small, Sheet.TextWidth - 140 - generated);
        var rule = HeaderTop + 24;
        canvas.Text(unit, Sheet.Left, rule - 4 - unit.Height, Ink.Quiet);
        canvas.Text(number, Sheet.Right - generated - 130, rule - 4 - number.Height, Ink.Quiet);
        if (_frame.IsGenerated) GeneratedTag.Draw(story, canvas, Sheet.Right, rule - 18, 7.5);
        canvas.HorizontalRule(Sheet.Left, rule, Sheet.TextWidth, Ink.Accent, 0.6);
        var count = ReportText.Whole(_pages.Count);
        var at = ReportText.Whole(page + 1);
        var foot = story.Set(
            story.Say($"第 {at} 页，共 {count} 页", $"Page {at} of {count}"), TextStyle.Small, 140, Align.Right);
        var title = story.Set(story.Say(_frame.Foot), TextStyle.Small, Sheet.TextWidth - 150);
        canvas.HorizontalRule(Sheet.Left, FooterTop - 6, Sheet.TextWidth, Ink.Rule, 0.4);
        canvas.Text(title, Sheet.Left, FooterTop, Ink.Quiet);
        canvas.Text(foot, Sheet.Right - 140, FooterTop, Ink.Quiet);
    }
}
