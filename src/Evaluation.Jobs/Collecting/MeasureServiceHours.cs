using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// Turns the service records of a run into hours: per instrument, overlaps merged, clipped to the period. They become
/// observations of a document of their own, named after what went in, so that measuring again writes nothing.
/// An instrument on the register of a unit that handed in records, and has none itself, was idle: 0 hours. A unit
/// without any record has no observation at all: nobody knows.
/// </summary>
public sealed class MeasureServiceHours(
    RuleSetsOnRecord rules, RunStore runs, ServiceRecordStore records, UnitStore units, ObservationStore observations)
{
    public const string DocumentFormat = "service-hours";

    // What the measured figures are called in metrics.yaml. A year that does not define one does not use it.
    internal const string EffectiveHours = "instruments.effective_hours";
    internal const string ExternalHours = "instruments.external_hours";
    private const string RecordCount = "service_records_count";
    private const string ExternalIncome = "service_income_external";

    /// <returns>Instruments measured.</returns>
    public async Task<int> Measure(string run, string category, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        if (!ruleSet.Metrics.ContainsKey(EffectiveHours)) return 0;
        var periods = ruleSet.Cycle!.Categories.Single(one => one.Id == category).Periods;
        var instruments = 0;
        foreach (var period in periods)
        {
            var measured = new List<MeasuredHours>();
            await foreach (var hours in records.MeasureHours(run, category, period, cancel: cancel)) measured.Add(hours);
            if (measured.Count == 0) continue;
            var document = await DocumentOf(found, category, period, cancel);
            var idle = await Idle(run, category, measured, cancel);
            var figures = Observations(category, period, [.. measured, .. idle]).ToAsyncEnumerable();
            await observations.Append(document, figures, cancel);
            await runs.AddDocument(run, new RunDocument(document.Sha256, ""), cancel);
            instruments += measured.Count + idle.Count;
        }

        return instruments;
    }

    private async Task<List<MeasuredHours>> Idle(
        string run, string category, List<MeasuredHours> measured, CancellationToken cancel)
    {
        var reporting = measured.Select(hours => hours.Unit).ToHashSet(StringComparer.Ordinal);
        var used = measured.Select(hours => (hours.Unit, hours.Resource)).ToHashSet();
        var idle = new List<MeasuredHours>();
        await foreach (var resource in units.ResourcesOfRun(run, category, cancel: cancel))
        {
            if (!reporting.Contains(resource.Unit) || used.Contains((resource.Unit, resource.Resource))) continue;
            idle.Add(new MeasuredHours(resource.Unit, resource.Resource, 0, 0, 0, 0, 0, 0, 0, 0));
        }

        return idle;
    }

    /// <summary>The document is known by what it was measured from: the run's own documents, in their order.</summary>
    private async Task<NewDocument> DocumentOf(Run run, string category, Period period, CancellationToken cancel)
    {
        var given = (await runs.Documents(run.Id, cancel)).Where(document => document.Path.Length > 0);
        var text = new StringBuilder()
            .Append(DocumentFormat).Append('\n')
            .Append(run.EngineVersion).Append('\n')
            .Append(category).Append('\n')
            .Append(period).Append('\n');
        foreach (var document in given) text.Append(document.Document).Append('\n');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        return new NewDocument(hash, $"service-hours-{category}-{period.From:yyyy-MM-dd}", DocumentFormat, null, category, 0);
    }

    private static IEnumerable<MetricObservation> Observations(
        string category, Period period, IReadOnlyList<MeasuredHours> measured)
    {
        foreach (var unit in measured.GroupBy(hours => hours.Unit).OrderBy(unit => unit.Key, StringComparer.Ordinal))
        {
            foreach (var hours in unit.OrderBy(hours => hours.Resource, StringComparer.Ordinal))
            {
                var where = hours.Records == 0
                    ? "no service record"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"lines {hours.FirstLine}-{hours.LastLine}, {hours.Records} records");
                yield return Figure(EffectiveHours, hours.Resource, Rounded(hours.Hours), "hour", where);
                yield return Figure(ExternalHours, hours.Resource, Rounded(hours.ExternalHours), "hour", where);
            }

            var count = unit.Sum(hours => hours.Records);
            var all = string.Create(CultureInfo.InvariantCulture, $"{count} records of {unit.Count()} instruments");
            yield return Figure(RecordCount, null, count, "record", all);
            yield return Figure(ExternalIncome, null, unit.Sum(hours => hours.ExternalFees), "yuan", all);

            MetricObservation Figure(string metric, string? resource, decimal value, string measure, string locator) => new(
                0, unit.Key, resource, category, metric, period, value, null, measure, new Dictionary<string, string>(),
                "", "", locator, []);
        }
    }

    // Minutes give hours such as 1/3: kept to a millionth of an hour, rounded once, here.
    private static decimal Rounded(decimal hours) => Math.Round(hours, 6, MidpointRounding.AwayFromZero);
}
