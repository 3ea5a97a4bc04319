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

    private static readonly Institution Water = new("water", new Bilingual("某部牧区水利科学研究所", "Water"), null);
    private static readonly Institution Road = new("road", new Bilingual("中国某院公路科学研究院", "Road"), null);

    private static InstitutionAlias Decided(string name, string unit, string state) => new(
        InstitutionStore.NameScheme, name, unit, state, "contained", new Bilingual("理", "why"), default, "数据管理员", default, "因");

    [Fact]
    public void A_proposal_says_which_institution_by_which_rule_and_why_in_both_languages()
    {
        var proposal = AliasProposals.Of([Water, Road], [], [new("牧区水利科学研究所", "a")]).ShouldHaveSingleItem();
        (proposal.Scheme, proposal.Value, proposal.Unit, proposal.State, proposal.Rule)
            .ShouldBe(("name", "牧区水利科学研究所", "water", "proposed", "contained"));
        proposal.Because.Zh.ShouldContain("多出“某部”");
        proposal.Because.En.ShouldContain("adds \"某部\"");
        proposal.DecidedBy.ShouldBeNull("a person decides");
    }

    [Theory]
    [InlineData("confirmed")]
    [InlineData("refused")]
    [InlineData("proposed")]
    public void What_was_proposed_or_decided_before_is_not_proposed_again(string state) =>
        AliasProposals.Of([Water], [Decided("牧区水利科学研究所", "water", state)], [new("牧区水利科学研究所", "a")]).ShouldBeEmpty();

    [Fact]
    public void A_refusal_is_about_one_institution_and_leaves_the_others_open()
    {
        var twin = Water with { Unit = "twin" };
        AliasProposals.Of([Water, twin], [Decided("牧区水利科学研究所", "water", "refused")], [new("牧区水利科学研究所", "a")])
            .ShouldHaveSingleItem().Unit.ShouldBe("twin");
    }

    [Fact]
    public void Official_names_unit_ids_and_confirmed_names_need_no_proposal() =>
        AliasProposals.Of(
            [Water, Road], [Decided("公路科学研究所", "road", "confirmed")],
            [new("某部牧区水利科学研究所", "a"), new("water", "a"), new("公路科学研究所", "b")]).ShouldBeEmpty();

    [Fact]
    public void A_list_that_has_a_confirmed_name_of_an_institution_has_it_once()
    {
        InstitutionAlias[] known = [Decided("老牧区水利所", "water", "confirmed")];
        SeenName[] seen = [new("老牧区水利所", "first round"), new("牧区水利科学研究所", "first round")];
        AliasProposals.Of([Water], known, seen).ShouldBeEmpty("nobody lists itself twice");
        AliasProposals.Of([Water], known, [seen[0], seen[1] with { List = "second round" }]).ShouldHaveSingleItem();
    }

    [Fact]
    public void Proposals_come_in_the_order_of_names_whatever_the_order_in_which_they_were_seen()
    {
        SeenName[] seen = [new("牧区水利科学研究所", "a"), new("中国某院公路科学研究所", "b"), new("某部　牧区水利科学研究所", "c")];
        var proposals = AliasProposals.Of([Water, Road], [], seen).Select(one => (one.Value, one.Unit, one.Rule)).ToList();
        proposals.Select(one => one.Rule).ShouldBe(["ending", "same-form", "contained"]);
        AliasProposals.Of([Road, Water], [], [.. seen.Reverse(), .. seen]).Select(one => (one.Value, one.Unit, one.Rule)).ShouldBe(proposals);
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
