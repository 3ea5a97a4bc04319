using System.Globalization;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Hosting;

/// <summary>The data cannot be locked as they are: people have to decide first.</summary>
public sealed class BlockingFindingsException(IReadOnlyList<Finding> findings)
    : Exception(string.Join(Environment.NewLine, findings.Take(Shown).Select(LineOf))
        + (findings.Count > Shown ? $"{Environment.NewLine}… and {findings.Count - Shown} more" : "")
        + $"{Environment.NewLine}Decide on each: ./evaluation findings list RUN --open, then ./evaluation findings decide …")
{
    private const int Shown = 10;

    private static string LineOf(Finding finding) => finding.Unit is null
        ? finding.Message.En
        : string.Create(CultureInfo.InvariantCulture, $"{finding.Code} {finding.Category}/{finding.Unit}: {finding.Message.En}");
}
