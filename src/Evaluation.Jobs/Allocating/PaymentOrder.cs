using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;

namespace Evaluation.Jobs.Allocating;

/// <summary>Where the money of one category of a run stands.</summary>
/// <param name="Category">Category code.</param>
/// <param name="Run">The run.</param>
/// <param name="Newest">The version that holds in the cycle, of this run or of another one, or null.</param>
/// <param name="Given">What the run gave.</param>
public sealed record CategoryMoney(string Category, string Run, ApprovedAwards? Newest, IReadOnlyList<AllocationResult> Given)
{
    /// <summary>The version that holds in the cycle, of this run or of another one, or null.</summary>
    public Approval? Approval => Newest?.Approval;

    /// <summary>Whether this run's awards are approved, as it gave them or as a scenario of it.</summary>
    public bool IsApproved => Approval?.Run == Run;

    /// <summary>Whether another run of the cycle is the one that is paid.</summary>
    public bool IsElsewhere => Approval is not null && Approval.Run != Run;

    /// <summary>The awards of this run that count: the approved ones, else those it gave.</summary>
    public IReadOnlyList<AllocationResult> Results => IsApproved ? Newest!.Results : Given;
}

/// <summary>One line of the payment list with the approval it rests on; without one it is not to be paid.</summary>
public sealed record OrderedPayment(PaymentLine Line, Approval? Approval);

/// <summary>
/// The payments of a run. Once anything of it is approved, the approved awards alone; before that its recommendations,
/// marked as not approved. What the cycle pays by another run is never listed.
/// </summary>
/// <param name="Categories">Where each category stands.</param>
/// <param name="Payments">The list.</param>
public sealed record PaymentOrder(IReadOnlyList<CategoryMoney> Categories, IReadOnlyList<OrderedPayment> Payments)
{
    /// <summary>Whether the list may be paid.</summary>
    public bool IsApproved => Categories.Any(category => category.IsApproved);

    internal static PaymentOrder Of(string run, IReadOnlyList<CategoryMoney> categories)
    {
        var approved = categories.Where(category => category.IsApproved).ToList();
        var listed = approved.Count > 0 ? approved : [.. categories.Where(category => !category.IsElsewhere)];
        return new PaymentOrder(categories,
        [
            .. listed
                .SelectMany(category => PaymentList.Of(run, category.Results)
                    .Select(line => new OrderedPayment(line, category.IsApproved ? category.Approval : null)))
                .OrderBy(payment => payment.Line.Pool, StringComparer.Ordinal)
                .ThenBy(payment => payment.Line.Unit, StringComparer.Ordinal)
                .ThenBy(payment => payment.Line.Payment.Number),
        ]);
    }
}

/// <summary>Puts together what a run has to pay.</summary>
public sealed class PaymentOrders(RunStore runs, AllocationStore allocations, ApprovalStore approvals)
{
    /// <exception cref="KeyNotFoundException">There is no such run.</exception>
    public async Task<PaymentOrder> Of(string run, CancellationToken cancel)
    {
        var found = await runs.Find(run, cancel) ?? throw new KeyNotFoundException($"There is no run {run}.");
        var newest = await approvals.Newest(found.Cycle, cancel);
        return PaymentOrder.Of(run,
        [
            .. (await allocations.OfRun(run, cancel: cancel)).GroupBy(stored => stored.Category, StringComparer.Ordinal)
                .Select(category => new CategoryMoney(
                    category.Key, run, newest.GetValueOrDefault(category.Key), [.. category.Select(stored => stored.Result)])),
        ]);
    }
}
