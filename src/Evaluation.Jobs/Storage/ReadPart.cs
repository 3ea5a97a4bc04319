namespace Evaluation.Jobs.Storage;

/// <summary>What was read of a part, ready to be stored.</summary>
/// <param name="Records">The records, none of them twice.</param>
/// <param name="Rejects">Rows that were refused.</param>
/// <param name="Keys">Fingerprints of all rows that state a record, also of those that state one again, sorted.</param>
/// <param name="Lines">The lines of those rows.</param>
/// <param name="Skipped">Rows that the profile leaves out.</param>
/// <param name="Aliases">Category and name of a unit, as the file writes it → line where it is first met.</param>
internal sealed record ReadPart(
    StagedRecords Records,
    IReadOnlyList<RejectedCell> Rejects,
    ulong[] Keys,
    int[] Lines,
    int Skipped,
    IReadOnlyDictionary<(string Category, string Alias), int> Aliases);
