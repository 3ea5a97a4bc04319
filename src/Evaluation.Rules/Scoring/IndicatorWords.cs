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
internal ref struct IndicatorWords(
    CompiledScheme scheme, CompiledIndicator compiled, FeelValue[] slots, ref readonly Verdict verdict)
{
    // Longer than this, figures put into a formula no longer explain it. English takes more letters to say the same.
    private const int LongestChinese = 220;
    private const int LongestEnglish = 440;

    private readonly IndicatorParts _parts = compiled.Parts;
    private readonly ref readonly Verdict _verdict = ref verdict;

    // What both languages say alike is written once, into one buffer, and copied.
    private Passage _number;
    private Passage _points;
    private Passage _value;
    private bool _exact;

    private readonly Indicator Indicator => compiled.Indicator;

    /// <summary>The sentence.</summary>
    /// <param name="text">Where it is written; empty.</param>
    /// <param name="scale">Whether and why weights were re-scaled.</param>
    /// <param name="points">Points of the line after re-scaling.</param>
    /// <param name="max">Its maximum after re-scaling.</param>
    public Bilingual Because(SentenceWriter text, Scale scale, decimal points, decimal max)
    {
        Bilingual? reason = null;
        Bilingual? rescaled = null;
        if (_verdict.Finding != Finding.Scored) reason = new Reasons(scheme, compiled, slots).Of(_verdict).Text;
        else if (scale.Rescales) rescaled = Rescaled(scale, points, max);
        Sentence(text, Language.Zh, reason, rescaled);
        var half = text.Length;
        Sentence(text, Language.En, reason, rescaled);
        return new Bilingual(text.Since(0)[..half].ToString(), text.Since(half).ToString());
    }

    private void Sentence(SentenceWriter text, Language language, Bilingual? reason, Bilingual? rescaled)
    {
        if (reason is null) Scored(text, language, rescaled);
        else Unscored(text, language, reason);
    }

    /// <summary>What would have given more, or null at the maximum and where nothing was scored.</summary>
    public Bilingual? More() =>
        _verdict.IsScored && _verdict.Points < Indicator.Max
            ? new Improvement(scheme, compiled, slots, _verdict).Of()
            : null;

    /// <summary>The points rule as text, or the code of the reason why nothing was scored.</summary>
    public string PointsText() =>
        _verdict.Finding != Finding.Scored ? new Reasons(scheme, compiled, slots).Of(_verdict).Code
        : Indicator.Points is BandPoints ? _parts.Band(_verdict.Decided, slots).Text
        : Indicator.Points is TablePoints table ? OfTable(table)
        : _parts.PointsText ?? "";

    private string OfTable(TablePoints table)
    {
        var rows = compiled.Table!.Answer(slots).Rows;
        if (rows.Count == 0) return $"default -> {Bare(_verdict.Points)}";
        return string.Join("; ", rows.Select(at => table.Rows[at]).Select(row =>
            $"rule {row.Number}: {string.Join(" | ", row.Tests.Select(test => test.Text))} -> {row.Points.Text}"));
    }

    private readonly void Unscored(SentenceWriter text, Language language, Bilingual reason)
    {
        text.Add(_parts.Head.In(language));
        text.Add(reason.In(language));
        if (_verdict.IsScored)
        {
            if (language == Language.Zh) text.Add($"，满分 {_parts.Max} 分");
            else text.Add($" of {_parts.Max} points");
        }

        text.Add(_parts.Tail.In(language));
    }

    private void Scored(SentenceWriter text, Language language, Bilingual? rescaled)
    {
        switch (Indicator.Points)
        {
            case BandPoints:
                Found(text, language);
                var band = _parts.Band(_verdict.Decided, slots);
                End(text, language, rescaled, band.Gives, band.End);
                break;
            case FormulaPoints:
                Found(text, language);
                ByFormula(text, language);
                End(text, language, rescaled, _parts.OutOfBare, _parts.EndBare);
                break;
            default:
                Found(text, language, Indicator.Points);
                Points(text);
                End(text, language, rescaled, _parts.OutOf, _parts.End);
                break;
        }
    }

    // Up to the points, which are then written out.
    private void Found(SentenceWriter text, Language language, PointsRule points)
    {
        var zh = language == Language.Zh;
        switch (points)
        {
            case GoalpostPoints:
                Found(text, language);
                text.Add(_parts.Posts!.In(language));
                return;
            case ChecklistPoints { Items.Count: > 1 }:
                // What a checklist asks is in its items; the value (how many are met) says nothing more.
                text.Add(_parts.Head.In(language));
                Fulfilled(text, language);
                break;
            case ChecklistPoints:
                Found(text, language);
                text.Add(IndicatorParts.Then.In(language));
                FulfilledAlone(text, language);
                break;
            case PanelPoints panel:
                text.Add(_parts.Head.In(language));
                Scores(text, panel, language);
                text.Add(zh ? "；" : "; which gives ");
                break;
            default:
                Found(text, language);
                text.Add(IndicatorParts.Then.In(language));
                new TableWords(scheme, (TablePoints)points, compiled.Table!, slots, Indicator.Unit).Write(text, language);
                break;
        }

        if (zh) text.Add("得 ");
    }

    private readonly void End(
        SentenceWriter text, Language language, Bilingual? rescaled, Bilingual outOf, Bilingual whole)
    {
        if (rescaled is null)
        {
            text.Add(whole.In(language));
            return;
        }

        text.Add(outOf.In(language));
        text.Add(rescaled.In(language));
        text.Add(_parts.Tail.In(language));
    }

    /// <summary>Head, formula with figures = value.</summary>
    private void Found(SentenceWriter text, Language language)
    {
        var zh = language == Language.Zh;
        var place = text.Length;
        var head = _parts.Head.In(language);
        if (_parts.Value(language)?.Write(text, slots, default) != true
            || text.Length - place - head.Length > (zh ? LongestChinese : LongestEnglish))
        {
            text.Cut(place);
            text.Add(head);
            if (zh) text.Add($"由 {compiled.InputCodes.Count} 项数据按公式算得 ");
            else text.Add($"computed by the formula from {compiled.InputCodes.Count} inputs: ");
            Value(text, language, equals: false);
        }
        else if (_parts.ByItself is { } name)
        {
            // A metric taken as it is needs no "= itself"; an indicator called as its only metric says the name once.
            text.Cut(place + head.Length);
            if (name.In(language) is { Length: > 0 } label)
            {
                text.Add(label);
                text.Add(_verdict.Value.Kind != FeelKind.String ? " " : zh ? "：" : ": ");
            }

            Value(text, language, equals: false);
        }
        else
        {
            Value(text, language, equals: true);
        }
    }

    private void Value(SentenceWriter text, Language language, bool equals)
    {
        if (!_verdict.Value.IsNumber)
        {
            if (equals) text.Add(" = ");
            var at = text.Length;
            text.Add(OtherValue(language));
            _value = text.PassageFrom(at);
            return;
        }

        var known = _number.Length > 0;
        var number = known ? default : NumberText.Value(
            _verdict.Value.AsNumber(), Indicator.Unit, compiled.Thresholds, out _exact);
        if (equals) text.Add(_exact ? " = " : " ≈ ");
        var place = text.Length;
        if (known) text.Again(_number);
        else number.Write(text);
        _number = text.PassageFrom(place);
        if (Indicator.Unit.After(text.Since(place), language) is { Length: > 0 } unit) text.Add(unit);
        _value = text.PassageFrom(place);
    }

    private readonly string OtherValue(Language language) => (_verdict.Value.Kind, language) switch
    {
        (FeelKind.Boolean, Language.Zh) => _verdict.Value.IsTrue ? "成立" : "不成立",
        (FeelKind.Boolean, _) => _verdict.Value.IsTrue ? "true" : "false",
        (FeelKind.String, _) => scheme.AnswerName(_verdict.Value.AsString(), language),
        _ => _verdict.Value.ToString(),
    };

    private void Points(SentenceWriter text)
    {
        var place = text.Length;
        if (_points.Length > 0) text.Again(_points);
        else NumberText.Points(_verdict.Points, _parts.Ends).Write(text);
        _points = text.PassageFrom(place);
    }

    private void ByFormula(SentenceWriter text, Language language)
    {
        var zh = language == Language.Zh;
        var place = text.Length;
        if (_parts.Points(language)?.Write(text, slots, _value) == true)
        {
            text.Add(NumberText.DecimalsOf(_verdict.Points) <= NumberText.MostDecimalsOfPoints ? " = " : " ≈ ");
        }
        else
        {
            text.Cut(place);
            text.Add(zh ? "；按计分公式得 " : "; the points formula gives ");
        }

        Points(text);
    }

    private readonly void FulfilledAlone(SentenceWriter text, Language language)
    {
        text.Add(_parts.Items[0].Alone.In(language));
        var met = Met(0);
        if (language == Language.Zh) text.Add(met ? "已满足，" : "未满足，");
        else text.Add(met ? " is met, which gives " : " is not met, which gives ");
    }

    private readonly void Fulfilled(SentenceWriter text, Language language)
    {
        var zh = language == Language.Zh;
        Listed(text, true, language, zh ? "已满足：" : "met: ");
        Listed(text, false, language, zh ? "未满足：" : "not met: ");
        text.Add(zh ? "共" : "together ");
    }

    private readonly bool Met(int item) =>
        item < Verdict.ItemsNoted ? (_verdict.Met & (1UL << item)) != 0 : compiled.Meets(item, slots);

    // The items that are met, or those that are not, and the semicolon after them; nothing without one.
    private readonly void Listed(SentenceWriter text, bool met, Language language, string head)
    {
        var zh = language == Language.Zh;
        var first = true;
        for (var i = 0; i < _parts.Items.Count; i++)
        {
            if (Met(i) != met) continue;
            text.Add(first ? head : zh ? "、" : ", ");
            text.Add(_parts.Items[i].Listed.In(language));
            first = false;
        }

        if (!first) text.Add(zh ? "；" : "; ");
    }

    private void Scores(SentenceWriter text, PanelPoints panel, Language language)
    {
        var zh = language == Language.Zh;
        var scores = _verdict.Value.Kind == FeelKind.List ? _verdict.Value.AsList() : [_verdict.Value];
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
        var combined = NumberText.Value(
            Panel.Combine(numbers, panel.Combine), Panel.Unit, [panel.Minimum, panel.Maximum], out var exact);
        text.Add(exact ? " = " : " ≈ ");
        combined.Write(text);
    }

    private Bilingual Rescaled(Scale scale, decimal points, decimal max)
    {
        var (outOf, applicable) = (Bare(scale.OutOf), Bare(scale.Applicable));
        var whole = NumberText.Plain(max, 0, NumberText.MostDecimalsOfPoints);

        // Two running sums may differ in the twentieth decimal; what earned everything reads as everything.
        var earned = _verdict.Points == Indicator.Max ? whole
            : _verdict.Points == 0m ? "0" : NumberText.Points(points, max).ToString();
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
