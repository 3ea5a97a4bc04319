using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Allocation;

/// <summary>How an award of a certain size is paid: in equal parts, one for each month listed; a month listed twice pays
/// two parts at once.</summary>
/// <param name="When">FEEL unary tests over the award.</param>
/// <param name="Months">Months from 1 to 12, in the order of payment.</param>
public sealed record InstalmentRule(Condition When, IReadOnlyList<int> Months);

/// <summary>How awards are paid out: instalments by size, and what is netted before.</summary>
/// <param name="Instalments">By size of the award; the first that fits counts.</param>
/// <param name="Clawback">FEEL: money a unit owes from earlier years, taken off its first payments, or null.</param>
/// <param name="Source">Document and item.</param>
/// <param name="Location">File and line.</param>
public sealed record PaymentPlan(
    IReadOnlyList<InstalmentRule> Instalments, Formula? Clawback, Source Source, FileLocation Location);

/// <summary>One payment to one unit.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Month">Month from 1 to 12, or null where the policy names none.</param>
/// <param name="Gross">The part of the award that falls due.</param>
/// <param name="Netted">What is taken off it.</param>
public sealed record Instalment(int Number, int? Month, Money Gross, Money Netted)
{
    /// <summary>What is paid.</summary>
    public Money Amount => Gross - Netted;
}

/// <summary>The payments of one award.</summary>
/// <param name="Instalments">In order; none where there is nothing to pay.</param>
/// <param name="StillOwed">What the unit owes beyond its award.</param>
public sealed record PaymentSchedule(IReadOnlyList<Instalment> Instalments, Money StillOwed);
