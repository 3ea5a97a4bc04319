using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;
using Xunit.Abstractions;

namespace Evaluation.Rules.Tests.Content;

/// <summary>The rule files as they are shipped, and the folder of published data beside the repository.</summary>
internal static class Shipped
{
    private static readonly Lazy<string> Root = new(FindRoot);

    /// <summary>Every folder of rules: the years and the reference schemes, as paths below <c>rules/</c>.</summary>
    public static IEnumerable<string> Folders => RuleFolder.Below(Path.Combine(Root.Value, "rules"))
        .Select(path => Path.GetRelativePath(Path.Combine(Root.Value, "rules"), path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public static string PathOf(string folder) => Path.Combine(Root.Value, "rules", folder);

    public static RuleSet Load(string folder) => RuleSetLoader.Load(RuleFolder.Read(PathOf(folder)));

    /// <summary>A file of published data, or null (and the reason is printed) where the data are not at hand.</summary>
    public static string? Published(string relative, ITestOutputHelper output)
    {
        for (var at = Directory.GetParent(Root.Value); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "shared", "data", relative);
            if (File.Exists(path)) return path;
        }

        output.WriteLine($"skipped: ../shared/data/{relative} is not there");
        return null;
    }

    public static UnitFacts Facts(string unit, IEnumerable<KeyValuePair<string, FeelValue>> values) =>
        new(unit, new Dictionary<string, FeelValue>(values), new Dictionary<string, Provenance>());

    /// <summary>Scores and grades units by the one scheme of a reference folder.</summary>
    public static IReadOnlyList<ScoreCard> Grade(RuleSet rules, Scheme scheme, DateOnly asOf, IEnumerable<UnitFacts> units)
    {
        var scorer = Scorer.Create(rules, scheme, asOf);
        return Grader.Grade(scorer.Compiled, [.. units.Select(facts => (facts, scorer.Score(facts)))]);
    }

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Evaluation.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException("Evaluation.sln is in no folder above the tests");
    }
}
