namespace Evaluation.Web.Commands;

/// <summary>The command was used in a way that cannot work: exit code 2.</summary>
internal sealed class WrongUseException(string message) : Exception(message);
