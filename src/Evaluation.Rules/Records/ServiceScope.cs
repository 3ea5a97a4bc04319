namespace Evaluation.Rules.Records;

/// <summary>Who a service record's user is, seen from the unit.</summary>
public enum ServiceScope
{
    /// <summary>A user of the unit itself.</summary>
    Internal,

    /// <summary>A user from outside the unit.</summary>
    External,

    /// <summary>The document does not say; never counted as external.</summary>
    Unknown,
}
