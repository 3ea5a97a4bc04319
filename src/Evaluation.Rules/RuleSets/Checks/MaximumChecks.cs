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
                case ChecklistPoints checklist: OfChecklist(bench, indicator, checklist, problems); break;
                case FormulaPoints: OfFormula(indicator, cases, problems); break;
                case GoalpostPoints posts: OfGoalposts(bench, indicator, posts, problems); break;
                case TablePoints table: OfTable(bench, indicator, table, cases, problems); break;
            }

            ComputedPoints.StayWithin(bench, indicator, problems);
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
    // sum above it proves nothing, and what all of them give may be out of reach.
    private static void OfChecklist(CheckBench bench, Indicator indicator, ChecklistPoints checklist,
        ProblemList problems)
    {
        var most = ComputedPoints.MostOf(bench, indicator, checklist);
        var (words, max) = (NumberSet.Text(most), NumberSet.Text(indicator.Max));
        if (most < indicator.Max && indicator.ShortOfMax is null)
        {
            var sum = checklist.Items.Sum(item => Math.Max(0m, item.Points));
            problems.Add(indicator.MaxLocation,
                sum == most ? $"all items of the checklist give {words} points, but max is {max}"
                    : $"no unit can fulfil items worth more than {words} points, but max is {max}: "
                        + "the others exclude one another",
                "correct max or the points of an item; where the published list falls short, say so: "
                + "short_of_max: { zh: …, en: … }");
        }
        else if (indicator.ShortOfMax is not null && most >= indicator.Max)
        {
            problems.Add(indicator.MaxLocation,
                $"short_of_max says that the checklist falls short, but its items give {words} of {max} points",
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

    private static void OfGoalposts(CheckBench bench, Indicator indicator, GoalpostPoints posts, ProblemList problems)
    {
        var range = NumberSet.Of(BandChecks.RangeOf(bench, indicator));
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
}
