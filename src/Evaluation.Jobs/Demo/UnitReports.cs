using System.Globalization;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Demo;

/// <summary>One row of <c>unit_metrics.csv</c>, as text.</summary>
internal sealed record ReportedFigure(DemoUnit Unit, string Metric, string Value, string UnitOfMeasure);

/// <summary>
/// What units report about themselves. In each category one unit leaves a figure out (it must stay missing), and a few
/// cells hold what people type by mistake, with the right row behind them.
/// </summary>
internal static class UnitReports
{
    private const int MistypedOneIn = 97;

    /// <summary>Findings are rare: one unit in so many, and one at least in each category.</summary>
    private const int FoundPoorOneIn = 40;

    // First-level disciplines of GB/T 13745: earth science, biology, agronomy, clinical medicine, chemistry, materials.
    private static readonly string[] Disciplines = ["170", "180", "210", "320", "150", "430"];

    public static IEnumerable<ReportedFigure> Of(DemoPopulation population) =>
        FiguresOf(population).Concat(population.Units.Select(unit => new ReportedFigure(
            unit, "discipline", Disciplines[(unit.Number - 1) % Disciplines.Length], "answer")));

    private static IEnumerable<ReportedFigure> FiguresOf(DemoPopulation population)
    {
        var row = 0;
        foreach (var category in population.Units.GroupBy(unit => unit.Category))
        {
            var figures = DemoFigures.Units.Where(figure => figure.Category == category.Key).ToList();
            var units = category.ToList();
            var forgetful = population.Random.For("forgetful").For(category.Key).Below(0, units.Count) + 1;
            var forgotten = figures.First(figure => figure is { IsAnswer: false, Of: null }).Metric;
            var poor = (population.Random.For("found poor").For(category.Key).Below(0, Math.Min(units.Count, FoundPoorOneIn))
                + forgetful) % Math.Min(units.Count, FoundPoorOneIn);
            foreach (var unit in units)
            {
                foreach (var figure in FiguresOf(unit, figures, population))
                {
                    if (unit.Number == forgetful && IsForgotten(figure.Metric, forgotten, figures)) continue;
                    if (++row % MistypedOneIn == 0) yield return figure with { Value = Mistyped(figure.Value, row) };
                    yield return figure;
                }

                if (unit.Category == "instruments" && unit.Number != forgetful
                    && (unit.Number - 1) % FoundPoorOneIn == poor)
                {
                    yield return new ReportedFigure(unit, "found_poor", "yes", "answer");
                }
            }
        }
    }

    // A figure that is a share of the forgotten one is forgotten with it.
    private static bool IsForgotten(string metric, string forgotten, List<UnitFigure> figures) =>
        metric == forgotten || figures.Any(figure => figure.Metric == metric && figure.Of == forgotten);

    private static IEnumerable<ReportedFigure> FiguresOf(
        DemoUnit unit, List<UnitFigure> figures, DemoPopulation population)
    {
        var values = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var figure in figures)
        {
            var drawn = figure.Quartiles.At(population.Standing(unit, figure.Metric));
            if (figure.IsAnswer)
            {
                var yes = drawn > population.Random.For(figure.Metric).For("answer").Share(unit.Number);
                yield return new ReportedFigure(unit, figure.Metric, yes ? "yes" : "no", figure.UnitOfMeasure);
                continue;
            }

            var whole = figure.Of is { } of ? values[of] * drawn : drawn;
            var value = Math.Round(whole, figure.Decimals, MidpointRounding.ToZero);
            values[figure.Metric] = value;
            yield return new ReportedFigure(
                unit, figure.Metric, value.ToString("0.######", CultureInfo.InvariantCulture), figure.UnitOfMeasure);
        }
    }

    private static string Mistyped(string value, int row) => (row / MistypedOneIn % 3) switch
    {
        0 => "约" + value,
        1 => value + "（待核实）",
        _ => "—/" + value,
    };

    /// <summary>The period of a reported figure as the files write it: the year.</summary>
    public static string YearOf(Period period) => period.From.Year.ToString(CultureInfo.InvariantCulture);
}
