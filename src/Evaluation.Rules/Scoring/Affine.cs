using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// A value as constant + slope × one metric, all other facts held: what a distance in the value is worth in hours or
/// people. Branches are taken as the facts take them now, so a result must be tried before it is told.
/// </summary>
internal sealed class Affine(CompiledScheme scheme, FeelValue[] slots, string source, string metric)
{
    /// <summary>Constant and slope, or null where the value is not linear in the metric.</summary>
    public (decimal Constant, decimal Slope)? Of(FeelNode node) => node switch
    {
        FeelName name when name.Name == metric => (0m, 1m),
        FeelNegation negation => Of(negation.Operand) is { } operand ? (-operand.Constant, -operand.Slope) : null,
        FeelBinary binary when Mentions(node) => Binary(binary),
        FeelIf choice when Mentions(node) => Of(Evaluate(choice.Condition).IsTrue ? choice.Then : choice.Else),
        FeelCall { Function: FeelName { Name: "min" or "max" } function, Arguments.Count: > 1 } call
            when Mentions(node) =>
            Extreme(function.Name == "min", call),
        _ => !Mentions(node) && Evaluate(node).TryNumber(out var constant) ? (constant, 0m) : null,
    };

    private (decimal Constant, decimal Slope)? Binary(FeelBinary binary)
    {
        if (Of(binary.Left) is not { } left || Of(binary.Right) is not { } right) return null;
        return binary.Operator switch
        {
            FeelOperator.Add => (left.Constant + right.Constant, left.Slope + right.Slope),
            FeelOperator.Subtract => (left.Constant - right.Constant, left.Slope - right.Slope),
            FeelOperator.Multiply when right.Slope == 0m =>
                (left.Constant * right.Constant, left.Slope * right.Constant),
            FeelOperator.Multiply when left.Slope == 0m =>
                (left.Constant * right.Constant, left.Constant * right.Slope),
            FeelOperator.Divide when right is { Slope: 0m, Constant: not 0m } =>
                (left.Constant / right.Constant, left.Slope / right.Constant),
            _ => null,
        };
    }

    private (decimal Constant, decimal Slope)? Extreme(bool least, FeelCall call)
    {
        var arguments = call.Arguments.Select(argument => argument.Value)
            .Select(node => (Node: node, Value: Evaluate(node)))
            .ToList();
        if (arguments.Any(argument => !argument.Value.IsNumber)) return null;
        var ordered = arguments.OrderBy(argument => argument.Value.AsNumber()).ToList();
        return Of((least ? ordered[0] : ordered[^1]).Node);
    }

    private bool Mentions(FeelNode node)
    {
        switch (node)
        {
            case FeelName name: return name.Name == metric;
            case FeelLiteral: return false;
            case FeelBinary binary: return Mentions(binary.Left) || Mentions(binary.Right);
        }

        foreach (var child in node.Children)
        {
            if (Mentions(child)) return true;
        }

        return false;
    }

    private FeelValue Evaluate(FeelNode node) => scheme.ValueOf(node, source, slots);
}
