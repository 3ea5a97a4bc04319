using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>The maximum of an indicator is what a unit can really earn, and never less than what one does.</summary>
internal static class MaximumChecks
{
    public static void Run(CheckBench bench, Indicator indicator, IReadOnlyList<RunCase> cases)
    {
        bench.Ask($"the maximum of {indicator.Id} can be reached and is never exceeded", indicator.Location, problems =>
        {
            foreach (var over in cases.Where(one => one.Points > indicator.Max))
            {
                problems.Add(over.Case.Location,
                    $"the case '{over.Case.Name}' earns {NumberSet.Text(over.Points!.Value)} of at most {NumberSet.Text(indicator.Max)} points",
                    $"limit the points of {indicator.Id}, or correct its max");
            }

            switch (indicator.Points)
            {
                case BandPoints bands: OfBands(bench, indicator, bands, problems); break;
                case ChecklistPoints checklist: OfChecklist(indicator, checklist, problems); break;
                case FormulaPoints: OfFormula(indicator, cases, problems); break;
                case GoalpostPoints posts: OfGoalposts(indicator, posts, problems); break;
                case TablePoints table: OfTable(bench, indicator, table, cases, problems); break;
            }
        });
    }

    private static void OfBands(CheckBench bench, Indicator indicator, BandPoints bands, ProblemList problems)
    {
        if (BandChecks.SetsOf(bench, bands.Bands.Select(band => (band.When, band.Points)), new ProblemList()) is not { } sets) return;
        var domain = BandChecks.DomainOf(bench, indicator, sets);
        var reachable = sets.Where(set => !set.Values.And(domain).IsEmpty).ToList();
        if (reachable.Count == 0 || reachable.Max(set => set.Worth) == indicator.Max) return;
        problems.Add(indicator.MaxLocation,
            $"the best band gives {NumberSet.Text(reachable.Max(set => set.Worth))} points, but max is {NumberSet.Text(indicator.Max)}",
            "correct max or the points of the best band");
    }

    // A published list may fall short of its own maximum: the rule then says why. Items may exclude one another, so that a
    // sum above it proves nothing: the cases show that nobody earns too much.
    private static void OfChecklist(Indicator indicator, ChecklistPoints checklist, ProblemList problems)
    {
        var sum = checklist.Items.Sum(item => Math.Max(0m, item.Points));
        if (sum < indicator.Max && indicator.ShortOfMax is null)
        {
            problems.Add(indicator.MaxLocation,
                $"all items of the checklist give {NumberSet.Text(sum)} points, but max is {NumberSet.Text(indicator.Max)}",
                "correct max or the points of an item; where the published list falls short, say so: "
                + "short_of_max: { zh: …, en: … }");
        }
        else if (indicator.ShortOfMax is not null && sum >= indicator.Max)
        {
            problems.Add(indicator.MaxLocation,
                $"short_of_max says that the checklist falls short, but its items give {NumberSet.Text(sum)} of {NumberSet.Text(indicator.Max)} points",
                "delete short_of_max");
        }
    }

    private static void OfFormula(Indicator indicator, IReadOnlyList<RunCase> cases, ProblemList problems)
    {
        if (cases.Any(one => one.Points == indicator.Max)) return;
        problems.Add(indicator.MaxLocation,
            $"no worked case of {indicator.Id} earns the maximum of {NumberSet.Text(indicator.Max)} points",
            "add a case that earns it, or correct max");
    }

    private static void OfTable(
        CheckBench bench, Indicator indicator, TablePoints table, IReadOnlyList<RunCase> cases, ProblemList problems)
    {
        if (TableChecks.Extremes(bench, indicator, table) is not { } extremes)
        {
            // Points computed from facts: the cases must show the maximum, as for a formula.
            OfFormula(indicator, cases, problems);
            return;
        }

        if (extremes.Most != indicator.Max)
        {
            problems.Add(table.Location,
                $"the table gives at most {NumberSet.Text(extremes.Most)} points, but max is {NumberSet.Text(indicator.Max)}",
                "correct max or the points of the best rule");
        }

        if (extremes.Least < 0m)
        {
            problems.Add(table.Location,
                $"the table gives {NumberSet.Text(extremes.Least)} points, which is below 0", "write 0 or more");
        }
    }

    private static void OfGoalposts(Indicator indicator, GoalpostPoints posts, ProblemList problems)
    {
        var range = NumberSet.Of(indicator.Range);
        if (!range.Contains(posts.Full))
        {
            problems.Add(indicator.Location,
                $"the goalpost full ({NumberSet.Text(posts.Full)}) lies outside the range of the value",
                "correct the goalpost or the range");
        }

        var rising = posts.Full > posts.Zero;
        if ((indicator.Direction == Direction.Higher && rising) || (indicator.Direction == Direction.Lower && !rising)) return;
        problems.Add(indicator.Location,
            $"the goalposts go {(rising ? "up" : "down")}, but direction is {indicator.Direction.ToString().ToLowerInvariant()}",
            "exchange zero and full, or correct the direction");
    }

    /// <summary>Points of a formula over the value alone never fall the wrong way between the values the cases show.</summary>
    public static void FollowDirection(CheckBench bench, Indicator indicator)
    {
        if (indicator.Points is not FormulaPoints { Formula: var formula } || indicator.Direction == Direction.Target) return;
        var names = formula.Expression.FreeNames;
        if (!names.All(name => name == NameScope.ValueName || bench.Scheme.Parameters.ContainsKey(name))) return;
        bench.Ask($"the points of {indicator.Id} follow its direction", indicator.Location, problems =>
        {
            (decimal Value, decimal Points)? before = null;
            foreach (var value in Samples(bench, indicator, formula))
            {
                var context = bench.Constants.With(NameScope.ValueName, value);
                if (!formula.Expression.Evaluate(context).TryNumber(out var points)) continue;
                if (before is { } last && points != last.Points && (points < last.Points) == (indicator.Direction == Direction.Higher))
                {
                    problems.Add(formula.Location,
                        $"points go from {NumberSet.Text(last.Points)} at {NumberSet.Text(last.Value)} to {NumberSet.Text(points)} "
                        + $"at {NumberSet.Text(value)}, although {indicator.Direction.ToString().ToLowerInvariant()} is better",
                        "correct the formula, or the direction");
                    return;
                }

                before = (value, points);
            }
        });
    }

    // Where a formula bends is not known, so it is looked at on a grid, and around each number it names.
    private static IEnumerable<decimal> Samples(CheckBench bench, Indicator indicator, Formula formula)
    {
        const int Steps = 64;
        var range = BandChecks.RangeOf(bench, indicator);
        var named = Numbers(formula.Expression.Root).Append(0m).ToList();
        var low = range.Minimum ?? -2m * named.Max(Math.Abs);
        var high = range.Maximum ?? Math.Max(low, 2m * named.Max(Math.Abs)) + 1m;
        var step = (high - low) / Steps;
        return Enumerable.Range(0, Steps + 1).Select(i => low + i * step)
            .Concat(named).Where(NumberSet.Of(range).Contains).Distinct().Order();
    }

    private static IEnumerable<decimal> Numbers(FeelNode node) =>
        (node is FeelLiteral { Value.IsNumber: true } literal ? [literal.Value.AsNumber()] : Array.Empty<decimal>())
        .Concat(node.Children.SelectMany(Numbers));
}
