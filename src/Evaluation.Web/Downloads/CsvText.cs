using System.Globalization;
using System.Text;

namespace Evaluation.Web.Downloads;

/// <summary>A table as CSV (RFC 4180): UTF-8 with a mark so that spreadsheets read Chinese, and no cell that runs as a formula.</summary>
public static class CsvText
{
    /// <summary>The bytes of a table.</summary>
    public static byte[] Of(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows) text.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A number for machines: no separators, no decimals that are not there.</summary>
    public static string Number(decimal? number) =>
        number?.ToString("0.############################", CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Cell(string text)
    {
        // A leading minus stays: it is how negative numbers begin.
        var safe = text is ['=' or '@' or '+' or '\t', ..] ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
