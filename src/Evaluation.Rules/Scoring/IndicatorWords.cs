using System.Globalization;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// The sentence of one ledger line in both languages: value and formula, the rule that gave the points, the points, the
/// article. Made once, where the score is made.
/// </summary>
internal sealed class IndicatorWords(
    CompiledScheme scheme, CompiledIndicator compiled, FeelValue[] slots, Verdict verdict)
{
    // Longer than this, figures put into a formula no longer explain it. English takes more letters to say the same.
    private const int LongestChinese = 220;
    private const int LongestEnglish = 440;

    private static readonly Bilingual Nothing = new("", "");

    // What both languages say alike is made once.
    private (string Text, bool Exact)? _number;
    private Bilingual? _total;
    private bool[]? _fulfilled;

    private Indicator Indicator => compiled.Indicator;

    private Bilingual Total => _total ??= OutOf(verdict.Points, Indicator.Max);

    /// <summary>The sentence.</summary>
    /// <param name="scale">Whether and why weights were re-scaled.</param>
    /// <param name="points">Points of the line after re-scaling.</param>
    /// <param name="max">Its maximum after re-scaling.</param>
    public Bilingual Because(Scale scale, decimal points, decimal max)
    {
        var source = compiled.Citation;
        if (verdict.Finding != Finding.Scored)
        {
            var reason = new Reasons(scheme, compiled, slots).Of(verdict).Text;
            var max0 = NumberText.Points(Indicator.Max, Indicator.Max);
            var none = verdict.IsScored ? new Bilingual($"，满分 {max0} 分", $" of {max0} points") : new Bilingual("", "");
            return new Bilingual(
                $"{compiled.Head.Zh}：{reason.Zh}{none.Zh}（{source.Zh}）。",
                $"{compiled.Head.En}: {reason.En}{none.En} ({source.En}).");
        }

        var rescaled = Rescaled(scale, points, max);
        return new Bilingual(
            $"{compiled.Head.Zh}：{Found(Language.Zh)}{Earned(Language.Zh)}{rescaled.Zh}（{source.Zh}）。",
            $"{compiled.Head.En}: {Found(Language.En)}{Earned(Language.En)}{rescaled.En} ({source.En}).");
    }

    /// <summary>What would have given more, or null at the maximum and where nothing was scored.</summary>
    public Bilingual? More() =>
        verdict.IsScored && verdict.Points < Indicator.Max
            ? new Improvement(scheme, compiled, slots, verdict).Of()
            : null;

    /// <summary>The points rule as text, or the code of the reason why nothing was scored.</summary>
    public string PointsText() => verdict.Finding == Finding.Scored
        ? Indicator.Points switch
        {
            BandPoints bands =>
                $"{bands.Bands[verdict.Decided].When.Text} -> {Bare(bands.Bands[verdict.Decided].Points)}",
            FormulaPoints formula => formula.Formula.Text,
            GoalpostPoints posts => $"{Bare(posts.Zero)} -> 0; {Bare(posts.Full)} -> {Bare(Indicator.Max)}",
            ChecklistPoints list =>
                string.Join("; ", list.Items.Select(item => $"{item.When.Text} -> {Bare(item.Points)}")),
            PanelPoints panel =>
                $"{panel.Combine} [{Bare(panel.Minimum)}..{Bare(panel.Maximum)}] -> {Bare(Indicator.Max)}",
            TablePoints table => OfTable(table),
            _ => "",
        }
        : new Reasons(scheme, compiled, slots).Of(verdict).Code;

    private string OfTable(TablePoints table)
    {
        var rows = compiled.Table!.Answer(slots).Rows;
        if (rows.Count == 0) return $"default -> {Bare(verdict.Points)}";
        return string.Join("; ", rows.Select(at => table.Rows[at]).Select(row =>
            $"rule {row.Number}: {string.Join(" | ", row.Tests.Select(test => test.Text))} -> {row.Points.Text}"));
    }

    /// <summary>Formula with figures = value, and the semicolon after it.</summary>
    private string Found(Language language)
    {
        // What a checklist asks is in its items; the value (how many are met) says nothing more.
        if (Indicator.Points is ChecklistPoints { Items.Count: > 1 }) return "";
        return FoundWords(language) + (language == Language.Zh ? "；" : "; ");
    }

    private string FoundWords(Language language)
    {
        if (Indicator.Points is PanelPoints panel) return Scores(panel, language);
        var zh = language == Language.Zh;
        var words = FormulaWords.Of(scheme, slots, language, Indicator.Value.Expression);
        if (words is not null && words.Length > (zh ? LongestChinese : LongestEnglish)) words = null;
        var (value, exact) = ValueText(language);
        if (words is null)
        {
            return zh
                ? $"由 {compiled.InputCodes.Count} 项数据按公式算得 {value}"
                : $"computed by the formula from {compiled.InputCodes.Count} inputs: {value}";
        }

        // A metric taken as it is needs no "= itself".
        if (Indicator.Value.Expression.Root is FeelName) return Named(words, value, language);
        return $"{words} {(exact ? "=" : "≈")} {value}";
    }

    private string Named(string words, string value, Language language)
    {
        var name = ((FeelName)Indicator.Value.Expression.Root).Name;
        var label = scheme.Named(name)?.Name.In(language);
        if (label is null) return words;

        // An indicator called as its only metric says the name once.
        if (label == Indicator.Name.In(language)) return value;
        var colon = verdict.Value.Kind != FeelKind.String ? " " : language == Language.Zh ? "：" : ": ";
        return (language == Language.En ? FormulaWords.LowerFirst(label) : label) + colon + value;
    }

    private (string Text, bool Exact) ValueText(Language language)
    {
        var zh = language == Language.Zh;
        if (verdict.Value.TryNumber(out var number))
        {
            var (text, exact) = _number ??= NumberText.Value(number, Indicator.Unit, compiled.Thresholds);
            return (NumberText.With(text, Indicator.Unit, language), exact);
        }

        return verdict.Value.Kind switch
        {
            FeelKind.Boolean => (verdict.Value.IsTrue ? zh ? "成立" : "true" : zh ? "不成立" : "false", true),
            FeelKind.String => (scheme.AnswerName(verdict.Value.AsString(), language), true),
            _ => (verdict.Value.ToString(), true),
        };
    }

    private string Earned(Language language)
    {
        var zh = language == Language.Zh;
        var total = Total.In(language);
        switch (Indicator.Points)
        {
            case BandPoints bands:
                var when = ConditionWords.Of(
                    scheme, slots, language, bands.Bands[verdict.Decided].When, Indicator.Unit);
                return zh ? NumberText.Then(when, total) : $"{when} gives {total}";
            case FormulaPoints formula:
                return ByFormula(formula, language);
            case GoalpostPoints posts:
                return Linear(posts, language);
            case ChecklistPoints checklist:
                return Fulfilled(checklist, language);
            case TablePoints table:
                return new TableWords(scheme, table, compiled.Table!, slots, Indicator.Unit)
                    .Of(Total).In(language);
            default:
                return zh ? total : $"which gives {total}";
        }
    }

    private string ByFormula(FormulaPoints formula, Language language)
    {
        var zh = language == Language.Zh;
        var words = FormulaWords.Of(
            scheme, slots, language, formula.Formula.Expression, ValueText(language).Text);
        var points = NumberText.Points(verdict.Points, Indicator.Max);
        var max = NumberText.Points(Indicator.Max, Indicator.Max);
        var sign = NumberText.DecimalsOf(verdict.Points) <= NumberText.MostDecimalsOfPoints ? "=" : "≈";
        if (words is null) return zh
            ? $"按计分公式得 {points} 分，满分 {max} 分"
            : $"the points formula gives {points} of {max} points";
        return zh ? $"得分 = {words} {sign} {points} 分，满分 {max} 分" : $"points = {words} {sign} {points} of {max} points";
    }

    private string Linear(GoalpostPoints posts, Language language)
    {
        var zero = NumberText.With(NumberText.Threshold(posts.Zero, Indicator.Unit), Indicator.Unit, language);
        var full = NumberText.With(NumberText.Threshold(posts.Full, Indicator.Unit), Indicator.Unit, language);
        var total = Total.In(language);
        return language == Language.Zh
            ? $"{NumberText.Then(zero, "计 0 分")}，{NumberText.Then(full, "计满分")}，其间按比例{total}"
            : $"linear from {zero} (nothing) to {full} (everything), which gives {total}";
    }

    private string Fulfilled(ChecklistPoints checklist, Language language)
    {
        var zh = language == Language.Zh;
        var met = new List<string>(checklist.Items.Count);
        var unmet = new List<string>(checklist.Items.Count);
        var fulfilled = _fulfilled ??= [.. checklist.Items.Select(item => scheme.Formula(item.When).Evaluate(slots).IsTrue)];
        for (var i = 0; i < fulfilled.Length; i++)
        {
            var (name, points) = (checklist.Items[i].Name, Bare(checklist.Items[i].Points));
            (fulfilled[i] ? met : unmet).Add(
                zh ? $"{name.Zh}（{points} 分）" : $"{FormulaWords.LowerFirst(name.En)} ({points})");
        }

        var total = Total.In(language);
        if (checklist.Items.Count == 1)
        {
            var only = checklist.Items[0].Name;
            return zh
                ? $"“{only.Zh}”{(met.Count > 0 ? "已满足" : "未满足")}，{total}"
                : $"\"{only.En}\" is {(met.Count > 0 ? "" : "not ")}met, which gives {total}";
        }

        var parts = new List<string>();
        if (met.Count > 0) parts.Add(zh ? $"已满足：{string.Join("、", met)}" : $"met: {string.Join(", ", met)}");
        if (unmet.Count > 0) parts.Add(zh ? $"未满足：{string.Join("、", unmet)}" : $"not met: {string.Join(", ", unmet)}");
        parts.Add(zh ? "共" + total : "together " + total);
        return string.Join(zh ? "；" : "; ", parts);
    }

    private string Scores(PanelPoints panel, Language language)
    {
        var zh = language == Language.Zh;
        var scores = (verdict.Value.Kind == FeelKind.List ? verdict.Value.AsList() : [verdict.Value])
            .Select(score => score.AsNumber()).ToList();
        var combined = Panel.Combine(scores, panel.Combine);
        var (text, exact) = NumberText.Value(combined, UnitOfMeasure.All["point"], [panel.Minimum, panel.Maximum]);
        var listed = string.Join(zh ? "、" : ", ", scores.Select(Bare));
        var sign = exact ? "=" : "≈";
        var least = Bare(panel.Minimum);
        var most = Bare(panel.Maximum);
        var trimmed = Panel.Trims(panel.Combine, scores.Count);
        if (zh)
        {
            var how = trimmed ? "去掉一个最高分和一个最低分后的平均分" : panel.Combine == PanelCombination.Median ? "中位数" : "平均分";
            return $"{panel.Scorers.Zh}评分 {scores.Count} 份（{least} 至 {most} 分）：{listed}，{how} {sign} {text}";
        }

        var by = trimmed ? "mean without one highest and one lowest"
            : panel.Combine == PanelCombination.Median ? "median"
            : "mean";
        var count = scores.Count.ToString(CultureInfo.InvariantCulture);
        return $"{count} scores by {FormulaWords.LowerFirst(panel.Scorers.En)} "
            + $"(from {least} to {most}): {listed}; {by} {sign} {text}";
    }

    private Bilingual Rescaled(Scale scale, decimal points, decimal max)
    {
        if (!scale.Rescales) return Nothing;
        var (outOf, applicable) = (Bare(scale.OutOf), Bare(scale.Applicable));
        var whole = NumberText.Plain(max, 0, NumberText.MostDecimalsOfPoints);

        // Two running sums may differ in the twentieth decimal; what earned everything reads as everything.
        var earned = verdict.Points == Indicator.Max ? whole
            : verdict.Points == 0m ? "0" : NumberText.Points(points, max);
        if (scale.LeftOut == 0)
        {
            return new Bilingual(
                $"；总分按 {outOf} 分制折算（× {outOf} ÷ {applicable}），计 {earned} 分，满分 {whole} 分",
                $"; the total is expressed out of {outOf} (× {outOf} / {applicable}): {earned} of {whole} points");
        }

        var left = Bare(scale.PointsLeftOut);
        return new Bilingual(
            $"；有 {scale.LeftOut} 项指标（共 {left} 分）不适用，权重重新折算（× {outOf} ÷ {applicable}），计 {earned} 分，满分 {whole} 分",
            (scale.LeftOut == 1
                ? $"; 1 indicator ({left} points) does not apply"
                : $"; {scale.LeftOut} indicators ({left} points) do not apply")
            + $", so the weights are re-scaled (× {outOf} / {applicable}): {earned} of {whole} points");
    }

    private static Bilingual OutOf(decimal points, decimal max)
    {
        var (earned, whole) = (NumberText.Points(points, max), NumberText.Points(max, max));
        return new Bilingual($"得 {earned} 分，满分 {whole} 分", $"{earned} of {NumberText.EnglishPoints(whole)}");
    }

    private static string Bare(decimal number) => NumberText.Plain(number, 0, CompiledPoints.Decimals);
}
