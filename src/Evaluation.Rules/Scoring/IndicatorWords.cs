using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// The sentence of one ledger line in both languages: value and formula, the rule that gave the points, the points, the
/// article. Made once, where the score is made.
/// </summary>
/// <param name="scheme">The scheme.</param>
/// <param name="compiled">The indicator.</param>
/// <param name="slots">The unit's facts with the value found in its place; what is tried on them is put back.</param>
/// <param name="verdict">What became of the indicator.</param>
internal sealed class IndicatorWords(
    CompiledScheme scheme, CompiledIndicator compiled, FeelValue[] slots, Verdict verdict)
{
    // Longer than this, figures put into a formula no longer explain it. English takes more letters to say the same.
    private const int LongestChinese = 220;
    private const int LongestEnglish = 440;

    private readonly IndicatorParts _parts = compiled.Parts;

    // What both languages say alike is made once.
    private (string Text, bool Exact)? _number;
    private string? _points;
    private bool[]? _met;

    private Indicator Indicator => compiled.Indicator;

    private (string Text, bool Exact) Number =>
        _number ??= NumberText.Value(verdict.Value.AsNumber(), Indicator.Unit, compiled.Thresholds);

    private bool[] Met => _met ??= [.. Enumerable.Range(0, _parts.Items.Count).Select(item => compiled.Meets(item, slots))];

    private string Points => _points ??= NumberText.Points(verdict.Points, Indicator.Max);

    /// <summary>The sentence.</summary>
    /// <param name="scale">Whether and why weights were re-scaled.</param>
    /// <param name="points">Points of the line after re-scaling.</param>
    /// <param name="max">Its maximum after re-scaling.</param>
    public Bilingual Because(Scale scale, decimal points, decimal max)
    {
        using var text = SentenceWriter.Start();
        if (verdict.Finding != Finding.Scored)
        {
            var reason = new Reasons(scheme, compiled, slots).Of(verdict).Text;
            return new Bilingual(Unscored(text, Language.Zh, reason), Unscored(text, Language.En, reason));
        }

        var rescaled = scale.Rescales ? Rescaled(scale, points, max) : null;
        return new Bilingual(Scored(text, Language.Zh, rescaled), Scored(text, Language.En, rescaled));
    }

    /// <summary>What would have given more, or null at the maximum and where nothing was scored.</summary>
    public Bilingual? More() =>
        verdict.IsScored && verdict.Points < Indicator.Max
            ? new Improvement(scheme, compiled, slots, verdict).Of()
            : null;

    /// <summary>The points rule as text, or the code of the reason why nothing was scored.</summary>
    public string PointsText() =>
        verdict.Finding != Finding.Scored ? new Reasons(scheme, compiled, slots).Of(verdict).Code
        : Indicator.Points is BandPoints ? _parts.Band(verdict.Decided, slots).Text
        : Indicator.Points is TablePoints table ? OfTable(table)
        : _parts.PointsText ?? "";

    private string OfTable(TablePoints table)
    {
        var rows = compiled.Table!.Answer(slots).Rows;
        if (rows.Count == 0) return $"default -> {Bare(verdict.Points)}";
        return string.Join("; ", rows.Select(at => table.Rows[at]).Select(row =>
            $"rule {row.Number}: {string.Join(" | ", row.Tests.Select(test => test.Text))} -> {row.Points.Text}"));
    }

    private string Unscored(SentenceWriter text, Language language, Bilingual reason)
    {
        text.Add(_parts.Head.In(language));
        text.Add(reason.In(language));
        if (verdict.IsScored)
        {
            if (language == Language.Zh) text.Add($"，满分 {_parts.Max} 分");
            else text.Add($" of {_parts.Max} points");
        }

        text.Add(_parts.Tail.In(language));
        return text.Take();
    }

    private string Scored(SentenceWriter text, Language language, Bilingual? rescaled)
    {
        text.Add(_parts.Head.In(language));

        // What a checklist asks is in its items; the value (how many are met) says nothing more.
        if (Indicator.Points is not ChecklistPoints { Items.Count: > 1 })
        {
            if (Indicator.Points is PanelPoints panel) Scores(text, panel, language);
            else Found(text, language);
            text.Add(language == Language.Zh ? "；" : "; ");
        }

        Earned(text, language);
        if (rescaled is not null) text.Add(rescaled.In(language));
        text.Add(_parts.Tail.In(language));
        return text.Take();
    }

    /// <summary>Formula with figures = value.</summary>
    private void Found(SentenceWriter text, Language language)
    {
        var zh = language == Language.Zh;
        var place = text.Length;
        if (_parts.Value(language)?.Write(text, slots, null) != true
            || text.Length - place > (zh ? LongestChinese : LongestEnglish))
        {
            text.Cut(place);
            if (zh) text.Add($"由 {compiled.InputCodes.Count} 项数据按公式算得 ");
            else text.Add($"computed by the formula from {compiled.InputCodes.Count} inputs: ");
        }
        else if (_parts.ByItself is { } name)
        {
            // A metric taken as it is needs no "= itself"; an indicator called as its only metric says the name once.
            text.Cut(place);
            if (name.In(language) is { Length: > 0 } label)
            {
                text.Add(label);
                text.Add(verdict.Value.Kind != FeelKind.String ? " " : zh ? "：" : ": ");
            }
        }
        else
        {
            text.Add(IsExact ? " = " : " ≈ ");
        }

        Value(text, language);
    }

    private bool IsExact => !verdict.Value.IsNumber || Number.Exact;

    private void Value(SentenceWriter text, Language language)
    {
        if (verdict.Value.IsNumber)
        {
            text.Add(Number.Text);
            text.Add(Indicator.Unit.After(Number.Text, language));
        }
        else
        {
            text.Add(OtherValue(language));
        }
    }

    private string OtherValue(Language language) => (verdict.Value.Kind, language) switch
    {
        (FeelKind.Boolean, Language.Zh) => verdict.Value.IsTrue ? "成立" : "不成立",
        (FeelKind.Boolean, _) => verdict.Value.IsTrue ? "true" : "false",
        (FeelKind.String, _) => scheme.AnswerName(verdict.Value.AsString(), language),
        _ => verdict.Value.ToString(),
    };

    private void Earned(SentenceWriter text, Language language)
    {
        switch (Indicator.Points)
        {
            case BandPoints:
                text.Add(_parts.Band(verdict.Decided, slots).Gives.In(language));
                return;
            case FormulaPoints:
                ByFormula(text, language);
                return;
            case GoalpostPoints:
                text.Add(_parts.Posts!.In(language));
                break;
            case ChecklistPoints checklist:
                Fulfilled(text, checklist, language);
                break;
            case TablePoints table:
                new TableWords(scheme, table, compiled.Table!, slots, Indicator.Unit).Write(text, language);
                break;
            default:
                if (language == Language.En) text.Add("which gives ");
                break;
        }

        if (language == Language.Zh) text.Add("得 ");
        text.Add(Points);
        text.Add(_parts.OutOf.In(language));
    }

    private void ByFormula(SentenceWriter text, Language language)
    {
        var zh = language == Language.Zh;
        var value = verdict.Value.IsNumber
            ? NumberText.With(Number.Text, Indicator.Unit, language)
            : OtherValue(language);
        var place = text.Length;
        text.Add(zh ? "得分 = " : "points = ");
        if (_parts.Points(language)?.Write(text, slots, value) == true)
        {
            text.Add(NumberText.DecimalsOf(verdict.Points) <= NumberText.MostDecimalsOfPoints ? " = " : " ≈ ");
        }
        else
        {
            text.Cut(place);
            text.Add(zh ? "按计分公式得 " : "the points formula gives ");
        }

        text.Add(Points);
        text.Add(_parts.OutOfBare.In(language));
    }

    private void Fulfilled(SentenceWriter text, ChecklistPoints checklist, Language language)
    {
        var zh = language == Language.Zh;
        if (checklist.Items.Count == 1)
        {
            text.Add(_parts.Items[0].Alone.In(language));
            var met = Met[0];
            text.Add(zh ? met ? "已满足，" : "未满足，" : met ? " is met, which gives " : " is not met, which gives ");
            return;
        }

        Listed(text, met: true, language, zh ? "已满足：" : "met: ");
        Listed(text, met: false, language, zh ? "未满足：" : "not met: ");
        text.Add(zh ? "共" : "together ");
    }

    // The items that are met, or those that are not, and the semicolon after them; nothing without one.
    private void Listed(SentenceWriter text, bool met, Language language, string head)
    {
        var zh = language == Language.Zh;
        var first = true;
        for (var i = 0; i < _parts.Items.Count; i++)
        {
            if (Met[i] != met) continue;
            text.Add(first ? head : zh ? "、" : ", ");
            text.Add(_parts.Items[i].Listed.In(language));
            first = false;
        }

        if (!first) text.Add(zh ? "；" : "; ");
    }

    private void Scores(SentenceWriter text, PanelPoints panel, Language language)
    {
        var zh = language == Language.Zh;
        var scores = verdict.Value.Kind == FeelKind.List ? verdict.Value.AsList() : [verdict.Value];
        var (least, most) = (Bare(panel.Minimum), Bare(panel.Maximum));
        if (zh) text.Add($"{panel.Scorers.Zh}评分 {scores.Count} 份（{least} 至 {most} 分）：");
        else
        {
            text.Add($"{scores.Count} scores by ");
            text.AddInside(panel.Scorers.En);
            text.Add($" (from {least} to {most}): ");
        }

        var numbers = new decimal[scores.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = scores[i].AsNumber();
            if (i > 0) text.Add(zh ? "、" : ", ");
            text.Add(numbers[i], 0, CompiledPoints.Decimals);
        }

        var trimmed = Panel.Trims(panel.Combine, numbers.Length);
        var median = panel.Combine == PanelCombination.Median;
        text.Add(zh
            ? trimmed ? "，去掉一个最高分和一个最低分后的平均分" : median ? "，中位数" : "，平均分"
            : trimmed ? "; mean without one highest and one lowest" : median ? "; median" : "; mean");
        var (combined, exact) = NumberText.Value(
            Panel.Combine(numbers, panel.Combine), Panel.Unit, [panel.Minimum, panel.Maximum]);
        text.Add(exact ? " = " : " ≈ ");
        text.Add(combined);
    }

    private Bilingual Rescaled(Scale scale, decimal points, decimal max)
    {
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

    private static string Bare(decimal number) => NumberText.Plain(number, 0, CompiledPoints.Decimals);
}
