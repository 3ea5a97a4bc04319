namespace Evaluation.Jobs.Storage;

/// <summary>What was read of a part, ready to be stored.</summary>
/// <param name="Records">The records, none of them twice.</param>
/// <param name="Rejects">Rows that were refused.</param>
/// <param name="Repeats">Fingerprint and line of the rows among them that state a record of the part again.</param>
/// <param name="Skipped">Rows that the profile leaves out.</param>
/// <param name="Aliases">Category and name of a unit, as the file writes it → line where it is first met.</param>
internal sealed record ReadPart(
    StagedRecords Records,
    IReadOnlyList<RejectedCell> Rejects,
    IReadOnlyList<(ulong Key, int Line)> Repeats,
    int Skipped,
    IReadOnlyDictionary<(string Category, string Alias), int> Aliases);
