using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Allocating;

/// <summary>What an approval of one category would change, before anything is stored.</summary>
/// <param name="Run">The run.</param>
/// <param name="Category">Category code.</param>
/// <param name="Scenario">What is set otherwise than in the rules.</param>
/// <param name="Results">The awards that would be approved.</param>
/// <param name="Newest">The version that holds now, or null.</param>
/// <param name="Change">The awards beside those that hold now: approved ones, else those the run gave.</param>
/// <param name="OtherGrades">Units that would be paid by another grade than the one on their score card.</param>
public sealed record ProposedApproval(
    Run Run, string Category, Scenario Scenario, IReadOnlyList<AllocationResult> Results, Approval? Newest, ScenarioResult Change,
    int OtherGrades)
{
    private readonly byte[] json = CanonicalJson.Write(Results);

    /// <summary>Whether the version that holds is exactly this: then there is nothing to approve.</summary>
    public bool IsApproved => Newest?.Run == Run.Id && Newest.Sha256 == CanonicalJson.Sha256(json);

    /// <summary>The version it would become.</summary>
    public int Version => (Newest?.Version ?? 0) + 1;

    /// <summary>Units that are paid anything.</summary>
    public int Paid => Change.Units.Count(unit => unit.Amount > Money.Zero);

    /// <summary>Units whose award is another than the one that holds now.</summary>
    public int Changed => Change.Units.Count(unit => unit.Difference != Money.Zero);

    internal ApprovedAwards By(string by, DateTimeOffset at, string reason) => new(
        new Approval(Run.Cycle, Category, Version, Run.Id, Scenario, Paid, Change.Amount, CanonicalJson.Sha256(json), by, at, reason),
        json);
}

/// <summary>Somebody else approved another version in the meantime: nothing was stored.</summary>
/// <param name="category">Category code.</param>
/// <param name="newest">The version that holds now.</param>
public sealed class OvertakenException(string category, Approval newest) : Exception(Words(category, newest).En)
{
    /// <summary>What happened and what to do, in both languages.</summary>
    public Bilingual Reason { get; } = Words(category, newest);

    private static Bilingual Words(string category, Approval newest) => new(
        $"{category} 在此期间已由 {newest.By} 核定第 {newest.Version} 版（{newest.Amount} 元），没有存入任何内容；请先看清该版本，再决定是否核定",
        $"{category}: meanwhile {newest.By} approved version {newest.Version} (CNY {newest.Amount}), and nothing was stored. Look at "
        + "that version first, then decide again.");
}

/// <summary>
/// A person approves the awards of a finished run, or of a scenario of it, for payment. Every approval is a version of its
/// category in the cycle; the run, its cards and its hashes stay as they are.
/// </summary>
public sealed class ApproveAwards(
    WhatIf whatIf, RuleSetsOnRecord rules, AllocationStore allocations, ApprovalStore approvals, TimeProvider time)
{
    /// <summary>What an approval would change.</summary>
    /// <param name="run">A finished run.</param>
    /// <param name="category">One category, or null for every one to which the run gave money.</param>
    /// <param name="scenario">What is set otherwise; needs a category.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="KeyNotFoundException">There is no such run or category.</exception>
    /// <exception cref="InvalidOperationException">The run is not finished.</exception>
    /// <exception cref="ScenarioException">A setting is not known, or its value is none.</exception>
    /// <exception cref="AllocationException">The money cannot be shared out like that.</exception>
    public async Task<IReadOnlyList<ProposedApproval>> Propose(
        string run, string? category, Scenario scenario, CancellationToken cancel)
    {
        var (found, _) = await rules.Of(run, cancel);
        var newest = await approvals.Newest(found.Cycle, cancel);
        var categories = category is not null
            ? [category]
            : (await allocations.OfRun(run, cancel: cancel)).Select(stored => stored.Category).Distinct(StringComparer.Ordinal);
        var proposed = new List<ProposedApproval>();
        foreach (var one in categories) proposed.Add(Proposed(await whatIf.Open(run, one, cancel), scenario, newest.GetValueOrDefault(one)));
        return proposed;
    }

    /// <summary>The same for a category that is open already.</summary>
    public static ProposedApproval Proposed(SealedCategory category, Scenario scenario, ApprovedAwards? newest)
    {
        var results = category.Ask(scenario);
        var grades = category.Units.ToDictionary(unit => unit.Card.Unit, unit => unit.Card.Grade, StringComparer.Ordinal);
        var change = ScenarioResult.Of(newest?.Results ?? category.Given, results);
        return new ProposedApproval(
            category.Run, category.Category, scenario.Canonical, results, newest?.Approval, change,
            change.Units.Count(unit => grades.TryGetValue(unit.Unit, out var grade) && grade != unit.Grade));
    }

    /// <summary>Approves what was proposed; what is approved already stays the version it is.</summary>
    /// <param name="proposed">What the person has seen.</param>
    /// <param name="by">Who approves.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The version that holds now in each category, in the order proposed.</returns>
    /// <exception cref="OvertakenException">Somebody else approved another version since it was proposed.</exception>
    public async Task<IReadOnlyList<Approval>> Approve(
        IReadOnlyList<ProposedApproval> proposed, string by, string reason, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var added = proposed.Where(one => !one.IsApproved).Select(one => one.By(by, now, reason)).ToList();
        if (await approvals.Append(added, cancel) is { } lost)
        {
            var newest = (await approvals.OfCycle(lost.Cycle, cancel)).First(version => version.Category == lost.Category);
            throw new OvertakenException(lost.Category, newest);
        }

        var made = added.ToDictionary(version => version.Approval.Category, version => version.Approval, StringComparer.Ordinal);
        return [.. proposed.Select(one => made.GetValueOrDefault(one.Category) ?? one.Newest!)];
    }
}
