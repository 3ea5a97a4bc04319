namespace Evaluation.Jobs.Collecting.OaiPmh;

/// <summary>A record of a catalogue, as its header and metadata say.</summary>
/// <param name="Identifier">Identifier inside the repository; empty where it is missing.</param>
/// <param name="Datestamp">Day of its creation, last change or deletion; null where it is missing or no day.</param>
/// <param name="Written">The datestamp as written.</param>
/// <param name="Deleted">Whether the header says that it was deleted.</param>
/// <param name="Title">Its title, exactly as written, or null.</param>
/// <param name="Line">Line of the document.</param>
internal sealed record OaiRecord(
    string Identifier, DateOnly? Datestamp, string Written, bool Deleted, string? Title, int Line);

/// <summary>What an answer says besides its records.</summary>
/// <param name="BaseUrl">Address of the repository.</param>
/// <param name="Answered">Day on which it answered, or null.</param>
/// <param name="Error">Code of an error, or null.</param>
/// <param name="ErrorText">What the error says.</param>
/// <param name="Token">Resumption token: there is more; null at the end of the list.</param>
/// <param name="Verb">What was answered: ListRecords, Identify, …</param>
/// <param name="EarliestDatestamp">Of an Identify answer.</param>
/// <param name="Granularity">Of an Identify answer: <c>YYYY-MM-DD</c> or with seconds.</param>
internal sealed record OaiAnswer(
    string BaseUrl, DateTimeOffset? Answered, string? Error, string? ErrorText, string? Token, string? Verb,
    string? EarliestDatestamp, string? Granularity);
