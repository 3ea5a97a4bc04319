using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Parameters in force, grades in order and covered, awards with a pool, answers that exist, cases that are there.</summary>
internal static class SchemeChecks
{
    public static void Parameters(CheckBench bench)
    {
        var day = bench.Rules.AsOf;
        foreach (var parameter in bench.Scheme.Parameters.Values)
        {
            bench.Ask($"the parameter {parameter.Code} has a value on the day of the cycle", parameter.Location, problems =>
            {
                if (parameter.On(day) is not null) return;
                problems.Add(parameter.Location,
                    $"the parameter {parameter.Code} has no value on {day:yyyy-MM-dd}; its first is from {parameter.Values[0].From:yyyy-MM-dd}",
                    "add the value that was in force on that day, or correct as_of in cycle.yaml");
            });
        }
    }

    public static void HasCases(CheckBench bench, Indicator indicator) =>
        bench.Ask($"{indicator.Id} has worked cases", indicator.Location, problems =>
        {
            if (indicator.Cases.Count > 0) return;
            var path = indicator.Location.Path;
            problems.Add(indicator.Location, $"the indicator {indicator.Id} has no worked case",
                path.Contains("indicators/", StringComparison.Ordinal)
                    ? $"add {path[..^".yaml".Length]}.cases.yaml"
                    : "add cases: to it");
        });

    /// <summary>Bands and quotas in the order of the grades, bands without gap or overlap, a pool for the awards.</summary>
    public static void GradesAndAwards(CheckBench bench)
    {
        if (bench.Scheme.Grades is { } table)
        {
            var order = table.Grades.Select(grade => grade.Id).ToList();
            bench.Ask("bands and quotas stand in the order of the grades, best first", table.Location, problems =>
            {
                InOrder(problems, [.. table.Bands.Select(band => (band.Grade, band.When.Location))], order);
                InOrder(problems, [.. table.Quotas.Select(quota => (quota.Grade, (quota.Count ?? quota.Percent)!.Location))], order);
            });
            if (table.Bands.Count > 0) GradeBands(bench, table.Location);
            if (table.Quotas.Count > 0) QuotaPercents(bench, table.Quotas, table.Location);
        }

        if (bench.Rules.Cycle is not { } cycle) return;
        foreach (var awards in bench.Scheme.Awards)
        {
            bench.Ask("the pool of the awards exists", awards.Location, problems =>
            {
                if (cycle.Pools.Any(pool => pool.Id == awards.Pool)) return;
                problems.Add(awards.Location, $"cycle.yaml has no pool '{awards.Pool}'",
                    cycle.Pools.Count == 0 ? "add pools: to cycle.yaml" : NearestWord.Mend(awards.Pool, [.. cycle.Pools.Select(pool => pool.Id)]));
            });
        }
    }

    // Places beyond the number of units leave a lower grade, or the rest, without anybody in it.
    private static void QuotaPercents(CheckBench bench, IReadOnlyList<RankQuota> quotas, FileLocation place) =>
        bench.Ask("the quotas leave places within the number of units", place, problems =>
        {
            var percents = quotas.Select(quota => quota.Percent).OfType<Formula>()
                .Select(percent => (percent.Location, Value: bench.Constants.NumberOf(percent.Expression.Root,
                    percent.Text))).ToList();
            foreach (var (location, value) in percents.Where(percent => percent.Value is <= 0m or > 100m))
            {
                problems.Add(location, $"a quota of {NumberSet.Text(value!.Value)} per cent",
                    "write a percentage above 0 and not above 100");
            }

            var sum = percents.Sum(percent => percent.Value ?? 0m);
            if (sum > 100m && percents.Count > 1)
            {
                problems.Add(percents[^1].Location,
                    $"the quotas come to {NumberSet.Text(Math.Round(sum, 4))} per cent of the units, "
                    + "which is more than all of them",
                    "correct a percentage: together they are at most 100");
            }
        });

