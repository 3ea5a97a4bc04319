using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>A mutant that no case can tell from the rule, with the reason.</summary>
internal sealed record EquivalentMutant(string File, string Change, Bilingual Because, FileLocation Location);

/// <summary>Reads <c>mutants.yaml</c>: the mutants of a rule folder that are the same rule in other words.</summary>
internal static class EquivalentMutants
{
    public const string Path = "mutants.yaml";

    public static IReadOnlyList<EquivalentMutant> Read(YamlMap root, ProblemList problems)
    {
        var file = new MapReader(root, Path, problems, "equivalent");
        return [.. file.List("equivalent").Select(node =>
        {
            var map = new MapReader(node, "an equivalent mutant", problems, "file", "change", "because");
            return new EquivalentMutant(map.Text("file"), map.Text("change"), map.Bilingual("because"), map.Location);
        })];
    }
}
