using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>figures:</c> of a scheme or an award policy.</summary>
internal sealed class FiguresReader(ProblemList problems, RuleNames names)
{
    /// <summary>The figures. One may use the figures above it by name; judgements, tie keys and awards may use all of
    /// them.</summary>
    public IReadOnlyList<Figure> Read(MapReader scheme)
    {
        var formulas = new FormulaReader(problems);
        var figures = new List<Figure>();
        foreach (var node in scheme.OptionalList("figures"))
        {
            var map = new MapReader(node, "a figure", problems, "figure", "name", "value", "unit");
            var id = map.Text("figure");
            if (map.Optional("figure") is YamlText code) CheckFigureCode(code);
            var scope = new NameScope(names with { Figures = [.. figures.Select(figure => figure.Id)] }, Card: true);
            figures.Add(new Figure(
                id,
                map.Bilingual("name"),
                formulas.Formula(map.Required("value"), $"the value of the figure {id}", scope),
                map.Unit(),
                map.Location));
        }

        CommonParts.RefuseRepeats(problems, figures.Select(figure => (figure.Id, figure.Location)), "the figure");
        return figures;
    }

    private void CheckFigureCode(YamlText code)
    {
        MetricsFile.CheckCode(code, dotted: false, problems);
        if (names.IsKnown(code.Text))
        {
            problems.Add(code.Location,
                $"'{code.Text}' is a figure and a metric, list or parameter at once", "rename the figure");
        }
    }
}
