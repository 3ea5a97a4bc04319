using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>Works out what each unit claims: base by grade, coefficient, floor and cap.</summary>
internal static class Claims
{
    /// <summary>The claim of one unit.</summary>
    /// <exception cref="AllocationException">The coefficient, floor or cap of a unit that gets an award is no number
    /// of at least 0.</exception>
    public static Claim Of(CompiledScheme scheme, AwardPolicy policy, UnitFacts facts, ScoreCard card)
    {
        var ranked = card.Rank is not null;
        var amount = ranked && card.Grade is not null
            ? policy.Amounts.FirstOrDefault(candidate => candidate.Grade == card.Grade)?.Amount ?? 0m
            : 0m;
        if (amount == 0m) return new Claim(card.Unit, card.Grade, ranked, 0m, 1m, null, null);

        var slots = scheme.Slots(facts);
        var context = new CardContext(card.Lines, card.Blocks, card.Total)
        {
            Figures = card.Figures,
            Grade = card.Grade,
            Rank = card.Rank,
        };
        scheme.SetCard(slots, context.ToFeel(), card.Figures);
        return new Claim(
            card.Unit, card.Grade, ranked, amount,
            Number(scheme, policy, card.Unit, policy.Coefficient, slots, new Bilingual("系数", "coefficient")) ?? 1m,
            Number(scheme, policy, card.Unit, policy.Floor, slots, new Bilingual("下限", "floor")),
            Number(scheme, policy, card.Unit, policy.Cap, slots, new Bilingual("上限", "cap")));
    }

    private static decimal? Number(
        CompiledScheme scheme, AwardPolicy policy, string unit, Formula? formula, FeelValue[] slots, Bilingual what)
    {
        if (formula is null) return null;
        var trace = new FeelTrace();
        if (scheme.Formula(formula).Evaluate(slots, trace).TryNumber(out var number) && number >= 0m)
        {
            // Kept to the decimals of points, so that a basis fits a whole number of a common scale.
            return Math.Round(number, CompiledPoints.Decimals, MidpointRounding.ToEven);
        }

        var why = trace.Reasons.Count > 0
            ? CodeNames.In(scheme, new Bilingual(trace.Reasons[0].Zh, trace.Reasons[0].En))
            : new Bilingual("应为不小于 0 的数", "it must be a number of at least 0");
        throw new AllocationException(
            policy.Pool,
            new Bilingual(
                $"{unit} 的{what.Zh}算不出来（{formula.Location}：{why.Zh}）；请补齐数据或修改公式",
                $"the {what.En} of {unit} cannot be computed ({formula.Location}: {why.En}); complete the data or mend the formula"),
            [unit]);
    }
}
