using System.Collections.Concurrent;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>Makes FEEL types of a model's item definitions, those of imported models included.</summary>
internal sealed class DmnTypes
{
    private readonly ConcurrentDictionary<string, FeelType?> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DmnItemDefinition> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DmnTypes> _imports = new(StringComparer.Ordinal);

    public DmnTypes(DmnModel model)
    {
        foreach (var item in model.ItemDefinitions)
        {
            _items.TryAdd(item.Name, item);
        }
        Members = new HashSet<string>(model.ItemDefinitions.SelectMany(MemberNames), StringComparer.Ordinal);
    }

    /// <summary>The names of all components, so that paths can be read.</summary>
    public HashSet<string> Members { get; }

    /// <summary>The names of all types, so that types with blanks can be read.</summary>
    public IEnumerable<string> TypeNames => _items.Keys;

    private static IEnumerable<string> MemberNames(DmnItemDefinition item) =>
        item.Components.SelectMany(c => MemberNames(c).Append(c.Name));

    public void Import(string name, DmnTypes types)
    {
        _imports[name] = types;
        Members.UnionWith(types.Members);
    }

    /// <summary>The type of a reference; null where nothing is said, so that nothing is checked.</summary>
    public FeelType? Of(string? typeRef) => typeRef is null || typeRef == "Any" ? null : Find(typeRef);

    /// <summary>The type of a name, or null where there is none of that name.</summary>
    public FeelType? Find(string name)
    {
        if (_types.TryGetValue(name, out var known))
        {
            return known;
        }
        if (_items.TryGetValue(name, out var item))
        {
            // A type that contains itself finds this one while it is being made.
            var later = new LaterType();
            _types[name] = later;
            var made = Make(item);
            later.Type = made;
            return _types[name] = made;
        }
        return _types[name] = Imported(name) ?? FeelType.BuiltIn(Unprefixed(name)) ?? Prefixed(name);
    }

    /// <summary>The unary tests that list the values of a declared type, or null where it lists none.</summary>
    public string? ValuesOf(string? typeRef) =>
        typeRef is not null && _items.TryGetValue(typeRef, out var item)
            ? item.AllowedValues ?? (item.Components.Count == 0 ? ValuesOf(item.TypeRef) : null)
            : null;

    // Before names of imports stood in type references, an XML prefix named the model a type is from.
    private FeelType? Prefixed(string name)
    {
        var local = Unprefixed(name);
        if (local.Length == name.Length)
        {
            return null;
        }
        return _items.ContainsKey(local)
            ? Find(local)
            : _imports.Values.FirstOrDefault(types => types._items.ContainsKey(local))?.Find(local);
    }

    private FeelType? Imported(string name)
    {
        var point = name.IndexOf('.', StringComparison.Ordinal);
        if (point > 0 && _imports.TryGetValue(name[..point], out var types))
        {
            return types.Find(name[(point + 1)..]);
        }
        return _imports.TryGetValue("", out var merged) && merged._items.ContainsKey(name) ? merged.Find(name) : null;
    }

    // DMN 1.1 wrote feel:number.
    private static string Unprefixed(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private FeelType? Make(DmnItemDefinition item)
    {
        var type = Base(item);
        if (type is null)
        {
            return null;
        }
        type = Limited(type, item.AllowedValues);
        if (item.IsCollection)
        {
            type = new ListType(type);
        }
        return Limited(type, item.TypeConstraint);
    }

    private FeelType? Base(DmnItemDefinition item)
    {
        if (item.Components.Count > 0)
        {
            return new ContextType([.. item.Components.Select(c =>
                new KeyValuePair<string, FeelType>(c.Name, Make(c) ?? FeelType.Any))]);
        }
        if (item.Function is { } function)
        {
            return new FunctionType([.. function.Parameters.Select(p => Of(p.TypeRef) ?? FeelType.Any)],
                Of(function.ResultType) ?? FeelType.Any);
        }
        return item.TypeRef is null or "Any" ? FeelType.Any : Find(item.TypeRef);
    }

    private FeelType Limited(FeelType type, string? tests) =>
        string.IsNullOrWhiteSpace(tests) ? type : new LimitedType(type, tests, Members);

    /// <summary>A type whose values must pass unary tests.</summary>
    private sealed class LimitedType : FeelType
    {
        private readonly FeelType _type;
        private readonly CompiledUnaryTests? _tests;

        public LimitedType(FeelType type, string tests, IReadOnlyCollection<string> names)
        {
            _type = type;
            try
            {
                _tests = FeelUnaryTests.Parse(tests, names).Compile(FeelLayout.Empty);
            }
            catch (FeelSyntaxException)
            {
                // Tests nobody can read limit nothing: the model stays usable.
                _tests = null;
            }
        }

        private bool Passes(FeelValue value) => _tests is null || _tests.Test(value, []) == true;

        public override bool ConformsTo(FeelType other) => ReferenceEquals(this, other) || _type.ConformsTo(other);

        // Conformance looks at the structure only; allowed values count where a value takes a variable's place.
        public override bool Accepts(FeelValue value) => _type.Accepts(value);

        public override FeelValue Coerce(FeelValue value, out bool fits)
        {
            var coerced = _type.Coerce(value, out fits);
            fits = fits && (coerced.IsNull || Passes(coerced));
            return fits ? coerced : FeelValue.Null;
        }
    }

    private sealed class LaterType : FeelType
    {
        public FeelType? Type { get; set; }

        public override bool Accepts(FeelValue value)
        {
            // Two types may be declared as one another.
            StackGuard.Check();
            return Type?.Accepts(value) ?? true;
        }
    }
}
