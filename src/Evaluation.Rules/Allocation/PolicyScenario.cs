using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Allocation;

/// <summary>
/// Another award policy, from a file of its own, on the ranked units of a sealed run. Its columns are filled by their code
/// or alias: <c>grade</c>, <c>rank</c> and <c>total</c> from the score card, else a fact or a figure of that name.
/// </summary>
public static class PolicyScenario
{
    private const string UnitColumn = "unit";

    /// <summary>What every pool of the policy gives.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="units">Facts and card of every unit of the category; those without rank take no part.</param>
    /// <param name="asOf">The day whose parameters are in force.</param>
    /// <exception cref="ScenarioException">A column that the policy needs is not known of the run, or a value lies outside
    /// the column's range.</exception>
    /// <exception cref="AllocationException">The policy cannot be carried out; says what binds.</exception>
    public static IReadOnlyList<AllocationResult> Of(
        PolicyFile policy, IReadOnlyList<(UnitFacts Facts, ScoreCard Card)> units, DateOnly asOf)
    {
        var ranked = units.Where(unit => unit.Card.Rank is not null).ToList();
        var rows = ranked.ConvertAll(unit => new UnitFacts(
            unit.Facts.Unit, Values(policy, unit.Facts, unit.Card), new Dictionary<string, Provenance>()));
        foreach (var column in Needed(policy).Where(column => column.Missing == MissingCell.Refuse)) Check(policy, column, rows);
        var grades = ranked.ToDictionary(unit => unit.Card.Unit, unit => unit.Card.Grade, StringComparer.Ordinal);
        var outcome = PolicyRun.Of(policy, rows.ConvertAll(row => PolicyColumns.Complete(policy, row, rows.Count)), asOf);
        return
        [
            .. outcome.Pools.Select(pool => pool with
            {
                Awards = [.. pool.Awards.Select(award => award with { Grade = grades[award.Unit] })],
            }),
        ];
    }

    private static IEnumerable<InputColumn> Needed(PolicyFile policy) =>
        policy.Columns.Values.Where(column => column.Metric.Code != UnitColumn);

    private static Dictionary<string, FeelValue> Values(PolicyFile policy, UnitFacts facts, ScoreCard card)
    {
        var values = new Dictionary<string, FeelValue>(StringComparer.Ordinal);
        foreach (var column in Needed(policy))
        {
            var name = column.Metric.ResourceList ?? column.Metric.Code;
            if (values.ContainsKey(name)) continue;
            var value = column.Aliases.Prepend(name).Select(known => Known(known, facts, card))
                .FirstOrDefault(known => known.Kind != FeelKind.Null, FeelValue.Null);
            if (value.Kind == FeelKind.Null) continue;
            if (!PolicyColumns.InRange(column.Metric, value) || !IsAnswer(column.Metric, value)) throw OutOfRange(policy, column, facts.Unit, value);
            values[name] = value;
        }

        return values;
    }

    private static FeelValue Known(string name, UnitFacts facts, ScoreCard card) => name switch
    {
        "grade" => card.Grade is { } grade ? FeelValue.String(grade) : FeelValue.Null,
        "rank" => card.Rank is { } rank ? FeelValue.Number(rank) : FeelValue.Null,
        "total" => card.Total is { } total ? FeelValue.Number(total) : FeelValue.Null,
        _ => facts.Values.GetValueOrDefault(name, FeelValue.Null) is { Kind: not FeelKind.Null } value
            ? value
            : card.Figures.FirstOrDefault(figure => figure.Id == name)?.Value ?? FeelValue.Null,
    };

    private static bool IsAnswer(Metric metric, FeelValue value) =>
        metric.Answers.Count == 0 || (value.Kind == FeelKind.String && metric.Answers.Contains(value.AsString()));

    private static void Check(PolicyFile policy, InputColumn column, IReadOnlyList<UnitFacts> rows)
    {
        var name = column.Metric.ResourceList ?? column.Metric.Code;
        var without = rows.Where(row => !row.Values.ContainsKey(name)).Select(row => row.Unit).ToList();
        if (without.Count == 0) return;
        var also = column.Aliases.Count == 0 ? new Bilingual("", "") : new Bilingual(
            $"，也认 {string.Join("、", column.Aliases)}", $", also read as {string.Join(", ", column.Aliases)}");
        throw new ScenarioException(null, without.Count == rows.Count
            ? new(
                $"奖补办法 {policy.Id} 需要列 {name}（{column.Metric.Name.Zh}{also.Zh}），这次运行没有这项数据；列取评分卡的 grade、rank、total 或同名的指标数据",
                $"The policy {policy.Id} needs the column {name} ({column.Metric.Name.En}{also.En}), which the run does not have; a "
                + "column is the card's grade, rank or total, or the metric or figure of that name.")
            : new(
                $"奖补办法 {policy.Id} 的列 {name}（{column.Metric.Name.Zh}）在 {without.Count} 家单位没有数据，第一家是 {without[0]}；请用能处理空值的办法",
                $"The column {name} ({column.Metric.Name.En}) of the policy {policy.Id} is not known of {without.Count} units, the first "
                + $"is {without[0]}: use a policy that says what an empty value means."));
    }

    private static ScenarioException OutOfRange(PolicyFile policy, InputColumn column, string unit, FeelValue value) => new(null, new(
        $"奖补办法 {policy.Id} 的列 {column.Metric.Code}（{column.Metric.Name.Zh}）不接受 {unit} 的值 {value}；请核对办法的范围或换一个办法",
        $"The column {column.Metric.Code} ({column.Metric.Name.En}) of the policy {policy.Id} does not take the value {value} of {unit}: "
        + "check the range in the policy, or use another policy."));
}
