using System.Collections.Concurrent;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.RuleSets.Mutation;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets;

/// <summary>
/// Reads the texts of a rule folder into a rule set: a year (it has <c>cycle.yaml</c>) or one reference scheme. Finds
/// every problem, not only the first, each with file, line and mend. A rule set that loads is well-formed and every
/// name in it is known; that its numbers fit together is the business of <see cref="Checks.RuleSetCheck"/>.
/// </summary>
public static class RuleSetLoader
{
    private const string SchemeEnd = "/scheme.yaml";

    // So many folders are remembered before those nobody uses any more are swept out.
    private const int SweepAt = 64;

    // The same texts give the same rule set, and with it the formulas that were compiled for it. Nothing is kept alive
    // by this, and a rule set changed in memory is another object, so that it never meets formulas of the original.
    private static readonly ConcurrentDictionary<(string Name, string Hash), WeakReference<RuleSet>> Loaded = new();

    /// <summary>Loads a rule folder; texts that are loaded already give the rule set that is there.</summary>
    /// <exception cref="RuleSetException">Something is wrong in the folder; it carries every problem found.</exception>
    public static RuleSet Load(RuleFolder folder)
    {
        var key = (folder.Name, folder.Hash);
        if (Loaded.TryGetValue(key, out var known) && known.TryGetTarget(out var same)) return same;
        var rules = Fresh(folder);
        if (Loaded.Count >= SweepAt)
        {
            foreach (var entry in Loaded.Where(entry => !entry.Value.TryGetTarget(out _))) Loaded.TryRemove(entry);
        }

        Loaded[key] = new WeakReference<RuleSet>(rules);
        return rules;
    }

    private static RuleSet Fresh(RuleFolder folder)
    {
        var problems = new ProblemList();
        var files = new RuleFiles(folder, problems);

        // What an unreadable file declares is not known: reading on would blame the files that use it.
        var loaded = files.AllReadable ? Read(folder, files, problems) : null;
        if (loaded is null || problems.AnyError) throw new RuleSetException(problems.InOrder());
        return loaded with { Warnings = problems.InOrder() };
    }

    private static RuleSet? Read(RuleFolder folder, RuleFiles files, ProblemList problems)
    {
        var policies = Policies(files, folder, problems);
        if (files.Take(MetricsFile.Path) is not { } metricsRoot)
        {
            if (policies.Count > 0 && !files.Has("scheme.yaml") && !files.Has(CycleFile.Path)) return OfPolicies(folder, files, policies, problems);
            problems.Add(new FileLocation(MetricsFile.Path, 1), "the rule folder has no metrics.yaml",
                "add it: one entry for each metric the formulas use");
            return null;
        }

        var metrics = MetricsFile.Read(metricsRoot, problems);
        var cycle = files.Take(CycleFile.Path) is { } cycleRoot ? CycleFile.Read(cycleRoot, problems) : null;
        if (cycle is not null) CycleFile.CheckSizes(files.Take(CycleFile.Path)!, cycle, metrics, problems);
        var schemes = Schemes(files, metrics, cycle, problems);
        var imports = Imports(files, metrics, cycle, problems);
        var checks = files.Take(ChecksFile.Path) is { } checksRoot
            ? new ChecksFile(metrics, cycle, problems).Read(checksRoot)
            : [];
        var index = files.Take(ResourceIndexFile.Path) is { } indexRoot
            ? new ResourceIndexFile(problems, metrics, cycle).Read(indexRoot)
            : null;
        var records = files.Take(RecordsFile.Path) is { } counted
            ? new RecordsFile(problems, cycle).Read(counted)
            : RecordRules.None;
        if (files.Take(EquivalentMutants.Path) is { } mutants) EquivalentMutants.Read(mutants, problems);
        RefuseUntaken(files, problems);
        return new RuleSet(folder, cycle, metrics, schemes, imports, [])
        {
            DataChecks = checks,
            Records = records,
            Index = index,
            Policies = policies,
        };
    }

    private static void RefuseUntaken(RuleFiles files, ProblemList problems)
    {
        foreach (var path in files.Untaken)
        {
            problems.Add(new FileLocation(path, 1), "nothing reads this file",
                "move it where it belongs (cycle.yaml, metrics.yaml, checks.yaml, records.yaml, imports/*.yaml, index/index.yaml, " +
                "<category>/scheme.yaml, <category>/cases.yaml, <category>/awards.cases.yaml, " +
                "<category>/indicators/*.yaml; an award policy begins with policy: and has its cases in " +
                "<name>.cases.yaml), or delete it");
        }
    }

    // A file is an award policy when it says so itself.
    private static IReadOnlyList<PolicyFile> Policies(RuleFiles files, RuleFolder folder, ProblemList problems)
    {
        var policies = new List<PolicyFile>();
        foreach (var path in files.Under("").Where(path => files.Peek(path)[PolicyReader.Key] is not null))
        {
            var cases = path[..^".yaml".Length] + ".cases.yaml";
            policies.Add(new PolicyReader(problems).Read(files.Take(path)!, files.Take(cases), folder));
        }

        CommonParts.RefuseRepeats(problems, policies.Select(policy => (policy.Id, policy.Location)), "the policy");
        return policies;
    }

    private static RuleSet OfPolicies(
        RuleFolder folder, RuleFiles files, IReadOnlyList<PolicyFile> policies, ProblemList problems)
    {
        if (files.Take(EquivalentMutants.Path) is { } mutants) EquivalentMutants.Read(mutants, problems);
        RefuseUntaken(files, problems);
        return new RuleSet(folder, null, new Dictionary<string, Metric>(), [], [], []) { Policies = policies };
    }

    private static IReadOnlyList<Scheme> Schemes(
        RuleFiles files, IReadOnlyDictionary<string, Metric> metrics, Cycle? cycle, ProblemList problems)
    {
        var reader = new SchemeReader(files, metrics, problems);
        if (cycle is null)
        {
            if (files.Has("scheme.yaml")) return [reader.Read("")];
            problems.Add(new FileLocation("scheme.yaml", 1), "the rule folder has neither cycle.yaml nor scheme.yaml",
                "add cycle.yaml (a year) or scheme.yaml (one reference scheme)");
            return [];
        }

        var schemes = new List<Scheme>();
        foreach (var category in cycle.Categories.Where(category => category.Id.Length > 0).DistinctBy(category => category.Id))
        {
            if (files.Has(category.Id + SchemeEnd))
            {
                schemes.Add(OfCategory(reader.Read(category.Id + "/"), category.Id, problems));
            }
            else
            {
                problems.Add(CycleFile.PlaceOf(files.Take(CycleFile.Path)!, category.Id),
                    $"the category {category.Id} has no scheme",
                    $"add {category.Id}{SchemeEnd}");
            }
        }

        CommonParts.RefuseRepeats(problems, schemes.Select(scheme => (scheme.Id, scheme.Location)), "the scheme");
        return schemes;
    }

    private static Scheme OfCategory(Scheme scheme, string category, ProblemList problems)
    {
        if (scheme.Category.Length > 0 && scheme.Category != category)
        {
            problems.Add(scheme.Location,
                $"the scheme is for the category '{scheme.Category}', but stands in the folder {category}",
                $"write category: {category}, or move the folder");
        }

        return scheme;
    }

    private static IReadOnlyList<MappingProfile> Imports(
        RuleFiles files, IReadOnlyDictionary<string, Metric> metrics, Cycle? cycle, ProblemList problems)
    {
        var reader = new ImportFile(problems, metrics, cycle);
        return [.. files.Under("imports/").Select(path => reader.Read(path, files.Take(path)!))];
    }
}
