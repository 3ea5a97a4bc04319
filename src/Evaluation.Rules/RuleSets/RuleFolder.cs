using System.Security.Cryptography;
using System.Text;

namespace Evaluation.Rules.RuleSets;

/// <summary>
/// The texts of a rule folder, held in memory so that a rule set can come from disk today
/// and from the database years later. Identity is the content: see <see cref="Hash"/>.
/// </summary>
public sealed class RuleFolder
{
    // The longest file of the rule sets that ship has some 60,000 bytes; what is this long is no rule file, and reading it
    // would fill the memory.
    private const long LongestFile = 2_000_000;

    /// <summary>A folder of texts.</summary>
    /// <param name="name">The folder's name as people say it, for messages.</param>
    /// <param name="files">Relative path (forward slashes) → text.</param>
    public RuleFolder(string name, IReadOnlyDictionary<string, string> files)
    {
        Name = name;
        Files = new SortedDictionary<string, string>(files.ToDictionary(), StringComparer.Ordinal);
        Hash = ContentHash(Files);
    }

    /// <summary>The folder's name, for messages.</summary>
    public string Name { get; }

    /// <summary>Relative path → text, in ordinal order of the paths.</summary>
    public IReadOnlyDictionary<string, string> Files { get; }

    /// <summary>Lower-case hex SHA-256 over every path and text (line ends as LF), in ordinal order of the paths.</summary>
    public string Hash { get; }

    /// <summary>Reads every YAML, Markdown and DMN file below a folder.</summary>
    /// <exception cref="RuleSetException">The folder is missing or holds no <c>.yaml</c> file, or a file is not UTF-8 or
    /// too long.</exception>
    public static RuleFolder Read(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new RuleSetException([new RuleProblem(
                new FileLocation(directory, 1),
                    "the rule folder does not exist", "name a folder such as rules/<year>")]);
        }

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<RuleProblem>();
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        foreach (var path in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/');
            if (Path.GetExtension(path) is ".yml")
            {
                problems.Add(new RuleProblem(
                    new FileLocation(relative, 1),
                        "the file ends in .yml, so nothing reads it", "rename it to end in .yaml"));
            }

            if (Path.GetExtension(path) is not (".yaml" or ".md" or ".dmn")) continue;
            if (new FileInfo(path).Length is > LongestFile and var length)
            {
                problems.Add(new RuleProblem(
                    new FileLocation(relative, 1), $"the file has {length} bytes; at most {LongestFile} are read",
                        "split it, or take out what is no rule"));
                continue;
            }

            try
            {
                files[relative] = utf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF').ReplaceLineEndings("\n");
            }
            catch (DecoderFallbackException)
            {
                problems.Add(new RuleProblem(
                    new FileLocation(relative, 1), "the file is not UTF-8", "save it as UTF-8 and try again"));
            }
        }

        if (problems.Count > 0) throw new RuleSetException(problems);
        if (!files.Keys.Any(path => path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            throw new RuleSetException([new RuleProblem(
                new FileLocation(directory, 1),
                    "the folder holds no .yaml file", "name a folder that has scheme.yaml or cycle.yaml")]);
        }

        return new RuleFolder(directory, files);
    }

    /// <summary>
    /// The rule folders a path stands for: the folder itself, or, where it only holds rule folders (<c>rules</c>,
    /// <c>rules/reference</c>), every one below it, in ordinal order. A folder that is neither is given back as it is,
    /// so that reading it says what is missing.
    /// </summary>
    public static IReadOnlyList<string> Below(string directory)
    {
        string[] signs = ["cycle.yaml", "scheme.yaml"];
        if (!Directory.Exists(directory) || IsOne(directory) || signs.Any(sign => File.Exists(Path.Combine(directory, sign))))
        {
            return [directory];
        }

        var below = Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories)
            .Where(IsOne)
            .Order(StringComparer.Ordinal)
            .ToList();
        return below.Count > 0 ? below : [directory];
    }

    // A folder with metrics, or with an award policy that has columns of its own and stands under no scheme.
    private static bool IsOne(string directory) =>
        File.Exists(Path.Combine(directory, "metrics.yaml"))
        || (Directory.EnumerateFiles(directory, "*.yaml").Any(IsPolicy) && !File.Exists(Path.Combine(directory, "scheme.yaml")));

    private static bool IsPolicy(string file) =>
        File.ReadLines(file).Any(line => line.StartsWith("policy:", StringComparison.Ordinal));

    private static string ContentHash(IReadOnlyDictionary<string, string> files)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in files)
        {
            sha.AppendData(Encoding.UTF8.GetBytes(path));
            sha.AppendData([0]);
            sha.AppendData(Encoding.UTF8.GetBytes(text));
            sha.AppendData([0]);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
