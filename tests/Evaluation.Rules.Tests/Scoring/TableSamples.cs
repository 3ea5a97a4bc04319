using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Tests.Scoring;

using static Sample;

/// <summary>Decision tables made by hand, one for each way in which their rules make up the points.</summary>
internal static class TableSamples
{
    private static readonly string[] Columns = ["value", "staff", "portal"];

    public static TablePoints Table(
        TableHits hits, string? otherwise, IEnumerable<string> columns, params (string Rule, Bilingual? Note)[] rules) => new(
        "points", hits, [.. columns.Select(column => new TableColumn(Feel(column), null, null))],
        [.. rules.Select((rule, at) => Row(at + 1, rule.Rule.Split('|'), rule.Note))],
        hits == TableHits.Priority ? [Feel("8"), Feel("10"), Feel("3")] : [],
        otherwise is null ? null : Feel(otherwise), Here);

    public static IEnumerable<(string Title, Scheme Scheme, (string, FeelValue)[] Values)> All
    {
        get
        {
            var note = new Bilingual("规模较大的平台", "a larger platform");
            (string, Bilingual?)[] sizes =
            [
                (">= 0.8|>= 10|-|10", note), (">= 0.8|< 10|\"yes\"|8", null), (">= 0.8|< 10|\"no\"|6", null),
                ("[0.5..0.8)|-|-|3", null), ("< 0.5|-|-|0", null),
            ];
            var unique = Of(Table(TableHits.Unique, null, Columns, sizes));
            yield return ("table: the best rule, with what the table says of it", unique, Given(0.85m, 12m, "no"));
            yield return ("table: one metric short of a better rule", unique, Given(0.85m, 8m, "yes"));
            yield return ("table: an answer short of a better rule", Of(Table(TableHits.Unique, null, ["value", "portal"],
                (">= 0.8|\"yes\"|10", null), (">= 0.8|\"no\"|6", null), ("< 0.8|-|0", null))), Given(0.85m, 2m, "no"));
            yield return ("table: the value short of a better rule", unique, Given(0.72m, 12m, "no"));
            yield return ("table: far from every better rule", Of(Table(TableHits.Unique, null, Columns,
                (">= 0.8|>= 10|-|10", null), (">= 0.8|< 10|-|0", null), ("< 0.8|-|-|0", null))), Given(0.3m, 2m, "no"));
            yield return ("table: the first rule that applies", Of(Table(TableHits.First, null, Columns,
                (">= 0.8|-|-|10", null), ("-|>= 10|-|5", null), ("-|-|-|1", null))), Given(0.3m, 2m, "no"));
            yield return ("table: by priority", Of(Table(TableHits.Priority, null, Columns,
                (">= 0.5|-|-|3", null), ("-|>= 10|-|8", null), ("-|-|\"yes\"|10", null))), Given(0.6m, 12m, "yes"));
            (string, Bilingual?)[] added =
            [
                (">= 0.5|-|-|5", new("利用率达标", "utilisation in order")), ("-|>= 10|-|3", null), ("-|-|\"yes\"|2", null),
            ];
            yield return ("table: rules added", Of(Table(TableHits.Sum, "0", Columns, added)), Given(0.6m, 8m, "yes"));
            yield return ("table: no rule applies, the default holds", Of(Table(TableHits.Sum, "0", Columns, added)),
                Given(0.2m, 8m, "no"));
            yield return ("table: the least of the rules", Of(Table(TableHits.Min, null, Columns, added)),
                Given(0.6m, 12m, "no"));
            yield return ("table: the best of the rules", Of(Table(TableHits.Max, null, Columns, added)),
                Given(0.6m, 12m, "no"));
            yield return ("table: rules counted", Of(Table(TableHits.Count, null, Columns, added)), Given(0.6m, 8m, "yes"));
            yield return ("table: an expression is tested", Of(Table(TableHits.Unique, null, ["staff / 2", "utilisation"],
                (">= 5|>= 0.5|10", null), (">= 5|< 0.5|4", null), ("< 5|-|0", null))), Given(0.4m, 12m, "no"));
            yield return ("table: no rule applies and there is no default", Of(Table(TableHits.Unique, null, Columns, added[0])),
                Given(0.2m, 8m, "no"));
            yield return ("table: two rules apply where one may", Of(Table(TableHits.Unique, null, Columns, added)),
                Given(0.6m, 12m, "no"));
        }
    }

    private static Scheme Of(TablePoints table) => Scheme(Indicator(
        "D", "利用率", "Use", "utilisation staff portal", "utilisation", table, 10m));

    private static (string, FeelValue)[] Given(decimal utilisation, decimal staff, string portal) =>
        [("utilisation", utilisation), ("staff", staff), ("portal", portal)];

    private static TableRow Row(int number, string[] cells, Bilingual? note) =>
        new(number, [.. cells[..^1].Select(When)], Feel(cells[^1]), note, Here);
}
