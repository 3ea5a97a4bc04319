using System.Globalization;
using Evaluation.Jobs.Scoring;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Indexing;

/// <summary>Writes what an index is and how firm it is as files anybody can open. A missing value is an empty field;
/// numbers have as many digits as it takes to read the same number back.</summary>
public static class IndexOutput
{
    private static readonly string[] UnitHead = ["uCode"];

    /// <summary>The index itself: <c>normalised.csv, aggregated.csv, results.csv</c>, every stage before them, the
    /// treatment of outliers, availability, statistics, effective weights, outranking, attribution.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Build(CompositeIndex index, string folder)
    {
        Directory.CreateDirectory(folder);
        Table(index.Denominated, Path.Combine(folder, "denominated.csv"));
        Table(index.Imputed, Path.Combine(folder, "imputed.csv"));
        Table(index.Treated, Path.Combine(folder, "treated.csv"));
        Table(index.Normalised, Path.Combine(folder, "normalised.csv"));
        Table(index.Aggregated, Path.Combine(folder, "aggregated.csv"));
        Results(index, Path.Combine(folder, "results.csv"));
        Treatment(index, Path.Combine(folder, "treatment.csv"));
        Availability(index, Path.Combine(folder, "availability.csv"));
        Statistics(index, Path.Combine(folder, "statistics.csv"));
        Weights(index, Path.Combine(folder, "effective_weights.csv"));
        OrderOf(index, folder);
        if (Attribution.IsExact(index.Specification)) Table(Attribution.Of(index), Path.Combine(folder, "attribution.csv"));
    }

    /// <summary>The index under sets of weights: <c>scores_by_weight_set.csv, rank_intervals.csv, weight_sets.csv</c>.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Robustness(CompositeIndex index, IReadOnlyList<RankedSet> sets, string folder)
    {
        Directory.CreateDirectory(folder);
        CsvFile.Write(
            Path.Combine(folder, "scores_by_weight_set.csv"), ["rep", "unit", "score", "rank"],
            sets.SelectMany(set => index.Units.Select((unit, row) => new[]
            {
                set.Set.Id, unit, Text(set.Scores[row]), Rank(set.Ranks[row]),
            })));
        CsvFile.Write(
            Path.Combine(folder, "rank_intervals.csv"), ["unit", "nominal", "rank5", "median", "rank95", "min", "max"],
            RankRobustness.Intervals(index, sets).Select(one => new[]
            {
                one.Unit, Text(one.Nominal), Text(one.Rank5), Text(one.Median), Text(one.Rank95), Text(one.Min), Text(one.Max),
            }));
        CsvFile.Write(
            Path.Combine(folder, "weight_sets.csv"), ["rep", "iCode", "Level", "Weight"],
            sets.SelectMany(set => set.Set.Weights.Select(weight => new[]
            {
                set.Set.Id, weight.Key, Text(index.Framework[weight.Key].Level), Text(weight.Value),
            })));
    }

    /// <summary>What the ranking would be without each part: <c>drop_one.csv, drop_one_ranks.csv</c>.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void DropOne(CompositeIndex index, IReadOnlyList<DroppedPart> parts, string folder)
    {
        Directory.CreateDirectory(folder);
        CsvFile.Write(
            Path.Combine(folder, "drop_one.csv"), ["iCode", "iName", "Level", "mean_abs_rank_change"],
            parts.Select(part => new[] { part.Row.Code, part.Row.Name, Text(part.Row.Level), Text(part.MeanRankChange) }));
        CsvFile.Write(
            Path.Combine(folder, "drop_one_ranks.csv"), ["iCode", "unit", "nominal", "rank"],
            parts.SelectMany(part => index.Units.Select((unit, row) => new[]
            {
                part.Row.Code, unit, Rank(index.Ranks[row]), Rank(part.Ranks[row]),
            })));
    }

