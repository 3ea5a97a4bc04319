namespace Evaluation.Rules.Index;

/// <summary>
/// Steps were asked for that do not go together with each other or with the data. The build stops; nothing is replaced by
/// something that was not asked for.
/// </summary>
/// <param name="message">What does not go together, where, and what would.</param>
public sealed class IndexSpecificationException(string message) : Exception(message);
