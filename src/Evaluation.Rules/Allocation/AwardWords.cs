using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>
/// One pot as it was shared, and the words of its awards: base, coefficient, common rate, bound, rounding, article.
/// </summary>
internal sealed class AwardWords(
    CompiledScheme scheme, AwardPolicy policy, Pool pool, bool hasPot, IReadOnlyList<Claim> claims, PotSolution solution)
{
    private readonly Lazy<Bilingual> _source = new(() => Citation.Of(policy.Source));

    public Pool Pool => pool;

    public Claim ClaimAt(int place) => claims[place];

    public Money AmountAt(int place) => new(solution.Amounts[place]);

    /// <summary>The award before rounding.</summary>
    public decimal ExactAt(int place)
    {
        var claim = claims[place];
        if (!claim.TakesPart) return claim.Exit;
        if (solution.BelowThreshold[place]) return 0m;
        var least = Math.Max(solution.Low[place], solution.First[place]);
        if (claim.Basis == 0m) return least;
        return solution.Held[place] switch
        {
            ClampedShare.Held.AtLow => least,
            ClampedShare.Held.AtHigh => solution.High[place]!.Value,
            _ => solution.First[place] + solution.FreeShare(claim.Basis),
        };
    }

    /// <summary>Which bound held the award.</summary>
    public string BoundAt(int place)
    {
        var claim = claims[place];
        if (!claim.TakesPart) return claim.Exit > 0m ? "exit" : "";
        if (solution.BelowThreshold[place]) return "threshold";
        if (claim.Basis == 0m) return solution.Low[place] > solution.First[place] ? claim.Low.Name : "";
        return solution.Held[place] switch
        {
            ClampedShare.Held.AtLow => claim.Low.Name,
            ClampedShare.Held.AtHigh => claim.High.Name,
            _ => "",
        };
    }

    /// <summary>The ledger lines; they add up to the award.</summary>
    public IReadOnlyList<AwardLine> LinesAt(int place)
    {
        var claim = claims[place];
        var lines = new List<AwardLine>();
        var exact = ExactAt(place);
        if (!claim.TakesPart)
        {
            Add(AwardLineKind.Exit, claim.Exit, new("退出保障，先从总额中支付", "exit guarantee, taken from the pot first"));
        }
        else
        {
            var below = solution.BelowThreshold[place];
            var plain = solution.PlainShare(claim.Basis);
            var first = below ? 0m : solution.First[place];
            Add(AwardLineKind.First, first, new("先从总额中支付", "taken from the pot first"));
            Add(AwardLineKind.Formula, plain, Formula(claim));
            if (below) Add(AwardLineKind.Threshold, -plain, new("低于起补线，退回总额", "below the threshold, returned to the pot"));
            else Bounded(place, claim, plain, first, exact, Add);
        }

        Add(AwardLineKind.Rounding, solution.Amounts[place] - exact, RoundingName());
        return lines;

        void Add(AwardLineKind kind, decimal amount, Bilingual because)
        {
            if (amount != 0m) lines.Add(new AwardLine(kind, amount, because));
        }
    }

    private void Bounded(
        int place, Claim claim, decimal plain, decimal first, decimal exact, Action<AwardLineKind, decimal, Bilingual> add)
    {
        // Where all stand at their caps there is no rate: everything above the formula is the bound's doing.
        var free = solution.HasRate ? solution.FreeShare(claim.Basis) : plain;
        add(AwardLineKind.Redistribution, free - plain, free > plain
            ? new("分得封顶、起补线等留下的资金", "share of what caps and thresholds of others leave")
            : new("为保障他人下限或总额不足而让出", "given up for the lower bounds of others or for want of money"));
        add(AwardLineKind.Bound, exact - first - free, BoundName(BoundAt(place)));
    }

    private Bilingual Formula(Claim claim)
    {
        var rate = Rate(solution.PlainRate);
        return new(
            $"分配依据 {Plain(claim.Basis)} × {rate.Zh}", $"basis {Plain(claim.Basis)} × {rate.En}");
    }

    /// <summary>The payments of the award.</summary>
    public IReadOnlyList<Instalment> InstalmentsAt(int place) =>
        policy.Payment is null ? [] : Payments.Of(scheme, policy, claims[place], AmountAt(place)).Instalments;

    /// <summary>Why a unit gets what it gets.</summary>
    public Bilingual BecauseAt(int place)
    {
        var claim = claims[place];
        var (zh, en) = claim.State switch
        {
            ClaimState.NotRanked => ("没有参加排名，不奖补", "not ranked, so there is no award"),
            ClaimState.OtherPool => ("不属于本资金的适用范围，不奖补", "not among the units this money is for, so there is no award"),
            ClaimState.NotEligible => (
                claim.Reason!.Zh.TrimEnd('。', '.') + Leaving(place).Zh, claim.Reason.En.TrimEnd('.') + Leaving(place).En),
            ClaimState.NoGrade => ("没有等次" + Leaving(place).Zh, "no grade" + Leaving(place).En),
            ClaimState.NoAmount => (
                $"{Label(claim).Zh}：该等次不设奖补" + (claim.Exit > 0m ? Leaving(place).Zh : ""),
                $"{Label(claim).En}: this grade gets no award" + (claim.Exit > 0m ? Leaving(place).En : "")),
            _ when claim is { Basis: 0m } && solution.Amounts[place] == 0m => NoBasis(claim),
            _ => Shared(place, claim),
        };
        var (paid, paidEn) = Paid(place);
        return new Bilingual(
            $"{zh}{paid}（{_source.Value.Zh}）。",
            $"{char.ToUpperInvariant(en[0])}{en[1..]}{paidEn} ({_source.Value.En}).");
    }

    private (string Zh, string En) Leaving(int place)
    {
        if (claims[place].Exit == 0m) return ("，不奖补", ", so there is no award");
        var amount = Money(solution.Amounts[place]);
        return ($"；退出保障先从总额中支付，奖补 {amount} {Zh}", $"; the exit guarantee is taken from the pot first: award {amount} {En}");
    }

    private (string, string) NoBasis(Claim claim)
    {
        var (zh, en) = Basis(claim);
        return ($"{zh}，不奖补", $"{en}, so there is no award");
    }

    private (string Zh, string En) Shared(int place, Claim claim)
    {
        var (zh, en) = Basis(claim);
        var first = solution.BelowThreshold[place] ? 0m : solution.First[place];
        if (first > 0m)
        {
            zh = $"先从总额中支付 {Money(first)} {Zh}；" + zh;
            en = $"{Money(first)} {En} are taken from the pot first; " + en;
        }

        var (share, shareEn) = ShareOf(place, claim);
        (zh, en) = (zh + share, en + shareEn);
        if (solution.BelowThreshold[place]) return (zh, en);
        var (bound, boundEn) = BoundClause(place, claim);
        var (how, howEn) = Rounding(place);
        var amount = Money(solution.Amounts[place]);
        return ($"{zh}{bound}{how}，奖补 {amount} {Zh}", $"{en}{boundEn}{howEn}: award {amount} {En}");
    }

    private (string Zh, string En) ShareOf(int place, Claim claim)
    {
        if (solution.BelowThreshold[place])
        {
            var formula = Money(solution.PlainShare(claim.Basis));
            return (
                $"；按公式得 {formula} {Zh}，低于起补线，不奖补，资金退回总额",
                $"; the formula gives {formula} {En}, which is below the threshold: no award, the money returns to the pot");
        }

        if (claim.Basis == 0m) return ("", "");
        if (policy.Spend is SpendRule.AsComputed or SpendRule.Exactly || !hasPot) return ("", "");
        if (!solution.HasRate)
        {
            return ($"；总额 {pool.Pot} {Zh}足以让所有单位达到上限", $"; the pot of {pool.Pot} {En} lets every unit reach its cap");
        }

        var rate = Rate(solution.Rate);
        if (policy.Spend == SpendRule.AsNeeded)
        {
            return solution.Rate == 1m
                ? ("；总额足够，按核算数", "; the pot is enough, so the amount counts as computed")
                : ($"；核算数合计超过总额 {pool.Pot} {Zh}，按同一比例（{rate.Zh}）压减",
                    $"; the amounts exceed the pot of {pool.Pot} {En} and are cut at one rate ({rate.En})");
        }

        return ($"；总额 {pool.Pot} {Zh}按同一比例（{rate.Zh}）分配", $"; the pot of {pool.Pot} {En} is shared at one rate ({rate.En})");
    }

    private (string Zh, string En) BoundClause(int place, Claim claim)
    {
        var name = BoundAt(place);
        if (name.Length == 0) return ("", "");
        var low = name is "floor" or "guarantee" or "band_low";
        var amount = Money(low ? claim.Low.Amount : claim.High.Amount!.Value);
        var (zh, en) = BoundName(name);
        return low
            ? ($"，所得低于{zh} {amount} {Zh}，按{zh}计", $", which is below the {en} of {amount} {En}, so the {en} counts")
            : ($"，按{zh} {amount} {Zh}计", $", held at the {en} of {amount} {En}");
    }

    /// <summary>A bound by its name.</summary>
    public static Bilingual BoundName(string bound) => bound switch
    {
        "floor" => new("下限", "floor"),
        "guarantee" => new("保底额", "guarantee"),
        "band_low" => new("比上年的波动下限", "lower end of the year-on-year band"),
        "band_high" => new("比上年的波动上限", "upper end of the year-on-year band"),
        "threshold" => new("起补线", "threshold"),
        "exit" => new("退出保障", "exit guarantee"),
        _ => new("上限", "cap"),
    };

    private (string Zh, string En) Basis(Claim claim)
    {
        var (zh, en) = policy.Basis is { } formula ? FormulaBasis(claim, formula) : AmountBasis(claim);
        if (policy.Scale.Count == 0) return (zh, en);
        return ($"{zh}，按累进比例得 {Money(claim.Basis)} {Zh}", $"{en}, which the marginal scale turns into {Money(claim.Basis)} {En}");
    }

    private (string Zh, string En) FormulaBasis(Claim claim, Formula formula)
    {
        var zh = $"{FormulaWords.Of(scheme, claim.Slots, Language.Zh, formula.Expression) ?? formula.Text.Trim()} = {Value(claim.Base)}";
        var en = $"{FormulaWords.Of(scheme, claim.Slots, Language.En, formula.Expression) ?? formula.Text.Trim()} = {Value(claim.Base)}";
        if (policy.Coefficient is null) return ($"分配依据：{zh}", $"basis: {en}");
        var coefficient = NumberText.Plain(claim.Coefficient, 0, 6);
        var basis = Value(claim.Base * claim.Coefficient);
        return ($"分配依据：{zh}，× 系数 {coefficient} = {basis}", $"basis: {en}, × coefficient {coefficient} = {basis}");
    }

    private (string Zh, string En) AmountBasis(Claim claim)
    {
        var label = Label(claim);
        var amount = Money(claim.Base);
        if (policy.Coefficient is null) return ($"{label.Zh}：基数 {amount} {Zh}", $"{label.En}: base {amount} {En}");
        var coefficient = NumberText.Plain(claim.Coefficient, 0, 6);
        var basis = Money(claim.Base * claim.Coefficient);
        return (
            $"{label.Zh}：基数 {amount} {Zh} × 系数 {coefficient} = {basis} {Zh}",
            $"{label.En}: base {amount} {En} × coefficient {coefficient} = {basis} {En}");
    }

    private (string Zh, string En) Rounding(int place)
    {
        var exact = ExactAt(place);
        if (exact == solution.Amounts[place]) return ("", "");
        var shown = Value(exact, 4);
        var unit = NumberText.Plain(policy.RoundTo, 0, 28);
        return policy.Rounding switch
        {
            RoundingMethod.HalfUp => ($"，得 {shown} {Zh}，四舍五入到 {unit} {Zh}", $", which gives {shown} {En}, rounded half up to {unit} {En}"),
            RoundingMethod.Down => ($"，得 {shown} {Zh}，舍去不足 {unit} {Zh}的部分", $", which gives {shown} {En}, rounded down to {unit} {En}"),
            var method => (
                $"，得 {shown} {Zh}，按{MethodName(method).Zh}取整到 {unit} {Zh}",
                $", which gives {shown} {En}, rounded to {unit} {En} by {MethodName(method).En}"),
        };
    }

    private Bilingual RoundingName()
    {
        var unit = NumberText.Plain(policy.RoundTo, 0, 28);
        var method = MethodName(policy.Rounding);
        return new($"取整到 {unit} {Zh}（{method.Zh}）", $"rounding to {unit} {En} ({method.En})");
    }

    /// <summary>A method of rounding by its name.</summary>
    public static Bilingual MethodName(RoundingMethod method) => method switch
    {
        RoundingMethod.LargestRemainder => new("最大余数法", "largest remainder"),
        RoundingMethod.HalfUp => new("四舍五入", "half up"),
        RoundingMethod.Down => new("舍去尾数", "down"),
        RoundingMethod.Cumulative => new("自上而下累计取整", "cumulative rounding from the top"),
        RoundingMethod.DHondt => new("顿特法", "D'Hondt's divisors"),
        RoundingMethod.SainteLague => new("圣拉古法", "Sainte-Laguë's divisors"),
        RoundingMethod.HuntingtonHill => new("亨廷顿—希尔法", "Huntington and Hill's divisors"),
        _ => new("配额法", "the quota method"),
    };

    private (string, string) Paid(int place)
    {
        var instalments = InstalmentsAt(place);
        if (policy.Payment is null || AmountAt(place).Yuan == 0m) return ("", "");
        var netted = new Money(instalments.Sum(part => part.Netted.Yuan));
        var zh = $"；分 {instalments.Count} 期支付";
        var en = instalments.Count == 1 ? "; paid at once" : $"; paid in {instalments.Count} instalments";
        return netted == Allocation.Money.Zero
            ? (zh, en)
            : ($"{zh}，抵扣应收回 {netted} {Zh}", $"{en}, less {netted} {En} owed from earlier years");
    }

    /// <summary>Why money is left, or null when the pot is spent.</summary>
    public Bilingual? Unspent(Money spent)
    {
        if (!hasPot || spent == pool.Pot) return null;
        var left = pool.Pot - spent;
        if (claims.All(claim => !claim.TakesPart))
        {
            return new Bilingual($"没有单位符合奖补条件，{left} {Zh}未分配。", $"No unit is eligible; {left} {En} are not awarded.");
        }

        if (!solution.HasRate)
        {
            return new Bilingual(
                $"所有获奖单位都已达到上限，{left} {Zh}未分配。", $"Every unit with an award is at its cap; {left} {En} are not awarded.");
        }

        if (policy.Spend is SpendRule.AsComputed or SpendRule.AsNeeded && left > Allocation.Money.Zero)
        {
            return new Bilingual(
                $"按核算数支付后余 {left} {Zh}未分配。", $"After paying the amounts as computed, {left} {En} are not awarded.");
        }

        var unit = NumberText.Plain(policy.RoundTo, 0, 28);
        return left < Allocation.Money.Zero
            ? new Bilingual(
                $"各单位分别取整到 {unit} {Zh}，合计超出总额 {Allocation.Money.Zero - left} {Zh}。",
                $"Each award is rounded to {unit} {En} on its own; together they exceed the pot by {Allocation.Money.Zero - left} {En}.")
            : new Bilingual(
                $"取整到 {unit} {Zh}后余 {left} {Zh}未分配。", $"After rounding to {unit} {En}, {left} {En} are not awarded.");
    }

    private string Zh => policy.Currency.Zh;

    private string En => policy.Currency.En;

    private Bilingual Label(Claim claim)
    {
        var keys = claim.Keys.Count > 0 ? claim.Keys : [claim.Grade!];
        return new(
            string.Join("、", keys.Select(key => NameOf(key, Language.Zh))),
            string.Join(", ", keys.Select(key => NameOf(key, Language.En))));
    }

    private string NameOf(string key, Language language)
    {
        var grade = scheme.GradeName(key);
        return grade.Zh == key ? scheme.AnswerName(key, language).Trim('“', '”', '"') : grade.In(language);
    }

    private static Bilingual Rate(decimal rate)
    {
        if (NumberText.DecimalsOf(rate) <= 6)
        {
            var whole = NumberText.Plain(rate, 0, 6);
            return new(whole, whole);
        }

        var shown = NumberText.Plain(rate, 6, 6);
        return new($"约 {shown}", $"about {shown}");
    }

    // Two decimals, and more only where the policy rounds finer than that.
    private string Money(decimal amount) => Value(amount, Math.Max(2, NumberText.DecimalsOf(policy.RoundTo)), 2);

    private static string Plain(decimal amount) => NumberText.Plain(amount, 0, 6);

    private static string Value(decimal amount, int most = 6, int least = 0) => NumberText.Plain(amount, least, most);
}
