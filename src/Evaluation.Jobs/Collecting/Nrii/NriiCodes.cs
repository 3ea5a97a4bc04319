namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>Names of the reasons why a record is refused, for programs.</summary>
internal static class NriiCodes
{
    public const string NotARecord = "not-a-record";
    public const string KindUnknown = "kind-unknown";
    public const string KindMismatch = "kind-mismatch";
    public const string UnitMissing = "unit-missing";
    public const string UnitMismatch = "unit-mismatch";
    public const string FieldMissing = "field-missing";
    public const string NotANumber = "not-a-number";
    public const string NotADate = "not-a-date";
    public const string NotAChoice = "not-a-choice";

    /// <summary>A date stands where a quantity belongs, such as 1970-01-01 08.</summary>
    public const string QuantityIsDate = "quantity-is-date";

    /// <summary>Samples are counted; 12.3 of them is no count.</summary>
    public const string SampleCountNotWhole = "sample-count-not-whole";

    /// <summary>Ways of service of which one is measured in hours and another in samples.</summary>
    public const string ServiceWaysMixed = "service-ways-mixed";

    public const string EndBeforeStart = "end-before-start";
}

/// <summary>Codes of the checks on records that are kept.</summary>
internal static class NriiFlags
{
    /// <summary>Read out of free text: somebody has to confirm it.</summary>
    public const string NeedsConfirmation = "needs-confirmation";

    /// <summary>The record does not say when; it is booked on the declared period.</summary>
    public const string DateUnknown = "date-unknown";

    /// <summary>The record has no number of its own; it is known by what it says.</summary>
    public const string RecordNumberMissing = "record-number-missing";

    /// <summary>More hours than the time from start to end.</summary>
    public const string HoursAboveSpan = "hours-above-span";

    /// <summary>More hours than the days of the record have.</summary>
    public const string HoursAboveDay = "hours-above-day";

    /// <summary>More hours than the period has.</summary>
    public const string HoursAbovePeriod = "hours-above-period";

    /// <summary>More for outside users than in all.</summary>
    public const string ExternalAboveTotal = "external-above-total";

    /// <summary>The user's unit has the name of the unit itself, so the user is taken as one of its own.</summary>
    public const string ScopeByName = "scope-by-name";

    /// <summary>Which unit a record of Shanghai's platform belongs to is not said in it.</summary>
    public const string UnitNotSaid = "unit-not-said";
}

/// <summary>A record, or one of its fields, cannot be taken.</summary>
internal sealed class NriiRefusal(string code, string cell, string value, string zh, string en) : Exception(en)
{
    public CollectedReject Reject { get; } = new(Storage.RejectedCell.Named(code, cell, value, zh, en));
}
