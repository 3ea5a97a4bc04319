namespace Evaluation.Rules.Feel;

/// <summary>All built-in functions by name (DMN 1.5, 10.3.4).</summary>
internal static partial class Builtins
{
    private static readonly Dictionary<string, Builtin> ByName = Collect();

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static Builtin? Find(string name) => ByName.GetValueOrDefault(name);

    private sealed class Registry
    {
        private readonly Dictionary<string, List<Signature>> _forms = new(StringComparer.Ordinal);

        /// <summary>Adds one form of a function, see <see cref="Signature.Read"/>.</summary>
        public void Add(string name, string parameters, BuiltinBody body)
        {
            if (!_forms.TryGetValue(name, out var forms))
            {
                _forms.Add(name, forms = []);
            }
            forms.Add(Signature.Read(parameters, body));
        }

        public Dictionary<string, Builtin> Build() =>
            _forms.ToDictionary(f => f.Key, f => new Builtin(f.Key, f.Value), StringComparer.Ordinal);
    }

    private static Dictionary<string, Builtin> Collect()
    {
        var registry = new Registry();
        AddNumeric(registry);
        AddBoolean(registry);
        AddLists(registry);
        AddStrings(registry);
        AddConversions(registry);
        AddTemporal(registry);
        AddContexts(registry);
        AddRanges(registry);
        return registry.Build();
    }
}
