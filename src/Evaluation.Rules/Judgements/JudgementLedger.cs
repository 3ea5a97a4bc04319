using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Judgements;

/// <summary>Applies the judgements of a scheme, in file order. A judgement adds a line; it never edits a fact or a
/// score.</summary>
public static class JudgementLedger
{
    /// <summary>What the judgements leave of one unit's score.</summary>
    /// <param name="scheme">Gives the judgements.</param>
    /// <param name="facts">The unit's facts.</param>
    /// <param name="sheet">Its score; conditions see it as <c>card</c>, with the total as earlier judgements left
    /// it.</param>
    public static Judged Apply(CompiledScheme scheme, UnitFacts facts, ScoreSheet sheet)
    {
        var lines = new List<LedgerLine>();
        var undecided = new List<(Judgement, Bilingual)>();
        var points = sheet.Points;
        Judgement? cap = null, set = null, excluded = null;
        if (scheme.Scheme.Judgements.Count == 0) return new Judged(lines, points, cap, set, excluded, undecided);

        var slots = scheme.Slots(facts);
        foreach (var judgement in scheme.Scheme.Judgements)
        {
            var card =
                new CardContext(sheet.Lines, sheet.Blocks, sheet.Complete ? points : null) { Figures = sheet.Figures };
            scheme.SetCard(slots, card.ToFeel(), sheet.Figures);
            var trace = new FeelTrace();
            var holds = scheme.Formula(judgement.When).Evaluate(slots, trace);
            if (!holds.IsTrue)
            {
                if (!holds.IsFalse) undecided.Add((judgement, Because(scheme, trace)));
                continue;
            }

            var change = 0m;
            switch (judgement.Effect)
            {
                case CapGrade effect: cap = Worse(scheme, cap, judgement, effect.Grade); break;
                case SetGrade effect: set = Worse(scheme, set, judgement, effect.Grade); break;
                case ExcludeUnit: excluded ??= judgement; break;
                case CapTotal effect: change = Math.Min(0m, effect.Points - points); break;
                case AdjustPoints effect:
                    if (!scheme.Formula(effect.Points).Evaluate(slots, trace).TryNumber(out change))
                    {
                        undecided.Add((judgement, Because(scheme, trace)));
                        continue;
                    }

                    change = Math.Round(change, CompiledPoints.Decimals, MidpointRounding.ToEven);
                    break;
            }

            points += change;
            lines.Add(Line(scheme, judgement, change, points));
        }

        return new Judged(lines, points, cap, set, excluded, undecided);
    }

    // Of several caps or grades the worst counts; of equals the first.
    internal static Judgement Worse(CompiledScheme scheme, Judgement? before, Judgement now, string grade)
    {
        if (before is null) return now;
        var earlier = before.Effect switch { CapGrade cap => cap.Grade, SetGrade set => set.Grade, _ => grade };
        return Place(scheme, grade) > Place(scheme, earlier) ? now : before;
    }

    private static int Place(CompiledScheme scheme, string grade) =>
        scheme.Scheme.Grades?.Grades.ToList().FindIndex(candidate => candidate.Id == grade) ?? -1;

    private static Bilingual Because(CompiledScheme scheme, FeelTrace trace) =>
        trace.Reasons.Count == 0
            ? new Bilingual("结果为空", "the result is null")
            : CodeNames.In(scheme, new Bilingual(trace.Reasons[0].Zh, trace.Reasons[0].En));

    private static LedgerLine Line(CompiledScheme scheme, Judgement judgement, decimal change, decimal points)
    {
        var effect = Effect(scheme, judgement.Effect, change, points);
        var source = Citation.Of(judgement.Source);
        return new LedgerLine(
            judgement.Id, LedgerLineKind.Judgement, "", judgement.Name, "Judgement", null,
            UnitOfMeasure.All["point"], change, 0m, change, 0m, judgement.When.Text, EffectText(judgement.Effect), [],
            judgement.Source,
            new Bilingual(
                $"{judgement.Name.Zh}：认定成立，{effect.Zh}（{source.Zh}）。",
                $"{judgement.Name.En}: found to hold; {effect.En} ({source.En})."),
            null);
    }

    private static Bilingual Effect(CompiledScheme scheme, JudgementEffect effect, decimal change, decimal points)
    {
        var changed = NumberText.Points(Math.Abs(change), []).ToString();
        var after = NumberText.Points(points, []).ToString();
        switch (effect)
        {
            case CapGrade cap:
                var most = scheme.GradeName(cap.Grade);
                return new Bilingual(
                    $"等次最高为{most.Zh}，分数不变", $"the grade can be at most {most.En}; points stay as they are");
            case SetGrade set:
                var grade = scheme.GradeName(set.Grade);
                return new Bilingual(
                    $"等次定为{grade.Zh}，排在其他单位之后，分数不变",
                    $"the grade is {grade.En} and the unit ranks after all others; points stay as they are");
            case ExcludeUnit:
                return new Bilingual("不参加排名、评级和奖补", "the unit takes no part in ranks, grades and awards");
            case CapTotal cap:
                var limit = NumberText.Points(cap.Points, []).ToString();
                return change < 0m
                    ? new Bilingual($"总分最高 {limit} 分，扣减 {changed} 分，余 {after} 分",
                        $"the total can be at most {limit} points: {changed} points less, {after} remain")
                    : new Bilingual($"总分最高 {limit} 分，现为 {after} 分，不扣减",
                        $"the total can be at most {limit} points; it is {after}, so nothing is taken");
            default:
                return change < 0m
                    ? new Bilingual($"扣减 {changed} 分，余 {after} 分", $"{changed} points less, {after} remain")
                    : new Bilingual($"增加 {changed} 分，计 {after} 分", $"{changed} points more, {after} in all");
        }
    }

    private static string EffectText(JudgementEffect effect) => effect switch
    {
        CapGrade cap => "cap_grade: " + cap.Grade,
        SetGrade set => "grade: " + set.Grade,
        CapTotal cap => "cap_total: " + CanonicalWriter.Number(cap.Points),
        AdjustPoints adjust => "adjust: " + adjust.Points.Text,
        _ => "exclude: true",
    };
}
