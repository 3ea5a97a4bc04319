using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Follows units through a formula and reports where two that do not go together meet.</summary>
internal sealed class UnitInference(CheckBench bench, string text, UnitOfMeasure? valueUnit, Action<string> report)
{
    private static readonly HashSet<string> KeepUnit =
    [
        "sum", "mean", "median", "min", "max", "abs", "floor", "ceiling", "decimal", "round up", "round down",
        "round half up", "round half down", "sort", "sublist", "distinct values", "concatenate", "union", "append",
        "reverse", "flatten",
    ];

    private readonly Stack<(string Name, Quantity Quantity)> _bound = [];

    /// <summary>A value's dimension (null where unknown) and the resource list whose items it is, if it is
    /// one.</summary>
    private readonly record struct Quantity(Dimension? Dimension, string? List = null);

    /// <summary>The dimension of the whole formula, or null where it cannot be told.</summary>
    public Dimension? Of(FeelNode node) => Visit(node).Dimension;

    /// <summary>Compares what a condition tests with the ends it names: a share with a share, hours with
    /// hours.</summary>
    public void Against(Dimension? subject, IEnumerable<FeelNode> tests)
    {
        foreach (var test in tests)
        {
            foreach (var end in EndsOf(test)) Meet(test, "compares", subject, Visit(end).Dimension);
        }
    }

    private static IEnumerable<FeelNode> EndsOf(FeelNode test) => test switch
    {
        FeelComparisonTest comparison => [comparison.Endpoint],
        FeelInterval interval => [interval.Low, interval.High],
        _ => [test],
    };

    private Quantity Visit(FeelNode node)
    {
        switch (node)
        {
            case FeelLiteral literal: return new(literal.Value.IsNumber ? Dimension.Number : null);
            case FeelName name: return Named(name.Name);
            case FeelPath path: return Member(Visit(path.Source), path.Member);
            case FeelNegation negation: return Visit(negation.Operand);
            case FeelFilter filter: return Filtered(filter);
            case FeelFor loop: return Looped(loop.Iterations, loop.Return);
            case FeelQuantified quantified: Looped(quantified.Iterations, quantified.Condition); return default;
            case FeelIf choice: return Chosen(choice);
            case FeelBinary binary: return new(Binary(binary));
            case FeelBetween between:
                var compared = Visit(between.Value);
                Meet(between, "compares", compared.Dimension, Visit(between.Low).Dimension);
                Meet(between, "compares", compared.Dimension, Visit(between.High).Dimension);
                Literal(between.Value, compared.Dimension, between.Low);
                Literal(between.Value, compared.Dimension, between.High);
                return default;
            case FeelIn membership:
                var member = Visit(membership.Value).Dimension;
                Against(member, membership.Tests);
                foreach (var end in membership.Tests.SelectMany(EndsOf)) Literal(membership.Value, member, end);
                return default;
            case FeelList list:
                var items = list.Items.Select(Visit).ToList();
                return items.Count > 0 && items.TrueForAll(item => item == items[0]) ? items[0] : default;
            case FeelCall call: return Called(call);
            default:
                foreach (var child in node.Children) Visit(child);
                return default;
        }
    }

    private Quantity Named(string name)
    {
        foreach (var (bound, quantity) in _bound)
        {
            if (bound == name) return quantity;
            if (bound.Length == 0 && Member(quantity, name) is { Dimension: not null } member) return member;
        }

        if (name == NameScope.ValueName && valueUnit is not null) return new(Dimension.Of(valueUnit));
        if (bench.Scheme.Parameters.TryGetValue(name, out var parameter)) return new(Dimension.Of(parameter.Unit));
        if (bench.Rules.Metrics.TryGetValue(name, out var metric)) return new(Dimension.Of(metric.Unit));
        if (bench.Scheme.Figures.FirstOrDefault(figure => figure.Id == name) is { Unit: var unit })
        {
            return new(Dimension.Of(unit));
        }

        return bench.Rules.Metrics.Values.Any(one => one.ResourceList == name) ? new(null, name) : default;
    }

    private Quantity Member(Quantity source, string member) =>
        source.List is { } list && bench.Rules.Metrics.TryGetValue($"{list}.{member}", out var metric)
            ? new(Dimension.Of(metric.Unit))
            : default;

