namespace Evaluation.Rules.Dmn;

/// <summary>One model with its types, its imports, and its code, which is made when first needed.</summary>
internal sealed class DmnUnit
{
    private readonly Dictionary<string, DmnElement> _byId;
    private readonly Dictionary<DmnElement,
        (DmnCode Code, string[] Scope)> _code = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Name, DmnUnit Unit)> _imports = [];

    public DmnUnit(DmnModel model)
    {
        Model = model;
        Types = new DmnTypes(model);
        _byId = new(StringComparer.Ordinal);
        foreach (var element in model.Elements)
        {
            _byId.TryAdd(element.Id, element);
        }
    }

    public DmnModel Model { get; }
    public DmnTypes Types { get; }

    public void Import(DmnImport import, DmnUnit unit)
    {
        _imports.Add((import.Name, unit));
        Types.Import(import.Name, unit.Types);
    }

    /// <summary>The element a reference leads to, its model, and the name of the import (null for the own
    /// model).</summary>
    public (DmnUnit Unit, DmnElement Element, string? Import)? Find(string href)
    {
        var hash = href.IndexOf('#', StringComparison.Ordinal);
        var (space, id) = hash < 0 ? ("", href) : (href[..hash], href[(hash + 1)..]);
        if (space.Length == 0 || space == Model.Namespace)
        {
            return _byId.TryGetValue(id, out var own) ? (this, own, null) : null;
        }
        foreach (var (name, unit) in _imports)
        {
            if (unit.Model.Namespace == space && unit._byId.TryGetValue(id, out var found))
            {
                return (unit, found, name.Length == 0 ? null : name);
            }
        }
        return null;
    }

    public (DmnCode Code, string[] Scope) Code(DmnElement element, Func<DmnCompiler, (DmnCode, string[])> make)
    {
        lock (_code)
        {
            if (!_code.TryGetValue(element, out var code))
            {
                _code.Add(element, code = make(Compiler()));
            }
            return code;
        }
    }

    private DmnCompiler Compiler()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<DmnUnit> { this };
        Collect(names, seen);
        return new DmnCompiler(Types, names);
    }

    // Models may import one another in a circle.
    private void Collect(HashSet<string> names, HashSet<DmnUnit> seen)
    {
        foreach (var (name, unit) in _imports)
        {
            names.Add(name);
            if (seen.Add(unit))
            {
                names.UnionWith(unit.Model.Elements.Select(e => e.Variable.Name));
                unit.Collect(names, seen);
            }
        }
    }
}
