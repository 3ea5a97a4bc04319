using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Rules.Tests.RuleSets;

public sealed class ShippedRulesTests
{
    public static TheoryData<string> Folders => [.. Directory
        .EnumerateFiles(Path.Combine(Repository.Root(), "rules"), "metrics.yaml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root(), Path.GetDirectoryName(file)!).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_rule_set_of_the_repository_passes_its_checks_and_worked_cases(string folder)
    {
        var report = RuleSetCheck.Run(RuleFolder.Read(Path.Combine(Repository.Root(), folder)));

        report.Failed.ShouldBe(0, string.Join('\n', report.Lines));
        report.Cases.Count.ShouldBeGreaterThan(0);
    }
}
