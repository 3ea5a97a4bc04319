using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Evaluation.Rules.Feel;

/// <summary>Names with values, in the order they were given; immutable.</summary>
public sealed class FeelContext : IEnumerable<KeyValuePair<string, FeelValue>>
{
    // Below this many names a scan over references is quicker than hashing.
    private const int ScanUpTo = 12;

    private readonly string[] _names;
    private readonly FeelValue[] _values;
    private readonly Dictionary<string, int>? _index;

    /// <summary>No names at all.</summary>
    public static FeelContext Empty { get; } = new([], []);

    /// <summary>The given entries; of two entries with one name the later one counts.</summary>
    public FeelContext(IEnumerable<KeyValuePair<string, FeelValue>> entries)
    {
        var builder = new Builder();
        foreach (var (name, value) in entries)
        {
            builder.Set(name, value);
        }
        (_names, _values) = builder.ToArrays();
        _index = Index(_names);
    }

    private FeelContext(string[] names, FeelValue[] values)
    {
        _names = names;
        _values = values;
        _index = Index(names);
    }

    /// <summary>The names in order.</summary>
    public IReadOnlyList<string> Names => _names;
    /// <summary>The values in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<FeelValue> Values => _values;
    /// <summary>How many names there are.</summary>
    public int Count => _names.Length;

    /// <summary>The value of a name, or FEEL null where it is not there.</summary>
    public FeelValue this[string name] => TryGet(name, out var value) ? value : FeelValue.Null;

    /// <summary>Whether the name is there (its value may be FEEL null).</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out FeelValue value)
    {
        var at = IndexOf(name);
        value = at >= 0 ? _values[at] : FeelValue.Null;
        return at >= 0;
    }

    /// <summary>Whether the name is there.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>A new context with the name set; an existing name keeps its place.</summary>
    public FeelContext With(string name, FeelValue value)
    {
        var builder = new Builder();
        foreach (var (n, v) in this)
        {
            builder.Set(n, v);
        }
        return builder.Set(name, value).Build();
    }

    internal int IndexOf(string name)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(name, out var found) ? found : -1;
        }
        for (var i = 0; i < _names.Length; i++)
        {
            if (ReferenceEquals(_names[i], name) || string.Equals(_names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }

    internal FeelValue ValueAt(int index) => _values[index];

    /// <summary>Whether the name stands at this place: lets a path remember where it found its member last
    /// time.</summary>
    internal bool IsAt(int index, string name) =>
        (uint)index < (uint)_names.Length && string.Equals(_names[index], name, StringComparison.Ordinal);

    private static Dictionary<string, int>? Index(string[] names)
    {
        if (names.Length <= ScanUpTo)
        {
            return null;
        }
        var index = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            index[names[i]] = i;
        }
        return index;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, FeelValue>> GetEnumerator()
    {
        for (var i = 0; i < _names.Length; i++)
        {
            yield return new(_names[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The context as FEEL text.</summary>
    public override string ToString() => FeelValue.Context(this).ToString();

    /// <summary>Collects names and values and makes a context of them.</summary>
    public sealed class Builder
    {
        private readonly List<string> _names = [];
        private readonly List<FeelValue> _values = [];
        private readonly Dictionary<string, int> _at = new(StringComparer.Ordinal);

        /// <summary>Sets a name; an existing name keeps its place and gets the new value.</summary>
        public Builder Set(string name, FeelValue value)
        {
            ArgumentNullException.ThrowIfNull(name);
            if (_at.TryGetValue(name, out var at))
            {
                _values[at] = value;
            }
            else
            {
                _at.Add(name, _names.Count);
                _names.Add(name);
                _values.Add(value);
            }
            return this;
        }

        /// <summary>Whether the name was set.</summary>
        public bool Contains(string name) => _at.ContainsKey(name);

        /// <summary>The context with everything set so far.</summary>
        public FeelContext Build()
        {
            var (names, values) = ToArrays();
            return new FeelContext(names, values);
        }

        internal (string[] Names, FeelValue[] Values) ToArrays() => ([.. _names], [.. _values]);
    }
}
