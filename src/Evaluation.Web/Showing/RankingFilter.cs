using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.Grading;

namespace Evaluation.Web.Showing;

/// <summary>What of a ranking is shown, and in which order. It lives in the address, so that a table can be sent to somebody.</summary>
/// <param name="Text">Part of a unit's name or code, or null.</param>
/// <param name="Province">Province as the reader's language names it, or null.</param>
/// <param name="Grade">Grade id, <c>none</c> for units without one, or null.</param>
/// <param name="Sort">rank, unit, province, score, grade or award; rank when null or unknown.</param>
/// <param name="Direction"><c>desc</c> or ascending.</param>
public sealed record RankingFilter(string? Text, string? Province, string? Grade, string? Sort, string? Direction)
{
    /// <summary>What <see cref="Grade"/> says to ask for units without a grade.</summary>
    public const string WithoutGrade = "none";

    /// <summary>What an address says to ask for fragile grades.</summary>
    public const string Fragile = "fragile";

    /// <summary>Whether only units with a fragile grade are shown.</summary>
    public bool OnlyFragile { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => !string.IsNullOrWhiteSpace(Text) || !string.IsNullOrEmpty(Province) || !string.IsNullOrEmpty(Grade)
        || OnlyFragile;

    /// <summary>The order in force.</summary>
    public string Order => Sort is "unit" or "province" or "score" or "grade" or "award" ? Sort : "rank";

    /// <summary>Whether the order is turned round.</summary>
    public bool Descending => Direction == "desc";

    /// <summary>The same filter, ordered by a column; asked a second time it turns round.</summary>
    public RankingFilter SortedBy(string column)
    {
        // Scores and awards are asked for from the top first.
        var first = column is "score" or "award" ? "desc" : null;
        var turned = first is null ? "desc" : null;
        return this with { Sort = column, Direction = Order == column && Direction == first ? turned : first };
    }

    /// <summary>The parts of the address.</summary>
    public IEnumerable<KeyValuePair<string, string>> Query(int page)
    {
        if (!string.IsNullOrWhiteSpace(Text)) yield return new("q", Text);
        if (!string.IsNullOrEmpty(Province)) yield return new("province", Province);
        if (!string.IsNullOrEmpty(Grade)) yield return new("grade", Grade);
        if (OnlyFragile) yield return new("certainty", Fragile);
        if (Order != "rank" || Descending) yield return new("sort", Order);
        if (Descending) yield return new("dir", "desc");
        if (page > 1) yield return new("p", page.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The rows asked for, in the order asked for; rows without the value sorted by stand last either way.</summary>
    public IReadOnlyList<RankingRow> Apply(
        IReadOnlyList<RankingRow> rows, Wording wording, IReadOnlyList<Grade> grades)
    {
        var kept = rows.Where(row => Keeps(row, wording));
        var places = grades.Select((grade, place) => (grade.Id, place)).ToDictionary(
            pair => pair.Id, pair => pair.place, StringComparer.Ordinal);
        return Order switch
        {
            "unit" => Sorted(kept, row => wording[row.Name], _ => true, StringComparer.Ordinal),
            "province" => Sorted(
                kept, row => row.Province is { } place ? wording[place] : string.Empty, row => row.Province is not null,
                StringComparer.Ordinal),
            "score" => Sorted(kept, row => row.Total ?? 0m, row => row.Total is not null),
            "award" => Sorted(kept, row => row.Award ?? 0m, row => row.Award is not null),
            "grade" => Sorted(
                kept, row => places.GetValueOrDefault(row.Grade ?? string.Empty, int.MaxValue), row => row.Grade is not null),
            _ => Sorted(kept, row => row.Rank ?? 0, row => row.Rank is not null),
        };
    }

    private bool Keeps(RankingRow row, Wording wording) =>
        (string.IsNullOrWhiteSpace(Text)
            || row.Name.Zh.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)
            || row.Name.En.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)
            || row.Unit.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase))
        && (string.IsNullOrEmpty(Province)
            || (row.Province is { } place && (place.Zh == Province || place.En == Province || wording[place] == Province)))
        && (string.IsNullOrEmpty(Grade) || (Grade == WithoutGrade ? row.Grade is null : row.Grade == Grade))
        && (!OnlyFragile || row.Certainty is { Fragile: true });

    private IReadOnlyList<RankingRow> Sorted<T>(
        IEnumerable<RankingRow> rows, Func<RankingRow, T> key, Func<RankingRow, bool> has, IComparer<T>? comparer = null)
    {
        var present = rows.OrderByDescending(has);
        var ordered = Descending ? present.ThenByDescending(key, comparer) : present.ThenBy(key, comparer);
        return [.. ordered.ThenBy(row => row.Rank ?? int.MaxValue).ThenBy(row => row.Unit, StringComparer.Ordinal)];
    }
}
