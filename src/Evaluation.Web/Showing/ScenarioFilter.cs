using System.Globalization;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;

namespace Evaluation.Web.Showing;

/// <summary>One unit of the table: what holds, and what each scenario would give.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Name">Name of the unit.</param>
/// <param name="Rank">Rank in the run, or null.</param>
/// <param name="Grade">The grade it is paid by now, or null.</param>
/// <param name="Amount">Its awards now.</param>
/// <param name="Scenarios">What each scenario gives, in their order.</param>
public sealed record ScenarioRow(
    string Unit, Bilingual Name, int? Rank, string? Grade, Money Amount, IReadOnlyList<ScenarioUnit> Scenarios);

/// <summary>Which units of the scenarios are shown, and in which order. It lives in the address beside the scenarios.</summary>
/// <param name="Text">Part of a unit's name or code, or null.</param>
/// <param name="Grade">Grade id, <c>none</c>, or null.</param>
/// <param name="Change"><c>any</c>, <c>more</c>, <c>less</c>, <c>grade</c>, or null.</param>
/// <param name="Sort">rank, unit, now, or the number of a scenario: by its difference.</param>
/// <param name="Direction"><c>desc</c> or ascending.</param>
public sealed record ScenarioFilter(string? Text, string? Grade, string? Change, string? Sort, string? Direction)
{
    /// <summary>What <see cref="Change"/> may say, with its words.</summary>
    public static IReadOnlyList<(string Value, Bilingual Name)> Changes { get; } =
    [
        ("any", new("金额有变", "another amount")), ("more", new("金额增加", "a greater amount")),
        ("less", new("金额减少", "a smaller amount")), ("grade", new("等次有变", "another grade")),
    ];

    /// <summary>Whether anything is left out.</summary>
    public bool IsNarrow => !string.IsNullOrWhiteSpace(Text) || !string.IsNullOrEmpty(Grade) || !string.IsNullOrEmpty(Change);

    /// <summary>The order in force.</summary>
    public string Order => Sort is "unit" or "now" || Scenario is not null ? Sort! : "rank";

    /// <summary>Whether the order is turned round.</summary>
    public bool Descending => Direction == "desc";

    private int? Scenario => int.TryParse(Sort, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= AskedScenario.Most ? number : null;

    /// <summary>The same filter, ordered by a column; asked a second time it turns round.</summary>
    public ScenarioFilter SortedBy(string column)
    {
        // Amounts and differences are asked for from the top first.
        var first = column is "rank" or "unit" ? null : "desc";
        var turned = first is null ? "desc" : null;
        return this with { Sort = column, Direction = Order == column && Direction == first ? turned : first };
    }

    /// <summary>The parts of the address.</summary>
    public IEnumerable<KeyValuePair<string, string>> Query(int page = 1)
    {
        if (!string.IsNullOrWhiteSpace(Text)) yield return new("q", Text);
        if (!string.IsNullOrEmpty(Grade)) yield return new("grade", Grade);
        if (!string.IsNullOrEmpty(Change)) yield return new("change", Change);
        if (Order != "rank" || Descending) yield return new("sort", Order);
        if (Descending) yield return new("dir", "desc");
        if (page > 1) yield return new("p", page.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The rows asked for, in the order asked for.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="numbers">The numbers of the scenarios, in the order of the rows' scenarios.</param>
    /// <param name="wording">The reader's language.</param>
    public IReadOnlyList<ScenarioRow> Apply(IReadOnlyList<ScenarioRow> rows, IReadOnlyList<int> numbers, Wording wording)
    {
        var kept = rows.Where(Keeps);
        var place = Scenario is { } number ? numbers.ToList().IndexOf(number) : -1;
        return Order switch
        {
            "unit" => Sorted(kept, row => wording[row.Name], StringComparer.Ordinal),
            "now" => Sorted(kept, row => row.Amount),
            _ when place >= 0 => Sorted(kept, row => row.Scenarios[place].Difference),
            _ => Sorted(kept, row => row.Rank ?? int.MaxValue),
        };
    }

    private bool Keeps(ScenarioRow row) =>
        (string.IsNullOrWhiteSpace(Text)
            || row.Name.Zh.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)
            || row.Name.En.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase)
            || row.Unit.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase))
        && (string.IsNullOrEmpty(Grade) || row.Scenarios.Select(unit => unit.Grade).Append(row.Grade)
            .Any(grade => Grade == RankingFilter.WithoutGrade ? grade is null : grade == Grade))
        && (Change switch
        {
            "any" => row.Scenarios.Any(unit => unit.Difference != Money.Zero),
            "more" => row.Scenarios.Any(unit => unit.Difference > Money.Zero),
            "less" => row.Scenarios.Any(unit => unit.Difference < Money.Zero),
            "grade" => row.Scenarios.Any(unit => unit.Grade != row.Grade),
            _ => true,
        });

    private IReadOnlyList<ScenarioRow> Sorted<T>(
        IEnumerable<ScenarioRow> rows, Func<ScenarioRow, T> key, IComparer<T>? comparer = null)
    {
        var ordered = Descending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);
        return [.. ordered.ThenBy(row => row.Rank ?? int.MaxValue).ThenBy(row => row.Unit, StringComparer.Ordinal)];
    }
}
