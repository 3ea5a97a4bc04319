namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>The credentials of a source, in the clear: they live in memory for the time of a pull only.</summary>
/// <param name="values">By name.</param>
/// <param name="secretNames">Which of them nobody may see.</param>
internal sealed class SourceCredentials(IReadOnlyDictionary<string, string> values, IEnumerable<string> secretNames)
{
    public static SourceCredentials None { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>Values that must not appear anywhere.</summary>
    public IReadOnlyList<string> Secrets { get; } =
        [.. secretNames.Where(values.ContainsKey).Select(name => values[name]).Where(value => value.Length > 0)];

    public bool IsEmpty => values.Count == 0;

    /// <summary>A credential, or null when the source has none of that name.</summary>
    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>A credential that must be there.</summary>
    /// <exception cref="ImportException">It is not.</exception>
    public string Need(string name) => this[name] ?? throw new ImportException(
        $"缺少凭据“{name}”。请用 ./evaluation sources set 名称 --credential {name} 录入。",
        $"The credential '{name}' is missing. Enter it: ./evaluation sources set NAME --credential {name}.");

    /// <summary>Credentials are never printed.</summary>
    public override string ToString() => "***";
}
