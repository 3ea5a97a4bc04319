using System.Data.Common;
using System.Text.Json;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// Reads the observations of one query. Hundreds of thousands of them repeat the same few names, so that each name is
/// kept once.
/// </summary>
internal sealed class ObservationReader
{
    private const string Empty = "{}";
    private static readonly Dictionary<string, string> NoDimensions = [];

    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<(DateOnly From, DateOnly To), Period> periods = [];

    public MetricObservation Read(DbDataReader row) => new(
        row.GetInt64(0),
        Name(row.GetString(1)),
        row.Text(2) is { } resource ? Name(resource) : null,
        Name(row.GetString(3)),
        Name(row.GetString(4)),
        PeriodOf(row.GetFieldValue<DateOnly>(5), row.GetFieldValue<DateOnly>(6)),
        row.Number(7),
        row.Text(8) is { } answer ? Name(answer) : null,
        Name(row.GetString(9)),
        Dimensions(row.GetString(10)),
        Name(row.GetString(11)),
        Name(row.GetString(12)),
        row.GetString(13),
        Flags(row.GetFieldValue<string[]>(14)),
        Enum.Parse<VerificationState>(row.GetString(15), ignoreCase: true));

    private string Name(string text)
    {
        if (names.TryGetValue(text, out var known)) return known;
        names.Add(text, text);
        return text;
    }

    private Period PeriodOf(DateOnly from, DateOnly to)
    {
        if (periods.TryGetValue((from, to), out var known)) return known;
        periods.Add((from, to), known = new Period(from, to));
        return known;
    }

    private static Dictionary<string, string> Dimensions(string json) =>
        json == Empty ? NoDimensions : JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? NoDimensions;

    private string[] Flags(string[] flags) => flags.Length == 0 ? [] : Array.ConvertAll(flags, Name);
}
