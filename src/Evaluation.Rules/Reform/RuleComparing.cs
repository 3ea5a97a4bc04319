using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.RuleSets.Differences;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Reform;

/// <summary>Puts the results of a run beside those of the same data under other rules. Pure: results in, comparison
/// out.</summary>
public static class RuleComparing
{
    private const int Thirds = 3;

    private static readonly Dictionary<SizeClass, Bilingual> SizeNames = new()
    {
        [SizeClass.Small] = new("规模最小的三分之一", "smallest third"),
        [SizeClass.Medium] = new("规模居中的三分之一", "middle third"),
        [SizeClass.Large] = new("规模最大的三分之一", "largest third"),
        [SizeClass.Unknown] = new("规模不详", "size unknown"),
    };

    /// <summary>What a size is called.</summary>
    public static Bilingual NameOf(SizeClass size) => SizeNames[size];

    /// <summary>The comparison.</summary>
    /// <param name="run">Run id, cycle and snapshot.</param>
    /// <param name="old">The rules of the run.</param>
    /// <param name="now">The other rules.</param>
    /// <param name="cliff">Distance in points below which a grade hangs on a cliff.</param>
    /// <param name="notes">What is to be known about data and periods.</param>
    /// <param name="pairs">The results, category by category.</param>
    public static RuleComparison Of(
        (string Id, string Cycle, string Snapshot) run, RuleSet old, RuleSet now, decimal cliff,
        IReadOnlyList<Bilingual> notes, IReadOnlyList<ComparedPair> pairs)
    {
        var categories = pairs.Select(pair => CategoryOf(pair, cliff)).ToList();
        return new RuleComparison(
            run.Id, run.Cycle, run.Snapshot, old.Version, now.Version, now.Folder.Name, cliff,
            [.. notes, .. pairs.Select(NoteOn).OfType<Bilingual>()],
            [.. RuleSetDifferences.Of(old, now).Select(difference => difference.Sentence)],
            categories, [.. GroupsOf(categories)], [.. pairs.SelectMany(pair => Pots(pair, old, now))]);
    }

    /// <summary>Thirds by size; equal sizes stand in the same third.</summary>
    public static IReadOnlyDictionary<string, SizeClass> Sizes(IReadOnlyDictionary<string, decimal> sizes)
    {
        var ordered = sizes.Values.Order().ToList();
        if (ordered.Count == 0) return new Dictionary<string, SizeClass>();
        var small = ordered[Math.Max(0, ((ordered.Count + Thirds - 1) / Thirds) - 1)];
        var medium = ordered[Math.Max(0, (((2 * ordered.Count) + Thirds - 1) / Thirds) - 1)];
        return sizes.ToDictionary(
            size => size.Key,
            size => size.Value <= small ? SizeClass.Small : size.Value <= medium ? SizeClass.Medium : SizeClass.Large,
            StringComparer.Ordinal);
    }

    private static ComparedCategory CategoryOf(ComparedPair pair, decimal cliff)
    {
        var side = (pair.New ?? pair.Old)!;
        var sizes = Sizes(pair.Sizes);
        var units = Ids(pair).Select(unit => UnitOf(pair, unit, sizes, cliff))
            .OrderBy(unit => unit.OldRank ?? int.MaxValue).ThenBy(unit => unit.NewRank ?? int.MaxValue)
            .ThenBy(unit => unit.Unit, StringComparer.Ordinal).ToList();
        var grades = Grades(pair.Old).Concat(Grades(pair.New))
            .DistinctBy(grade => grade.Id)
            .Select(grade => new ComparedGrade(grade.Id, grade.Name, grade.Mark)).ToList();
        return new ComparedCategory(
            side.Category.Id, side.Category.Name, pair.Old is not null, pair.New is not null, grades, units,
            [.. units.GroupBy(unit => (unit.OldGrade, unit.NewGrade))
                .Select(group => new GradeTransition(group.Key.OldGrade, group.Key.NewGrade, group.Count()))
                .OrderBy(move => PlaceOf(grades, move.From)).ThenBy(move => PlaceOf(grades, move.To))]);
    }

    private static int PlaceOf(List<ComparedGrade> grades, string? grade)
    {
        var place = grades.FindIndex(known => known.Id == grade);
        return place < 0 ? int.MaxValue : place;
    }

    private static IEnumerable<string> Ids(ComparedPair pair) =>
        new[] { pair.Old, pair.New }.OfType<ComparedSide>().SelectMany(side => side.Cards.Select(card => card.Unit))
            .Distinct(StringComparer.Ordinal);

    private static IReadOnlyList<Grade> Grades(ComparedSide? side) => side?.Scheme.Grades?.Grades ?? [];

