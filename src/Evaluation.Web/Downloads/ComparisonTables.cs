using System.Globalization;
using Evaluation.Rules.Reform;

namespace Evaluation.Web.Downloads;

/// <summary>A comparison of rules as tables: the same on the command line and on the page.</summary>
public static class ComparisonTables
{
    /// <summary>The tables by file name, each with its head.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<string>>> Of(RuleComparison comparison) =>
        new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>>(StringComparer.Ordinal)
        {
            ["units.csv"] = Units(comparison, _ => true),
            ["cliffs.csv"] = Units(comparison, unit => unit.OnCliff),
            ["transitions.csv"] = Transitions(comparison),
            ["groups.csv"] = Groups(comparison),
            ["budget.csv"] = Budget(comparison),
            ["rules.csv"] =
            [
                ["difference_zh", "difference_en"],
                .. comparison.Differences.Select(said => (IReadOnlyList<string>)[said.Zh, said.En]),
            ],
            ["notes.csv"] =
            [
                ["note_zh", "note_en"], .. comparison.Notes.Select(said => (IReadOnlyList<string>)[said.Zh, said.En]),
            ],
        };

    private static List<IReadOnlyList<string>> Units(RuleComparison comparison, Func<ComparedUnit, bool> chosen)
    {
        var rows = new List<IReadOnlyList<string>>
        {
            new[]
            {
                "category", "unit", "name_zh", "name_en", "province_zh", "province_en", "size", "old_total", "new_total",
                "old_rank", "new_rank", "old_grade", "new_grade", "old_award", "new_award", "difference",
                "points_to_nearest_grade", "cliff", "why_no_total_zh", "why_no_total_en",
            },
        };
        rows.AddRange(comparison.Categories.SelectMany(category => category.Units.Where(chosen).Select(unit => (IReadOnlyList<string>)
        [
            category.Category, unit.Unit, unit.Name.Zh, unit.Name.En, unit.Province?.Zh ?? "", unit.Province?.En ?? "",
            Word(unit.Size), CsvText.Number(unit.OldTotal), CsvText.Number(unit.NewTotal), CsvText.Number(unit.OldRank),
            CsvText.Number(unit.NewRank), unit.OldGrade ?? "", unit.NewGrade ?? "", CsvText.Number(unit.OldAward),
            CsvText.Number(unit.NewAward), Yuan(unit.Difference), CsvText.Number(unit.Edge), unit.OnCliff ? "yes" : "no",
            unit.Why?.Zh ?? "", unit.Why?.En ?? "",
        ])));
        return rows;
    }

    private static List<IReadOnlyList<string>> Transitions(RuleComparison comparison) =>
    [
        ["category", "old_grade", "new_grade", "units"],
        .. comparison.Categories.SelectMany(category => category.Transitions.Select(move => (IReadOnlyList<string>)
            [category.Category, move.From ?? "", move.To ?? "", Whole(move.Units)])),
    ];

    private static List<IReadOnlyList<string>> Groups(RuleComparison comparison) =>
    [
        [
            "by", "group_zh", "group_en", "units", "better_grade", "worse_grade", "greater_award", "smaller_award", "old_awards",
            "new_awards", "difference",
        ],
        .. comparison.Groups.Select(group => (IReadOnlyList<string>)
        [
            Word(group.By), group.Name.Zh, group.Name.En, Whole(group.Units), Whole(group.Better), Whole(group.Worse),
            Whole(group.Winners), Whole(group.Losers), Yuan(group.OldAwards), Yuan(group.NewAwards), Yuan(group.Difference),
        ]),
    ];

    private static List<IReadOnlyList<string>> Budget(RuleComparison comparison) =>
    [
        ["pool", "name_zh", "name_en", "category", "old_pot", "new_pot", "old_spent", "new_spent", "difference"],
        .. comparison.Budget.Select(pot => (IReadOnlyList<string>)
        [
            pot.Pool, pot.Name.Zh, pot.Name.En, pot.Category, CsvText.Number(pot.OldPot), CsvText.Number(pot.NewPot),
            Yuan(pot.OldSpent), Yuan(pot.NewSpent), Yuan(pot.Difference),
        ]),
    ];

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Yuan(decimal yuan) => yuan.ToString("0.00", CultureInfo.InvariantCulture);
}
