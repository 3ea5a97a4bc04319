using Evaluation.Rules.Allocation;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets;

/// <summary>Reads one award policy file from its text.</summary>
public static class PolicyLoader
{
    /// <summary>The policy.</summary>
    /// <param name="path">The file as people know it, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="RuleSetException">Something is wrong in the file; carries every problem found.</exception>
    public static PolicyFile Load(string path, string text)
    {
        var problems = new ProblemList();
        var folder = new RuleFolder(path, new Dictionary<string, string> { [path] = text });
        var policy = YamlReader.Read(path, text, problems) is { } root ? new PolicyReader(problems).Read(root, null, folder) : null;
        return policy is null || problems.AnyError ? throw new RuleSetException(problems.InOrder()) : policy;
    }
}
