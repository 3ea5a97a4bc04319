using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>What reading once through a report says about it as a whole.</summary>
/// <param name="Header">Its header; partial, too, where a subset was refused.</param>
/// <param name="Datasets">How many datasets stand in it.</param>
/// <param name="Repeated">Hashes of the ids that stand there more than once.</param>
/// <param name="Refused">Subsets that cannot be taken: number and reason.</param>
internal sealed record CounterOutline(
    CounterHeader Header, long Datasets, HashSet<UInt128> Repeated, IReadOnlyDictionary<int, RejectedCell> Refused);

/// <summary>A way of writing a report down: JSON in its spellings, or tab-separated text.</summary>
internal interface ICounterLayout
{
    /// <summary>Reads once through the report.</summary>
    CounterOutline Outline();

    /// <summary>The datasets one by one; those of refused subsets are left out.</summary>
    IEnumerable<CounterDataset> Datasets(CounterOutline outline);
}
