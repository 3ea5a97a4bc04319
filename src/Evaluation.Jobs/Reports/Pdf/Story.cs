using Evaluation.Rules;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>A report being told in one language, strip by strip.</summary>
internal sealed class Story(Typesetter typesetter, Language language, List<Strip> strips)
{
    private const double ParagraphGap = 6;
    private const double LabelWidth = 78;

    private Bookmark? _bookmark;
    private bool _newPage;

        internal bool IsChinese => language == Language.Zh;

    /// <summary>Key of something in this language's half of the document.</summary>
    internal string Key(string name) => $"{name}-{language}";

    internal string Say(string zh, string en) => language == Language.Zh ? zh : en;

    internal string Say(Bilingual text) => text.In(language);

    internal TextBlock Set(string text, TextStyle style, double width, Align align = Align.Left) =>
        typesetter.Set(text, style, width, align);

    internal void Add(Strip strip)
    {
        strips.Add(strip with
        {
            NewPage = strip.NewPage || _newPage,
            Bookmark = strip.Bookmark ?? _bookmark,
        });
        (_bookmark, _newPage) = (null, false);
    }

    /// <summary>The next strip starts a page.</summary>
    internal void TurnPage() => _newPage = true;

    /// <summary>The next strip is found under this bookmark.</summary>
    internal void Mark(string name, string title, int level) => _bookmark = new Bookmark(Key(name), title, level);

    internal void Section(string name, string title)
    {
        Mark(name, title, 2);
        var text = Set(title, TextStyle.Heading1, Sheet.TextWidth);
        Add(new Strip(text.Height + 12, (canvas, x, y) =>
        {
            canvas.Text(text, x, y, Ink.Accent);
            canvas.HorizontalRule(x, y + text.Height + 4, Sheet.TextWidth, Ink.Accent, 0.8);
        })
        { Before = 30, KeepWithNext = true, Tag = "H1" });
    }

    internal void Heading(string title)
    {
        var text = Set(title, TextStyle.Heading2, Sheet.TextWidth);
        Add(new Strip(text.Height + 3, (canvas, x, y) => canvas.Text(text, x, y, Ink.Text))
        { Before = 16, KeepWithNext = true, Tag = "H2" });
    }

    internal void Caption(string title)
    {
        var text = Set(title, TextStyle.Heading3, Sheet.TextWidth);
        Add(new Strip(text.Height + 3, (canvas, x, y) => canvas.Text(text, x, y, Ink.Text))
        { Before = 12, KeepWithNext = true, Tag = "H3" });
    }

    internal void Paragraph(string text) => Paragraph(text, TextStyle.Body, Ink.Text);

    /// <summary>Running text; its first two and last two lines stay together.</summary>
    internal void Paragraph(
        string text,
        TextStyle style,
        Ink ink,
        double before = ParagraphGap,
        bool keepWithNext = false)
    {
        AddLines(Set(text, style, Sheet.TextWidth), ink, before, keepWithNext, 0);
    }

    /// <summary>A small grey label at the left and a text beside it.</summary>
    internal void Labelled(string label, string text, TextStyle style, bool keepWithNext = false, Ink? ink = null)
    {
        var name = Set(label, TextStyle.Label, LabelWidth - 8);
        var block = Set(text, style, Sheet.TextWidth - LabelWidth);
        if (name.Height > block.Height)
        {
            Add(new Strip(name.Height, (canvas, x, y) =>
            {
                canvas.Text(name, x, y, Ink.Quiet);
                canvas.Text(block, x + LabelWidth, y, ink ?? Ink.Text);
            })
            { Before = 3, KeepWithNext = keepWithNext });
            return;
        }

        AddLines(block, ink ?? Ink.Text, 3, keepWithNext, LabelWidth, (canvas, x, y) =>
            canvas.Text(name, x, y + ((block.LineHeight - name.LineHeight) / 2), Ink.Quiet));
    }

    private void AddLines(
        TextBlock block,
        Ink ink,
        double before,
        bool keepWithNext,
        double indent,
        Action<Canvas, double, double>? beside = null)
    {
        for (var index = 0; index < block.Lines.Count; index++)
        {
            var line = index;
            var last = line == block.Lines.Count - 1;
            Add(new Strip(block.LineHeight, (canvas, x, y) =>
            {
                canvas.Lines(block, line, 1, x + indent, y, ink);
                if (line == 0) beside?.Invoke(canvas, x, y);
            })
            {
                Before = line == 0 ? before : 0,
                KeepWithNext = last ? keepWithNext : line == 0 || line == block.Lines.Count - 2,
            });
        }
    }
}
