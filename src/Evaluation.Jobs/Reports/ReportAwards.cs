using System.Globalization;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;

namespace Evaluation.Jobs.Reports;

/// <summary>The award part of a report.</summary>
internal static class ReportAwards
{
    internal static ReportAward? Of(ReportMaterial material)
    {
        var shares = material.Allocations
            .Select(pot => (Pot: pot, Award: pot.Awards.FirstOrDefault(award => award.Unit == material.Card.Unit)))
            .Where(share => share.Award is not null)
            .Select(share => (share.Pot, Award: share.Award!, Pool: NameOf(material, share.Pot.Pool)))
            .ToList();
        if (shares.Count == 0) return null;
        return new ReportAward(
            ReportText.Yuan(shares.Sum(share => share.Award.Amount.Yuan)),
            new(
                string.Join("、", shares.Select(share => share.Pool.Zh)), string.Join(", ", shares.Select(share => share.Pool.En))),
            ReportText.Yuan(shares.Sum(share => share.Pot.Pot.Yuan)),
            [.. shares.SelectMany(share => Steps(share.Award, shares.Count > 1 ? share.Pool : null))],
            new(
                string.Concat(shares.Select(share => share.Award.Because.Zh)),
                string.Join(' ', shares.Select(share => share.Award.Because.En))));
    }

    private static IEnumerable<ReportFigure> Steps(Award award, Bilingual? pool)
    {
        var before = pool is null ? new Bilingual("", "") : new Bilingual(pool.Zh + "：", pool.En + ": ");
        yield return Step(new("等级基数或分配依据", "Base amount of the grade, or basis"), Plain(award.Base));
        yield return Step(new("系数", "Coefficient"), Plain(award.Coefficient));
        foreach (var line in award.Lines) yield return Step(line.Because, ReportText.Yuan(line.Amount));
        if (award.Lines.Count == 0 && award.Exact != 0m)
        {
            yield return Step(new("按资金池折算后、取整前", "Scaled to the pot, before rounding"), ReportText.Yuan(award.Exact));
        }

        foreach (var part in award.Instalments)
        {
            yield return Step(
                part.Month is { } month
                    ? new($"第 {part.Number} 期（{month} 月）", $"Instalment {part.Number} (month {month})")
                    : new($"第 {part.Number} 期", $"Instalment {part.Number}"),
                ReportText.Yuan(part.Amount.Yuan));
        }

        ReportFigure Step(Bilingual name, Bilingual value) => new(new(before.Zh + name.Zh, before.En + name.En), value);
    }

    private static Bilingual NameOf(ReportMaterial material, string pool) =>
        material.Cycle.Pools.FirstOrDefault(known => known.Id == pool)?.Name ?? new(pool, pool);

    internal static Bilingual WhyNone(ReportMaterial material, ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Withheld => new(
            "总分未出具，后补助暂不计算。", "There is no total yet, so no award is calculated."),
        ReportOutcome.Excluded => new(
            "该单位不参加排名和评级，不参与后补助分配。",
            "The unit takes no part in ranking and grading, and none in the allocation."),
        _ when material.Scheme.Awards.Count == 0 => new(
            "本类别的评价方案不分配后补助资金。", "The scheme of this category allocates no money."),
        _ => new("后补助资金尚未分配。", "The money has not been allocated yet."),
    };

    private static Bilingual Plain(decimal number)
    {
        var text = number.ToString("#,0.######", CultureInfo.InvariantCulture);
        return new Bilingual(text, text);
    }
}
