using System.Globalization;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>Why an indicator was not scored, and what to do about it: a code for machines, a clause for
/// people.</summary>
internal sealed class Reasons(CompiledScheme scheme, CompiledIndicator compiled, FeelValue[] slots)
{
    private const int ResourcesNamed = 3;

    private Indicator Indicator => compiled.Indicator;

    /// <summary>The code and the clause, without full stop.</summary>
    public (string Code, Bilingual Text) Of(Verdict verdict) => verdict.Finding switch
    {
        Finding.MissingData => ("missing:" + verdict.Missing, new Bilingual(
            Lacking(verdict.Missing!, Language.Zh) + "，本项暂不计分，总分待定；请补报后重新评分",
            Lacking(verdict.Missing!, Language.En)
            + ", so this indicator is withheld and there is no total yet; please supply the data and score again")),
        Finding.MissingParameter => ("no-parameter:" + verdict.Missing, NoParameter(verdict.Missing!)),
        Finding.UnknownApplicability => ("unknown-applicability", Waiting(
            $"无法判断本项是否适用（{Traced(Language.Zh)}）", $"whether it applies cannot be told ({Traced(Language.En)})")),
        Finding.NullValue => ("null-value", Waiting(
            $"按公式算不出数值（{Traced(Language.Zh)}）", $"the formula gives no value ({Traced(Language.En)})")),
        Finding.NoBand => ("no-band", RuleWaits(
            $"数值 {Shown(verdict, Language.Zh)} 不在任何一档之内", $"the value {Shown(verdict, Language.En)} is in no band")),
        Finding.NoRule => ("no-rule", RuleWaits("决策表中没有规则适用", "no rule of the decision table applies")),
        Finding.RulesDisagree => ("rules-disagree", Disagree()),
        Finding.NoPoints => ("no-points", RuleWaits(
            $"计分规则没有给出分数（{Traced(Language.Zh)}）", $"the points rule gives no points ({Traced(Language.En)})")),
        Finding.OutOfRange => ("out-of-range", OutOfRange(verdict)),
        Finding.NotEnoughScores => ("not-enough-scores", NoScores()),
        Finding.ExcludedForLackOfData => ("excluded:" + verdict.Missing, new Bilingual(
            Lacking(verdict.Missing!, Language.Zh) + "，按规则不计入总分",
            Lacking(verdict.Missing!, Language.En) + ", so by the rule this indicator is left out of the total")),
        Finding.NotApplicable => ("not-applicable", NotApplicable()),
        Finding.ZeroForLackOfData => ("zero:" + verdict.Missing, new Bilingual(
            Lacking(verdict.Missing!, Language.Zh) + "，按规则计 0 分",
            Lacking(verdict.Missing!, Language.En) + ", which by the rule scores 0")),
        _ => throw new ArgumentException($"{Indicator.Id} was scored: there is no reason to give.", nameof(verdict)),
    };

    private Bilingual Disagree()
    {
        var rows = compiled.Table!.Answer(slots).Rows.Select(row => row + 1).ToList();
        return RuleWaits(
            $"决策表中第 {string.Join("、", rows)} 条规则同时适用，而表的命中策略不允许",
            $"rules {string.Join(", ", rows)} of the decision table apply together, which its hit policy does not allow");
    }

    private Bilingual NotApplicable()
    {
        var otherwise = Indicator.Applies?.Otherwise ?? new Bilingual(
            "不符合适用条件", "the condition of applicability is not met");
        return new Bilingual(
            $"不适用：{otherwise.Zh.TrimEnd('。')}，不计入总分",
            $"not applicable: {FormulaWords.LowerFirst(otherwise.En.TrimEnd('.'))}; left out of the total");
    }

    private Bilingual NoScores()
    {
        var scorers = Indicator.Points is PanelPoints panel ? panel.Scorers : new Bilingual("专家", "experts");
        return Waiting($"尚无{scorers.Zh}评分", $"there are no scores by {scorers.En} yet");
    }

