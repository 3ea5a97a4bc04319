using Evaluation.Rules;
using Evaluation.Rules.Records;

namespace Evaluation.Jobs.Storage;

/// <summary>A document that is about to be read.</summary>
/// <param name="Sha256">
/// Identity, lower-case hex SHA-256: of what was read and how it was read, so that a mended profile reads a file anew.
/// </param>
/// <param name="Name">File name, as people know it.</param>
/// <param name="Format"><c>csv</c>, <c>counter-rd1</c>, …</param>
/// <param name="Profile">Mapping profile it is read by, or null.</param>
/// <param name="Category">Category of the units in it, or null.</param>
/// <param name="Bytes">Length.</param>
public sealed record NewDocument(
    string Sha256, string Name, string Format, string? Profile, string? Category, long Bytes)
{
    /// <summary>Hash of the file's bytes alone, which people can verify; the identity where there is no file.</summary>
    public string ContentSha256 { get; init; } = Sha256;

    /// <summary>The cycle whose rules read it: its service records are kept with that cycle's.</summary>
    public string Cycle { get; init; } = "";
}

/// <summary>A document that was read, with its counts.</summary>
/// <param name="Accepted">Observations or rows taken.</param>
/// <param name="Rejected">Rows and cells refused; see <see cref="DocumentStore.Rejects"/>.</param>
/// <param name="Replaced">Of those accepted, how many replaced another value of an earlier document.</param>
/// <param name="Flagged">Of those accepted, how many carry the code of a check that fired.</param>
/// <param name="Skipped">Rows that the profile leaves out.</param>
/// <param name="Notes">What people should know about the document as a whole.</param>
public sealed record SourceDocument(
    string Sha256,
    int Number,
    string Name,
    string Format,
    string? Profile,
    string? Category,
    long Bytes,
    int Accepted,
    int Rejected,
    int Replaced,
    int Flagged,
    int Skipped,
    IReadOnlyList<Bilingual> Notes,
    DateTimeOffset RecordedAt,
    string ContentSha256);

/// <summary>A refused row or cell.</summary>
/// <param name="Line">Line of the file from 1; 0 for the document as a whole.</param>
/// <param name="Cell">Column name and letter, or a path inside the document; empty for a whole row.</param>
/// <param name="Value">The text that was refused.</param>
/// <param name="Reason">What is wrong and how to mend it, in both languages.</param>
public sealed record RejectedCell(int Line, string Cell, string Value, Bilingual Reason)
{
    /// <summary>Code of a record that was submitted and is locked.</summary>
    public const string RecordLocked = "record-locked";

    /// <summary>Name of the reason for programs, where it has one; it also stands in <see cref="Reason"/>.</summary>
    public string? Code { get; init; }

    /// <summary>A record that was submitted before.</summary>
    public static RejectedCell Locked(string cell, string record) => Named(
        RecordLocked, cell, record,
        "该记录已提交并锁定，须由平台退回后才能再次报送。",
        "The record was submitted and is locked; it may be sent again after the platform has returned it.");

    /// <summary>A refusal whose reason ends with its code.</summary>
    public static RejectedCell Named(string code, string cell, string value, string zh, string en) =>
        new(0, cell, value, new Bilingual($"{zh}（{code}）", $"{en} ({code})")) { Code = code };
}

/// <summary>A record of an outside system that may be sent again until it is submitted.</summary>
/// <param name="Scheme">System and kind of record, e.g. <c>nrii/6</c>.</param>
/// <param name="Unit">Unit it belongs to.</param>
/// <param name="Record">The unit's own number of it.</param>
public sealed record ReportedRecord(string Scheme, string Unit, string Record);

/// <summary>A unit as a document names it.</summary>
public sealed record UnitEntry(string Category, string Unit, Bilingual Name, Bilingual? Province);

/// <summary>A resource as a document describes it.</summary>
/// <param name="OriginalValue">Original value, yuan.</param>
/// <param name="InServiceFrom">First day in service.</param>
/// <param name="Registered">Whether it is registered on the national platform; null when the document does not say.</param>
/// <param name="Locator">Where in the document it stands.</param>
public sealed record ResourceEntry(
    string Category,
    string Unit,
    string Resource,
    string Name,
    string? Class,
    decimal? OriginalValue,
    DateOnly? InServiceFrom,
    bool? Registered,
    string Locator)
{
    public string? NameEn { get; init; }

    /// <summary>instrument, dataset, accession …, as the document says.</summary>
    public string? Kind { get; init; }

    /// <summary>In use, out of order, given up …, as the document says.</summary>
    public string? Status { get; init; }

    /// <summary>How it is shared, as the document says.</summary>
    public string? ShareMode { get; init; }

    /// <summary>The unit's own choice, where a scope rule leaves one.</summary>
    public bool? Included { get; init; }

    /// <summary>Day it was booked as an asset.</summary>
    public DateOnly? BookedOn { get; init; }

    /// <summary>Day it was registered on the platform.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>First day out of service.</summary>
    public DateOnly? RetiredOn { get; init; }

    /// <summary>Identifiers by their scheme (doi, cstr …); a DOI in small letters.</summary>
    public IReadOnlyDictionary<string, string> Identifiers { get; init; } = new Dictionary<string, string>();
}

/// <summary>Who used which instrument from when to when, for whom, for what fee.</summary>
/// <param name="Record">The unit's own number of the record.</param>
/// <param name="Start">Civil time as written, kept as if it were UTC: no daylight saving, no machine's time zone.</param>
/// <param name="End">
/// As <paramref name="Start"/>; later than it, or the same where the source has withdrawn the use since. Null for a session
/// that has not ended.
/// </param>
/// <param name="Fee">Yuan.</param>
/// <param name="Line">Line of the document.</param>
public sealed record ServiceRecord(
    string Category,
    string Unit,
    string Resource,
    string Record,
    DateTime Start,
    DateTime? End,
    ServiceScope Scope,
    string? User,
    decimal? Fee,
    int Line)
{
    /// <summary>What the record counts.</summary>
    public RecordKind Kind { get; init; } = RecordKind.Hours;

    /// <summary>The quantity it states, in the unit of its kind; at most six decimals are kept.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Way of the service (占用共享, 委托共享 …), as the document says.</summary>
    public string? Way { get; init; }

    /// <summary>What it was for, as the document says.</summary>
    public string? Purpose { get; init; }

    /// <summary>Whether the document marks the user as a related party; null where it does not say.</summary>
    public bool? Related { get; init; }

    /// <summary>Number of the invoice the fee was charged by.</summary>
    public string? Invoice { get; init; }
}
