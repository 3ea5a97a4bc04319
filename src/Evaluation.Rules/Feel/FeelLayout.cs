namespace Evaluation.Rules.Feel;

/// <summary>Which variable stands at which place of the array that is handed in on evaluation, and, where known,
/// of what kind it is. A place of a known kind may still hold null.</summary>
public sealed class FeelLayout
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<FeelKind?> _kinds = [];

    /// <summary>No variables.</summary>
    public static FeelLayout Empty { get; } = new(Array.Empty<string>());

    /// <summary>Variables in order, of unknown kind.</summary>
    public FeelLayout(IEnumerable<string> names)
        : this(names.Select(n => new KeyValuePair<string, FeelKind?>(n, null)))
    {
    }

    /// <summary>Variables in order, each with its kind or null where it is unknown.</summary>
    public FeelLayout(IEnumerable<KeyValuePair<string, FeelKind?>> variables)
    {
        foreach (var (name, kind) in variables)
        {
            if (!_places.TryAdd(name, _names.Count))
            {
                throw new ArgumentException($"The variable {name} stands twice in the layout.", nameof(variables));
            }
            _names.Add(name);
            _kinds.Add(kind);
        }
    }

    /// <summary>Variables of scopes inside one another: of two with one name the later one is meant.</summary>
    internal static FeelLayout Nested(IEnumerable<string> names, Func<string, FeelType?>? types)
    {
        var layout = new FeelLayout(Array.Empty<string>()) { Types = types };
        foreach (var name in names)
        {
            layout._places[name] = layout._names.Count;
            layout._names.Add(name);
            layout._kinds.Add(null);
        }
        return layout;
    }

    /// <summary>Variables in order, each with its kind or null where it is unknown.</summary>
    public static FeelLayout Of(params (string Name, FeelKind? Kind)[] variables) =>
        new(variables.Select(v => new KeyValuePair<string, FeelKind?>(v.Name, v.Kind)));

    /// <summary>The names in the order of their places.</summary>
    public IReadOnlyList<string> Names => _names;
    /// <summary>The kinds in the order of their places; null where unknown.</summary>
    public IReadOnlyList<FeelKind?> Kinds => _kinds;
    /// <summary>How many places there are.</summary>
    public int Count => _names.Count;

    /// <summary>The place of a name, or -1.</summary>
    public int IndexOf(string name) => _places.TryGetValue(name, out var place) ? place : -1;

    /// <summary>An array with every variable's value taken from the context by name; missing ones are null.</summary>
    public FeelValue[] Fill(FeelContext context)
    {
        var slots = new FeelValue[Count];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = context[_names[i]];
        }
        return slots;
    }

    /// <summary>Types that a DMN model defines, for <c>instance of</c> and typed parameters.</summary>
    internal Func<string, FeelType?>? Types { get; init; }
}