    /// <summary>Sobol indices: <c>Variable, Si, STi</c> and their 5–95 % bootstrap intervals.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Sobol(IEnumerable<(string Factor, SobolIndex Index)> indices, string file) => CsvFile.Write(
        file, ["Variable", "Si", "STi", "Si_q5", "Si_q95", "STi_q5", "STi_q95"],
        indices.Select(one => new[]
        {
            one.Factor, Text(one.Index.First), Text(one.Index.Total),
            Text(one.Index.FirstInterval?.Low), Text(one.Index.FirstInterval?.High),
            Text(one.Index.TotalInterval?.Low), Text(one.Index.TotalInterval?.High),
        }));

    /// <summary>A number that reads back as the same number; nothing for a missing one.</summary>
    internal static string Text(double? number) => number switch
    {
        null or double.NaN => "",
        double.PositiveInfinity => "Inf",
        double.NegativeInfinity => "-Inf",
        { } value => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Rank(int rank) => rank > 0 ? rank.ToString(CultureInfo.InvariantCulture) : "";

    private static void Table(IndexTable table, string path) => CsvFile.Write(
        path, [.. UnitHead, .. table.Columns],
        table.Units.Select((unit, row) => new[] { unit }.Concat(table.Columns.Select(code => Text(table[code][row]))).ToArray()));

    private static void Results(CompositeIndex index, string path) => CsvFile.Write(
        path, ["unit", "name", "score", "rank"],
        Enumerable.Range(0, index.Units.Count)
            .OrderBy(row => index.Ranks[row] == 0 ? int.MaxValue : index.Ranks[row])
            .Select(row => new[] { index.Units[row], index.Data.Names[row], Text(index.Scores[row]), Rank(index.Ranks[row]) }));

    private static void Treatment(CompositeIndex index, string path) => CsvFile.Write(
        path,
        ["iCode", "pass", "skew", "kurt", "winsorised", "pass_winsorised", "skew_winsorised", "kurt_winsorised",
            "pass_log", "skew_log", "kurt_log"],
        index.Treatments.Select(one => new[] { one.Key }
            .Concat(Check(one.Value.Before)).Append(Text(one.Value.Winsorised))
            .Concat(Check(one.Value.AfterWinsorising)).Concat(Check(one.Value.AfterLogarithm)).ToArray()));

    private static string[] Check(OutlierCheck? check) =>
        check is null ? ["", "", ""] : [check.Pass ? "TRUE" : "FALSE", Text(check.Skewness), Text(check.Kurtosis)];

    private static void Availability(CompositeIndex index, string path) => CsvFile.Write(
        path, ["uCode", "N_missing", "N_zero", "N_miss_or_zero", "Dat_Avail", "Non_Zero", "included"],
        index.Availability.Select(unit => new[]
        {
            unit.Unit, Text(unit.Missing), Text(unit.Zero), Text(unit.Missing + unit.Zero),
            Text(unit.Available), Text(unit.NonZero), index.Units.Contains(unit.Unit) ? "TRUE" : "FALSE",
        }));

    private static void Statistics(CompositeIndex index, string path) => CsvFile.Write(
        path,
        ["iCode", "Min", "Max", "Mean", "Median", "Std", "Skew", "Kurt", "N.Avail", "N.NonZero", "N.Unique", "N.Same"],
        index.Data.Indicators.Columns.Select(code =>
        {
            var of = ColumnStatistics.Of(index.Data.Indicators[code]);
            return new[] { code }.Concat(new double[]
            {
                of.Min, of.Max, of.Mean, of.Median, of.StandardDeviation, of.Skewness, of.Kurtosis,
                of.Available, of.NonZero, of.Unique, of.Same,
            }.Select(value => Text(value))).ToArray();
        }));

    private static void Weights(CompositeIndex index, string path)
    {
        var effective = index.Aggregation.EffectiveWeights(index.Weights);
        CsvFile.Write(
            path, ["iCode", "Level", "Weight", "EffWeight"],
            index.Aggregation.Codes.Select((code, place) => new[]
            {
                code, Text(index.Framework[code].Level), Text(index.Weights[place]), Text(effective[place]),
            }));
    }

    private static void OrderOf(CompositeIndex index, string folder)
    {
        var check = OrderCheck.Of(index);
        CsvFile.Write(
            Path.Combine(folder, "outranking.csv"), [.. UnitHead, .. index.Units],
            index.Units.Select((unit, row) => new[] { unit }
                .Concat(index.Units.Select((_, other) => Text(check.Matrix[row, other]))).ToArray()));
        CsvFile.Write(
            Path.Combine(folder, "copeland.csv"), ["unit", "copeland", "copeland_rank", "score", "rank"],
            index.Units.Select((unit, row) => new[]
            {
                unit, Text(check.Copeland[row]), Text(check.CopelandRanks[row]), Text(index.Scores[row]), Rank(index.Ranks[row]),
            }));
        CsvFile.Write(
            Path.Combine(folder, "disagreements.csv"), ["better", "worse", "score_lead", "outranking"],
            check.Pairs.Select(pair => new[] { pair.Better, pair.Worse, Text(pair.ScoreLead), Text(pair.Outranking) }));
    }
}
