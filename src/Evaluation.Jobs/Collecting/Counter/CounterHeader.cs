using System.Globalization;
using System.Text.Json;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>What a source says about its answer (SUSHI exception).</summary>
internal sealed record CounterException(string Code, string Message)
{
    public override string ToString() => $"{Code} {Message}".Trim();
}

/// <summary>
/// The header of a report in any of its spellings: an object <c>report-header</c> or <c>report_header</c>, or the same
/// fields at the top; the period in <c>reporting-period</c> or in <c>report-filters</c>.
/// </summary>
/// <param name="Release">Release code, lower case.</param>
/// <param name="CreatedBy">Who made the report: the repository.</param>
/// <param name="Created">When, or null when the report does not say.</param>
/// <param name="Period">Reporting period, or null when none can be read.</param>
/// <param name="Exceptions">What the source says about its answer.</param>
internal sealed record CounterHeader(
    string Release, string CreatedBy, DateOnly? Created, Period? Period, IReadOnlyList<CounterException> Exceptions)
{
    /// <summary>The exception that says that the data do not cover the whole period.</summary>
    private const string PartialData = "3040";

    /// <summary>Parts of the report that were refused: what is left does not cover everything either.</summary>
    public bool LacksParts { get; init; }

    public bool SaysPartial => Exceptions.Any(exception => exception.Code == PartialData);

    public bool IsPartial => SaysPartial || LacksParts;

    public static CounterHeader Of(IReadOnlyDictionary<string, JsonElement> fields)
    {
        var all = new Dictionary<string, JsonElement>(fields, StringComparer.Ordinal);
        if (fields.TryGetValue("report-header", out var header) && header.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in header.EnumerateObject()) all[Spelling.Of(property.Name)] = property.Value;
        }

        return new CounterHeader(
            Spelling.Text(all, "release").ToLowerInvariant(),
            Spelling.Text(all, "created-by").Trim(),
            DayIn(Spelling.Text(all, "created")),
            ReportingPeriod(all) ?? FilterPeriod(all),
            ExceptionsOf(all));
    }

    /// <summary>A period of a report: both days belong to it.</summary>
    public static Period? PeriodOf(string begin, string end) =>
        Day(begin) is { } from && Day(end) is { } to && to >= from ? new Period(from, to.AddDays(1)) : null;

    /// <summary>The day of a time stamp, or null.</summary>
    public static DateOnly? DayIn(string text) => text.Length >= 10 ? Day(text[..10]) : null;

    private static Period? ReportingPeriod(Dictionary<string, JsonElement> all) =>
        all.TryGetValue("reporting-period", out var period) && period.ValueKind == JsonValueKind.Object
            ? PeriodOf(Spelling.Text(period, "begin-date"), Spelling.Text(period, "end-date"))
            : null;

    private static Period? FilterPeriod(Dictionary<string, JsonElement> all)
    {
        if (!all.TryGetValue("report-filters", out var filters) || filters.ValueKind != JsonValueKind.Array) return null;
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var filter in filters.EnumerateArray())
        {
            byName[Spelling.Of(Spelling.Text(filter, "name"))] = Spelling.Text(filter, "value");
        }

        return PeriodOf(byName.GetValueOrDefault("begin-date", ""), byName.GetValueOrDefault("end-date", ""));
    }

    /// <summary>A list of them, a single one, or, in an answer that is nothing else, code and message at the top.</summary>
    private static List<CounterException> ExceptionsOf(Dictionary<string, JsonElement> all)
    {
        var found = new List<CounterException>();
        foreach (var name in new[] { "exceptions", "exception" })
        {
            if (!all.TryGetValue(name, out var given)) continue;
            if (given.ValueKind == JsonValueKind.Array) found.AddRange(given.EnumerateArray().Select(Exception));
            if (given.ValueKind == JsonValueKind.Object) found.Add(Exception(given));
        }

        if (all.ContainsKey("code") && all.ContainsKey("message"))
        {
            found.Add(new CounterException(Spelling.Text(all, "code"), Spelling.Text(all, "message")));
        }

        // One producer writes an empty exception where there is none.
        return [.. found.Where(exception => exception.ToString().Length > 0)];
    }

    private static CounterException Exception(JsonElement one) =>
        new(Spelling.Text(one, "code"), Spelling.Text(one, "message"));

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
