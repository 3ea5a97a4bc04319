using Evaluation.Jobs.Reports;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Tests.Reports;

public sealed class AssessmentReportTests
{
    [Fact]
    public void A_report_says_grade_total_rank_and_award_as_the_card_and_the_allocation_have_them()
    {
        var report = SampleReports.Good();

        report.Outcome.ShouldBe(ReportOutcome.Scored);
        report.Result.Grade!.Id.ShouldBe("good");
        report.Result.GradePlace.ShouldBe(1);
        report.Result.Total.ShouldBe(report.Lines.Sum(line => line.Line.Points) - 0.5m);
        report.Result.Rank.ShouldBe(5);
        report.Award!.Amount.Zh.ShouldBe("1,012,346.00 元");
        report.Award.Amount.En.ShouldBe("CNY 1,012,346.00");
        report.WithoutAward.ShouldBeNull();
    }

    [Fact]
    public void The_points_of_lines_and_judgements_sum_to_the_total()
    {
        var report = SampleReports.Good();

        (report.Lines.Sum(line => line.Line.Points) + report.Judgements.Sum(judgement => judgement.Points))
            .ShouldBe(report.Result.Total!.Value);
    }

    [Fact]
    public void Three_sentences_tell_result_profile_and_what_to_gain_in_both_languages()
    {
        var report = SampleReports.Good();

        report.Summary.Count.ShouldBe(3);
        report.Summary[0].Zh.ShouldStartWith("总分 ");
        report.Summary[0].Zh.ShouldContain("在 32 家排名单位中列第 5 位");
        report.Summary[0].En.ShouldContain("rank 5 of 32 ranked units");
        report.Summary[1].Zh.ShouldContain($"得分率最高的是“{report.Strongest!.Name.Zh}”");
        report.Summary[2].En.ShouldContain(report.Lifts[0].Line.More!.En.TrimEnd('.'));
    }

    [Fact]
    public void A_unit_without_a_total_is_told_what_is_missing_and_what_to_do_and_gets_no_grade_rank_or_award()
    {
        var report = SampleReports.WithheldUnit();

        report.Outcome.ShouldBe(ReportOutcome.Withheld);
        report.Result.Total.ShouldBeNull();
        report.Result.Grade.ShouldBeNull();
        report.Result.Rank.ShouldBeNull();
        report.Award.ShouldBeNull();
        report.WithoutAward.ShouldNotBeNull();
        report.Missing.Select(line => line.Line.Id).ShouldBe(["S1"]);
        report.Summary[0].Zh.ShouldContain("S1“共享机时”");
        report.Summary[1].En.ShouldContain("missing data are not counted as zero");
        report.Summary[2].Zh.ShouldContain("2026-05-13");
    }

    [Fact]
    public void A_block_with_a_withheld_line_is_not_compared()
    {
        var blocks = SampleReports.WithheldUnit().Blocks;

        blocks.Single(block => block.Id == "sharing").Share.ShouldBeNull();
        blocks.Single(block => block.Id == "organisation").Share.ShouldNotBeNull();
    }

    [Fact]
    public void An_excluded_unit_shows_its_points_but_takes_no_part()
    {
        var card = SampleReports.Card(5) with { Total = null, Rank = null, Grade = null };
        var report = SampleReports.Of(SampleReports.Material(card));

        report.Outcome.ShouldBe(ReportOutcome.Excluded);
        report.Summary[0].En.ShouldContain("takes no part");
        report.WithoutAward!.Zh.ShouldContain("不参与后补助分配");
    }

    [Fact]
    public void What_would_give_more_is_listed_by_the_points_still_open()
    {
        var report = SampleReports.Good();

        report.Lifts.ShouldNotBeEmpty();
        report.Lifts.Select(line => line.Open).ShouldBeInOrder(SortDirection.Descending);
        report.Lifts[0].Line.Id.ShouldBe("O1");
    }

    [Fact]
    public void A_line_where_everybody_has_the_same_share_is_no_strength()
    {
        var report = SampleReports.Good();

        report.Lines.Single(line => line.Line.Id == "A3").Share.ShouldBe(1m);
        report.Strengths.Select(line => line.Line.Id).ShouldNotContain("A3");
    }

