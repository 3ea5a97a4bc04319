using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>judgements:</c> of a scheme.</summary>
internal sealed class JudgementsReader(
    ProblemList problems, RuleNames names, GradesReader gradesReader, IReadOnlyCollection<string> grades)
{
    private static readonly string[] Effects = ["cap_grade", "cap_total", "grade", "adjust", "exclude"];

    private readonly FormulaReader _formulas = new(problems);
    private readonly NameScope _everything = new(names, Card: true);

    public IReadOnlyList<Judgement> Read(IReadOnlyList<YamlNode> nodes)
    {
        var judgements = nodes.Select(JudgementOf).ToList();
        CommonParts.RefuseRepeats(
            problems, judgements.Select(judgement => (judgement.Id, judgement.Location)), "the judgement");
        return judgements;
    }

    private Judgement JudgementOf(YamlNode node)
    {
        var map = new MapReader(node, "a judgement", problems, "judgement", "name", "when", "effect", "source");
        var id = map.Code("judgement");
        var what = $"the judgement {id}";
        return new Judgement(
            id,
            map.Bilingual("name"),
            _formulas.Formula(map.Required("when"), $"'when' of {what}", _everything),
            EffectOf(map.Required("effect"), what),
            map.Source(what),
            map.Location);
    }

    private JudgementEffect EffectOf(YamlNode? node, string what)
    {
        if (node is null) return new ExcludeUnit();
        var map = new MapReader(node, $"the effect of {what}", problems, Effects);
        var found = Effects.Where(map.Has).ToList();
        if (found.Count != 1)
        {
            problems.Add(map.Location,
                $"{what} has {found.Count} effects", $"keep exactly one of: {string.Join(", ", Effects)}");
            return new ExcludeUnit();
        }

        switch (found[0])
        {
            case "cap_grade": return new CapGrade(GradeIn(map, "cap_grade"));
            case "grade": return new SetGrade(GradeIn(map, "grade"));
            case "cap_total": return new CapTotal(map.Decimal("cap_total"));
            case "adjust":
                return new AdjustPoints(_formulas.Formula(map.Required("adjust"),
                    $"the points of {what}", _everything));
            default:
                if (!map.Flag("exclude"))
                {
                    problems.Add(map.Location,
                        $"{what} excludes nobody", "write exclude: true, or delete the judgement");
                }

                return new ExcludeUnit();
        }
    }

    private string GradeIn(MapReader map, string key)
    {
        var grade = map.Text(key);
        gradesReader.CheckGrade(grade, map.Location, grades);
        return grade;
    }
}
