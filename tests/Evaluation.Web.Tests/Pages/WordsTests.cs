using Evaluation.Jobs.Reports;
using Evaluation.Rules;
using Evaluation.Web.Downloads;
using Evaluation.Web.Showing;

namespace Evaluation.Tests.Pages;

/// <summary>Small texts pages are made of.</summary>
public sealed class WordsTests
{
    [Theory]
    [InlineData(">= 0.5", "不低于 0.5", "at least 0.5")]
    [InlineData("[0.5..1)", "不低于 0.5 且低于 1", "at least 0.5 and below 1")]
    [InlineData("(0.5..1]", "高于 0.5 且不高于 1", "above 0.5 and at most 1")]
    [InlineData("< 1400", "低于 1,400", "below 1,400")]
    [InlineData("0, 5", "等于 0，或等于 5", "exactly 0, or exactly 5")]
    public void A_band_is_said_in_words(string feel, string zh, string en) =>
        ConditionInWords.Of(feel).ShouldBe(new Bilingual(zh, en));

    [Theory]
    [InlineData("not(< 3)")]
    [InlineData("\"yes\"")]
    [InlineData("> quota_hours")]
    public void A_condition_that_is_more_than_numbers_is_left_to_FEEL(string feel) => ConditionInWords.Of(feel).ShouldBeNull();

    [Fact]
    public void A_cell_that_a_spreadsheet_would_run_is_made_harmless_and_commas_are_quoted()
    {
        var text = System.Text.Encoding.UTF8.GetString(CsvText.Of([["=1+1", "a,b", "say \"x\"", "-5"]]));
        text.ShouldBe("\uFEFF'=1+1,\"a,b\",\"say \"\"x\"\"\",-5\r\n");
    }

    [Fact]
    public void Addresses_escape_what_a_unit_may_be_called()
    {
        PageAddress.Of("years", "2017", "a/b 大学?").ShouldBe("/years/2017/a%2Fb%20%E5%A4%A7%E5%AD%A6%3F");
        PageAddress.Read("a%2Fb").ShouldBe("a/b");
    }

    [Fact]
    public void Many_points_are_counted_in_equal_steps_and_no_unit_is_lost()
    {
        var points = Enumerable.Range(0, 101).Select(step => step / 10m).ToList();
        var distribution = Distribution.Of(new IndicatorSpread(points, 2, 1), 10m);
        distribution.Bars.Count.ShouldBe(10);
        distribution.Bars.Sum(bar => bar.Units).ShouldBe(101);
        distribution.Median.ShouldBe(5m);
        distribution.AtMaximum.ShouldBe(1);
    }

    [Fact]
    public void What_the_shards_of_a_step_report_is_added_up_in_both_languages()
    {
        StepWords.Of(["12 units", "1 units"]).ShouldBe(new Bilingual("13 家单位", "13 units"));
        StepWords.Of(["accepted 10 rejected 1 replaced 0 flagged 2", "b.csv: accepted 5 rejected 0 replaced 3 flagged 0"])
            .ShouldBe(new Bilingual("接受 15，拒绝 1，更正 3，标记 2", "accepted 15, refused 1, replaced 3, flagged 2"));
        StepWords.Of(["pot 12,000.00 spent 11,999.50", "no money in this scheme"])
            .ShouldBe(new Bilingual("资金 12,000.00 元，分配 11,999.50 元", "pot CNY 12,000.00, allocated CNY 11,999.50"));
        StepWords.Of(["the disk is full"])!.En.ShouldBe("the disk is full");
        StepWords.Of([]).ShouldBeNull();
    }
}
