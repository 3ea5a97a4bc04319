using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <summary>What is said of a grade that no change of one metric lifts.</summary>
public static class GradeLifts
{
    /// <summary>One sentence: the grade is the best there is, was set by a judgement, or takes more than one metric.</summary>
    public static Bilingual Otherwise(ScoreCard card, Scheme scheme)
    {
        if (scheme.Grades is { } table && table.Grades.Count > 0 && table.Grades[0].Id == card.Grade)
        {
            return new Bilingual("已是最高等级。", "This is the best grade there is.");
        }

        var judged = scheme.Judgements.FirstOrDefault(judgement => judgement.Effect is Judgements.SetGrade
            && !judgement.When.Expression.FreeNames.Contains(CompiledScheme.CardName)
            && card.Lines.Any(line => line.Kind == LedgerLineKind.Judgement && line.Id == judgement.Id));
        return judged is not null
            ? new Bilingual(
                $"等级由认定“{judged.Name.Zh}”决定，得分再高也不改变。",
                $"The grade was set by the judgement \"{judged.Name.En}\": more points would not change it.")
            : new Bilingual(
                "没有哪一项单位数据单独变化就能使等级提高（其他情况不变，其他单位维持现状）；可看各项指标“怎样可得更多分”。",
                "No figure of the unit lifts the grade by itself, all else equal and the other units as they are; "
                + "each indicator says what would give more points.");
    }
}
