using Evaluation.Rules.Feel;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>A name or path that a formula takes from outside itself.</summary>
/// <param name="Path">The name, then its members: <c>instruments</c>, <c>effective_hours</c>; <c>card</c>, <c>points</c>, <c>R1</c>.</param>
/// <param name="Offset">Where in the formula, from 0.</param>
/// <param name="Called">Whether it is called as a function.</param>
internal sealed record NameUse(IReadOnlyList<string> Path, int Offset, bool Called = false)
{
    /// <summary>The name itself.</summary>
    public string Name => Path[0];
}

/// <summary>
/// Finds what a formula takes from outside: its free names, and the members it asks of resource lists, followed
/// through filters and loops (<c>for i in instruments return i.effective_hours</c> uses <c>instruments.effective_hours</c>).
/// </summary>
internal sealed class FormulaNames
{
    private const string FilterItem = "item";
    private const string LoopSoFar = "partial";
    private const string Input = "?";

    // Functions that give back (some of) the items of their first list.
    private static readonly HashSet<string> KeepsItems =
        ["sort", "sublist", "distinct values", "concatenate", "union", "append", "reverse", "remove", "flatten"];

    private readonly RuleNames _names;
    private readonly List<NameUse> _uses = [];
    private readonly Stack<(string Name, IReadOnlyList<string>? Path)> _bound = [];

    private FormulaNames(RuleNames names) => _names = names;

    /// <summary>Everything the expression takes from outside, in the order of the text.</summary>
    public static IReadOnlyList<NameUse> Of(FeelNode root, RuleNames names)
    {
        var walk = new FormulaNames(names);
        walk.Visit(root);
        return [.. walk._uses.OrderBy(use => use.Offset)];
    }

    // Gives the path the node stands for, when it is (items of) a known list or the card; null otherwise.
    private IReadOnlyList<string>? Visit(FeelNode node)
    {
        switch (node)
        {
            case FeelName name: return VisitName(name);
            case FeelPath path: return VisitPath(path);
            case FeelFilter filter: return VisitFilter(filter);
            case FeelFor loop: return VisitLoop(loop.Iterations, loop.Return);
            case FeelQuantified quantified: VisitLoop(quantified.Iterations, quantified.Condition); return null;
            case FeelCall call: return VisitCall(call);
            case FeelFunctionLiteral function: VisitFunction(function); return null;
            case FeelContextLiteral context: VisitContext(context); return null;
            case FeelIf choice:
                Visit(choice.Condition);
                var then = Visit(choice.Then);
                return Visit(choice.Else) ?? then;
            default:
                foreach (var child in node.Children) Visit(child);
                return null;
        }
    }

    private IReadOnlyList<string>? VisitName(FeelName name)
    {
        if (name.Name == Input) return null;
        foreach (var (bound, path) in _bound)
        {
            if (bound == name.Name) return path;
        }

        if (FilteredListWith(name.Name) is { } list)
        {
            _uses.Add(new NameUse([.. list, name.Name], name.Offset));
            return null;
        }

        _uses.Add(new NameUse([name.Name], name.Offset));
        return _names.Lists.ContainsKey(name.Name) || name.Name == NameScope.CardName ? [name.Name] : null;
    }

    // Inside a filter a bare name may be a member of the items: instruments[effective_hours != null].
    private IReadOnlyList<string>? FilteredListWith(string member) => _bound
        .Where(bound => bound is { Name: FilterItem, Path.Count: 1 })
        .Select(bound => bound.Path!)
        .FirstOrDefault(path => _names.Lists.TryGetValue(path[0], out var members)
            && (members.Contains(member) || member == RuleNames.ResourceId));

    private IReadOnlyList<string>? VisitPath(FeelPath path)
    {
        if (Visit(path.Source) is not { } source) return null;
        IReadOnlyList<string> whole = [.. source, path.Member];
        _uses.Add(new NameUse(whole, path.Offset + path.Length - path.Member.Length));
        return source[0] == NameScope.CardName ? whole : null;
    }

    private IReadOnlyList<string>? VisitFilter(FeelFilter filter)
    {
        var source = Visit(filter.Source);
        _bound.Push((FilterItem, source));
        Visit(filter.Condition);
        _bound.Pop();
        return source;
    }

    private IReadOnlyList<string>? VisitLoop(IReadOnlyList<FeelIteration> iterations, FeelNode body)
    {
        foreach (var iteration in iterations)
        {
            var source = Visit(iteration.Source);
            if (iteration.End is not null) Visit(iteration.End);
            _bound.Push((iteration.Name, iteration.End is null ? source : null));
        }

        _bound.Push((LoopSoFar, null));
        var result = Visit(body);
        for (var i = 0; i <= iterations.Count; i++) _bound.Pop();
        return result;
    }

    private IReadOnlyList<string>? VisitCall(FeelCall call)
    {
        var function = call.Function as FeelName;
        if (function is null) Visit(call.Function);
        else if (_bound.All(bound => bound.Name != function.Name)) _uses.Add(new NameUse([function.Name], function.Offset, true));
        var first = default(IReadOnlyList<string>);
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var path = Visit(call.Arguments[i].Value);
            if (i == 0) first = path;
        }

        return function is not null && KeepsItems.Contains(function.Name) ? first : null;
    }

    private void VisitFunction(FeelFunctionLiteral function)
    {
        foreach (var parameter in function.Parameters) _bound.Push((parameter.Name, null));
        Visit(function.Body);
        foreach (var _ in function.Parameters) _bound.Pop();
    }

    private void VisitContext(FeelContextLiteral context)
    {
        foreach (var entry in context.Entries)
        {
            var path = Visit(entry.Value);
            _bound.Push((entry.Name, path));
        }

        foreach (var _ in context.Entries) _bound.Pop();
    }
}
