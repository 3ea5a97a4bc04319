namespace Evaluation.Jobs.Reports;

/// <summary>
/// Draws a report. Safe to call from several threads at once; the same report always gives the same bytes.
/// </summary>
public interface IReportRenderer
{
    /// <summary>Writes the finished document to a stream, which stays open.</summary>
    /// <returns>The number of pages.</returns>
    /// <exception cref="ReportRenderingException">
    /// Something the drawing needs is not there; the message says what.
    /// </exception>
    /// <exception cref="IOException">The stream could not be written.</exception>
    int Render(AssessmentReport report, Stream output);

    /// <summary>Writes the finished report of a resource index to a stream, which stays open.</summary>
    /// <returns>The number of pages.</returns>
    /// <exception cref="ReportRenderingException">
    /// Something the drawing needs is not there; the message says what.
    /// </exception>
    /// <exception cref="IOException">The stream could not be written.</exception>
    int Render(IndexReport report, Stream output);
}

/// <summary>A report could not be drawn. The message says what is missing and how to mend it.</summary>
public sealed class ReportRenderingException(string message) : Exception(message);