    private Bilingual NoParameter(string code)
    {
        var name = scheme.Scheme.Parameters[code].Name;
        var day = scheme.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return RuleWaits($"参数“{name.Zh}”在 {day} 没有生效的值", $"the parameter \"{name.En}\" has no value in force on {day}");
    }

    private Bilingual OutOfRange(Verdict verdict)
    {
        if (Indicator.Points is PanelPoints panel)
        {
            var (score, least, most) = (Number(verdict.Points), Number(panel.Minimum), Number(panel.Maximum));
            return Waiting(
                $"评分 {score} 不在 {least} 至 {most} 之间", $"the score {score} is not between {least} and {most}");
        }

        var (points, max) = (Number(verdict.Points), Number(Indicator.Max));
        return RuleWaits(
            $"计分规则得 {points} 分，不在 0 至 {max} 分之间",
            $"the points rule gives {points}, which is not between 0 and {max} points");
    }

    private static Bilingual Waiting(string zh, string en) => new(
        zh + "，本项暂不计分，总分待定；请核对并补齐数据后重新评分",
        en + ", so this indicator is withheld and there is no total yet; "
        + "please check and complete the data and score again");

    private static Bilingual RuleWaits(string zh, string en) => new(
        zh + "，本项暂不计分，总分待定；请修正规则后重新评分",
        en + ", so this indicator is withheld and there is no total yet; please mend the rule and score again");

    /// <summary>What is missing: the metric, or the resources that lack it.</summary>
    private string Lacking(string code, Language language)
    {
        var zh = language == Language.Zh;
        var name = scheme.Named(code)?.Name.In(language) ?? code;
        if (scheme.Rules.Metrics.TryGetValue(code, out var metric) && metric.ResourceList is { } list
            && slots[scheme.Layout.IndexOf(list)] is { Kind: FeelKind.List } resources)
        {
            var all = resources.AsList();
            var lacking = all.Where(resource =>
                resource.Kind != FeelKind.Context || resource.AsContext()[metric.ShortCode].IsNull).ToList();
            var named = lacking.Take(ResourcesNamed)
                .Select(resource => resource.Kind == FeelKind.Context && resource.AsContext()["id"] is { Kind: FeelKind.String } id
                    ? id.AsString()
                    : "?");
            var noun = ResourceNoun.Of(list);
            return zh
                ? $"{noun.Count(all.Count, Language.Zh)}中有 {noun.Count(lacking.Count, Language.Zh)}缺少“{name}”的数据"
                  + $"（{string.Join("、", named)}{(lacking.Count > ResourcesNamed ? "等" : "")}）"
                : $"{lacking.Count} of {all.Count} {noun.En} {(lacking.Count == 1 ? "has" : "have")} no data for \"{name}\""
                  + $" ({string.Join(", ", named)}{(lacking.Count > ResourcesNamed ? ", …" : "")})";
        }

        return zh ? $"缺少“{name}”的数据" : $"there are no data for \"{name}\"";
    }

    private string Shown(Verdict verdict, Language language) =>
        verdict.Value.TryNumber(out var number)
            ? NumberText.With(NumberText.Value(number, Indicator.Unit, [], out _).ToString(), Indicator.Unit, language)
            : verdict.Value.ToString();

    private static string Number(decimal number) => NumberText.Plain(number, 0, CompiledPoints.Decimals);

    /// <summary>The reasons FEEL noted, with codes replaced by names.</summary>
    private string Traced(Language language)
    {
        var reasons = compiled.Trace(slots).Reasons;
        if (reasons.Count == 0) return language == Language.Zh ? "结果为空" : "the result is null";
        var texts = reasons.Take(2)
            .Select(reason => CodeNames.In(scheme, language == Language.Zh ? reason.Zh : reason.En, language));
        return string.Join(language == Language.Zh ? "；" : "; ", texts);
    }
}
