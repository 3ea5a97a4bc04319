namespace Evaluation.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed class SourcePageTests(PagesFixture site)
{
    [Fact]
    public async Task A_source_shows_its_last_result_in_plain_words_and_the_commands_that_change_it()
    {
        var page = await site.Client.GetStringAsync($"/sources/{PulledSources.Code}?lang=en");
        page.ShouldContain("it cannot answer now");
        page.ShouldContain($"./evaluation sources pull {PulledSources.Code}");
        page.ShouldContain("key=***");
        (await site.Client.GetStringAsync("/sources?lang=zh")).ShouldContain("下次采集");
    }

    [Fact]
    public async Task Refused_rows_of_a_source_are_downloaded_with_file_line_cell_value_and_both_reasons()
    {
        var table = await site.Client.GetStringAsync($"/sources/{PulledSources.Code}/rejects.csv");
        var rows = table.TrimStart('\uFEFF').Split("\r\n");
        rows[0].ShouldBe("file,line,cell,value,reason_zh,reason_en");
        rows[1].ShouldBe("pulled/centre-files/usage.eeeeeeeeeeee.csv,3,value (B),'=1+1,不是数值，请填写数字,not a number: write a number");
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_told_so_with_the_way_to_the_list()
    {
        using var answer = await site.Client.GetAsync("/sources/nobody?lang=en");
        ((int)answer.StatusCode).ShouldBe(404);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("There is no source");
    }

    [Fact]
    public async Task A_name_that_waits_for_a_decision_shows_why_and_the_command_that_confirms_it()
    {
        var page = await site.Client.GetStringAsync("/institutions?lang=en");
        page.ShouldContain("one name contains the other");
        page.ShouldContain("./evaluation institutions confirm u-1 --value");
    }
}
