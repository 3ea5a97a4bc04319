using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// Turns the service records of a run into hours: per instrument, overlaps merged, clipped to the period, excluded
/// records left out. They become observations of a document of their own, named after what went in, so that measuring
/// again writes nothing. An instrument on the register of a unit that handed in records, and has none itself, was idle:
/// 0 hours. A unit without any record has no observation at all: nobody knows. Long work is cut by units.
/// </summary>
public sealed class MeasureServiceHours(
    RuleSetsOnRecord rules, RunStore runs, ServiceRecordStore records, UnitStore units, ObservationStore observations)
{
    public const string DocumentFormat = "service-hours";

    // What the measured figures are called in metrics.yaml. A year that does not define one does not use it.
    internal const string EffectiveHours = "instruments.effective_hours";
    internal const string ExternalHours = "instruments.external_hours";

    private const long RecordsOfAShard = 100_000;

    /// <summary>The pieces of a category, each some units that follow one another; one where there is nothing to measure.</summary>
    public async Task<IReadOnlyList<UnitRange>> Shards(string run, string category, CancellationToken cancel)
    {
        var known = await records.UnitsOfRun(run, category, cancel);
        var shards = new List<UnitRange>();
        var (first, many) = (1, 0L);
        for (var unit = 1; unit <= known.Count; unit++)
        {
            many += known[unit - 1].Records;
            if (many < RecordsOfAShard && unit < known.Count) continue;
            shards.Add(new UnitRange(category, first, unit));
            (first, many) = (unit + 1, 0);
        }

        return shards.Count > 0 ? shards : [new UnitRange(category, 1, 0)];
    }

    /// <summary>Measures a whole category.</summary>
    /// <returns>Instruments measured.</returns>
    public async Task<int> Measure(string run, string category, CancellationToken cancel)
    {
        var instruments = 0;
        foreach (var shard in await Shards(run, category, cancel)) instruments += await Measure(run, shard, null, cancel);
        return instruments;
    }

    /// <summary>Measures some units.</summary>
    /// <param name="run">The run.</param>
    /// <param name="range">Which, of the units that have records.</param>
    /// <param name="progress">Told how many records were measured, of how many.</param>
    /// <param name="cancel">Stops the work; nothing of the shard stays.</param>
    /// <returns>Instruments measured.</returns>
    public async Task<int> Measure(string run, UnitRange range, Action<long, long>? progress, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        var reporting = range.Of(await records.UnitsOfRun(run, range.Category, cancel)).ToList();
        if (!ruleSet.Metrics.ContainsKey(EffectiveHours) || reporting.Count == 0) return 0;
        var instruments = 0;
        foreach (var period in ruleSet.Cycle!.Categories.Single(one => one.Id == range.Category).Periods)
        {
            var measured = await Measured(run, ruleSet, range.Category, period, reporting, progress, cancel);
            if (measured.Count == 0) continue;
            measured.AddRange(await Idle(run, range.Category, period, measured, cancel));
            var document = await DocumentOf(found, range, period, reporting, cancel);
            await observations.Append(document, Observations(ruleSet, measured), measured, cancel);
            await runs.AddDocument(run, new RunDocument(document.Sha256, ""), cancel);
            instruments += measured.Count;
        }

        return instruments;
    }

    private async Task<List<MeasuredInstrument>> Measured(
        string run, RuleSet ruleSet, string category, Period period, List<UnitRecords> reporting, Action<long, long>? progress,
        CancellationToken cancel)
    {
        const int often = 4096;
        var conditions = new RecordConditions(ruleSet.Records, ruleSet.AsOf);
        var measured = new List<MeasuredInstrument>();
        var leftOut = await LeftOut(run, category, cancel);
        var all = reporting.Sum(unit => unit.Records);
        long done = 0;
        (string Unit, string Resource)? at = null;
        var meter = new HoursMeter(period);
        await foreach (var (unit, resource, use) in records.Uses(
            run, category, period, (reporting[0].Unit, reporting[^1].Unit), cancel: cancel))
        {
            if (++done % often == 0) progress?.Invoke(done, all);
            if (leftOut.Contains((unit, resource))) continue;
            if (at != (unit, resource))
            {
                Close();
                (at, meter) = ((unit, resource), new HoursMeter(period));
            }

            meter.Add(use, conditions.Of(unit, resource, use));
        }

        Close();
        progress?.Invoke(all, all);
        return measured;

        void Close()
        {
            if (at is var (unit, resource)) measured.Add(new MeasuredInstrument(category, unit, resource, period, meter.Total()));
        }
    }

    private async Task<HashSet<(string Unit, string Resource)>> LeftOut(string run, string category, CancellationToken cancel) =>
        [.. (await units.LeftOut(run, category, cancel: cancel)).Select(one => (one.Unit, one.Resource))];

    private async Task<List<MeasuredInstrument>> Idle(
        string run, string category, Period period, List<MeasuredInstrument> measured, CancellationToken cancel)
    {
        var reporting = measured.Select(hours => hours.Unit).ToHashSet(StringComparer.Ordinal);
        var used = measured.Select(hours => (hours.Unit, hours.Resource)).ToHashSet();
        used.UnionWith(await LeftOut(run, category, cancel));
        var idle = new List<MeasuredInstrument>();
        foreach (var unit in reporting)
        {
            await foreach (var resource in units.ResourcesOfRun(run, category, unit, cancel))
            {
                if (used.Contains((resource.Unit, resource.Resource))) continue;
                idle.Add(new MeasuredInstrument(category, resource.Unit, resource.Resource, period, InstrumentHours.Idle));
            }
        }

        return idle;
    }

    /// <summary>
    /// The document is known by what it was measured from and by which rules: the run's own documents in their order, the
    /// units, the rule set.
    /// </summary>
    private async Task<NewDocument> DocumentOf(
        Run run, UnitRange range, Period period, List<UnitRecords> reporting, CancellationToken cancel)
    {
        var given = (await runs.Documents(run.Id, cancel)).Where(document => document.Path.Length > 0);
        var text = new StringBuilder()
            .Append(DocumentFormat).Append('\n')
            .Append(run.EngineVersion).Append('\n')
            .Append(run.RuleSetHash).Append('\n')
            .Append(range.Category).Append('\n')
            .Append(period).Append('\n')
            .Append(reporting[0].Unit).Append('\n')
            .Append(reporting[^1].Unit).Append('\n');
        foreach (var document in given) text.Append(document.Document).Append('\n');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{DocumentFormat}-{range.Category}-{period.From:yyyy-MM-dd}-{range.First}-{range.Last}");
        return new NewDocument(hash, name, DocumentFormat, null, range.Category, 0);
    }

    private static IEnumerable<MetricObservation> Observations(RuleSet ruleSet, IReadOnlyList<MeasuredInstrument> measured)
    {
        foreach (var unit in measured.GroupBy(hours => hours.Unit).OrderBy(unit => unit.Key, StringComparer.Ordinal))
        {
            var ofUnit = unit.OrderBy(hours => hours.Resource, StringComparer.Ordinal).ToList();
            foreach (var instrument in ofUnit)
            {
                var where = instrument.Hours.Records == 0
                    ? "no service record"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"lines {instrument.Hours.FirstLine}-{instrument.Hours.LastLine}, {instrument.Hours.Records} records");
                foreach (var figure in OfInstrument) yield return figure.Of(instrument, instrument.Hours, instrument.Resource, where);
            }

            var all = string.Create(
                CultureInfo.InvariantCulture, $"{ofUnit.Sum(one => one.Hours.Records)} records of {ofUnit.Count} instruments");
            foreach (var figure in OfUnit.Where(figure => figure.Always || ruleSet.Metrics.ContainsKey(figure.Metric)))
            {
                yield return figure.Of(ofUnit[0], ofUnit, all);
            }
        }
    }

    private static readonly InstrumentMetric[] OfInstrument =
    [
        new(EffectiveHours, hours => hours.Accepted),
        new(ExternalHours, hours => hours.External.Hours),
    ];

    private static readonly UnitMetric[] OfUnit =
    [
        new("service_records_count", "record", Always: true, hours => hours.Records),
        new("service_income_external", "yuan", Always: true, hours => hours.External.Fees),
        new("service_income_internal", "yuan", Always: false, hours => hours.Internal.Fees),
        new("samples_served", "sample", Always: false, hours => hours.External.Samples + hours.Internal.Samples + hours.Unknown.Samples),
    ];

    private static MetricObservation Figure(
        MeasuredInstrument of, string metric, string? resource, decimal value, string measure, string locator) => new(
        0, of.Unit, resource, of.Category, metric, of.Period, value, null, measure, new Dictionary<string, string>(), "", "",
        locator, []);

    private sealed record InstrumentMetric(string Metric, Func<InstrumentHours, TimeSpan> Time)
    {
        public MetricObservation Of(MeasuredInstrument of, InstrumentHours hours, string resource, string where) =>
            Figure(of, Metric, resource, ServiceRecordStore.HoursOf(Time(hours)), "hour", where);
    }

    private sealed record UnitMetric(string Metric, string Measure, bool Always, Func<InstrumentHours, decimal> Amount)
    {
        public MetricObservation Of(MeasuredInstrument of, List<MeasuredInstrument> all, string where) =>
            Figure(of, Metric, null, all.Sum(one => Amount(one.Hours)), Measure, where);
    }
}
