using System.Globalization;
using System.Text.Json;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// The header of a report in any of its spellings: an object <c>report-header</c> or <c>report_header</c>, or the same
/// fields at the top; the period in <c>reporting-period</c> or in <c>report-filters</c>.
/// </summary>
/// <param name="Release">Release code, lower case.</param>
/// <param name="CreatedBy">Who made the report: the repository.</param>
/// <param name="Period">Reporting period, or null when none can be read.</param>
/// <param name="Exceptions">Codes with their messages.</param>
internal sealed record CounterHeader(
    string Release, string CreatedBy, Period? Period, IReadOnlyList<(string Code, string Message)> Exceptions)
{
    /// <summary>The exception that says that the data do not cover the whole period.</summary>
    private const string PartialData = "3040";

    public bool IsPartial => Exceptions.Any(exception => exception.Code == PartialData);

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
            ReportingPeriod(all) ?? FilterPeriod(all),
            ExceptionsOf(all));
    }

    /// <summary>A period of a report: both days belong to it.</summary>
    public static Period? PeriodOf(string begin, string end) =>
        Day(begin) is { } from && Day(end) is { } to && to >= from ? new Period(from, to.AddDays(1)) : null;

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

    private static List<(string, string)> ExceptionsOf(Dictionary<string, JsonElement> all) =>
        all.TryGetValue("exceptions", out var exceptions) && exceptions.ValueKind == JsonValueKind.Array
            ? exceptions.EnumerateArray().Select(one => (Spelling.Text(one, "code"), Spelling.Text(one, "message"))).ToList()
            : [];

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