    // A binding without a name stands for the items a filter looks at: their members are in scope by their own names.
    private Quantity Filtered(FeelFilter filter)
    {
        var source = Visit(filter.Source);
        _bound.Push(("", source));
        _bound.Push(("item", source));
        Visit(filter.Condition);
        _bound.Pop();
        _bound.Pop();
        return source;
    }

    private Quantity Looped(IReadOnlyList<FeelIteration> iterations, FeelNode body)
    {
        foreach (var iteration in iterations)
        {
            var source = Visit(iteration.Source);
            if (iteration.End is not null) Visit(iteration.End);
            _bound.Push((iteration.Name, source));
        }

        var result = Visit(body);
        foreach (var _ in iterations) _bound.Pop();
        return result;
    }

    private Quantity Chosen(FeelIf choice)
    {
        Visit(choice.Condition);
        var (then, other) = (Visit(choice.Then), Visit(choice.Else));
        Meet(choice, "gives", then.Dimension, other.Dimension);
        return then.Dimension is null or { Plain: true } ? other : then;
    }

    private Dimension? Binary(FeelBinary binary)
    {
        var (left, right) = (Visit(binary.Left).Dimension, Visit(binary.Right).Dimension);
        switch (binary.Operator)
        {
            case FeelOperator.Add or FeelOperator.Subtract:
                Meet(binary, binary.Operator == FeelOperator.Add ? "adds" : "subtracts", left, right);
                return Joined(left, right);
            case FeelOperator.Multiply: return left is null || right is null ? null : left.Times(right);
            case FeelOperator.Divide: return left is null || right is null ? null : left.Over(right);
            case FeelOperator.And or FeelOperator.Or or FeelOperator.Power: return null;
            default:
                Meet(binary, "compares", left, right);
                Literal(binary.Left, left, binary.Right);
                Literal(binary.Right, right, binary.Left);
                return null;
        }
    }

    private static Dimension? Joined(Dimension? left, Dimension? right) =>
        left is null || right is null ? null
        : left.Plain ? right
        : right.Plain || left.Powers == right.Powers ? left with { Scaled = left.Scaled || right.Scaled }
        : null;

    private Quantity Called(FeelCall call)
    {
        // min(a, b) and min([a, b]) are one question.
        var nodes = call.Arguments is [{ Value: FeelList list }] ? list.Items : [.. call.Arguments.Select(one =>
            one.Value)];
        var arguments = nodes.Select(Visit).ToList();
        if (call.Function is not FeelName { Name: var name }) return default;
        if (name == "count") return new(Dimension.Count);
        if (!KeepUnit.Contains(name) || arguments.Count == 0) return default;
        if (name is not ("min" or "max" or "sum" or "mean" or "median")) return arguments[0];
        var all = arguments[0];
        foreach (var argument in arguments.Skip(1))
        {
            Meet(call, $"takes the {name} of", all.Dimension, argument.Dimension);
            all = all.List is null ? new(Joined(all.Dimension, argument.Dimension)) : all;
        }

        return all;
    }

    private void Meet(FeelNode node, string verb, Dimension? left, Dimension? right)
    {
        if (left is null || right is null || left.Fits(right)) return;
        report($"{verb} {left.Words} and {right.Words}: {OneLine(node.TextIn(text))}");
    }

    // A number beside a share is a share, beside a per cent a per cent; the declared range of the metric may say more.
    private void Literal(FeelNode compared, Dimension? dimension, FeelNode other)
    {
        if (dimension is not { IsSimple: true } || other is not FeelLiteral { Value.IsNumber: true } literal) return;
        var number = literal.Value.AsNumber();
        var metric = Comparisons.SubjectOf(compared) is { } subject
            ? bench.Rules.Metrics.GetValueOrDefault(subject)
            : null;
        if (metric is null) return;
        if (metric.Unit.Code == "share" && number > 1m && metric.Maximum is null or <= 1m)
        {
            report($"compares the share {metric.Code} with {NumberSet.Text(number)}, which is above 1");
        }
        else if (metric.Unit.Code == Dimension.Percent && number is > 0m and < 1m)
        {
            report($"compares {metric.Code}, which is in per cent, with {NumberSet.Text(number)} as if it were a share");
        }
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
