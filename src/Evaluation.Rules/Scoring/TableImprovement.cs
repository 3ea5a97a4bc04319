using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// What in a decision table would have given more: a rule worth more of which one condition alone is not met, else a
/// better rule with its conditions. That it does give more is tried before it is told.
/// </summary>
internal sealed class TableImprovement(
    CompiledScheme scheme, CompiledIndicator compiled, TablePoints rule, TableForm form, FeelValue[] slots,
    decimal points)
{
    private readonly FeelValue[] _inputs = form.Inputs(slots);

    /// <summary>The edge of a condition that a value has to get to.</summary>
    /// <param name="Row">Place of the rule.</param>
    /// <param name="Column">Place of its column.</param>
    /// <param name="At">Where the condition begins.</param>
    /// <param name="Closed">Whether it holds there already.</param>
    internal readonly record struct Edge(int Row, int Column, decimal At, bool Closed);

    /// <summary>The nearest edges of number columns that would give more by themselves, nearest first.</summary>
    public IEnumerable<Edge> Edges() =>
        from missed in Nearly()
        where _inputs[missed.Column].IsNumber
        let now = _inputs[missed.Column].AsNumber()
        from interval in ConditionEdges.Intervals(scheme, slots, rule.Rows[missed.Row].Tests[missed.Column])
        let facing = interval.Facing(now)
        where facing is not null
        let edge = facing.Value
        orderby Math.Abs(edge.At - now)
        select new Edge(missed.Row, missed.Column, edge.At, edge.Closed);

    /// <summary>What an input column tests, where that is the value or a metric: the metric's code, or <c>value</c>.</summary>
    public string? Tested(int column) =>
        rule.Columns[column].Input.Expression.Root is FeelName { Name: var name } ? name : null;

    /// <summary>An answer that would give more by itself.</summary>
    public Bilingual? ByAnswer()
    {
        foreach (var (row, column) in Nearly())
        {
            if (Tested(column) is not { } code || !scheme.Rules.Metrics.TryGetValue(code, out var metric)
                || metric.Kind != MetricKind.Answer) continue;
            foreach (var answer in metric.Answers)
            {
                if (Earned(code, answer) is not { } earned || earned <= points) continue;
                var more = NumberText.Plain(earned, 0, CompiledPoints.Decimals);
                var (zh, en) = (scheme.AnswerName(answer, Language.Zh), scheme.AnswerName(answer, Language.En));
                return new Bilingual(
                    $"“{metric.Name.Zh}”若为{zh}，按表中第 {rule.Rows[row].Number} 条规则可得 {more} 分。",
                    $"With {en} for \"{metric.Name.En}\", rule {rule.Rows[row].Number} of the table would give "
                    + $"{NumberText.EnglishPoints(more)}.");
            }
        }

        return null;
    }

    /// <summary>The cheapest rule that gives more whatever else holds, with its conditions.</summary>
    public Bilingual? ByRule()
    {
        if (rule.Hits is not (TableHits.Unique or TableHits.Any or TableHits.Max)) return null;
        var words = new TableWords(scheme, rule, form, slots, compiled.Indicator.Unit);
        var better = Worth().Where(one => one.Points > points).OrderBy(one => one.Points).ToList();
        if (better.Count == 0) return null;
        var (row, earned) = better[0];
        var more = NumberText.Plain(earned, 0, CompiledPoints.Decimals);
        var conditions = words.Conditions(row);
        return new Bilingual(
            $"满足表中第 {rule.Rows[row].Number} 条规则（{conditions.Zh}）可得 {more} 分。",
            $"Meeting rule {rule.Rows[row].Number} of the table ({conditions.En}) would give "
            + $"{NumberText.EnglishPoints(more)}.");
    }

    /// <summary>The points with another figure in the place of a metric, or null where there would be none.</summary>
    public decimal? Earned(string code, FeelValue value)
    {
        var slot = scheme.Layout.IndexOf(code);
        var (now, found) = (slots[slot], scheme.ValueIn(slots));
        try
        {
            slots[slot] = value;
            return compiled.Judge(slots) is { Finding: Finding.Scored } verdict ? verdict.Points : null;
        }
        finally
        {
            slots[slot] = now;
            scheme.SetValue(slots, found);
        }
    }

    private IEnumerable<(int Row, decimal Points)> Worth()
    {
        for (var row = 0; row < rule.Rows.Count; row++)
        {
            if (scheme.Formula(rule.Rows[row].Points).TryNumber(slots, out var worth)) yield return (row, worth);
        }
    }

    // Rules of which one condition alone is not met, that of the most points first. Where rules add up, any of them may
    // give more.
    private IEnumerable<(int Row, int Column)> Nearly()
    {
        var adds = rule.Hits is TableHits.Sum or TableHits.Count;
        foreach (var (row, _) in Worth().Where(one => adds || one.Points > points).OrderByDescending(one => one.Points))
        {
            var unmet = Enumerable.Range(0, _inputs.Length)
                .Where(column => !form.Holds(row, column, _inputs, slots)).Take(2).ToList();
            if (unmet is [var only]) yield return (row, only);
        }
    }
}