    private static ComparedUnit UnitOf(
        ComparedPair pair, string unit, IReadOnlyDictionary<string, SizeClass> sizes, decimal cliff)
    {
        var (before, after) = (CardOf(pair.Old, unit), CardOf(pair.New, unit));
        var known = pair.Units.GetValueOrDefault(unit);
        var edge = pair.Edges.GetValueOrDefault(unit)?.Nearest;
        return new ComparedUnit(
            unit, known?.Name ?? new Bilingual(unit, unit), known?.Province, sizes.GetValueOrDefault(unit),
            before?.Total, after?.Total, before?.Rank, after?.Rank, before?.Grade, after?.Grade,
            pair.Old?.AwardOf(unit), pair.New?.AwardOf(unit), WayOf(pair, before?.Grade, after?.Grade), edge,
            edge < cliff, after is { Total: null } ? after.Standing : null);
    }

    private static ScoreCard? CardOf(ComparedSide? side, string unit) =>
        side?.Cards.FirstOrDefault(card => card.Unit == unit);

    // Better and worse by the order of the new table; a grade it does not have cannot be compared.
    private static int WayOf(ComparedPair pair, string? before, string? after)
    {
        var grades = Grades(pair.New).Select(grade => grade.Id).ToList();
        var (from, to) = (grades.IndexOf(before ?? ""), grades.IndexOf(after ?? ""));
        return from < 0 || to < 0 ? 0 : Math.Sign(from - to);
    }

    private static IEnumerable<ComparedGroup> GroupsOf(List<ComparedCategory> categories)
    {
        foreach (var category in categories)
        {
            yield return GroupOf(GroupedBy.Category, category.Name, category.Units);
        }

        foreach (var province in categories.SelectMany(category => category.Units)
            .GroupBy(unit => unit.Province ?? new Bilingual("省份不详", "province unknown"))
            .OrderBy(group => group.Key.En, StringComparer.Ordinal))
        {
            yield return GroupOf(GroupedBy.Province, province.Key, [.. province]);
        }

        foreach (var category in categories)
        {
            foreach (var size in category.Units.GroupBy(unit => unit.Size).OrderBy(group => group.Key))
            {
                var name = NameOf(size.Key);
                yield return GroupOf(
                    GroupedBy.Size, new($"{category.Name.Zh}：{name.Zh}", $"{category.Name.En}: {name.En}"), [.. size]);
            }
        }
    }

    private static ComparedGroup GroupOf(GroupedBy by, Bilingual name, IReadOnlyList<ComparedUnit> units) => new(
        by, name, units.Count, units.Count(unit => unit.Way > 0), units.Count(unit => unit.Way < 0),
        units.Count(unit => unit.Difference > 0m), units.Count(unit => unit.Difference < 0m),
        units.Sum(unit => unit.OldAward ?? 0m), units.Sum(unit => unit.NewAward ?? 0m));

    private static IEnumerable<ComparedPot> Pots(ComparedPair pair, RuleSet old, RuleSet now)
    {
        var before = pair.Old?.Allocations ?? [];
        var after = pair.New?.Allocations ?? [];
        var category = (pair.New ?? pair.Old)!.Category.Id;
        foreach (var pool in before.Concat(after).Select(pot => pot.Pool).Distinct(StringComparer.Ordinal))
        {
            var (was, will) = (before.FirstOrDefault(pot => pot.Pool == pool), after.FirstOrDefault(pot => pot.Pool == pool));
            var name = (now.Cycle?.Pools ?? []).Concat(old.Cycle?.Pools ?? []).FirstOrDefault(known => known.Id == pool)?.Name;
            yield return new ComparedPot(
                pool, name ?? new Bilingual(pool, pool), category, was?.Pot.Yuan, will?.Pot.Yuan, was?.Spent.Yuan ?? 0m,
                will?.Spent.Yuan ?? 0m);
        }
    }

    private static Bilingual? NoteOn(ComparedPair pair) => pair switch
    {
        { New: null, Old: { } old } => new(
            $"新规则不再评价“{old.Category.Name.Zh}”：{old.Cards.Count} 家单位不再有名次、等次和补助。",
            $"The other rules do not evaluate \"{old.Category.Name.En}\": its {old.Cards.Count} units get no rank, grade or award."),
        { Old: null, New: { Cards.Count: 0 } now } => new(
            $"新规则新设“{now.Category.Name.Zh}”，但这次运行的数据快照里没有这一类别的单位。",
            $"The other rules add \"{now.Category.Name.En}\", but the snapshot of the run has no units of that category."),
        { Old: null, New: { } now } => new(
            $"新规则新设“{now.Category.Name.Zh}”：{now.Cards.Count} 家单位原先没有评价结果。",
            $"The other rules add \"{now.Category.Name.En}\": its {now.Cards.Count} units have no earlier result."),
        { Old: { Scheme.Grades: { } before }, New: { Scheme.Grades: { } after } now }
            when !before.Grades.Select(grade => grade.Id).SequenceEqual(after.Grades.Select(grade => grade.Id)) => new(
                $"“{now.Category.Name.Zh}”的等次设置不同：没有对应等次的变动不计升降。",
                $"\"{now.Category.Name.En}\" has other grades: a move from or to a grade the new table lacks counts as neither better nor worse."),
        _ => null,
    };
}
