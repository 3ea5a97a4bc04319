namespace Evaluation.Jobs.Storage;

/// <summary>A part of a large file of service records: some lines that follow one another.</summary>
/// <param name="Part">Number, from 1.</param>
/// <param name="From">First byte.</param>
/// <param name="To">First byte after.</param>
/// <param name="LinesBefore">Lines of the file before it.</param>
/// <param name="Lines">Lines in it.</param>
public sealed record RecordPart(int Part, long From, long To, int LinesBefore, int Lines);

/// <summary>A file of service records that is being read in parts.</summary>
/// <param name="Document">Its number.</param>
/// <param name="Home">Where its records are kept.</param>
/// <param name="Waiting">Parts nobody has read yet.</param>
/// <param name="Parts">All parts.</param>
public sealed record RecordDocument(
    int Document, int Home, IReadOnlyList<RecordPart> Waiting, IReadOnlyList<RecordPart> Parts);
