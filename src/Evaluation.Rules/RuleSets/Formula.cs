using Evaluation.Rules.Feel;

namespace Evaluation.Rules.RuleSets;

/// <summary>A FEEL expression as it stands in a rule file, with the place where it stands.</summary>
/// <param name="Expression">The parsed expression.</param>
/// <param name="Location">File and line.</param>
public sealed record Formula(FeelExpression Expression, FileLocation Location)
{
    /// <summary>The text as written.</summary>
    public string Text => Expression.Text;
}

/// <summary>FEEL unary tests (a band's <c>when</c>) as they stand in a rule file.</summary>
/// <param name="Tests">The parsed tests.</param>
/// <param name="Location">File and line.</param>
public sealed record Condition(FeelUnaryTests Tests, FileLocation Location)
{
    /// <summary>The text as written.</summary>
    public string Text => Tests.Text;
}
