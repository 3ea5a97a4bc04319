using Evaluation.Rules.Allocation;
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
        var names = new RuleNames(metrics, new ParametersReader(problems, metrics).Read(map));
        var blocks = new BlocksReader(files, folder, names, problems).Read(map);
        names = names with
        {
            Indicators = [.. blocks.SelectMany(block => block.Indicators).Select(indicator => indicator.Id)],
            Blocks = [.. blocks.Select(block => block.Id)],
        };
        var figures = new FiguresReader(problems, names).Read(map);
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
            new AwardsReader(problems, names, AwardPolicy.Yuan, ofScheme: true)
            {
                CheckGrade = (grade, place) => gradesReader.CheckGrade(grade, place, ids),
            }.Read(map.Optional("awards")),
            Cases(folder, names, ids, gradesReader),
            map.Location)
        {
            AwardCases = files.Take(folder + "awards.cases.yaml") is { } awardCases
                ? new AwardCasesReader(problems, names, ofScheme: true).Read(awardCases)
                : [],
        };
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

        foreach (var one in cases.Where(one => one.Units is not null))
        {
            foreach (var grade in one.Units!.Grades.Values.Distinct()) gradesReader.CheckGrade(grade, one.Location, grades);
        }

        return cases;
    }
}
