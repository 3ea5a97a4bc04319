namespace Evaluation.Jobs.Collecting.Nemo;

/// <summary>Codes of the checks on the records of a NEMO server.</summary>
internal static class NemoFlags
{
    /// <summary>Start and end are those of an approved correction.</summary>
    public const string Corrected = "corrected";

    /// <summary>An approved correction that names nobody who approved it.</summary>
    public const string CorrectionWithoutReviewer = "correction-without-reviewer";

    /// <summary>A correction is asked for and not decided: it changes nothing.</summary>
    public const string CorrectionPending = "correction-pending";

    /// <summary>A correction was asked for and denied: it changes nothing.</summary>
    public const string CorrectionDenied = "correction-denied";

    /// <summary>Whether a correction is about a use or a reservation is not said: it changes nothing.</summary>
    public const string CorrectionUnresolved = "correction-unresolved";

    /// <summary>Used for training: no effective hours.</summary>
    public const string Training = "training";

    /// <summary>Waived by the facility: no effective hours.</summary>
    public const string Waived = "waived";

    /// <summary>Part of the use, or all of it, lies in a time when the tool was shut down.</summary>
    public const string FaultWindow = "fault-window";

    /// <summary>A tool is shut down and nobody has reported its repair: its fault has no hours yet.</summary>
    public const string FaultOpen = "fault-open";

    /// <summary>Booked and not used.</summary>
    public const string MissedReservation = "missed-reservation";

    /// <summary>Booked and not used while the tool was out of service: nobody's fault.</summary>
    public const string MissedInOutage = "missed-in-outage";
}
