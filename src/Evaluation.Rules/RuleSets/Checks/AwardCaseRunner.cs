using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>What became of one worked case of awards.</summary>
/// <param name="Policy">Id of the policy or the scheme.</param>
/// <param name="Case">The case.</param>
/// <param name="Problems">Where the outcome differs from what the case expects; empty when it came out right.</param>
public sealed record AwardCaseResult(string Policy, AwardCase Case, IReadOnlyList<RuleProblem> Problems)
{
    /// <summary>Whether the case came out as it expects.</summary>
    public bool Passed => Problems.Count == 0;
}

/// <summary>A worked case of awards with what the rules made of it.</summary>
/// <param name="Result">Whether it came out as expected.</param>
/// <param name="Awards">Every award of every pool; none where the rules refuse.</param>
internal sealed record RunAwardCase(AwardCaseResult Result, IReadOnlyList<Award> Awards);

/// <summary>Runs worked cases of awards through the allocator.</summary>
internal static class AwardCaseRunner
{
    /// <summary>Runs the cases of an award policy that stands alone.</summary>
    public static IReadOnlyList<RunAwardCase> Run(PolicyFile policy) =>
        [.. policy.Cases.Select(one => Guarded(policy.Id, one, () => OfPolicy(policy, one)))];

    /// <summary>Runs the cases of the awards of a scheme.</summary>
    public static IReadOnlyList<RunAwardCase> Run(RuleSet rules, Scheme scheme) =>
        [.. scheme.AwardCases.Select(one => Guarded(scheme.Id, one, () => OfScheme(rules, scheme, one)))];

    private static RunAwardCase Guarded(string policy, AwardCase one, Func<IReadOnlyList<AllocationResult>> run)
    {
        var problems = new ProblemList();
        IReadOnlyList<AllocationResult> pools = [];
        try
        {
            pools = run();
            if (one.Refused) Differs(problems, one, "a refusal", "awards");
            else Compare(problems, one, pools);
        }
        catch (AllocationException refused)
        {
            if (!one.Refused) Differs(problems, one, "awards", $"a refusal: {refused.Reason.En}");
        }
        catch (Exception refused) when (refused is ArgumentException or KeyNotFoundException)
        {
            problems.Add(one.Location, $"the case '{one.Name}' cannot be computed: {refused.Message}", "mend the policy or the case");
        }

        return new RunAwardCase(new AwardCaseResult(policy, one, problems.InOrder()), [.. pools.SelectMany(pool => pool.Awards)]);
    }

    private static IReadOnlyList<AllocationResult> OfPolicy(PolicyFile policy, AwardCase one) =>
        PolicyRun.Of(policy.With(one.Parameters), [.. one.Units.Select(unit => Completed(policy, unit.Facts, one.Units.Count))],
            one.AsOf, one.Budget).Pools;

    // A case leaves out what may be missing, as the file of units does.
    private static UnitFacts Completed(PolicyFile policy, UnitFacts facts, int units) => PolicyColumns.Complete(policy, facts, units);

    private static IReadOnlyList<AllocationResult> OfScheme(RuleSet rules, Scheme scheme, AwardCase one)
    {
        var compiled = CompiledScheme.Of(rules, scheme, one.AsOf ?? rules.AsOf);
        var policies = scheme.Awards.Where(policy => one.Pool is null || policy.Pool == one.Pool).ToList();
        if (policies is not [var only])
        {
            throw new ArgumentException(policies.Count == 0
                ? $"the scheme has no awards{(one.Pool is null ? "" : $" from the pool {one.Pool}")}"
                : "the scheme spends several pools: say which by pool:");
        }

        var pot = one.Budget ?? rules.Cycle?.Pools.FirstOrDefault(pool => pool.Id == only.Pool)?.Pot.Yuan
            ?? throw new ArgumentException("the pot is not known: add budget:");
        var pool = new Pool(only.Pool, new Bilingual(only.Pool, only.Pool), new Money(pot));
        return [Allocator.Allocate(compiled, only, pool, [.. one.Units.Select(unit => (unit.Facts, CardOf(compiled, unit, one.Units.Count)))])];
    }

    private static ScoreCard CardOf(CompiledScheme scheme, AwardCaseUnit unit, int units) => new(
        unit.Facts.Unit, scheme.Scheme.Category, scheme.Scheme.Id, [], [],
        FigureValues.Of(scheme, scheme.Slots(unit.Facts), [], [], unit.Total),
        unit.Total ?? 0m, unit.Total, unit.Rank, units, unit.Grade, new Bilingual("", ""));

    private static void Compare(ProblemList problems, AwardCase one, IReadOnlyList<AllocationResult> pools)
    {
        foreach (var (unit, expected) in one.Awards)
        {
            var awards = pools.SelectMany(pool => pool.Awards).Where(award => award.Unit == unit).ToList();
            var found = awards.Sum(award => award.Amount.Yuan);
            if (found != expected)
            {
                Differs(problems, one, $"{NumberSet.Text(expected)} for {unit}",
                    $"{NumberSet.Text(found)} ({string.Join(' ', awards.Select(award => award.Because.En))})");
            }
        }

        foreach (var (unit, expected) in one.Payments)
        {
            var found = pools.SelectMany(pool => pool.Awards).Where(award => award.Unit == unit).Sum(award => award.Instalments.Count);
            if (found != expected) Differs(problems, one, $"{expected} payments", $"{found}");
        }

        var months = pools.SelectMany(pool => pool.Awards).SelectMany(award => award.Instalments).Select(part => part.Month).ToList();
        if (one.Months.Count > 0 && !one.Months.Select(month => (int?)month).SequenceEqual(months))
        {
            Differs(problems, one, $"payments in the months {string.Join(", ", one.Months)}", string.Join(", ", months));
        }

        var paid = pools.SelectMany(pool => pool.Awards).SelectMany(award => award.Instalments).Sum(part => part.Amount.Yuan);
        if (one.Paid is { } due && due != paid) Differs(problems, one, $"{NumberSet.Text(due)} paid", NumberSet.Text(paid));
        var left = pools.Sum(pool => pool.Pot.Yuan - pool.Spent.Yuan);
        if (one.Left is { } wanted && wanted != left)
        {
            Differs(problems, one, $"{NumberSet.Text(wanted)} left", NumberSet.Text(left));
        }
    }

    private static void Differs(ProblemList problems, AwardCase one, string expected, string found) =>
        problems.Add(one.Location, $"the case '{one.Name}' expects {expected}, but the rules give {found}",
            "correct the policy, or the case if the policy is right");
}
