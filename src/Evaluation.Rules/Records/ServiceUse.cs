namespace Evaluation.Rules.Records;

/// <summary>A service record as it is measured: one use of one instrument.</summary>
/// <param name="Document">Number of the document that states it.</param>
/// <param name="Line">Line of the document.</param>
/// <param name="Start">Civil time as written.</param>
/// <param name="End">Later than <paramref name="Start"/>; null for a session that has not ended.</param>
/// <param name="Scope">Who the user is, seen from the unit.</param>
/// <param name="Kind">What it counts.</param>
/// <param name="Quantity">The quantity the record states, in the unit of its kind; null where it states none.</param>
/// <param name="Fee">Fee charged, yuan; null where the record states none.</param>
/// <param name="InvoiceUsedBefore">Whether an earlier record names the same invoice.</param>
/// <param name="User">The user's unit, or null.</param>
/// <param name="Purpose">What it was for, as the document says; null where it does not.</param>
/// <param name="Way">Way of the service (占用共享, 委托共享 …), as the document says; null where it does not.</param>
/// <param name="Related">Whether the document marks the user as a related party; null where it does not say.</param>
public sealed record ServiceUse(
    int Document,
    int Line,
    DateTime Start,
    DateTime? End,
    ServiceScope Scope,
    RecordKind Kind,
    decimal? Quantity,
    decimal? Fee,
    bool InvoiceUsedBefore,
    string? User,
    string? Purpose,
    string? Way,
    bool? Related)
{
    /// <summary>The unit's own number of the record; empty where nobody asked for it.</summary>
    public string Record { get; init; } = "";

    /// <summary>Number of the invoice the fee was charged by, or null.</summary>
    public string? Invoice { get; init; }
}
