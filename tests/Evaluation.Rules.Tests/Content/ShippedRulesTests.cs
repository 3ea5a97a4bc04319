using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Content;

/// <summary>What holds for every rule folder that is shipped.</summary>
public sealed class ShippedRulesTests
{
    public static TheoryData<string> Folders => [.. Shipped.Folders];

    [Fact]
    public void The_shipped_folders_are_the_two_cycles_the_reference_schemes_and_the_reference_award_policies() => Shipped.Folders.ShouldBe(
    [
        "2017-published", "2026", "reference/anhui-2022", "reference/apportionment", "reference/aust-2017-instrument",
        "reference/canada-instalments", "reference/cgiar-genebank-targets", "reference/chongqing", "reference/french-dsu",
        "reference/fuyang", "reference/fuzhou", "reference/guizhou", "reference/heif", "reference/marginal-scale",
        "reference/moe-2000-instrument", "reference/national-grade-quota", "reference/norwegian-share", "reference/pdci",
        "reference/qingdao", "reference/rda-fair", "reference/ref-2021-profile", "reference/shenyang", "reference/uk-qr",
        "reference/wenzhou", "reference/xiamen-2018-service-award",
    ]);

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_shipped_folder_loads_without_a_warning(string folder) => Shipped.Load(folder).Warnings.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_check_and_every_worked_case_of_a_shipped_folder_passes(string folder)
    {
        var report = RuleSetCheck.Run(RuleFolder.Read(Shipped.PathOf(folder)));
        report.Failed.ShouldBe(0, string.Join(Environment.NewLine, report.Lines));
        (report.Cases.Count + report.AwardCases.Count).ShouldBeGreaterThan(3);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Nothing_is_left_for_a_person_to_look_at(string folder)
    {
        var report = RuleSetCheck.Run(RuleFolder.Read(Shipped.PathOf(folder)));
        report.Problems.Count.ShouldBe(0, string.Join(Environment.NewLine, report.Lines));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_weight_of_our_own_says_so_in_both_languages_or_names_us_as_its_document(string folder)
    {
        foreach (var source in SchemesOf(Shipped.Load(folder)).SelectMany(SourcesOf).Where(source => source.Ours))
        {
            (source.Note is not null || source.Document == "本平台自定").ShouldBeTrue(source.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_source_has_an_English_title(string folder)
    {
        foreach (var source in SchemesOf(Shipped.Load(folder)).SelectMany(SourcesOf))
        {
            HasHan(source.DocumentEn ?? source.Document).ShouldBeFalse(source.Document);
            HasHan(source.ItemEn ?? source.Item ?? "").ShouldBeFalse($"{source.Document} {source.Item}");
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void No_English_text_holds_a_Chinese_letter(string folder)
    {
        var rules = Shipped.Load(folder);
        var texts = rules.Metrics.Values.SelectMany(metric => new[] { metric.Name, metric.ComesFrom })
            .Concat(rules.Schemes.Select(scheme => scheme.Name))
            .Concat(rules.Schemes.SelectMany(scheme => scheme.Blocks).Select(block => block.Name))
            .Concat(rules.Schemes.SelectMany(scheme => scheme.Indicators).SelectMany(one => new[] { one.Name, one.Question }))
            .Concat(rules.Schemes.SelectMany(scheme => scheme.Figures).Select(figure => figure.Name))
            .Concat(rules.Schemes.SelectMany(scheme => scheme.Judgements).Select(judgement => judgement.Name))
            .Concat(rules.Schemes.SelectMany(SourcesOf).Select(source => source.Note).OfType<Bilingual>())
            .Concat(rules.Imports.Select(profile => profile.Source));
        foreach (var text in texts)
        {
            HasHan(text.En).ShouldBeFalse(text.En);
            HasHan(text.Zh).ShouldBeTrue(text.Zh);
        }
    }

    [Fact]
    public void The_instruments_of_2026_have_the_three_blocks_and_nine_indicators_of_the_rules_in_force()
    {
        var scheme = Shipped.Load("2026").SchemeOf("instruments");
        scheme.Blocks.Select(block => block.Name.Zh).ShouldBe(["组织管理", "运行使用", "共享服务"]);
        scheme.Indicators.Select(one => one.Name.Zh).ShouldBe(
        [
            "统筹管理", "科研仪器开放率", "实验技术队伍建设", "在线服务平台建设", "仪器运行机时", "运行使用及成效", "共享机时",
            "对外服务成效及用户评价", "服务科技基础条件自主保障",
        ]);
        scheme.Grades!.Grades.Select(grade => grade.Name.Zh).ShouldBe(["优秀", "良好", "合格", "较差"]);
        scheme.Grades.TieKeys[0].By.Text.ShouldBe("card.blocks.sharing");
    }

    [Fact]
    public void A_sentence_calls_the_class_of_an_instrument_by_its_name_and_not_by_its_code()
    {
        var rules = Shipped.Load("2026");
        var scheme = rules.SchemeOf("instruments");
        var facts = Shipped.Facts("unit", scheme.Cases[0].Given);
        var line = Scorer.Create(rules, scheme, rules.Cycle!.AsOf).Score(facts).Lines.Single(one => one.Id == "B1");
        line.Because.Zh.ShouldContain("仪器类别 = 专用");
        line.Because.Zh.ShouldNotContain("special");
        line.Because.En.ShouldContain("class = special");
    }

    [Fact]
    public void The_year_shows_every_form_of_points()
    {
        var forms = Shipped.Load("2026").Schemes.SelectMany(scheme => scheme.Indicators).Select(one => one.Points.GetType()).ToHashSet();
        forms.ShouldBe(
            [typeof(BandPoints), typeof(FormulaPoints), typeof(GoalpostPoints), typeof(ChecklistPoints), typeof(PanelPoints)],
            ignoreOrder: true);
    }

    [Fact]
    public void Every_pool_of_the_year_is_spent_by_exactly_one_category()
    {
        var rules = Shipped.Load("2026");
        rules.Schemes.SelectMany(scheme => scheme.Awards).Select(policy => policy.Pool).ShouldBe(rules.Cycle!.Pools.Select(pool => pool.Id), ignoreOrder: true);
    }

    [Fact]
    public void A_centre_with_controlled_data_only_loses_nothing_for_open_downloads()
    {
        var scheme = Shipped.Load("2026").SchemeOf("data");
        var controlled = scheme.Cases.Single(one => one.Name.StartsWith("controlled data only", StringComparison.Ordinal));
        controlled.Points.ShouldBe(75m);
        controlled.Given["datasets_public"].AsNumber().ShouldBe(0m);
    }

    private static IEnumerable<Scheme> SchemesOf(RuleSet rules) =>
        rules.Schemes.Concat(rules.Policies.Select(policy => policy.Scheme));

    private static IEnumerable<Source> SourcesOf(Scheme scheme)
    {
        yield return scheme.Source;
        foreach (var parameter in scheme.Parameters.Values) yield return parameter.Source;
        foreach (var block in scheme.Blocks) yield return block.Source;
        foreach (var indicator in scheme.Indicators) yield return indicator.Source;
        foreach (var judgement in scheme.Judgements) yield return judgement.Source;
        if (scheme.Grades is { } grades) yield return grades.Source;
        foreach (var policy in scheme.Awards) yield return policy.Source;
    }

    private static bool HasHan(string text) => text.Any(letter => letter is >= '\u2E80' and <= '\uFFEF');
}
