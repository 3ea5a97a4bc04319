using System.Text.RegularExpressions;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Checks;

namespace Evaluation.Rules.Tests.RuleSets;

public sealed partial class ReadmeTests
{
    [GeneratedRegex(@"^`(?<path>[^`\n]+\.yaml)`\n\n```yaml\n(?<text>.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Files();

    [Fact]
    public void The_complete_example_of_the_guide_passes_every_check()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root(), "rules", "README.md")).ReplaceLineEndings("\n");
        var files = Files().Matches(guide).ToDictionary(file => file.Groups["path"].Value, file => file.Groups["text"].Value);
        files.Count.ShouldBe(5);

        var report = RuleSetCheck.Run(new RuleFolder("example", files));

        report.Lines.ShouldBeEmpty();
        report.Cases.Count.ShouldBe(7);
        report.Failed.ShouldBe(0);
    }
}
