namespace Evaluation.Jobs.Storage;

/// <summary>A pulled document that says something about the periods of a run and is not in its snapshot.</summary>
/// <param name="Source">Who said it.</param>
/// <param name="Name">What the document is called.</param>
/// <param name="Observations">Figures in the periods that the snapshot does not hold.</param>
/// <param name="Records">Service records in the periods that the run did not have, or had otherwise.</param>
/// <param name="FetchedAt">When it came.</param>
public sealed record Amendment(string Source, string Name, long Observations, long Records, DateTimeOffset FetchedAt);
