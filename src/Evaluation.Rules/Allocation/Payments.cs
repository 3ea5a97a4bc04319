using Evaluation.Rules.Feel;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>Splits awards into the payments of a plan.</summary>
internal static class Payments
{
    /// <summary>The payments of one award: equal parts by the plan, what is owed taken off the first ones.</summary>
    public static PaymentSchedule Of(CompiledScheme scheme, AwardPolicy policy, Claim claim, Money award)
    {
        var plan = policy.Payment!;
        var owed = plan.Clawback is { } clawback && scheme.Formula(clawback).Evaluate(claim.Slots).TryNumber(out var number)
            ? Math.Max(number, 0m) : 0m;
        if (award.Yuan <= 0m) return new PaymentSchedule([], new Money(owed));
        var size = FeelValue.Number(award.Yuan);
        var rule = plan.Instalments.FirstOrDefault(one => scheme.Tests(one.When).Test(size, claim.Slots) == true);
        IReadOnlyList<int?> months = rule is null ? [null] : [.. rule.Months.Select(month => (int?)month)];
        return Split(award.Yuan, months, Math.Min(policy.RoundTo, 1m), owed);
    }

    /// <summary>Equal parts in whole rounding units, earlier ones the greater; what is owed comes off the first
    /// ones.</summary>
    internal static PaymentSchedule Split(decimal award, IReadOnlyList<int?> months, decimal unit, decimal owed)
    {
        var parts = new List<Instalment>();
        var left = award;
        for (var i = 0; i < months.Count; i++)
        {
            var due = Math.Ceiling(left / (months.Count - i) / unit) * unit;
            var gross = i == months.Count - 1 ? left : Math.Min(due, left);
            left -= gross;
            var netted = Math.Min(owed, gross);
            owed -= netted;
            parts.Add(new Instalment(i + 1, months[i], new Money(gross), new Money(netted)));
        }

        return new PaymentSchedule(parts, new Money(owed));
    }
}
