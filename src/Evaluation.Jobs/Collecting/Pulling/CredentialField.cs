namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>A credential that a protocol knows.</summary>
/// <param name="Name">What it is called in <c>sources add --credential NAME</c>.</param>
/// <param name="Required">Whether a source cannot be without it.</param>
/// <param name="Secret">
/// Whether its value may be seen: a secret is veiled in every text and body. An account name is usually none.
/// </param>
public sealed record CredentialField(string Name, bool Required = true, bool Secret = true);
