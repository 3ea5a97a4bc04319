using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>The figures of datasets as observations, with the flags of the report, the dataset and the figure.</summary>
internal sealed class CounterFigures(RecognisedFile file, RuleSet rules, CounterHeader header, string unit)
{
    private static readonly Dictionary<(string Counted, string Kind), (string Metric, string Unit)> Metrics = new()
    {
        [("investigations", "total")] = ("data_views_total", "time"),
        [("investigations", "unique")] = ("data_views_unique", "time"),
        [("requests", "total")] = ("data_downloads_total", "time"),
        [("requests", "unique")] = ("data_downloads_unique", "time"),
        [(CounterDataset.Size, "total")] = ("data_bytes", "byte"),
    };

    private readonly HashSet<Period> conflictsSaid = [];
    private bool uniqueSizeSaid;

    public IEnumerable<Collected> Of(CounterDataset dataset)
    {
        if (dataset.PlaceholderPublisher) yield return new CollectedFlag(CounterFlags.PublisherPlaceholder);
        foreach (var (key, figure) in dataset.Figures)
        {
            if (!Metrics.TryGetValue((key.Counted, key.Kind), out var known))
            {
                yield return new CollectedSkip();
                if (!uniqueSizeSaid) yield return new CollectedNote(UniqueSize());
                uniqueSizeSaid = true;
                continue;
            }

            foreach (var flag in figure.Flags) yield return new CollectedFlag(flag);
            var flags = new SortedSet<string>(figure.Flags, StringComparer.Ordinal);
            if (dataset.PlaceholderPublisher) flags.Add(CounterFlags.PublisherPlaceholder);
            if (header.IsPartial) flags.Add(CounterFlags.Partial);
            if (header.Period is { } said && said != key.Period && conflictsSaid.Add(key.Period))
            {
                flags.Add(CounterFlags.PeriodConflict);
                yield return new CollectedFlag(CounterFlags.PeriodConflict);
                yield return new CollectedNote(Conflict(said, key.Period));
            }

            var (metric, measure) = known;
            yield return new CollectedObservation(new MetricObservation(
                0, unit, dataset.Id, file.Profile.Category, metric, key.Period, figure.Count, null,
                rules.Metrics.GetValueOrDefault(metric)?.Unit.Code ?? measure,
                new Dictionary<string, string> { ["access_method"] = key.Method },
                file.Document, file.Name, figure.Locator, [.. flags]));
        }
    }

    private Rules.Bilingual Conflict(Period said, Period given) => new(
        $"{file.Name}：报告头的期间是 {said}，数值的期间是 {given}，以数值为准",
        $"{file.Name}: the header says the period {said}, the figures say {given}; the figures hold.");

    /// <summary>A volume is what went over the wire; how much of it was new to a visitor is measured by nobody.</summary>
    private Rules.Bilingual UniqueSize() => new(
        $"{file.Name}：去重下载的数据量不是评价用的数据项，计为略过；下载数据量取总量。",
        $"{file.Name}: the volume of unique requests is no metric of the evaluation and counts as skipped; the volume "
        + "downloaded is the total.");
}
