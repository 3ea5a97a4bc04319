namespace Evaluation.Rules.Feel;

/// <summary>Which outside names and members an expression reads, as far as its text tells.</summary>
internal sealed class NameAnalysis
{
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);
    public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

    private readonly HashSet<string> _known;
    // What a local name stands for: the path of the list it runs through, or null where that is not a plain path.
    private readonly List<(string Name, string? Path)> _locals = [];
    // The paths of the lists whose filters are being read, innermost last.
    private readonly List<string?> _filters = [];

    private NameAnalysis(IReadOnlyCollection<string> knownNames) => _known = new(knownNames, StringComparer.Ordinal);

    public static NameAnalysis Of(FeelNode root, IReadOnlyCollection<string> knownNames)
    {
        var analysis = new NameAnalysis(knownNames);
        analysis.Keep(analysis.Read(root));
        return analysis;
    }

    /// <summary>Reads a node; the answer is the path it stands for, if it is one that isn't noted yet.</summary>
    private string? Read(FeelNode node)
    {
        StackGuard.Check();
        switch (node)
        {
            case FeelName name: return Name(name.Name);
            case FeelPath path: return Member(Read(path.Source), path.Member);
            case FeelFilter filter: return Filter(filter);
            case FeelFor loop:
                Scoped(loop.Iterations, loop.Return, ("partial", null));
                return null;
            case FeelQuantified quantified:
                Scoped(quantified.Iterations, quantified.Condition);
                return null;
            case FeelContextLiteral context:
                Context(context);
                return null;
            case FeelFunctionLiteral function:
                Function(function);
                return null;
            case FeelIf choice:
                Keep(Read(choice.Condition));
                Keep(Read(choice.Then));
                Keep(Read(choice.Else));
                return null;
            default:
                foreach (var child in node.Children)
                {
                    Keep(Read(child));
                }
                return null;
        }
    }

    private void Keep(string? path)
    {
        if (path is not null)
        {
            Paths.Add(path);
        }
    }

    private static string? Member(string? path, string member) => path is null ? null : path + "." + member;

    private string? Name(string name)
    {
        var local = _locals.FindLastIndex(l => l.Name == name);
        if (local >= 0)
        {
            return _locals[local].Path;
        }
        if (_filters.Count > 0)
        {
            if (name == "item")
            {
                return _filters[^1];
            }
            if (_filters[^1] is { } list && !_known.Contains(name) && Builtins.Find(name) is null)
            {
                return list + "." + name;
            }
        }
        if (name == "?" || (Builtins.Find(name) is not null && !_known.Contains(name)))
        {
            return null;
        }
        Names.Add(name);
        return name;
    }

    private string? Filter(FeelFilter filter)
    {
        var path = Read(filter.Source);
        _filters.Add(path);
        Keep(Read(filter.Condition));
        _filters.RemoveAt(_filters.Count - 1);
        return path;
    }

    private void Scoped(IReadOnlyList<FeelIteration> iterations, FeelNode body, params (string, string?)[] further)
    {
        var mark = _locals.Count;
        foreach (var iteration in iterations)
        {
            var path = Read(iteration.Source);
            // A list of plain values is read by going through it; one of contexts through its members.
            if (iteration.End is { } end)
            {
                Keep(path);
                Keep(Read(end));
                path = null;
            }
            _locals.Add((iteration.Name, path));
        }
        _locals.AddRange(further);
        Keep(Read(body));
        _locals.RemoveRange(mark, _locals.Count - mark);
    }

    private void Context(FeelContextLiteral context)
    {
        var mark = _locals.Count;
        foreach (var entry in context.Entries)
        {
            var path = Read(entry.Value);
            Keep(path);
            _locals.Add((entry.Name, path));
        }
        _locals.RemoveRange(mark, _locals.Count - mark);
    }

    private void Function(FeelFunctionLiteral function)
    {
        var mark = _locals.Count;
        _locals.AddRange(function.Parameters.Select(p => (p.Name, (string?)null)));
        if (!function.External)
        {
            Keep(Read(function.Body));
        }
        _locals.RemoveRange(mark, _locals.Count - mark);
    }
}
