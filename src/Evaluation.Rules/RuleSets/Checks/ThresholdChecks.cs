using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>
/// Every threshold has a worked case on it and one just under it: a rule that turns at the wrong number, or takes
/// "above" for "at least", then fails a case.
/// </summary>
internal static class ThresholdChecks
{
    // "Just under": at most this part of the way down to the next lower threshold (rules/README.md says so to authors).
    private const decimal Near = 0.05m;

    public static void Run(CheckBench bench, Indicator indicator, IReadOnlyList<RunCase> cases)
    {
        // Cases of another day meet other parameters, and so other thresholds.
        var today = cases.Where(one => one.Case.AsOf is null || one.Case.AsOf == bench.Rules.AsOf).ToList();
        var subjects = Subjects(bench, indicator, today).Where(subject => subject.Thresholds.Count > 0).ToList();
        if (subjects.Count == 0) return;
        bench.Ask($"every threshold of {indicator.Id} has a case on it and one just under it", indicator.Location, problems =>
        {
            foreach (var subject in subjects) Check(problems, subject, $"of {indicator.Id}");
        });
    }

    /// <summary>The same for the grade bands of a scheme and its whole cases.</summary>
    public static void RunGrades(CheckBench bench, IReadOnlyList<RunCase> cases)
    {
        if (bench.Scheme.Grades is not { Bands: { Count: > 0 } bands }) return;
        bench.Ask("every grade band has a whole case on its edge and one just under it", bench.Scheme.Grades.Location, problems =>
        {
            var sets = BandChecks.SetsOf(bench, bands.Select(band => (band.When, 0m)), new ProblemList());
            var range = NumberSet.Between(0m, true, bench.Scheme.OutOf, true);
            Check(problems, new ThresholdSubject(
                "total",
                [.. EdgesOf(sets ?? [], range)],
                [.. cases.Select(one => one.Value).OfType<decimal>(), .. cases.SelectMany(one => one.Totals)],
                range,
                Whole: true), "of the grades");
        });
    }

    /// <summary>The same for what judgements ask, and the whole cases.</summary>
    public static void RunJudgements(CheckBench bench, IReadOnlyList<RunCase> cases)
    {
        var today = cases.Where(one => one.Case.AsOf is null || one.Case.AsOf == bench.Rules.AsOf).ToList();
        var facts = today.SelectMany(one => one.Case.Units?.Facts.Select(unit => unit.Values) ?? [one.Case.Given])
            .ToList();
        foreach (var judgement in bench.Scheme.Judgements)
        {
            var subjects = FactSubjects.Of(bench, [judgement.When], facts).ToList();
            if (subjects.Count == 0) continue;
            bench.Ask($"every threshold of the judgement {judgement.Id} has a whole case on it and one just under it",
                judgement.Location, problems =>
                {
                    foreach (var subject in subjects) Check(problems, subject, $"of the judgement {judgement.Id}");
                });
        }
    }

    /// <summary>The same for the formulas of awards, and for the sizes at which payments are split.</summary>
    public static void RunAwards(
        CheckBench bench, string what, FileLocation location, IEnumerable<Formula> figures, IReadOnlyList<RunAwardCase> cases)
    {
        var today = cases.Where(one => one.Result.Case.AsOf is null || one.Result.Case.AsOf == bench.Rules.AsOf).ToList();
        var units = today.SelectMany(one => one.Result.Case.Units).ToList();
        var formulas = figures.Concat(bench.Scheme.Awards.SelectMany(policy => policy.Formulas).Select(part => part.Formula));
        var subjects = new List<ThresholdSubject>();
        foreach (var group in Compared(bench, formulas).Where(group => group.Any()))
        {
            if (!bench.Rules.Metrics.TryGetValue(group.Key, out var metric) || metric.ResourceList is not null) continue;
            subjects.Add(new ThresholdSubject(
                group.Key,
                [.. group],
                [.. units.Select(unit => unit.Facts.Values.GetValueOrDefault(group.Key)).Where(value => value.IsNumber).Select(value => value.AsNumber())],
                NumberSet.Of(new ValueRange(metric.Minimum, true, metric.Maximum, true)),
                metric.Unit.Decimals == 0));
        }

        foreach (var plan in bench.Scheme.Awards.Where(policy => policy.Payment is not null))
        {
            var range = NumberSet.Of(new ValueRange(0m, false, null, false));
            var sets = BandChecks.SetsOf(bench, plan.Payment!.Instalments.Select(rule => (rule.When, 0m)), new ProblemList());
            subjects.Add(new ThresholdSubject(
                "award", [.. EdgesOf(sets ?? [], range)],
                [.. today.SelectMany(one => one.Awards).Where(award => award.Pool == plan.Pool).Select(award => award.Amount.Yuan)],
                range, Whole: true));
        }

        if (subjects.Count == 0) return;
        bench.Ask($"every threshold of {what} has a case on it and one just under it", location, problems =>
        {
            foreach (var subject in subjects) Check(problems, subject, $"of {what}");
        });
    }

    private static ILookup<string, (decimal Threshold, FileLocation Location)> Compared(
        CheckBench bench, IEnumerable<Formula> formulas) => formulas
        .SelectMany(formula => Comparisons.In(formula.Expression.Root, formula.Text, bench.Constants)
            .Where(comparison => comparison.Value.IsNumber)
            .Select(comparison => (comparison.Subject, Threshold: (comparison.Value.AsNumber(), formula.Location))))
        .ToLookup(found => found.Subject, found => found.Threshold);

