namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>A message that an institution sent.</summary>
/// <param name="Token">The token it came with; empty where it came with none.</param>
/// <param name="Code">The unit code it names, or empty.</param>
/// <param name="Type">The kind of data it names, as written, or empty.</param>
/// <param name="Raw">The body as it came.</param>
/// <param name="Message">
/// What is read: the SOAP envelope as it came, or the fields of a form as one JSON object.
/// </param>
/// <param name="Extension"><c>.xml</c> or <c>.json</c>.</param>
public sealed record NriiPush(string Token, string Code, string Type, byte[] Raw, byte[] Message, string Extension);

/// <summary>The platform's return codes.</summary>
public enum NriiReturn
{
    Accepted = 100,
    FieldWrong = 101,
    UnitCodeWrong = 200,
    KindWrong = 201,
    FormatWrong = 202,
    ValidationFailed = 203,
    Other = 204,
    Database = 301,
}
