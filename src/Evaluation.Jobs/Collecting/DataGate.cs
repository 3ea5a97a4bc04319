using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// The gate before the lock. The data are checked as they were reported; what people decided on the findings is applied
/// as a document of its own, which replaces values and says why; the data are checked again; and while a blocking
/// finding is open, nobody passes.
/// </summary>
public sealed class DataGate(
    RuleSetsOnRecord rules, CheckObservations checks, ObservationStore observations, RunStore runs, DecisionStore decisions)
{
    /// <summary>Format of the document that carries decisions; it has no file.</summary>
    public const string DocumentFormat = "finding-decisions";

    /// <returns>The findings of the data as reported.</returns>
    /// <exception cref="BlockingFindingsException">Somebody has to decide first; names the findings.</exception>
    public async Task<IReadOnlyList<Finding>> Pass(string run, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        // A run that was stopped here before has a document of the decisions of then.
        if (found.SnapshotHash is null) await runs.RemoveDocuments(run, DocumentFormat, cancel);
        var findings = await checks.Check(run, cancel);
        var decided = await decisions.OfCycle(found.Cycle, cancel);
        var open = Open(findings, decided);
        if (open.Count > 0) throw new BlockingFindingsException(open);
        var treated = findings.Where(finding => decided.TryGetValue(finding.NaturalKey, out var decision)
            && decision.Kind != FindingDecision.Keep).ToList();
        if (treated.Count == 0) return findings;

        await Apply(run, ruleSet, treated, decided, cancel);
        // A finding that was decided on and is there still: the decision did not mend the data.
        var kept = decided.Where(decision => decision.Value.Kind == FindingDecision.Keep).ToDictionary(StringComparer.Ordinal);
        var left = Open(await checks.Look(run, cancel), kept);
        if (left.Count == 0) return findings;
        await checks.WriteDown(run, left, cancel);
        throw new BlockingFindingsException(left);
    }

    private static List<Finding> Open(
        IReadOnlyList<Finding> findings, IReadOnlyDictionary<string, FindingDecision> decided) =>
        [.. findings.Where(finding => finding.Severity == "blocking" && !decided.ContainsKey(finding.NaturalKey))];

    private async Task Apply(
        string run, RuleSet ruleSet, List<Finding> treated, IReadOnlyDictionary<string, FindingDecision> decided,
        CancellationToken cancel)
    {
        var replacing = new List<MetricObservation>();
        foreach (var category in treated.GroupBy(finding => finding.Category!, StringComparer.Ordinal))
        {
            await foreach (var one in observations.OfRun(run, category.Key, cancel))
            {
                if (category.FirstOrDefault(finding => Touches(ruleSet, finding, decided[finding.NaturalKey], one)) is not { } finding) continue;
                replacing.Add(Replaced(one, decided[finding.NaturalKey]));
            }
        }

        var document = DocumentOf(run, replacing, treated.Select(finding => decided[finding.NaturalKey]));
        await observations.Append(document, replacing, [], cancel);
        await runs.AddDocument(run, new RunDocument(document.Sha256, ""), cancel);
    }

    // A decision is about the observations of the same unit, resource and metric; where the finding names a place in a
    // document, about that one.
    private static bool Touches(RuleSet rules, Finding finding, FindingDecision decision, MetricObservation one) =>
        finding.Category == one.Category && finding.Unit == one.Unit
        && (finding.Resource is null || finding.Resource == one.Resource)
        && (finding.Document is null || (finding.Document == one.Document && finding.Locator == one.Locator))
        && (decision.Metric ?? finding.Metric) is { } code && rules.Metrics.TryGetValue(code, out var metric)
        && (one.Metric == code || metric.ReportedAs.Contains(one.Metric));

    private static MetricObservation Replaced(MetricObservation one, FindingDecision decision)
    {
        var where = $"{decision.By}: {decision.Reason}";
        return decision.Kind == FindingDecision.Correct
            ? one with { Value = decision.Value, Verification = VerificationState.Verified, Locator = where }
            : one with { Verification = VerificationState.Rejected, Locator = where };
    }

    private static NewDocument DocumentOf(
        string run, IEnumerable<MetricObservation> replacing, IEnumerable<FindingDecision> decided)
    {
        var text = new StringBuilder(DocumentFormat).Append('\n').Append(run).Append('\n');
        foreach (var decision in decided)
        {
            text.Append(decision.Finding).Append('\n').Append(decision.Kind).Append('\n')
                .Append(decision.Metric).Append('\n').Append(decision.Value?.ToString(CultureInfo.InvariantCulture)).Append('\n')
                .Append(decision.Reason).Append('\n').Append(decision.By).Append('\n');
        }

        foreach (var one in replacing) text.Append(ObservationStore.NaturalKey(one)).Append('\n');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        return new NewDocument(hash, "finding-decisions", DocumentFormat, null, null, 0);
    }
}
