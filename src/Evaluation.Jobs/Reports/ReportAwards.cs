using System.Globalization;
using Evaluation.Rules;

namespace Evaluation.Jobs.Reports;

/// <summary>The award part of a report.</summary>
internal static class ReportAwards
{
    internal static ReportAward? Of(ReportMaterial material)
    {
        if (material.Allocation is not { } allocation) return null;
        var award = allocation.Awards.FirstOrDefault(one => one.Unit == material.Card.Unit);
        if (award is null) return null;
        var steps = new List<ReportFigure>
        {
            new(new("等级基数", "Base amount of the grade"), ReportText.Yuan(award.Base)),
            new(new("系数", "Coefficient"), Plain(award.Coefficient)),
            new(new("分配依据（基数 × 系数）", "Basis (base × coefficient)"), ReportText.Yuan(award.Basis)),
            new(new("按资金池折算后、取整前", "Scaled to the pot, before rounding"), ReportText.Yuan(award.Exact)),
        };
        if (award.Bound.Length > 0)
        {
            steps.Add(new(
                new("适用界限", "Bound that applied"),
                award.Bound == "floor" ? new("下限", "floor") : new("上限", "cap")));
        }

        return new ReportAward(
            ReportText.Yuan(award.Amount.Yuan),
            material.Cycle.Pools.FirstOrDefault(pool => pool.Id == award.Pool)?.Name ?? new(award.Pool, award.Pool),
            ReportText.Yuan(allocation.Pot.Yuan),
            steps,
            award.Because);
    }

    internal static Bilingual WhyNone(ReportMaterial material, ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Withheld => new(
            "总分未出具，后补助暂不计算。", "There is no total yet, so no award is calculated."),
        ReportOutcome.Excluded => new(
            "该单位不参加排名和评级，不参与后补助分配。",
            "The unit takes no part in ranking and grading, and none in the allocation."),
        _ when material.Scheme.Awards is null => new(
            "本类别的评价方案不分配后补助资金。", "The scheme of this category allocates no money."),
        _ => new("后补助资金尚未分配。", "The money has not been allocated yet."),
    };

    private static Bilingual Plain(decimal number)
    {
        var text = number.ToString("0.######", CultureInfo.InvariantCulture);
        return new Bilingual(text, text);
    }
}
