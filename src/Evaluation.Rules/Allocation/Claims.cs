using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>Works out what each unit claims: eligibility, basis, bounds.</summary>
internal sealed class Claims
{
    private static readonly Bilingual NotEnoughData = new("应为不小于 0 的数", "it must be a number of at least 0");

    private readonly CompiledScheme _scheme;
    private readonly AwardPolicy _policy;
    private readonly Dictionary<string, decimal> _amounts;

    public Claims(CompiledScheme scheme, AwardPolicy policy)
    {
        (_scheme, _policy) = (scheme, policy);
        _amounts = new(StringComparer.Ordinal);
        foreach (var amount in policy.Amounts) _amounts.TryAdd(KeyOf(amount.Keys), amount.Amount);
    }

    /// <summary>The claim of one unit.</summary>
    /// <exception cref="AllocationException">A formula of a unit that takes part gives no number of at least 0, or no
    /// yes or no.</exception>
    public Claim Of(UnitFacts facts, ScoreCard card)
    {
        var slots = _scheme.Slots(facts);
        var context = new CardContext(card.Lines, card.Blocks, card.Total)
        {
            Figures = card.Figures,
            Grade = card.Grade,
            Rank = card.Rank,
        };
        _scheme.SetCard(slots, context.ToFeel(), card.Figures);
        var asked = new Asking(this, card.Unit, slots);
        var nothing = new Claim(card.Unit, card.Grade, ClaimState.NotRanked, slots) { Figures = card.Figures };
        if (card.Rank is null) return nothing;
        if (_policy.For is { } ours && !asked.Holds(ours, new("适用范围", "'for'"))) return nothing with { State = ClaimState.OtherPool };
        foreach (var condition in _policy.Eligible)
        {
            if (asked.Holds(condition.When, new("参加条件", "condition"))) continue;
            return Leaving(asked, nothing with { State = ClaimState.NotEligible, Reason = condition.Otherwise });
        }

        return _policy.Basis is { } basis
            ? Sharing(asked, nothing with { State = ClaimState.TakesPart, Base = asked.Number(basis, new("分配依据", "basis")) })
            : ByAmount(asked, nothing);
    }

    private Claim ByAmount(Asking asked, Claim claim)
    {
        if (_policy.By.Count == 0 && claim.Grade is null) return Leaving(asked, claim with { State = ClaimState.NoGrade });
        IReadOnlyList<string> keys = _policy.By.Count == 0 ? [claim.Grade!] : [.. _policy.By.Select(asked.Key)];
        claim = claim with { Keys = keys };
        return _amounts.TryGetValue(KeyOf(keys), out var amount) && amount > 0m
            ? Sharing(asked, claim with { State = ClaimState.TakesPart, Base = amount })
            : Leaving(asked, claim with { State = ClaimState.NoAmount });
    }

    private Claim Leaving(Asking asked, Claim claim) => _policy.Exit is { } exit
        ? claim with { Exit = asked.Number(exit, new("退出保障", "'exit'")) }
        : claim;

    private Claim Sharing(Asking asked, Claim claim)
    {
        var coefficient = asked.Optional(_policy.Coefficient, new("系数", "coefficient")) ?? 1m;
        var basis = claim.Base * coefficient;
        if (_policy.Scale.Count > 0) basis = Scaled(asked, basis);
        claim = claim with
        {
            Coefficient = coefficient,
            Basis = Kept(basis),
            First = asked.Optional(_policy.First, new("先行支付额", "'first'")) ?? 0m,
            Floor = asked.Optional(_policy.Floor, new("下限", "floor")),
            Cap = asked.Optional(_policy.Cap, new("上限", "cap")),
            Guarantee = asked.Optional(_policy.Guarantee, new("保底额", "guarantee")),
        };
        if (_policy.Band is not { } band || asked.OrNull(band.Of) is not > 0m) return claim;
        var previous = asked.Number(band.Of, new("上年额度", "earlier award"));
        return claim with
        {
            Previous = previous,
            BandLow = Multiple(asked.Optional(band.Low, new("波动下限", "low end of the band"))),
            BandHigh = Multiple(asked.Optional(band.High, new("波动上限", "high end of the band"))),
        };

        decimal? Multiple(decimal? factor) => factor is { } known ? Kept(known * previous) : null;
    }

    // Each rate applies to the part between its threshold and the next one.
    private decimal Scaled(Asking asked, decimal basis)
    {
        var (sum, steps) = (0m, _policy.Scale);
        for (var i = 0; i < steps.Count; i++)
        {
            var above = asked.Number(steps[i].Above, new("累进档次", "threshold of the scale"));
            var next = i + 1 < steps.Count ? asked.Number(steps[i + 1].Above, new("累进档次", "threshold of the scale")) : basis;
            if (basis <= above) break;
            sum += asked.Number(steps[i].Rate, new("累进比例", "rate of the scale")) * (Math.Min(basis, Math.Max(next, above)) - above);
        }

        return sum;
    }

    private static string KeyOf(IEnumerable<string> keys) => string.Join('\u0001', keys);

    // Kept to the decimals of points, so that a basis fits a whole number of a common scale.
    private static decimal Kept(decimal number) => number.Scale <= CompiledPoints.Decimals
        ? number : Math.Round(number, CompiledPoints.Decimals, MidpointRounding.ToEven);

    /// <summary>Asks the formulas of one unit.</summary>
    private sealed class Asking(Claims claims, string unit, FeelValue[] slots)
    {
        public decimal? Optional(Formula? formula, Bilingual what) => formula is null ? null : Number(formula, what);

        public decimal? OrNull(Formula formula) =>
            claims._scheme.Formula(formula).Evaluate(slots).TryNumber(out var number) ? number : null;

        public decimal Number(Formula formula, Bilingual what) =>
            OrNull(formula) is >= 0m and var number ? Kept(number) : throw Refusal(formula, what, NotEnoughData);

        public bool Holds(Formula formula, Bilingual what)
        {
            var answer = claims._scheme.Formula(formula).Evaluate(slots);
            return answer.Kind == FeelKind.Boolean
                ? answer.IsTrue
                : throw Refusal(formula, what, new("应为真或假", "it must be true or false"));
        }

        public string Key(Formula formula)
        {
            var key = claims._scheme.Formula(formula).Evaluate(slots);
            return key.Kind == FeelKind.String
                ? key.AsString()
                : key.TryNumber(out var number) ? NumberText.Plain(number, 0, CompiledPoints.Decimals)
                : throw Refusal(formula, new("类别", "class"), new("应为文字", "it must be a text"));
        }

        private AllocationException Refusal(Formula formula, Bilingual what, Bilingual expected)
        {
            var trace = new FeelTrace();
            claims._scheme.Formula(formula).Evaluate(slots, trace);
            var why = trace.Reasons.Count > 0
                ? CodeNames.In(claims._scheme, new Bilingual(trace.Reasons[0].Zh, trace.Reasons[0].En))
                : expected;
            return new AllocationException(
                claims._policy.Pool,
                new Bilingual(
                    $"{unit} 的{what.Zh}算不出来（{formula.Location}：{why.Zh}）；请补齐数据或修改公式",
                    $"the {what.En} of {unit} cannot be computed ({formula.Location}: {why.En}); complete the data or mend the formula"),
                [unit]);
        }
    }
}
