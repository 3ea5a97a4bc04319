namespace Evaluation.Tests.Pages;

/// <summary>Findings with what was decided on them, and what was refused of the files of a run.</summary>
[Collection(PagesCollection.Name)]
public sealed class FindingsPageTests(PagesFixture site)
{
    [Fact]
    public async Task A_finding_names_its_unit_and_the_decision_with_who_when_and_why()
    {
        var page = await site.Client.GetStringAsync($"/years/{site.Year.Year}/findings?run={GeneratedYear.Latest}&lang=en");
        page.ShouldContain("Owner</th>");
        page.ShouldContain($"{site.Year.Rules.Cycle!.Categories[0].Name.En} unit-03");
        page.ShouldContain("the value more than doubled against last year: please look");
        page.ShouldContain("kept (数据管理员, 2026-07-20: 原始记录核对无误)");
        (await site.Client.GetStringAsync($"/years/{site.Year.Year}/findings?run={GeneratedYear.Latest}&lang=zh"))
            .ShouldContain("照用（数据管理员，2026-07-20：原始记录核对无误）");
    }

    [Fact]
    public async Task The_list_is_downloaded_with_owner_decision_reason_and_date()
    {
        var rows = (await site.Client.GetStringAsync($"/years/{site.Year.Year}/findings?run={GeneratedYear.Latest}&format=csv"))
            .TrimStart('\uFEFF').Split("\r\n");
        rows[0].ShouldBe(
            "number,severity,check,category,unit,resource,metric,message_zh,message_en,decision,value,reason,decided_by,decided_at,treatment_zh,treatment_en");
        var decided = rows.Single(row => row.Contains(",unit-03,", StringComparison.Ordinal));
        decided.ShouldContain(",keep,,原始记录核对无误,数据管理员,2026-07-20T");
        rows.Single(row => row.Contains($",{GeneratedYear.Withheld},", StringComparison.Ordinal)).ShouldContain(",,,,,,");
    }

    [Fact]
    public async Task A_treated_finding_shows_the_score_with_and_without_it_on_the_list_and_on_the_units_card()
    {
        const string effect = "As reported: 61.5 points; as decided: 58 points (B1 10 → 6.5).";
        var list = await site.Client.GetStringAsync($"/years/{site.Year.Year}/findings?run={GeneratedYear.Latest}&lang=en");
        list.ShouldContain(effect);
        var category = site.Year.Rules.Cycle!.Categories[0].Id;
        var card = await site.Client.GetStringAsync($"/years/{site.Year.Year}/{category}/{GeneratedYear.Treated}?lang=en");
        card.ShouldContain("more available than held");
        card.ShouldContain(effect);
        (await site.Client.GetStringAsync($"/years/{site.Year.Year}/{category}/{GeneratedYear.Treated}?lang=zh"))
            .ShouldContain("按报送数据计 61.5 分，处理后计 58 分");
    }

    [Fact]
    public async Task Refused_rows_of_a_run_are_downloaded_with_file_line_cell_value_and_both_reasons()
    {
        (await site.Client.GetStringAsync($"/runs/{GeneratedYear.Latest}?lang=en")).ShouldContain($"/runs/{GeneratedYear.Latest}/rejects.csv");
        var rows = (await site.Client.GetStringAsync($"/runs/{GeneratedYear.Latest}/rejects.csv")).TrimStart('\uFEFF').Split("\r\n");
        rows.ShouldBe(
        [
            "file,line,cell,value,reason_zh,reason_en",
            "unit_metrics.csv,17,value,n/a,不是数值，请填写数字或留空,not a number: write a number or leave the cell empty",
            "unit_metrics.csv,230,,<b>x</b>,列数不足，请补齐,too few columns: fill them in",
            "",
        ]);
    }
}
