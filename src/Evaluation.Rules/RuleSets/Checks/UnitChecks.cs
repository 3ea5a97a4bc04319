using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Units go together: no hours plus yuan, no share above 1, no per cent where a share is meant.</summary>
internal static class UnitChecks
{
    private const string Mend = "bring both to the same unit, or correct the unit of the metric, the parameter or the indicator";

    public static void OfScheme(CheckBench bench)
    {
        foreach (var figure in bench.Scheme.Figures)
        {
            bench.Ask($"the units of the figure {figure.Id} go together", figure.Location, problems =>
                Result(problems, $"the figure {figure.Id}", figure.Value, figure.Unit,
                    Infer(bench, problems, $"the figure {figure.Id}", figure.Value, null)));
        }

        foreach (var judgement in bench.Scheme.Judgements)
        {
            bench.Ask($"the units of the judgement {judgement.Id} go together", judgement.Location, problems =>
                Infer(bench, problems, $"the judgement {judgement.Id}", judgement.When, null));
        }

        if (bench.Scheme.Grades is not { Bands: { Count: > 0 } bands } grades) return;
        bench.Ask("the units of the grade bands go together", grades.Location, problems =>
        {
            foreach (var band in bands)
            {
                Against(bench, problems, $"the band of the grade {band.Grade}", band.When, Dimension.Total,
                    band.When.Location);
            }
        });
    }

    public static void OfIndicator(CheckBench bench, Indicator indicator) =>
        bench.Ask($"the units of {indicator.Id} go together", indicator.Location, problems =>
        {
            var what = $"the value of {indicator.Id}";
            Result(problems, what, indicator.Value, indicator.Unit,
                Infer(bench, problems, what, indicator.Value, null));
            if (indicator.Applies is { When: var when }) Infer(bench, problems, $"'applies' of {indicator.Id}", when, null);
            if (indicator.Points is FormulaPoints { Formula: var points })
            {
                Infer(bench, problems, $"the points of {indicator.Id}", points, indicator.Unit);
            }

            if (indicator.Points is ChecklistPoints checklist)
            {
                foreach (var item in checklist.Items)
                {
                    Infer(bench, problems, $"the item '{item.Name.En}' of {indicator.Id}", item.When, indicator.Unit);
                }
            }

            if (indicator.Points is BandPoints bands)
            {
                foreach (var band in bands.Bands)
                {
                    Against(bench, problems, $"a band of {indicator.Id}", band.When, Dimension.Of(indicator.Unit),
                        band.When.Location);
                }
            }

            if (indicator.Points is TablePoints table) OfTable(bench, problems, indicator, table);
            Thresholds(bench, problems, indicator);
        });

    private static void OfTable(CheckBench bench, ProblemList problems, Indicator indicator, TablePoints table)
    {
        for (var column = 0; column < table.Columns.Count; column++)
        {
            var asked = Infer(bench, problems, $"an input of the table of {indicator.Id}",
                table.Columns[column].Input, indicator.Unit);
            foreach (var row in table.Rows)
            {
                Against(bench, problems, $"rule {row.Number} of the table of {indicator.Id}", row.Tests[column],
                    asked, row.Location);
            }
        }
    }

    private static void Against(
        CheckBench bench, ProblemList problems, string what, Condition condition, Dimension? subject,
            FileLocation place) =>
        new UnitInference(bench, condition.Text, null, problem => problems.Add(place, $"{what} {problem}", Mend))
            .Against(subject, condition.Tests.Root.Tests);

    private static Dimension? Infer(CheckBench bench, ProblemList problems, string what, Formula formula,
        UnitOfMeasure? value) =>
        new UnitInference(bench, formula.Text, value, problem =>
            problems.Add(formula.Location, $"{what} {problem}", Mend))
            .Of(formula.Expression.Root);

    // Only what is plain enough to be sure of: one unit, or a ratio, that no number was multiplied into.
    private static void Result(ProblemList problems, string what, Formula formula, UnitOfMeasure unit, Dimension? found)
    {
        if (found is not { IsSimple: true } || Dimension.Of(unit) is not { } declared || found.Fits(declared)) return;
        if (found == Dimension.Ratio && declared == Dimension.Count) return;
        var mend = (found.Powers, unit.Code) switch
        {
            (Dimension.Percent, "share") => "divide it by 100, or write unit: percent",
            ("", Dimension.Percent) => "multiply it by 100, or write unit: share",
            _ => "correct the unit, or the formula",
        };
        problems.Add(formula.Location, $"{what} is {found.Words}, but its unit is declared as {unit.Code}", mend);
    }

    private static void Thresholds(CheckBench bench, ProblemList problems, Indicator indicator)
    {
        var thresholds = ThresholdsOf(bench, indicator).ToList();
        if (thresholds.Count == 0) return;
        var greatest = thresholds.MaxBy(threshold => threshold.Number);
        var most = BandChecks.RangeOf(bench, indicator).Maximum;
        if (indicator.Unit.Code == "share" && greatest.Number > 1m && most is null or <= 1m)
        {
            problems.Add(greatest.Location,
                $"{indicator.Id} is a share, but its threshold {NumberSet.Text(greatest.Number)} is above 1",
                "write shares between 0 and 1, or unit: percent; where the share can exceed 1, declare its range, e.g. range: \"[0..2]\"");
        }
        else if (indicator.Unit.Code == Dimension.Percent && greatest.Number is > 0m and <= 1m)
        {
            problems.Add(greatest.Location,
                $"{indicator.Id} is in per cent, but its greatest threshold is {NumberSet.Text(greatest.Number)}, as if it were a share",
                "write per cents between 0 and 100, or unit: share");
        }
    }

    private static IEnumerable<(decimal Number, FileLocation Location)> ThresholdsOf(CheckBench bench,
        Indicator indicator)
    {
        switch (indicator.Points)
        {
            case BandPoints { Bands: var bands }:
                return from band in bands
                       from number in Edges(bench, band.When)
                       select (number, band.When.Location);
            case TablePoints table:
                return from row in table.Rows
                       from cell in row.Tests.Zip(table.Columns)
                       where cell.Second.Input.Text.Trim() == NameScope.ValueName
                       from number in Edges(bench, cell.First)
                       select (number, row.Location);
            case GoalpostPoints posts:
                return [(posts.Zero, indicator.Location), (posts.Full, indicator.Location)];
            case FormulaPoints { Formula: var formula }:
                return Comparisons.In(formula.Expression.Root, formula.Text, bench.Constants)
                    .Where(comparison => comparison.Subject == NameScope.ValueName && comparison.Value.IsNumber)
                    .Select(comparison => (comparison.Value.AsNumber(), formula.Location));
            default:
                return [];
        }
    }

    // Where the condition turns, not what is written: full_percent / 100 turns at a share.
    private static IReadOnlyList<decimal> Edges(CheckBench bench, Condition condition) =>
        new ConditionSets(bench.Constants, condition.Text).Of(condition.Tests.Root)?.Numbers.Edges ?? [];
}
