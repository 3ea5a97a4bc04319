using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>
/// Proves of a decision table what is proved of bands: every combination of inputs that can occur earns points once,
/// no rule is dead, points follow the direction of the value. Messages name the .dmn file and the number of the rule.
/// </summary>
internal static class TableChecks
{
    // A table that is wrong in one place is often wrong in many; the first few show what to mend.
    private const int MostTold = 5;

    public static void Run(CheckBench bench, Indicator indicator)
    {
        if (indicator.Points is not TablePoints table) return;
        bench.Ask($"the table of {indicator.Id} covers its inputs", table.Location, problems =>
        {
            if (TableSpace.Of(bench, indicator, table, problems) is not { } space) return;
            Gaps(problems, space);
            Overlaps(problems, space, bench);
        });
        bench.Ask($"every rule of the table of {indicator.Id} can decide", table.Location, problems =>
        {
            if (TableSpace.Of(bench, indicator, table, new ProblemList()) is { } space) Dead(problems, space, bench);
        });
        bench.Ask($"the points of {indicator.Id} follow its direction", table.Location, problems =>
        {
            if (TableSpace.Of(bench, indicator, table, new ProblemList()) is { } space) Follow(problems, space, bench, indicator);
        });
    }

    /// <summary>The most and the least points the table can give; null where points are computed from facts.</summary>
    public static (decimal Least, decimal Most)? Extremes(CheckBench bench, Indicator indicator, TablePoints table)
    {
        if (TableSpace.Of(bench, indicator, table, new ProblemList()) is not { } space) return null;
        var points = space.Regions.Select(region => PointsOf(bench, table, region.Rows)).ToList();
        if (points.Exists(one => one is { Told: false })) return null;
        var told = points.Select(one => one.Points).OfType<decimal>().ToList();
        return told.Count == 0 ? null : (told.Min(), told.Max());
    }

    private static void Gaps(ProblemList problems, TableSpace space)
    {
        if (space.Table.Default is not null || space.Table.Hits == TableHits.Count) return;
        foreach (var gap in space.Regions.Where(region => region.Rows.Count == 0).Take(MostTold))
        {
            problems.Add(space.Table.Location, $"{space.Words(gap)} gets no points: no rule of the table matches",
                "add a rule, widen one, give the output a default, or declare the range that can occur");
        }
    }

    private static void Overlaps(ProblemList problems, TableSpace space, CheckBench bench)
    {
        if (space.Table.Hits is not (TableHits.Unique or TableHits.Any)) return;
        var told = new HashSet<(int, int)>();
        foreach (var region in space.Regions.Where(region => region.Rows.Count > 1))
        {
            var (first, second) = (space.Table.Rows[region.Rows[0]], space.Table.Rows[region.Rows[1]]);
            if (space.Table.Hits == TableHits.Any
                && (bench.Constants.Of(first.Points.Expression.Root, first.Points.Text) is not { } one
                    || region.Rows.Select(row => space.Table.Rows[row].Points)
                        .All(points => one.Equals(bench.Constants.Of(points.Expression.Root, points.Text))))) continue;
            if (told.Count >= MostTold || !told.Add((first.Number, second.Number))) continue;
            problems.Add(second.Location,
                $"{space.Words(region)} is in rules {first.Number} (line {first.Location.Line}) and {second.Number} of the table"
                + (space.Table.Hits == TableHits.Any ? ", which give different points" : ""),
                "let exactly one of them take it, or choose another hit policy");
        }
    }

    private static void Dead(ProblemList problems, TableSpace space, CheckBench bench)
    {
        var deciding = space.Regions.SelectMany(region => Deciding(bench, space.Table, region.Rows)).ToHashSet();
        foreach (var row in space.Table.Rows.Where(row => !deciding.Contains(row.Number - 1)))
        {
            var column = space.Sets[row.Number - 1].ToList().FindIndex(set => set.IsEmpty);
            problems.Add(row.Location, $"rule {row.Number} of the table can never decide: " + (column >= 0
                    ? $"no {space.Names[column]} that can occur is {row.Tests[column].Text}"
                    : "other rules take everything it matches"),
                "correct the rule, or delete it");
        }
    }

    private static void Follow(ProblemList problems, TableSpace space, CheckBench bench, Indicator indicator)
    {
        if (space.ValueColumn < 0) return;
        var lines = space.Regions.GroupBy(region => string.Join('|', region.Parts.Select((part, column) =>
            column == space.ValueColumn ? "" : string.Join(',', part.Parts(space.Names[column])))));
        foreach (var line in lines)
        {
            var sets = line.Select(region => (region, Points: PointsOf(bench, space.Table, region.Rows)))
                .Where(one => one.Points.Points is not null)
                .Select(one => new BandSet(
                    one.region.Rows.Count > 0 ? space.Table.Rows[one.region.Rows[0]].Location : space.Table.Location,
                    one.region.Rows.Count > 0 ? $"rule {one.region.Rows[0] + 1}" : "the default",
                    one.region.Parts[space.ValueColumn], one.Points.Points!.Value))
                .ToList();
            var before = problems.Count;
            BandChecks.Follow(problems, sets, space.Domains[space.ValueColumn].Numbers, indicator.Direction);
            if (problems.Count > before) return;
        }
    }

    /// <summary>Places of the rules whose points count where these match.</summary>
    private static IEnumerable<int> Deciding(CheckBench bench, TablePoints table, IReadOnlyList<int> rows)
    {
        if (rows.Count < 2) return rows;
        switch (table.Hits)
        {
            case TableHits.First: return [rows[0]];
            case TableHits.Sum or TableHits.Count or TableHits.Unique or TableHits.Any: return rows;
        }

        var points = rows.Select(row => Constant(bench, table.Rows[row].Points)).ToList();
        if (points.Contains(null)) return rows;
        var numbers = points.Select(one => one!.Value).ToList();
        return [rows[table.Hits switch
        {
            TableHits.Min => numbers.IndexOf(numbers.Min()),
            TableHits.Max => numbers.IndexOf(numbers.Max()),
            _ => table.Priorities.Select(value => Constant(bench, value))
                .Select(value => value is { } listed ? numbers.IndexOf(listed) : -1).FirstOrDefault(at => at >= 0),
        }]];
    }

    /// <summary>What a unit earns where these rules match: no points at all, or points that may not be told beforehand.</summary>
    private static (decimal? Points, bool Told) PointsOf(CheckBench bench, TablePoints table, IReadOnlyList<int> rows)
    {
        if (table.Hits == TableHits.Count && (rows.Count > 0 || table.Default is null)) return (rows.Count, true);
        if (rows.Count == 0)
        {
            return table.Default is not { } otherwise ? (null, true)
                : Constant(bench, otherwise) is { } points ? (points, true) : (null, false);
        }

        var decide = Deciding(bench, table, rows).Select(row => Constant(bench, table.Rows[row].Points)).ToList();
        if (decide.Contains(null)) return (null, false);
        return (table.Hits == TableHits.Sum ? decide.Sum() : decide[0], true);
    }

    private static decimal? Constant(CheckBench bench, Formula points) =>
        bench.Constants.NumberOf(points.Expression.Root, points.Text);
}