    [Fact]
    public void Judgements_that_did_not_hold_are_listed_too()
    {
        var judgements = SampleReports.Good().Judgements;

        judgements.Select(judgement => (judgement.Id, judgement.Held)).ShouldBe(
            [("untruthful_data", false), ("late_records", true), ("low_open_rate", false)]);
        judgements[0].Effect.Zh.ShouldBe("等级定为较差，名次排在最后");
    }

    [Fact]
    public void Findings_stand_at_the_line_they_touch()
    {
        var report = SampleReports.Good();

        report.Lines.Single(line => line.Line.Id == "S1").Findings.ShouldHaveSingleItem().Check.En.ShouldBe("Overlap");
        report.Lines.Single(line => line.Line.Id == "A1").Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_long_list_of_resources_is_told_by_count_ends_and_sum()
    {
        var input = SampleReports.Good().Lines.Single(line => line.Line.Id == "O1").Inputs[0];

        input.Value.Zh.ShouldBe("共 118 个值，最小 900 小时，最大 1,777.5 小时，合计 157,972.5 小时");
        input.Records.En.ShouldStartWith("service_records_2025.csv, instruments.csv: ");
    }

    [Fact]
    public void The_method_names_quota_tie_rule_pool_and_rounding()
    {
        var method = string.Join('\n', SampleReports.Good().Method.Select(rule => rule.Text.Zh));

        method.ShouldContain("良好 ▲：名额为排名单位数的 30%，且总分不低于 60.00 分");
        method.ShouldContain("依次比较 “共享服务”（高者在前）");
        method.ShouldContain("下限 200,000 元");
        method.ShouldContain("共 18,000,000.00 元");
        method.ShouldContain("最大余数法");
    }

    [Fact]
    public void A_card_of_a_category_the_cycle_does_not_have_is_refused_by_name()
    {
        var card = SampleReports.Card(5) with { Category = "telescopes" };

        Should.Throw<ArgumentException>(() => SampleReports.Of(SampleReports.Material(card)))
            .Message.ShouldContain("telescopes");
    }

    [Fact]
    public void A_verification_code_is_short_has_no_letters_people_confuse_and_belongs_to_one_card()
    {
        var hash = string.Concat(Enumerable.Repeat("00ff", 16));

        VerificationCode.Of(hash).ShouldBe("03ZG-1ZR0-ZW0F");
        VerificationCode.Of("1" + hash[1..]).ShouldNotBe(VerificationCode.Of(hash));
        Should.Throw<FormatException>(() => VerificationCode.Of("abc")).Message.ShouldContain("64");
    }

    [Fact]
    public void Median_and_best_quarter_interpolate_and_do_not_depend_on_the_order_of_units()
    {
        var cards = Enumerable.Range(1, 4).Select(CardWith).ToList();

        var spread = CategoryStatistics.Of(cards).Blocks["organisation"];
        var reversed = CategoryStatistics.Of([.. cards.AsEnumerable().Reverse()]).Blocks["organisation"];

        spread.ShouldBe(new Spread("organisation", 4, 0.25m, 0.325m, 0.4m));
        reversed.ShouldBe(spread);
    }

    [Fact]
    public void A_unit_without_a_total_does_not_pull_the_median_down()
    {
        var cards = Enumerable.Range(1, 4).Select(CardWith).ToList();
        var with = CategoryStatistics.Of([.. cards, CardWith(0) with { Total = null, Grade = null }]);

        with.Evaluated.ShouldBe(5);
        with.WithTotal.ShouldBe(4);
        with.Blocks["organisation"].Median.ShouldBe(0.25m);
        with.Grades.ShouldHaveSingleItem().Units.ShouldBe(4);
    }

    private static ScoreCard CardWith(int tenths)
    {
        var card = SampleReports.Card(1);
        return card with
        {
            Blocks = [card.Blocks[0] with { Points = tenths, Max = 10 }],
        };
    }
}
