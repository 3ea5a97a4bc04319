using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>
/// The judgements of a scheme as decisions: whether each holds, what it leaves of the total, and what of the grade.
/// </summary>
internal sealed class JudgementDecisions(Scheme scheme, FormulaTexts texts)
{
    /// <summary>The total after all judgements.</summary>
    public const string Total = "judged total";

    /// <summary>The best grade that judgements leave open.</summary>
    public const string Cap = "grade cap";

    /// <summary>The grade that judgements set.</summary>
    public const string Set = "set grade";

    /// <summary>Whether the unit is ranked and graded.</summary>
    public const string TakesPart = "takes part";

    private const int Decimals = Scoring.CompiledPoints.Decimals;

    /// <summary>Whether some judgement caps the grade.</summary>
    public bool Caps => scheme.Judgements.Any(judgement => judgement.Effect is CapGrade);

    /// <summary>Whether some judgement sets the grade.</summary>
    public bool Sets => scheme.Judgements.Any(judgement => judgement.Effect is SetGrade);

    /// <summary>The decisions, in the order in which they are made.</summary>
    public IEnumerable<ModelDecision> All()
    {
        var (total, changedBy) = ($"{NameScope.CardName}.total", NameScope.CardName);
        foreach (var judgement in scheme.Judgements)
        {
            yield return Holds(judgement, total, changedBy);
            if (Left(judgement, total, changedBy) is not { } left) continue;
            yield return left;
            total = changedBy = left.Name;
        }

        yield return new ModelDecision(Total, new Bilingual("认定之后的总分", "The total after all judgements"), "number",
            [changedBy]) { Text = total };
        if (Caps) yield return Worst(Cap, new Bilingual("等次上限", "The best grade left open"), effect => (effect as CapGrade)?.Grade);
        if (Sets) yield return Worst(Set, new Bilingual("认定的等次", "The grade that is set"), effect => (effect as SetGrade)?.Grade);
        yield return Takes();
    }

    private static string NameOf(Judgement judgement) => $"judgement {IndicatorLogic.Plain(judgement.Id)}";

    private ModelDecision Holds(Judgement judgement, string total, string changedBy) => new(
        NameOf(judgement), judgement.Name, "boolean",
        [.. texts.Needs(judgement.When), .. CardNeeds(judgement.When, changedBy)])
    {
        Sources = [judgement.Source],
        Text = texts.WithCard(judgement.When, CardWith(total, changedBy)),
    };

    private ModelDecision? Left(Judgement judgement, string total, string changedBy)
    {
        var (text, formula) = judgement.Effect switch
        {
            CapTotal cap => ($"if {NameOf(judgement)} = true and {total} > {NumberSet.Text(cap.Points)}\n"
                + $"then {NumberSet.Text(cap.Points)}\nelse {total}", null),
            AdjustPoints adjust => ("{\n"
                + $"  change: if {NameOf(judgement)} = true\n"
                + $"    then decimal({texts.WithCard(adjust.Points, CardWith(total, changedBy))}, {Decimals}) else null,\n"
                + $"  after: if change = null then {total} else {total} + change\n}}.after", adjust.Points),
            _ => ((string?)null, (Formula?)null),
        };
        if (text is null) return null;
        return new ModelDecision($"total after {IndicatorLogic.Plain(judgement.Id)}", judgement.Name, "number",
            [NameOf(judgement), .. texts.Needs(formula), .. new[] { changedBy }
                .Concat(formula is null ? [] : CardNeeds(formula, changedBy)).Distinct()])
        {
            Sources = [judgement.Source],
            Text = text,
        };
    }

    // Later judgements see the total as earlier ones left it.
    private static string CardWith(string total, string changedBy) => changedBy == NameScope.CardName
        ? NameScope.CardName
        : $"(context put({NameScope.CardName}, \"total\", {total}))";

    private IEnumerable<string> CardNeeds(Formula formula, string changedBy) => texts.ReadsCard(formula)
        ? new[] { NameScope.CardName, changedBy }.Distinct()
        : [];

    // Of several the worst counts.
    private ModelDecision Worst(string name, Bilingual description, Func<JudgementEffect, string?> gradeOf)
    {
        var ours = scheme.Judgements.Where(judgement => gradeOf(judgement.Effect) is not null).ToList();
        var worstFirst = ours.GroupBy(judgement => gradeOf(judgement.Effect)!, StringComparer.Ordinal)
            .OrderByDescending(group => PlaceOf(group.Key));
        return new ModelDecision(name, description, "string", [.. ours.Select(NameOf)])
        {
            Sources = [.. ours.Select(judgement => judgement.Source)],
            Text = string.Concat(worstFirst.Select(group =>
                $"if {string.Join(" or ", group.Select(judgement => $"{NameOf(judgement)} = true"))} then \"{group.Key}\"\nelse "))
                + "null",
        };
    }

    private int PlaceOf(string grade) => scheme.Grades?.Grades.ToList().FindIndex(one => one.Id == grade) ?? -1;

    private ModelDecision Takes()
    {
        var excluding = scheme.Judgements.Where(judgement => judgement.Effect is ExcludeUnit).ToList();
        return new ModelDecision(TakesPart, new Bilingual("是否参加排名和评级", "Whether the unit is ranked and graded"),
            "boolean", [Total, .. excluding.Select(NameOf)])
        {
            Sources = [.. excluding.Select(judgement => judgement.Source)],
            Text = string.Join(" and ",
                [$"{Total} != null", .. excluding.Select(judgement => $"not({NameOf(judgement)} = true)")]),
        };
    }
}
