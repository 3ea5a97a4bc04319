namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>Where a part of a request stands.</summary>
internal enum RequestPlace
{
    Query,
    Form,
    Header,
}

/// <summary>A parameter or header of a request.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, not encoded.</param>
/// <param name="Secret">Whether the value is veiled wherever the request is written down.</param>
internal sealed record RequestPart(RequestPlace Place, string Name, string Value, bool Secret = false)
{
    /// <summary>The header <c>Authorization: SCHEME secret</c>.</summary>
    public static RequestPart Authorization(string scheme, string secret) =>
        new(RequestPlace.Header, "Authorization", $"{scheme} {secret}", Secret: true);

    /// <summary>A part is never printed with its secret.</summary>
    public override string ToString() => $"{Name}={(Secret ? SecretVeil.Shown : Value)}";
}
