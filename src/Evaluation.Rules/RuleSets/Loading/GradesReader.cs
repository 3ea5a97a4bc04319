using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>grades:</c> of a scheme.</summary>
internal sealed class GradesReader(ProblemList problems, RuleNames names)
{
    private readonly FormulaReader _formulas = new(problems);
    private readonly NameScope _parametersOnly = new(names, Facts: false);

    public GradeTable Read(YamlNode node)
    {
        var map = new MapReader(node, "'grades' of the scheme", problems,
            "source", "grades", "bands", "quotas", "rest", "ties");
        var grades = Grades(map);
        var ids = grades.Select(grade => grade.Id).ToList();
        var rest = map.OptionalText("rest");
        if (rest is not null) CheckGrade(rest, map.Optional("rest")!.Location, ids);
        var bands = map.OptionalList("bands").Select(band => BandOf(band, ids)).ToList();
        var quotas = map.OptionalList("quotas").Select(quota => QuotaOf(quota, ids)).ToList();
        if (bands.Count == 0 && quotas.Count == 0)
        {
            problems.Add(map.Location,
                "the grades have neither bands nor quotas", "add bands (by score), quotas (by rank) or both");
        }

        if (rest is null && quotas.Count > 0)
        {
            problems.Add(map.Location,
                "the grades have quotas but no 'rest'", "add rest: the grade of units that no quota takes");
        }

        var (keys, edge) = Ties(map, quotas.Count > 0);
        return new GradeTable(grades, bands, quotas, rest, keys, edge, map.Source("the grades"), map.Location);
    }

    private IReadOnlyList<Grade> Grades(MapReader map)
    {
        var grades = new List<Grade>();
        var places = new List<(string, FileLocation)>();
        foreach (var node in map.List("grades"))
        {
            var grade = new MapReader(node, "a grade", problems, "grade", "name", "mark");
            grades.Add(new Grade(grade.Code("grade"), grade.Bilingual("name"), grade.Text("mark")));
            places.Add((grades[^1].Id, grade.Location));
        }

        CommonParts.RefuseRepeats(problems, places, "the grade");
        return grades;
    }

    /// <summary>Reports a grade that the table does not have.</summary>
    public void CheckGrade(string grade, FileLocation location, IReadOnlyCollection<string> grades)
    {
        if (grade.Length == 0 || grades.Contains(grade)) return;
        problems.Add(location, $"'{grade}' is not a grade of this scheme",
            grades.Count == 0 ? "add grades: to the scheme" : NearestWord.Mend(grade, grades));
    }

    private ScoreBand BandOf(YamlNode node, IReadOnlyCollection<string> grades)
    {
        var map = new MapReader(node, "a grade band", problems, "grade", "when");
        var grade = map.Text("grade");
        CheckGrade(grade, map.Location, grades);
        return new ScoreBand(
            grade, _formulas.Condition(map.Required("when"), $"the band of the grade {grade}", _parametersOnly));
    }

    private RankQuota QuotaOf(YamlNode node, IReadOnlyCollection<string> grades)
    {
        var map = new MapReader(node, "a quota", problems, "grade", "count", "percent", "rounding", "at_least");
        var grade = map.Text("grade");
        CheckGrade(grade, map.Location, grades);
        if (map.Has("count") == map.Has("percent"))
        {
            problems.Add(map.Location, $"the quota of the grade {grade} needs a count or a percent, one of the two",
                "write count: 50, or percent: 30 with rounding: down, up or half_up");
        }
        else if (map.Has("percent") && !map.Has("rounding"))
        {
            problems.Add(map.Location, $"the quota of the grade {grade} is a percentage, but its rounding is not said",
                "add rounding: down, up or half_up");
        }

        return new RankQuota(
            grade,
            OptionalFormula(map, "count", $"the count of the quota of {grade}"),
            OptionalFormula(map, "percent", $"the percentage of the quota of {grade}"),
            map.Choice("rounding", RuleWords.QuotaRoundings, QuotaRounding.Down),
            map.OptionalDecimal("at_least"));
    }

    private Formula? OptionalFormula(MapReader map, string key, string what) =>
        map.Optional(key) is { } node ? _formulas.Formula(node, what, _parametersOnly) : null;

    private (IReadOnlyList<TieKey>, EdgeTies) Ties(MapReader grades, bool needed)
    {
        var node = needed ? grades.Required("ties") : grades.Optional("ties");
        if (node is null) return ([], EdgeTies.Refuse);
        var map = new MapReader(node, "'ties' of the grades", problems, "then", "at_edge");
        var keys = new List<TieKey>();
        foreach (var item in map.OptionalList("then"))
        {
            var key = new MapReader(item, "a tie key", problems, "by", "order");
            keys.Add(new TieKey(
                _formulas.Formula(key.Required("by"), "a tie key", new NameScope(names, Card: true)),
                key.Choice("order", RuleWords.Orders, usual: true)));
        }

        var edge = needed
            ? map.Choice("at_edge", RuleWords.EdgeTies)
            : map.Choice("at_edge", RuleWords.EdgeTies, EdgeTies.Refuse);
        return (keys, edge);
    }
}