    private static IEnumerable<ThresholdSubject> Subjects(CheckBench bench, Indicator indicator,
        IReadOnlyList<RunCase> cases)
    {
        var range = NumberSet.Of(BandChecks.RangeOf(bench, indicator));
        var whole = indicator.Unit.Decimals == 0;
        var ofValue = new List<(decimal, FileLocation)>();
        switch (indicator.Points)
        {
            case BandPoints { Bands: var bands }:
                var sets = BandChecks.SetsOf(bench, bands.Select(band => (band.When, band.Points)), new ProblemList());
                ofValue.AddRange(EdgesOf(sets ?? [], range));
                break;
            case GoalpostPoints posts:
                ofValue.AddRange(new[] { posts.Zero, posts.Full }.Where(range.Contains).Select(post => (post, indicator.Location)));
                break;
            case TablePoints table:
                foreach (var subject in OfTable(bench, indicator, table, cases)) yield return subject;
                yield break;
        }

        ofValue.AddRange(Compared(bench, Formulas(indicator.Points))[NameScope.ValueName]);
        yield return new ThresholdSubject(
            NameScope.ValueName, ofValue, [.. cases.Select(one => one.Value).OfType<decimal>()], range, whole);
        var formulas = Formulas(indicator.Points).Append(indicator.Value);
        if (indicator.Applies is { When: var when }) formulas = formulas.Append(when);
        foreach (var subject in FactSubjects.Of(bench, formulas, [.. cases.Select(one =>
            one.Case.Given)])) yield return subject;
    }

    /// <summary>A subject for each column that tests a number: the value, a metric, or an expression over the facts.</summary>
    private static IEnumerable<ThresholdSubject> OfTable(
        CheckBench bench, Indicator indicator, TablePoints table, IReadOnlyList<RunCase> cases)
    {
        if (TableSpace.Of(bench, indicator, table, new ProblemList()) is not { } space) yield break;
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var range = space.Domains[column].Numbers;
            var thresholds = from row in table.Rows
                             from edge in space.Raw[row.Number - 1][column].Numbers.Edges
                             where range.Contains(edge)
                             select (edge, row.Location);
            var input = table.Columns[column].Input.Expression;
            var at = space.ValueColumn == column;
            yield return new ThresholdSubject(
                space.Names[column],
                [.. thresholds],
                [.. cases.Select(one => at ? one.Value : bench.Constants.NumberIn(input, one.Case.Given)).OfType<decimal>()],
                range,
                at ? indicator.Unit.Decimals == 0
                    : !bench.Rules.Metrics.TryGetValue(space.Names[column], out var metric) || metric.Unit.Decimals == 0);
        }
    }

    private static IEnumerable<Formula> Formulas(PointsRule points) => points switch
    {
        FormulaPoints formula => [formula.Formula],
        ChecklistPoints checklist => checklist.Items.Select(item => item.When),
        _ => [],
    };

    private static IEnumerable<(decimal, FileLocation)> EdgesOf(IReadOnlyList<BandSet> sets, NumberSet range) =>
        from set in sets
        from edge in set.Values.Numbers.Edges
        where range.Contains(edge)
        select (edge, set.Location);

    private static void Check(ProblemList problems, ThresholdSubject subject, string where)
    {
        var thresholds = subject.Thresholds.GroupBy(pair => pair.Threshold)
            .Select(same => (Threshold: same.Key, same.First().Location)).OrderBy(pair => pair.Threshold).ToList();
        for (var i = 0; i < thresholds.Count; i++)
        {
            var (threshold, location) = thresholds[i];
            var text = NumberSet.Text(threshold);
            if (!subject.Values.Contains(threshold))
            {
                problems.Add(location, $"no worked case {where} has {subject.Name} = {text}, exactly on the threshold",
                    $"add a case whose {subject.Name} is {text}");
            }

            var below = i > 0 ? thresholds[i - 1].Threshold : (decimal?)null;
            var above = i + 1 < thresholds.Count ? thresholds[i + 1].Threshold : (decimal?)null;
            var nearest = threshold - Distance(threshold, below, above);
            if (subject.OnlyOn || !subject.Range.ReachesBelow(threshold) || subject.Values.Any(value => IsUnder(value,
                threshold, nearest, subject.Whole))) continue;
            problems.Add(location, $"no worked case {where} has {subject.Name} just under the threshold {text}",
                $"add a case with {NumberSet.Text(nearest)} ≤ {subject.Name} < {text}"
                + (subject.Whole ? $" or {subject.Name} = {NumberSet.Text(threshold - 1m)}" : "")
                + (subject.Name == NameScope.ValueName ? "; where the value cannot be lower, declare its range, e.g. range: \"[0..]\"" : ""));
        }
    }

    private static bool IsUnder(decimal value, decimal threshold, decimal nearest, bool whole) =>
        value < threshold && (value >= nearest || (whole && value == threshold - 1m));

    // Without a lower threshold the distance is taken to zero; a threshold at zero takes the next higher one instead.
    private static decimal Distance(decimal threshold, decimal? below, decimal? above) =>
        Near * (below is { } lower ? threshold - lower : threshold != 0m ? Math.Abs(threshold) : above ?? 1m);
}
