using Evaluation.Rules;

namespace Evaluation.Jobs.Reports;

/// <summary>
/// The three sentences a director reads first: the result, where it comes from, what would change it.
/// </summary>
internal static class ReportSummary
{
    internal static IReadOnlyList<Bilingual> Of(AssessmentReport report) => report.Outcome switch
    {
        ReportOutcome.Withheld => [Waiting(report), SoFar(report), WhatToDo(report)],
        ReportOutcome.Excluded => [Excluded(report), Profile(report), Lift(report)],
        _ => [Standing(report), Profile(report), Lift(report)],
    };

    private static Bilingual Standing(AssessmentReport report)
    {
        var result = report.Result;
        var (total, outOf) = (ReportText.Points(result.Total!.Value), ReportText.Points(result.OutOf));
        var zh = $"总分 {total} 分（满分 {outOf} 分）";
        var en = $"The total is {total} of {outOf} points";
        if (result.Rank is { } rank)
        {
            zh += $"，在 {ReportText.Whole(result.Ranked)} 家排名单位中列第 {ReportText.Whole(rank)} 位";
            en += $", rank {ReportText.Whole(rank)} of {ReportText.Whole(result.Ranked)} ranked units";
        }

        if (report.Statistics.Total is { } spread)
        {
            var ahead = result.Total.Value - spread.Median;
            var by = ReportText.Points(Math.Abs(ahead));
            zh += ahead >= 0 ? $"，比本类别中位数高 {by} 分" : $"，比本类别中位数低 {by} 分";
            en += $", {by} points {(ahead >= 0 ? "above" : "below")} the category's median";
        }

        return new Bilingual(zh + "。", en + ".");
    }

    private static Bilingual Profile(AssessmentReport report)
    {
        if (report.Strongest is not { } best || report.Weakest is not { } least)
        {
            return new("可比较的一级指标不足两项，不作强弱比较。", "Fewer than two blocks can be compared.");
        }

        if (best.Share == least.Share)
        {
            return new(
                $"各一级指标得分率相同，均为 {ReportText.Percent(best.Share!.Value)}。",
                $"Every block earns the same share of its maximum, {ReportText.Percent(best.Share!.Value)}.");
        }

        return new(
            $"得分率最高的是“{best.Name.Zh}”（{ReportText.Percent(best.Share!.Value)}{Beside(best).Zh}），"
                + $"最低的是“{least.Name.Zh}”（{ReportText.Percent(least.Share!.Value)}{Beside(least).Zh}）。",
            $"The strongest block is {best.Name.En} ({ReportText.Percent(best.Share!.Value)} of its maximum"
                + $"{Beside(best).En}), the weakest is {least.Name.En} "
                + $"({ReportText.Percent(least.Share!.Value)}{Beside(least).En}).");
    }

    private static Bilingual Beside(BlockComparison block) => block.Category is { } category
        ? new($"，本类别中位数 {ReportText.Percent(category.Median)}",
            $"; the category's median is {ReportText.Percent(category.Median)}")
        : new(string.Empty, string.Empty);

    private static Bilingual Lift(AssessmentReport report)
    {
        if (report.Lifts is not [var first, ..])
        {
            return new("各项指标均已得满分。", "Every indicator earned its maximum.");
        }

        var open = ReportText.Points(first.Open);
        return new(
            $"提升空间最大的是 {first.Line.Id}“{first.Line.Name.Zh}”（尚有 {open} 分未得）：{Ended(first.Line.More!.Zh, "。")}",
            $"The most to gain is in {first.Line.Id} {first.Line.Name.En} ({open} points open): "
                + Ended(first.Line.More!.En, "."));
    }

    private static Bilingual Excluded(AssessmentReport report) => new(
        $"该单位不参加本次排名、评级和后补助分配；所列 {ReportText.Points(report.Result.Points)} 分仅供参考。",
        "The unit takes no part in this ranking, grading and allocation; the "
            + $"{ReportText.Points(report.Result.Points)} points shown are for information.");

    private static Bilingual Waiting(AssessmentReport report)
    {
        var missing = report.Missing;
        var zh = string.Join("、", missing.Select(line => $"{line.Line.Id}“{line.Line.Name.Zh}”"));
        var en = string.Join(", ", missing.Select(line => $"{line.Line.Id} {line.Line.Name.En}"));
        return new(
            $"总分暂不出具：{ReportText.Whole(missing.Count)} 项指标缺少评分所需数据（{zh}），因此没有名次和等级。",
            $"No total is issued: {ReportText.Whole(missing.Count)} "
                + $"{(missing.Count == 1 ? "indicator lacks" : "indicators lack")} "
                + $"the data needed for scoring ({en}), so there is no rank and no grade.");
    }

    private static Bilingual SoFar(AssessmentReport report)
    {
        var scored = report.Lines.Where(line => line.Share is not null).ToList();
        var (points, max) = (scored.Sum(line => line.Line.Points), scored.Sum(line => line.Line.Max));
        return new(
            $"其余 {ReportText.Whole(scored.Count)} 项指标已评分，得 {ReportText.Points(points)} 分（这些指标满分 "
                + $"{ReportText.Points(max)} 分）；"
                + "缺失的数据不按零分处理。",
            $"The other {ReportText.Whole(scored.Count)} indicators are scored: {ReportText.Points(points)} of their "
                + $"{ReportText.Points(max)} points; missing data are not counted as zero.");
    }

    private static Bilingual WhatToDo(AssessmentReport report) => report.Objection.By is { } by
        ? new(
            $"请最迟于 {ReportText.Day(by)} 补报所缺数据及其证明材料；数据补齐后重新评分并换发报告。",
            $"Supply the missing data with their evidence by {ReportText.Day(by)} at the latest; the unit is then "
                + "scored "
                + "again and receives a new report.")
        : new(
            $"请在 {ReportText.Whole(report.Objection.WorkingDays)} 个工作日内补报所缺数据及其证明材料；数据补齐后重新评分并换发报告。",
            $"Supply the missing data with their evidence within {ReportText.Whole(report.Objection.WorkingDays)} "
                + "working "
                + "days; the unit is then scored again and receives a new report.");

    private static string Ended(string sentence, string stop) =>
        sentence.EndsWith('。') || sentence.EndsWith('.') ? sentence : sentence + stop;
}
