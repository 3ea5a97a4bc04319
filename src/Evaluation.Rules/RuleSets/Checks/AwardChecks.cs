using Evaluation.Rules.Allocation;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Proves award policies: every threshold has its cases, every bound binds in one of them.</summary>
internal static class AwardChecks
{
    /// <summary>The checks of a policy that stands alone.</summary>
    public static void OfPolicy(CheckBench bench, PolicyFile policy, IReadOnlyList<RunAwardCase> cases)
    {
        SchemeChecks.Parameters(bench);
        foreach (var rule in policy.Scheme.Awards) Instalments(bench, rule);
        FiringChecks.OfScheme(bench);
        UnitChecks.OfScheme(bench);
        bench.Ask($"the policy {policy.Id} has worked cases", policy.Location, problems =>
        {
            if (cases.Count > 0) return;
            problems.Add(policy.Location, $"the policy {policy.Id} has no worked cases",
                $"add {policy.Location.Path[..^".yaml".Length]}.cases.yaml beside it");
        });
        if (cases.Count == 0) return;
        ThresholdChecks.RunAwards(bench, policy.Id, policy.Location, policy.Scheme.Figures.Select(figure => figure.Value), cases);
        foreach (var rule in policy.Scheme.Awards) Bounds(bench, rule, cases);
    }

    /// <summary>The checks of the awards of a scheme.</summary>
    public static void OfScheme(CheckBench bench, IReadOnlyList<RunAwardCase> cases)
    {
        if (bench.Scheme.Awards.Count == 0) return;
        foreach (var rule in bench.Scheme.Awards) Instalments(bench, rule);
        ThresholdChecks.RunAwards(bench, "the awards", bench.Scheme.Awards[0].Location, [], cases);
        if (cases.Count == 0) return;
        foreach (var rule in bench.Scheme.Awards) Bounds(bench, rule, cases);
    }

    // An award of any size above nothing is paid, by the first rule that fits.
    private static void Instalments(CheckBench bench, AwardPolicy policy)
    {
        if (policy.Payment is not { Instalments: { Count: > 0 } rules } payment) return;
        bench.Ask($"the instalments of the pool {policy.Pool} cover every award", payment.Location, problems =>
        {
            if (BandChecks.SetsOf(bench, rules.Select(rule => (rule.When, 0m)), problems) is not { } sets) return;
            var taken = ValueSet.None;
            var firsts = new List<BandSet>();
            foreach (var set in sets)
            {
                firsts.Add(set with { Values = set.Values.And(taken.Not()) });
                taken = taken.Or(set.Values);
            }

            BandChecks.Cover(problems, payment.Location, firsts, ValueSet.Of(NumberSet.Above(0m, included: false)),
                "award", "is not paid");
        });
    }

    private static void Bounds(CheckBench bench, AwardPolicy policy, IReadOnlyList<RunAwardCase> cases)
    {
        (string Bound, string Key, bool There)[] bounds =
        [
            ("floor", "floor", policy.Floor is not null),
            ("cap", "cap", policy.Cap is not null),
            ("guarantee", "guarantee", policy.Guarantee is not null),
            ("band_low", "low end of the band", policy.Band?.Low is not null),
            ("band_high", "high end of the band", policy.Band?.High is not null),
            ("threshold", "threshold", policy.Threshold is not null),
            ("exit", "exit guarantee", policy.Exit is not null),
        ];
        if (!bounds.Any(bound => bound.There)) return;
        bench.Ask($"every bound of the pool {policy.Pool} holds an award in a worked case", policy.Location, problems =>
        {
            foreach (var (bound, key, _) in bounds.Where(bound => bound.There))
            {
                if (cases.Any(one => one.Awards.Any(award => award.Pool == policy.Pool && award.Bound == bound))) continue;
                problems.Add(policy.Location, $"no worked case has an award of the pool {policy.Pool} held by the {key}",
                    $"add a case in which the {key} binds");
            }
        });
    }
}
