using System.Reflection;
using Evaluation.Jobs.Collecting;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>People read what a check and a flag are called; codes are for programs.</summary>
public sealed class FindingNamesTests
{
    private static readonly RuleSet Rules = SourceRoom.Rules;

    public static TheoryData<string> Flags =>
    [
        .. typeof(FindingNames).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Flags", StringComparison.Ordinal) && type.Namespace!.Contains("Collecting"))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(constant => constant.IsLiteral)
            .Select(constant => (string)constant.GetRawConstantValue()!),
    ];

    [Theory]
    [MemberData(nameof(Flags))]
    public void Every_flag_of_a_format_has_a_name_in_both_languages(string flag)
    {
        var name = FindingNames.OfCheck(Rules, "flag:" + flag);

        name.Zh.ShouldNotBe(flag);
        name.En.ShouldNotBe(flag);
        name.En.ShouldAllBe(letter => letter < 0x2E80);
    }

    [Fact]
    public void A_check_of_the_rule_files_is_called_as_they_call_it_and_a_built_in_one_by_its_own_name()
    {
        var check = Rules.DataChecks[0];

        FindingNames.OfCheck(Rules, check.Id).ShouldBe(check.Name);
        FindingNames.OfCheck(Rules, "metric-missing").Zh.ShouldBe("缺少数据");
        FindingNames.OfCheck(Rules, "of-somebody-else").En.ShouldBe("of-somebody-else");
    }
}
