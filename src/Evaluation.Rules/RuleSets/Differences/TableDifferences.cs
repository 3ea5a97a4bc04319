using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>What the decision table of an indicator does otherwise than before: rules are told by their conditions.</summary>
internal sealed class TableDifferences(DifferenceList found, TablePoints old, TablePoints now, Bilingual where)
{
    public void Find()
    {
        found.Changed(where, new("决策表的命中策略", "the hit policy of the decision table"), Words(old.Hits), Words(now.Hits),
            now.Location);
        found.Changed(where, new("决策表的输入", "the inputs of the decision table"), Inputs(old), Inputs(now), now.Location);
        found.Changed(where, new("得分的优先次序", "the order of the points"), Priorities(old), Priorities(now), now.Location);
        found.Formula(where, new("决策表没有规则适用时的得分", "the points where no rule of the decision table applies"),
            old.Default, now.Default, now.Location);
        var left = old.Rows.ToList();
        foreach (var row in now.Rows)
        {
            if (left.Find(one => Conditions(one) == Conditions(row)) is { } same)
            {
                left.Remove(same);
                found.Formula(where,
                    new($"决策表中{Named(row).Zh}的得分", $"the points of {Named(row).En} of the decision table"),
                    same.Points, row.Points, row.Location);
                found.Text(where,
                    new($"决策表中{Named(row).Zh}的说明", $"the note on {Named(row).En} of the decision table"),
                    same.Note, row.Note, row.Location);
                continue;
            }

            found.Add(row.Location, $"{where.Zh}：决策表新增规则，{Named(row).Zh}得“{row.Points.Text}”分。",
                $"{where.En}: a new rule of the decision table, {Named(row).En} earns `{row.Points.Text}`.");
        }

        foreach (var row in left)
        {
            found.Add(now.Location, $"{where.Zh}：决策表取消规则，原为{Named(row).Zh}得“{row.Points.Text}”分。",
                $"{where.En}: a rule of the decision table is gone, {Named(row).En} used to earn `{row.Points.Text}`.");
        }
    }

    private static string Conditions(TableRow row) => string.Join('|', row.Tests.Select(test =>
        FormulaTokens.Of(test.Text)));

    private static Bilingual Named(TableRow row)
    {
        var conditions = string.Join(" | ", row.Tests.Select(test => test.Text));
        return new Bilingual($"第 {row.Number} 条（{conditions}）", $"rule {row.Number} ({conditions})");
    }

    private static Bilingual Priorities(TablePoints table) => DifferenceList.Quoted(table.Priorities.Count == 0 ? null
        : string.Join(", ", table.Priorities.Select(points => FormulaTokens.Of(points.Text))));

    private static Bilingual Inputs(TablePoints table) =>
        DifferenceList.Quoted(string.Join(" | ", table.Columns.Select(column => FormulaTokens.Of(column.Input.Text))));

    private static Bilingual Words(TableHits hits) => hits switch
    {
        TableHits.Unique => new("只有一条适用", "one rule applies at most"),
        TableHits.Any => new("适用的各条得分相同", "all rules that apply give the same"),
        TableHits.Priority => new("按得分的优先次序", "by the order of the points"),
        TableHits.First => new("取第一条适用的", "the first rule that applies"),
        TableHits.Sum => new("适用的各条相加", "all rules that apply, added"),
        TableHits.Min => new("取适用的最低分", "the least of all that apply"),
        TableHits.Max => new("取适用的最高分", "the greatest of all that apply"),
        _ => new("按适用的条数", "the number of rules that apply"),
    };
}
