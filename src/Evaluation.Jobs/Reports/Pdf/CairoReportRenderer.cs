using System.Collections.Concurrent;
using Evaluation.Jobs.Reports.Pdf.Native;
using Evaluation.Rules;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>
/// Draws reports as PDF with Pango and Cairo. Several threads may use one renderer: each drawing borrows a typesetter
/// with a font map of its own.
/// </summary>
public sealed class CairoReportRenderer : IReportRenderer, IDisposable
{
    private readonly ConcurrentBag<Typesetter> _typesetters = [];

    /// <summary>A renderer on this machine's libraries and fonts.</summary>
    /// <exception cref="ReportRenderingException">
    /// A library or font is missing; the message names it and its package.
    /// </exception>
    public CairoReportRenderer()
    {
        RequiredLibraries.Check();
        _typesetters.Add(new Typesetter());
    }

    /// <summary>False when text is set in 黑体 because the machine has no Noto Serif CJK SC.</summary>
    public bool HasSerif => Borrowed(typesetter => typesetter.HasSerif);

    /// <inheritdoc/>
    public int Render(AssessmentReport report, Stream output) => Render(
        PaperFrame.Of(report), (story, title, other) => ReportStory.Tell(report, story, title, other), output);

    /// <inheritdoc/>
    public int Render(IndexReport report, Stream output) => Render(
        PaperFrame.Of(report), (story, title, other) => IndexStory.Tell(report, story, title, other), output);

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_typesetters.TryTake(out var typesetter)) typesetter.Dispose();
    }

    private int Render(PaperFrame frame, Action<Story, string, string> tell, Stream output) => Borrowed(typesetter =>
    {
        var document = PagesOf(frame, tell, typesetter);
        document.Write(output);
        typesetter.Forget();
        return document.Count;
    });

    private static ReportPages PagesOf(PaperFrame frame, Action<Story, string, string> tell, Typesetter typesetter)
    {
        var strips = new List<Strip>();
        var chinese = new Story(typesetter, Language.Zh, strips);
        var english = new Story(typesetter, Language.En, strips);
        tell(chinese, "中文报告", english.Key("cover"));
        var firstEnglish = strips.Count;
        tell(english, "English report", chinese.Key("cover"));
        return new ReportPages(frame, chinese, english, strips, firstEnglish);
    }

    private T Borrowed<T>(Func<Typesetter, T> use)
    {
        if (!_typesetters.TryTake(out var typesetter)) typesetter = new Typesetter();
        try
        {
            return use(typesetter);
        }
        finally
        {
            _typesetters.Add(typesetter);
        }
    }
}