    private static void InOrder(
        ProblemList problems, IReadOnlyList<(string Grade, FileLocation Location)> found, IReadOnlyList<string> order)
    {
        for (var i = 1; i < found.Count; i++)
        {
            if (IndexOf(order, found[i - 1].Grade) < IndexOf(order, found[i].Grade)) continue;
            problems.Add(found[i].Location,
                $"'{found[i].Grade}' stands below '{found[i - 1].Grade}', which is not better",
                "put them in the order of the grades, best first, each once");
        }
    }

    private static int IndexOf(IReadOnlyList<string> order, string grade) => order.ToList().IndexOf(grade);

    private static void GradeBands(CheckBench bench, FileLocation place) =>
        bench.Ask("the grade bands cover every total once and rise with it", place, problems =>
        {
            var table = bench.Scheme.Grades!;
            var ranked = table.Bands.Select((band, at) => (band.When, (decimal)(table.Bands.Count - at)));
            if (BandChecks.SetsOf(bench, ranked, problems) is not { } sets) return;
            var totals = ValueSet.Of(NumberSet.Between(0m, true, bench.Scheme.OutOf, true));

            // With a grade for the rest a total outside every band is no gap.
            var domain = table.Rest is null ? totals : totals.And(sets.Aggregate(ValueSet.None, (any, set) => any.Or(set.Values)));
            BandChecks.Cover(problems, place, sets, domain, "total", "gets no grade");
            BandChecks.Follow(problems, sets, domain.Numbers, Direction.Higher, "better grades");
        });

    /// <summary>Answers are texts from a closed list, figures are numbers: a comparison with anything else never holds.</summary>
    public static void AnswersExist(CheckBench bench)
    {
        foreach (var (what, formula) in Formulas(bench.Scheme))
        {
            var comparisons = Comparisons.In(formula.Expression.Root, formula.Text, bench.Constants)
                .Where(comparison => bench.Rules.Metrics.ContainsKey(comparison.Subject) && !comparison.Value.IsNull).ToList();
            if (comparisons.Count == 0) continue;
            bench.Ask($"the comparisons of {what} can hold", formula.Location, problems =>
            {
                foreach (var comparison in comparisons) CanHold(problems, bench.Rules.Metrics[comparison.Subject], comparison, formula, what);
            });
        }
    }

    private static void CanHold(ProblemList problems, Metric metric, Comparison comparison, Formula formula, string what)
    {
        var value = comparison.Value;
        var isAnswer = metric.Kind == MetricKind.Answer;
        var fits = isAnswer
            ? value.Kind == FeelKind.String && (metric.Answers.Count == 0 || metric.Answers.Contains(value.AsString()))
            : value.IsNumber;
        if (fits) return;
        problems.Add(formula.Location,
            $"{what} compares '{metric.Code}' with {value}, but its values are "
            + (isAnswer ? metric.Answers.Count == 0 ? "texts" : $"the texts {string.Join(", ", metric.Answers.Select(answer => $"\"{answer}\""))}" : "numbers"),
            isAnswer ? "compare it with one of its answers, in quotes" : "compare it with a number, without quotes");
    }

    private static IEnumerable<(string What, Formula Formula)> Formulas(Scheme scheme)
    {
        foreach (var indicator in scheme.Indicators)
        {
            yield return ($"the value of {indicator.Id}", indicator.Value);
            if (indicator.Applies is { } applies) yield return ($"'applies' of {indicator.Id}", applies.When);
            if (indicator.Points is FormulaPoints { Formula: var points }) yield return ($"the points of {indicator.Id}", points);
            if (indicator.Points is not ChecklistPoints { Items: var items }) continue;
            foreach (var item in items) yield return ($"the item '{item.Name.En}' of {indicator.Id}", item.When);
        }

        foreach (var figure in scheme.Figures) yield return ($"the figure {figure.Id}", figure.Value);
        foreach (var judgement in scheme.Judgements) yield return ($"the judgement {judgement.Id}", judgement.When);
    }
}
