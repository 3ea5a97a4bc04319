using System.Globalization;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// A tab-separated report: seven lines of header (<c>Report_Name … Created_By</c>), a blank line, the names of the
/// columns, then one row a dataset, access method, metric and country. The rows of a dataset stand together. The volume
/// is a column here; in JSON it is a metric of its own.
/// </summary>
internal sealed class CounterTsv(RecognisedFile file) : ICounterLayout
{
    public const string FirstWord = "Report_Name\t";

    public CounterOutline Outline()
    {
        using var lines = new Lines(file);
        var header = lines.Header();
        CounterRefusals.CheckRelease(file, header);
        var columns = new Columns(lines.Next() ?? [], file.Name, lines.Number);
        var (ids, repeated) = (new HashSet<UInt128>(), new HashSet<UInt128>());
        var before = "";
        while (lines.Next() is { } row)
        {
            var id = columns.IdOf(row);
            if (id == before) continue;
            before = id;
            if (!ids.Add(CounterDataset.HashOf(id))) repeated.Add(CounterDataset.HashOf(id));
        }

        return new CounterOutline(header, ids.Count, repeated, new Dictionary<int, Storage.RejectedCell>());
    }

    public IEnumerable<CounterDataset> Datasets(CounterOutline outline)
    {
        using var lines = new Lines(file);
        lines.Header();
        var columns = new Columns(lines.Next() ?? [], file.Name, lines.Number);
        CounterDataset? dataset = null;
        while (lines.Next() is { } row)
        {
            var id = columns.IdOf(row);
            if (dataset is not null && dataset.Id != id) yield return dataset.Checked();
            if (dataset is null || dataset.Id != id) dataset = new CounterDataset(id, columns.HasPlaceholder(row));
            columns.Read(row, lines.Number, outline.Header.Period, dataset);
        }

        if (dataset is not null) yield return dataset.Checked();
    }

    /// <summary>The lines of the file; cells are not quoted in this layout, unless a spreadsheet saved it.</summary>
    private sealed class Lines(RecognisedFile file) : IDisposable
    {
        private readonly StreamReader reader = TextEncoding.Open(file.Path, file.Profile.Encoding);

        public int Number { get; private set; }

        /// <summary>The header: everything before the blank line.</summary>
        public CounterHeader Header()
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            while (Line() is { Length: > 0 } cells && cells[0].Length > 0)
            {
                fields[Spelling.Of(cells[0])] = cells.ElementAtOrDefault(1) ?? "";
            }

            var period = fields.GetValueOrDefault("reporting-period", "").Split(" to ");
            return new CounterHeader(
                fields.GetValueOrDefault("release", "").ToLowerInvariant(),
                fields.GetValueOrDefault("created-by", ""),
                CounterHeader.DayIn(fields.GetValueOrDefault("created", "")),
                period is [var begin, var end] ? CounterHeader.PeriodOf(begin.Trim(), end.Trim()) : null,
                [.. fields.GetValueOrDefault("exceptions", "")
                    .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(text => text.Split(':', 2, StringSplitOptions.TrimEntries))
                    .Select(pair => new CounterException(pair[0], pair.ElementAtOrDefault(1) ?? ""))]);
        }

        /// <summary>The next line with anything on it.</summary>
        public string[]? Next()
        {
            while (Line() is { } cells)
            {
                if (cells.Any(cell => cell.Length > 0)) return cells;
            }

            return null;
        }

        public void Dispose() => reader.Dispose();

        private string[]? Line()
        {
            if (reader.ReadLine() is not { } line) return null;
            Number++;
            return [.. line.Split('\t').Select(Bare)];
        }

        private static string Bare(string cell)
        {
            var text = cell.Trim();
            return text.Length > 1 && text.StartsWith('"') && text.EndsWith('"')
                ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal)
                : text;
        }
    }

    /// <summary>Where the columns stand, and what a row says by them.</summary>
    private sealed class Columns
    {
        private readonly Dictionary<string, int> places;
        private readonly List<(int Place, Period Month)> months = [];

        public Columns(string[] names, string fileName, int line)
        {
            places = names.Select((name, place) => (Name: Spelling.Of(name), Place: place))
                .Where(column => column.Name.Length > 0)
                .DistinctBy(column => column.Name, StringComparer.Ordinal)
                .ToDictionary(column => column.Name, column => column.Place, StringComparer.Ordinal);
            string[] needed = ["doi", "metric-type", "reporting-period-total"];
            var missing = needed.Where(name => !places.ContainsKey(name)).ToList();
            if (missing.Count > 0)
            {
                throw new ImportException(
                    $"{fileName} 第 {line} 行不是 RD1 数据集报告的表头：缺少 {string.Join("、", missing)}。请取得 RD1 报告的制表符文本。",
                    $"{fileName}, line {line}: this is not the column row of an RD1 dataset report: "
                    + $"{string.Join(", ", missing)} is missing. Fetch the tab-separated text of the RD1 report.");
            }

            for (var place = 0; place < names.Length; place++)
            {
                if (!DateOnly.TryParseExact(
                        names[place], "MMM-yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)) continue;
                months.Add((place, new Period(month, month.AddMonths(1))));
            }
        }

        public string IdOf(string[] row) =>
            CounterDataset.Normal(Cell(row, "doi") is { Length: > 0 } doi ? doi : Cell(row, "other-id"));

        public bool HasPlaceholder(string[] row) =>
            CounterDataset.IsPlaceholder(Cell(row, "publisher")) || CounterDataset.IsPlaceholder(Cell(row, "publisher-id"));

        public void Read(string[] row, int line, Period? period, CounterDataset dataset)
        {
            if (dataset.Id.Length == 0)
            {
                dataset.Reject(Address("doi", line), "",
                    "数据集没有标识。请在来源处补上 DOI。", "The dataset has no id. Have its DOI added at the source.");
                return;
            }

            if (period is null && months.Count == 0)
            {
                dataset.Reject(Address("reporting-period-total", line), "",
                    "报告头没有有效的期间（Reporting_Period）。请在来源处更正。",
                    "The header gives no valid period (Reporting_Period). Have it corrected at the source.");
                return;
            }

            // Where a report lists months, they say more than their total.
            foreach (var (place, month) in months) Take(row, line, place, month, "", dataset);
            if (months.Count == 0) Take(row, line, places["reporting-period-total"], period!, "", dataset);
            if (period is not null && Cell(row, "reporting-period-volume").Length > 0)
            {
                Take(row, line, places["reporting-period-volume"], period, "-size", dataset);
            }
        }

        private void Take(string[] row, int line, int place, Period period, string what, CounterDataset dataset)
        {
            var text = row.ElementAtOrDefault(place) ?? "";
            var number = decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? count
                : (decimal?)null;
            if (text.Length == 0 && months.Count > 0) return;
            dataset.Take(new CounterCount(
                $"{CsvHeader.Letter(place)}{line}", period, Cell(row, "metric-type") + what, Cell(row, "access-method"),
                Cell(row, "country"), number, text, CountriesDisagree: false));
        }

        private string Cell(string[] row, string name) =>
            places.TryGetValue(name, out var place) ? row.ElementAtOrDefault(place) ?? "" : "";

        private string Address(string name, int line) => $"{CsvHeader.Letter(places[name])}{line}";
    }
}
