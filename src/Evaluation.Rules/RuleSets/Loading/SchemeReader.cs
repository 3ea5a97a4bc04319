using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>scheme.yaml</c> and what stands beside it: indicators and worked cases.</summary>
internal sealed class SchemeReader(RuleFiles files, IReadOnlyDictionary<string, Metric> metrics, ProblemList problems)
{
    /// <summary>Reads the scheme of a folder (<c>""</c> or <c>instruments/</c>).</summary>
    public Scheme Read(string folder)
    {
        var path = folder + "scheme.yaml";
        var map = new MapReader(files.Take(path)!, "the scheme", problems,
            "scheme", "name", "category", "level", "source", "total", "out_of", "parameters", "blocks", "figures",
            "judgements", "grades", "awards");
        var names = new RuleNames(metrics, Parameters(map));
        var blocks = new BlocksReader(files, folder, names, problems).Read(map);
        names = names with
        {
            Indicators = [.. blocks.SelectMany(block => block.Indicators).Select(indicator => indicator.Id)],
            Blocks = [.. blocks.Select(block => block.Id)],
        };
        var figures = Figures(map, names);
        names = names with { Figures = [.. figures.Select(figure => figure.Id)] };
        var total = map.Decimal("total");
        var gradesReader = new GradesReader(problems, names);
        var grades = map.Optional("grades") is { } table ? gradesReader.Read(table) : null;
        var ids = grades?.Grades.Select(grade => grade.Id).ToList() ?? [];
        return new Scheme(
            map.Code("scheme"),
            map.Bilingual("name"),
            map.Code("category"),
            map.Choice("level", RuleWords.Levels),
            map.Source("the scheme"),
            total,
            map.OptionalDecimal("out_of") ?? total,
            blocks,
            names.Parameters,
            figures,
            new JudgementsReader(problems, names, gradesReader, ids).Read(map.OptionalList("judgements")),
            grades,
            map.Optional("awards") is { } awards ? new AwardsReader(problems, names, gradesReader, ids).Read(awards) : null,
            Cases(folder, names, ids, gradesReader),
            map.Location);
    }

    private Dictionary<string, Parameter> Parameters(MapReader scheme)
    {
        var parameters = new Dictionary<string, Parameter>(StringComparer.Ordinal);
        if (scheme.Optional("parameters") is not { } node) return parameters;
        if (node is not YamlMap map)
        {
            problems.Add(node.Location, $"'parameters' of the scheme is {node.Kind}",
                "write code: { name: …, unit: …, values: …, source: … } for each");
            return parameters;
        }

        foreach (var entry in map.Entries)
        {
            MetricsFile.CheckCode(entry.Key, dotted: false, problems);
            if (metrics.ContainsKey(entry.Key.Text))
            {
                problems.Add(entry.Key.Location,
                    $"'{entry.Key.Text}' is a metric and a parameter at once", "rename one of them");
            }

            parameters[entry.Key.Text] = ParameterOf(entry);
        }

        return parameters;
    }

    private Parameter ParameterOf(YamlEntry entry)
    {
        var what = $"the parameter {entry.Key.Text}";
        var map = new MapReader(entry.Value, what, problems, "name", "unit", "values", "source");
        var values = new List<DatedValue>();
        foreach (var node in map.List("values"))
        {
            var value = DatedValueOf(node, what);
            if (values.Count > 0 && value.From <= values[^1].From)
            {
                problems.Add(node.Location, $"a value of {what} does not begin after the one above it",
                    "order the values by 'from', oldest first, one a day");
            }

            if (values.Count > 0 && value.Value.Kind != values[^1].Value.Kind)
            {
                problems.Add(node.Location, $"a value of {what} is of another kind than the one above it",
                    "write all of them as numbers, or all as texts");
            }

            values.Add(value);
        }

        return new Parameter(entry.Key.Text, map.Bilingual("name"), map.Unit(), values, map.Source(what), entry.Key.Location);
    }

    private DatedValue DatedValueOf(YamlNode node, string what)
    {
        var map = new MapReader(node, $"a value of {what}", problems, "from", "value");
        var value = map.Required("value") switch
        {
            YamlText { Plain: true } text => map.DecimalOf(text, "value") ?? 0m,
            YamlText text => text.Text,
            { } other => map.DecimalOf(other, "value") ?? 0m,
            null => Feel.FeelValue.Null,
        };
        return new DatedValue(map.Date("from"), value);
    }

    // A figure may use the figures above it by name; judgements, tie keys and awards may use all of them.
    private IReadOnlyList<Figure> Figures(MapReader scheme, RuleNames names)
    {
        var formulas = new FormulaReader(problems);
        var figures = new List<Figure>();
        foreach (var node in scheme.OptionalList("figures"))
        {
            var map = new MapReader(node, "a figure", problems, "figure", "name", "value", "unit");
            var id = map.Text("figure");
            if (map.Optional("figure") is YamlText code) CheckFigureCode(code, names);
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

    private void CheckFigureCode(YamlText code, RuleNames names)
    {
        MetricsFile.CheckCode(code, dotted: false, problems);
        if (names.IsKnown(code.Text))
        {
            problems.Add(code.Location,
                $"'{code.Text}' is a figure and a metric, list or parameter at once", "rename the figure");
        }
    }

    private IReadOnlyList<WorkedCase> Cases(
        string folder, RuleNames names, IReadOnlyCollection<string> grades, GradesReader gradesReader)
    {
        if (files.Take(folder + "cases.yaml") is not { } root) return [];
        var cases = new CasesReader(problems, names).OfFile(root, ofScheme: true);
        foreach (var one in cases.Where(one => one.Grade is not null))
        {
            gradesReader.CheckGrade(one.Grade!, one.Location, grades);
        }

        return cases;
    }
}
