using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>The YAML files of a rule folder, read into nodes, and its DMN models; remembers which of them something
/// has asked for.</summary>
internal sealed class RuleFiles
{
    private readonly SortedDictionary<string, YamlMap> _roots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _models;

    /// <summary>Reads every YAML file of the folder; what is not YAML becomes a problem.</summary>
    public RuleFiles(RuleFolder folder, ProblemList problems)
    {
        _models = folder.Files.Where(file => file.Key.EndsWith(".dmn", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var (path, text) in folder.Files.Where(file => file.Key.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            if (YamlReader.Read(path, text, problems) is { } root) _roots.Add(path, root);
            else AllReadable = false;
        }
    }

    private RuleFiles(IEnumerable<KeyValuePair<string, YamlMap>> roots, Dictionary<string, string> models)
    {
        _models = models;
        foreach (var (path, root) in roots) _roots.Add(path, root);
    }

    /// <summary>The same files with another root for one of them; nothing has asked for any of them yet.</summary>
    public RuleFiles With(string path, YamlMap root) =>
        new(_roots.Select(file => file.Key == path ? KeyValuePair.Create(path, root) : file), _models);

    /// <summary>Whether every file could be read as YAML. What an unreadable file would have said is not known.</summary>
    public bool AllReadable { get; } = true;

    /// <summary>Whether the file is there.</summary>
    public bool Has(string path) => _roots.ContainsKey(path);

    /// <summary>The file's root, or null when it is not there.</summary>
    public YamlMap? Take(string path)
    {
        _taken.Add(path);
        return _roots.GetValueOrDefault(path);
    }

    /// <summary>The DMN model's text, or null when it is not there.</summary>
    public string? TakeModel(string path)
    {
        _taken.Add(path);
        return _models.GetValueOrDefault(path);
    }

    /// <summary>Paths of the DMN models.</summary>
    public IReadOnlyCollection<string> Models => _models.Keys;

    /// <summary>The root of a file that is there, without asking for it.</summary>
    public YamlMap Peek(string path) => _roots[path];

    /// <summary>Paths below a folder, in order.</summary>
    public IReadOnlyList<string> Under(string folder) =>
        [.. _roots.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal))];

    /// <summary>Whether nothing has asked for the file.</summary>
    public bool IsUntaken(string path) => !_taken.Contains(path);

    /// <summary>The files nothing has asked for.</summary>
    public IEnumerable<string> Untaken => _roots.Keys.Concat(_models.Keys).Where(IsUntaken);
}
