using Evaluation.Jobs.Collecting.Institutions;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Jobs.Tests.Collecting.Institutions;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("某部、某局中央研究院", "某部\u00A0某局中央研究院", "same-form")]
    [InlineData("Ａ大学（北京）", "A 大学(北京)", "same-form")]
    [InlineData("某某基因组研究所（国家信息中心）", "某某基因组研究所", "bracket")]
    [InlineData("中国某院公路科学研究所", "中国某院公路科学研究院", "ending")]
    [InlineData("某部牧区水利科学研究所", "牧区水利科学研究所", "contained")]
    [InlineData("国家某洋局第一海洋研究所", "自然某源部第一海洋研究所", "superior")]
    [InlineData("中国某某科学院沙漠环境与工程研究所", "中国某某科学院沙漢环境与工程研究所", "one-character")]
    public void Names_that_drift_are_proposed_with_the_rule_that_sees_it(string one, string other, string rule)
    {
        NameRules.Of(one, other).ShouldNotBeNull().Rule.ShouldBe(rule);
        NameRules.Of(other, one).ShouldNotBeNull().Rule.ShouldBe(rule, "the rules know no order");
    }

    [Theory]
    [InlineData("石油大学（北京）", "石油大学（华东）")]
    [InlineData("北京理工大学", "南京理工大学")]
    [InlineData("某科学院动物研究所", "某科学院植物研究所")]
    public void Names_of_different_institutions_are_not_proposed(string one, string other) =>
        NameRules.Of(one, other).ShouldBeNull();

    [Fact]
    public void Two_names_in_one_list_are_two_institutions()
    {
        Institution[] known = [new("u1", new Bilingual("中国某某科学院东海水产研究所", "E"), null)];
        const string other = "中国某某科学院南海水产研究所";
        AliasProposals.Of(known, [], [new(known[0].Name.Zh, "first round"), new(other, "second round")])
            .ShouldHaveSingleItem().Rule.ShouldBe("one-character");
        AliasProposals.Of(known, [], [new(known[0].Name.Zh, "first round"), new(other, "first round")]).ShouldBeEmpty();
    }

    [Fact]
    public void The_names_that_drifted_in_the_published_rounds_are_proposed_and_only_few_others()
    {
        var file = OutsideData.Find("national-results/results_2018_2022.csv");
        if (file is null) return;
        var rows = File.ReadLines(file).Skip(1).Select(line => line.TrimStart('\uFEFF').Split(',')).ToList();
        var seen = rows.Select(row => new SeenName(row[2], row[0])).ToList();
        // The institutions are known by the names of the last round that lists them.
        var last = rows.Max(row => row[0]);
        var known = rows.Where(row => row[0] == last)
            .Select(row => new Institution(row[2], new Bilingual(row[2], row[2]), null)).DistinctBy(one => one.Unit).ToList();
        var proposals = AliasProposals.Of(known, [], seen);
        var pairs = proposals.Select(one => (one.Value, one.Unit, one.Rule)).ToList();
        pairs.ShouldContain(pair => pair.Value.Contains('\u00A0') && pair.Rule == "same-form");
        pairs.ShouldContain(pair => pair.Value.EndsWith("公路科学研究所", StringComparison.Ordinal) && pair.Rule == "ending"
            || pair.Unit.EndsWith("公路科学研究所", StringComparison.Ordinal) && pair.Rule == "ending");
        var strangers = seen.Select(one => one.Name).Distinct().Except(known.Select(one => one.Name.Zh)).Count();
        strangers.ShouldBeGreaterThan(20);
        proposals.Count.ShouldBeLessThan(strangers, "a person can look through them");
    }
}
