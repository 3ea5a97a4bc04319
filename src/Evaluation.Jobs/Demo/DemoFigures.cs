using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;

namespace Evaluation.Jobs.Demo;

/// <summary>A distribution by its quartiles; draws lie on straight lines between them.</summary>
internal sealed record Quartiles(decimal Q0, decimal Q25, decimal Q50, decimal Q75, decimal Q100)
{
    public decimal At(decimal share) => share switch
    {
        < 0.25m => Between(Q0, Q25, share * 4),
        < 0.5m => Between(Q25, Q50, (share - 0.25m) * 4),
        < 0.75m => Between(Q50, Q75, (share - 0.5m) * 4),
        _ => Between(Q75, Q100, (share - 0.75m) * 4),
    };

    private static decimal Between(decimal low, decimal high, decimal share) => low + (high - low) * share;
}

/// <summary>A figure of instruments, with the published mean it is calibrated on, where there is one.</summary>
internal sealed record InstrumentFigure(string Figure, Quartiles Quartiles, decimal? Mean);

/// <summary>
/// A figure that units report. <paramref name="Of"/> names the metric it is a share of; an answer has the share of
/// units that say yes by quality.
/// </summary>
internal sealed record UnitFigure(
    string Category, string Metric, string UnitOfMeasure, int Decimals, string? Of, Quartiles Quartiles)
{
    public bool IsAnswer => UnitOfMeasure == "answer";
}

/// <summary>How much is generated.</summary>
public sealed record DemoScale(
    string Name, int InstrumentUnits, int Instruments, int ServiceRecords, int DataUnits, int BioUnits)
{
    /// <summary>The names of all scales, smallest first.</summary>
    public static IReadOnlyList<string> Names => [.. DemoFigures.Scales.Select(scale => scale.Name)];

    public static DemoScale Named(string name) =>
        DemoFigures.Scales.FirstOrDefault(scale => scale.Name == name)
        ?? throw new ArgumentException($"there is no scale '{name}': use one of {string.Join(", ", Names)}");
}

/// <summary>
/// The tables behind the generated population: sizes, quartiles and published means, each with its source.
/// They lie beside the code as CSV so that anybody can read what the invented figures rest on.
/// </summary>
internal static class DemoFigures
{
    public static IReadOnlyList<DemoScale> Scales { get; } = Rows("scales", row => new DemoScale(
        row.GetString("scale"),
        row.Parse<int>("instrument_units"),
        row.Parse<int>("instruments"),
        row.Parse<int>("service_records"),
        row.Parse<int>("data_units"),
        row.Parse<int>("bio_units")));

    public static IReadOnlyDictionary<string, InstrumentFigure> Instruments { get; } =
        Rows("instruments", row => new InstrumentFigure(
            row.GetString("figure"), QuartilesOf(row), row.GetString("mean") is { Length: > 0 } mean ? Number(mean) : null))
        .ToDictionary(figure => figure.Figure, StringComparer.Ordinal);

    public static IReadOnlyList<UnitFigure> Units { get; } = Rows("unit_metrics", row => new UnitFigure(
        row.GetString("category"),
        row.GetString("metric"),
        row.GetString("unit_of_measure"),
        row.GetString("decimals") is { Length: > 0 } decimals ? (int)Number(decimals) : 0,
        row.GetString("of") is { Length: > 0 } of ? of : null,
        QuartilesOf(row)));

    public static IReadOnlyList<Rules.Bilingual> Provinces { get; } =
        Rows("provinces", row => new Rules.Bilingual(row.GetString("zh"), row.GetString("en")));

    public static IReadOnlyList<string> InstrumentNames { get; } =
        Rows("instrument_names", row => row.GetString("zh"));

    /// <summary>Changes when a table changes, so that a folder generated from older tables is generated anew.</summary>
    public static string Version { get; } = VersionOfTables();

    /// <summary>Goes up when the same tables give other files.</summary>
    private const byte Generator = 2;

    private static Quartiles QuartilesOf(CsvReader row) => new(
        row.Parse<decimal>("q0"),
        row.Parse<decimal>("q25"),
        row.Parse<decimal>("q50"),
        row.Parse<decimal>("q75"),
        row.Parse<decimal>("q100"));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static List<T> Rows<T>(string table, Func<CsvReader, T> read)
    {
        using var csv = CsvReader.Create(Table(table), CsvReaderOptions.Default);
        var rows = new List<T>();
        while (csv.Read()) rows.Add(read(csv));
        return rows;
    }

    private static Stream Table(string table) =>
        typeof(DemoFigures).Assembly.GetManifestResourceStream($"Evaluation.Jobs.Demo.Figures.{table}.csv")
        ?? throw new InvalidOperationException($"The table Demo/Figures/{table}.csv is not embedded in the program.");

    private static string VersionOfTables()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData([Generator]);
        foreach (var table in new[] { "scales", "instruments", "unit_metrics", "provinces", "instrument_names" })
        {
            using var stream = Table(table);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            sha.AppendData(bytes.ToArray());
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset())[..12];
    }
}
