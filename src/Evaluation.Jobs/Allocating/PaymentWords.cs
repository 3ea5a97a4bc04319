using System.Globalization;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;

namespace Evaluation.Jobs.Allocating;

/// <summary>What lists and pages say of the approval that a payment rests on.</summary>
public static class PaymentWords
{
    private static readonly TimeSpan BeijingTime = TimeSpan.FromHours(8);

    /// <summary>What stands where nobody has approved anything.</summary>
    public static Bilingual NotApproved { get; } = new("未核定，不得支付", "not approved: not for payment");

    /// <summary>The version with who approved it and when.</summary>
    public static Bilingual Standing(Approval? approval)
    {
        if (approval is null) return NotApproved;
        var day = approval.At.ToOffset(BeijingTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(
            $"第 {approval.Version} 版，{approval.By} 于 {day} 核定",
            $"version {approval.Version}, approved by {approval.By} on {day}");
    }

    /// <summary>Where the money of a category stands, in a sentence.</summary>
    /// <param name="category">The category.</param>
    /// <param name="name">What it is called.</param>
    public static Bilingual Standing(CategoryMoney category, Bilingual name)
    {
        var standing = Standing(category.Approval);
        return category.IsElsewhere
            ? new(
                $"{name.Zh}：{standing.Zh}的是另一次运行 {category.Approval!.Run}，请按那次运行支付",
                $"{name.En}: {standing.En}, but of another run, {category.Approval!.Run}: pay by that run")
            : new($"{name.Zh}：{standing.Zh}", $"{name.En}: {standing.En}");
    }

    /// <summary>What an approval would change, in numbers.</summary>
    /// <param name="proposed">The approval.</param>
    /// <param name="name">What its category is called.</param>
    public static Bilingual Change(ProposedApproval proposed, Bilingual name)
    {
        var (change, before) = (proposed.Change, Before(proposed));
        if (proposed.IsApproved)
        {
            return new(
                $"{name.Zh}：这些补助已经是{Standing(proposed.Newest).Zh}的内容，再次核定不产生新版本",
                $"{name.En}: these awards are {Standing(proposed.Newest).En} already; approving them again makes no new version");
        }

        return new(
            $"{name.Zh}：核定第 {proposed.Version} 版，向 {proposed.Paid} 家单位支付共 {change.Amount} 元；{before.Zh}为 {change.Before} 元，"
            + $"{proposed.Changed} 家单位的金额有变，差额合计 {Signed(change.Difference)} 元",
            $"{name.En}: version {proposed.Version} will pay CNY {change.Amount} to {Counted(proposed.Paid)}; {before.En} {Was(proposed)} CNY "
            + $"{change.Before}, {Counted(proposed.Changed)} will get another amount, and the differences sum to CNY {Signed(change.Difference)}");
    }

    /// <summary>That units are paid by another grade than the one on their score card, or null where none is.</summary>
    public static Bilingual? OtherGrades(ProposedApproval proposed) => proposed.OtherGrades == 0 ? null : new(
        $"其中 {proposed.OtherGrades} 家单位按与评分卡不同的等次支付：评分卡和报告不变，请在理由中说明",
        $"{Counted(proposed.OtherGrades)} of them will be paid by another grade than the one on the score card: cards and reports stay as "
        + "they are, so say why in the reason");

    /// <summary>An amount with its sign.</summary>
    public static string Signed(Money amount) => amount.Yuan.ToString("+#,##0.00;−#,##0.00;0.00", CultureInfo.InvariantCulture);

    private static Bilingual Before(ProposedApproval proposed) => proposed.Newest is { } newest
        ? new($"现行第 {newest.Version} 版", $"version {newest.Version}, which holds now,")
        : new("运行的建议额", "the recommendations of the run");

    private static string Was(ProposedApproval proposed) => proposed.Newest is null ? "are" : "is";

    /// <summary>A number of units in English.</summary>
    public static string Counted(int units) => units == 1 ? "1 unit" : $"{units.ToString("N0", CultureInfo.InvariantCulture)} units";
}
