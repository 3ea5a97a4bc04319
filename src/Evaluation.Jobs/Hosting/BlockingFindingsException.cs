using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Hosting;

/// <summary>The data cannot be evaluated as they are: people have to act first.</summary>
public sealed class BlockingFindingsException(IReadOnlyList<Finding> findings)
    : Exception(string.Join(Environment.NewLine, findings.Take(Shown).Select(finding => finding.Message.En))
        + (findings.Count > Shown ? $"{Environment.NewLine}… and {findings.Count - Shown} more" : ""))
{
    private const int Shown = 10;
}
