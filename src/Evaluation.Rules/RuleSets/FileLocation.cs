namespace Evaluation.Rules.RuleSets;

/// <summary>A place in a rule file. Lines and columns count from 1; column 0 means the whole line.</summary>
/// <param name="Path">Path relative to the rule folder, with forward slashes.</param>
/// <param name="Line">Line number from 1.</param>
/// <param name="Column">Column number from 1, or 0.</param>
public sealed record FileLocation(string Path, int Line, int Column = 0)
{
    /// <summary><c>path:line</c> or <c>path:line:column</c>.</summary>
    public override string ToString() => Column > 0 ? $"{Path}:{Line}:{Column}" : $"{Path}:{Line}";
}
