using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>Unary tests as people say them: 达到 0.50、不足 1.00, at least 0.50 but below 1.00.</summary>
internal static class ConditionWords
{
    /// <summary>The condition in words; tests that have none stand as FEEL in quotes.</summary>
    public static string Of(
        CompiledScheme scheme, FeelValue[] slots, Language language, Condition condition, UnitOfMeasure unit)
    {
        if (scheme.FixedWords.TryGetValue(condition, out var known) && ReferenceEquals(known.Unit, unit))
        {
            return known.Words.In(language);
        }

        if (!scheme.IsFixed(condition)) return Made(scheme, slots, language, condition, unit);
        var words = new Bilingual(
            Made(scheme, slots, Language.Zh, condition, unit), Made(scheme, slots, Language.En, condition, unit));
        scheme.FixedWords.TryAdd(condition, (unit, words));
        return words.In(language);
    }

    private static string Made(
        CompiledScheme scheme, FeelValue[] slots, Language language, Condition condition, UnitOfMeasure unit)
    {
        var tests = condition.Tests.Root;
        var zh = language == Language.Zh;
        if (tests.Tests.Count == 0) return zh ? "任何值" : "any value";
        if (tests is { Negated: true, Tests: [FeelLiteral { Value.Kind: FeelKind.String } other] })
        {
            return zh
                ? $"不为“{Plain(scheme, other, Language.Zh)}”"
                : $"any answer but \"{Plain(scheme, other, Language.En)}\"";
        }

        var words = tests.Tests.Select(test => Test(scheme, slots, zh, test, condition.Text, unit)).ToList();
        var joined = string.Join(zh ? "或" : " or ", words);
        return !tests.Negated ? joined : zh ? $"不属于以下情形（{joined}）" : $"none of ({joined})";
    }

    /// <summary>Numbers the condition compares with.</summary>
    public static IEnumerable<decimal> Thresholds(CompiledScheme scheme, FeelValue[] slots, Condition condition) =>
        condition.Tests.Root.Tests.SelectMany(test => test switch
        {
            FeelComparisonTest comparison => [comparison.Endpoint],
            FeelInterval interval => [interval.Low, interval.High],
            _ => Array.Empty<FeelNode>(),
        }).Select(node => Number(scheme, slots, node, condition.Text)).OfType<decimal>();

    /// <summary>A test's endpoint as a number: a literal, or a parameter in force.</summary>
    public static decimal? Number(CompiledScheme scheme, FeelValue[] slots, FeelNode node, string source) =>
        scheme.ValueOf(node, source, slots).TryNumber(out var number) ? number : null;

    private static string Plain(CompiledScheme scheme, FeelLiteral answer, Language language) =>
        scheme.AnswerName(answer.Value.AsString(), language).Trim('“', '”', '"');

    private static string Test(
        CompiledScheme scheme, FeelValue[] slots, bool zh, FeelNode test, string source, UnitOfMeasure unit)
    {
        string? End(FeelNode node) => Number(scheme, slots, node, source) is { } number
            ? NumberText.With(NumberText.Threshold(number, unit), unit, zh ? Language.Zh : Language.En)
            : null;

        return test switch
        {
            FeelComparisonTest comparison when End(comparison.Endpoint) is { } end => (comparison.Operator, zh) switch
            {
                (FeelOperator.GreaterOrEqual, true) => $"达到 {end}",
                (FeelOperator.GreaterOrEqual, false) => $"at least {end}",
                (FeelOperator.Greater, true) => $"超过 {end}",
                (FeelOperator.Greater, false) => $"above {end}",
                (FeelOperator.LessOrEqual, true) => $"不超过 {end}",
                (FeelOperator.LessOrEqual, false) => $"at most {end}",
                (FeelOperator.Less, true) => $"低于 {end}",
                (FeelOperator.Less, false) => $"below {end}",
                (FeelOperator.NotEqual, true) => $"不等于 {end}",
                (FeelOperator.NotEqual, false) => $"other than {end}",
                (_, true) => $"等于 {end}",
                _ => $"exactly {end}",
            },
            FeelInterval interval when End(interval.Low) is { } low && End(interval.High) is { } high => zh
                ? $"{(interval.LowClosed ? "达到" : "超过")} {low}、{(interval.HighClosed ? "不超过" : "不足")} {high}"
                : $"{(interval.LowClosed ? "at least" : "above")} {low} but "
                  + $"{(interval.HighClosed ? "at most" : "below")} {high}",
            FeelLiteral { Value.Kind: FeelKind.String } text =>
                zh ? $"为“{Plain(scheme, text, Language.Zh)}”" : $"\"{Plain(scheme, text, Language.En)}\"",
            FeelLiteral { Value.Kind: FeelKind.Boolean } truth =>
                truth.Value.IsTrue ? zh ? "条件成立" : "the condition holding" : zh ? "条件不成立" : "the condition not holding",
            FeelLiteral { Value.Kind: FeelKind.Number } number when End(number) is { } end =>
                zh ? $"等于 {end}" : $"exactly {end}",
            _ => zh ? $"符合“{test.TextIn(source)}”" : $"meeting \"{test.TextIn(source)}\"",
        };
    }
}
