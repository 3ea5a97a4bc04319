using System.Globalization;
using System.Text;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Demo;

/// <summary>
/// A folder of generated input files: the same scale, seed and period give the same bytes. Every row is written as it
/// is drawn, so that the size of a scale does not show in memory.
/// </summary>
public static class DemoFolder
{
    /// <summary>A folder of input files that holds this file is generated data, and everything made of it says so.</summary>
    public const string Marker = "GENERATED.md";

    private const int ExpertsAUnit = 5;
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);
    private static readonly UTF8Encoding Plain = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes the files of a scale and seed below <paramref name="parent"/> unless they are there already, complete.
    /// </summary>
    /// <returns>The folder with the files.</returns>
    public static string Write(
        string parent, DemoScale scale, long seed, Period period, Action<string>? progress = null,
        CancellationToken cancellation = default)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{scale.Name}-{seed}-{UnitReports.YearOf(period)}-{DemoFigures.Version}");
        var folder = Path.Combine(parent, name);
        if (File.Exists(Path.Combine(folder, Marker))) return folder;

        // Written beside and moved into place whole: a folder that exists is complete.
        Directory.CreateDirectory(parent);
        var draft = Path.Combine(parent, "." + name + "." + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(draft);
        try
        {
            WriteFiles(draft, scale, seed, period, progress, cancellation);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Move(draft, folder);
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }

        return folder;
    }

    private static void WriteFiles(
        string folder, DemoScale scale, long seed, Period period, Action<string>? progress, CancellationToken cancellation)
    {
        var population = new DemoPopulation(scale, seed, period);
        Table(folder, "units.csv", WithMark, "unit,name_zh,name_en,province_zh,province_en,category",
            population.Units.Select(unit =>
                $"{unit.Id},{unit.Name.Zh},{unit.Name.En},{unit.Province.Zh},{unit.Province.En},{unit.Category}"));
        Table(folder, "instruments.csv", Plain,
            "instrument,unit,name_zh,class,original_value_yuan,in_service_from,registered,registered_on,asset_no",
            population.Instruments.Select(InstrumentRow));
        Table(folder, "unit_metrics.csv", Plain, "unit,category,metric,value,unit_of_measure,period",
            UnitReports.Of(population).Select(figure =>
                $"{figure.Unit.Id},{figure.Unit.Category},{figure.Metric},{figure.Value},{figure.UnitOfMeasure},"
                + UnitReports.YearOf(period)));
        Table(folder, "panel_scores.csv", Plain, "unit,category,metric,expert,value,period", PanelRows(population));
        foreach (var unit in population.Units.Where(unit => unit.Category == "data"))
        {
            using var stream = File.Create(Path.Combine(folder, $"counter-{unit.Id}.json"));
            CounterReport.Write(stream, unit, population);
        }

        progress?.Invoke($"{scale.ServiceRecords.ToString("N0", CultureInfo.InvariantCulture)} service records");
        using (var records = File.Create(Path.Combine(folder, "service_records.csv"), 1 << 20))
        {
            new RecordRows(population).Write(records, cancellation);
        }

        File.WriteAllText(Path.Combine(folder, Marker), MarkerText(scale, seed), Plain);
    }

    private static void Table(string folder, string name, Encoding encoding, string head, IEnumerable<string> rows)
    {
        using var writer = new StreamWriter(Path.Combine(folder, name), append: false, encoding) { NewLine = "\n" };
        writer.WriteLine(head);
        foreach (var row in rows) writer.WriteLine(row);
    }

    private static string InstrumentRow(DemoInstrument instrument) => string.Create(
        CultureInfo.InvariantCulture,
        $"{instrument.Id},{instrument.Unit.Id},{instrument.NameZh},{(instrument.Special ? "special" : "general")},"
        + $"{instrument.OriginalValueYuan},{instrument.InServiceFrom:yyyy-MM-dd},{(instrument.Registered ? "true" : "false")},"
        + $"{instrument.RegisteredOn:yyyy-MM-dd},ZC-{instrument.Number:D6}");

    private static IEnumerable<string> PanelRows(DemoPopulation population)
    {
        var year = UnitReports.YearOf(population.Period);
        foreach (var unit in population.Units)
        {
            var random = population.Random.For("experts").For(unit.Id);
            var opinion = 4 + 5.5m * population.Standing(unit, "effect_scores");
            for (var expert = 1; expert <= ExpertsAUnit; expert++)
            {
                var score = Math.Clamp(Math.Round((opinion + random.Share(expert) * 2 - 1) * 2, MidpointRounding.ToEven) / 2, 0, 10);
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{unit.Id},{unit.Category},effect_scores.score,expert-{expert},{score:0.#},{year}");
            }
        }
    }

    private static string MarkerText(DemoScale scale, long seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        本文件夹中的全部数据均为程序生成的模拟数据（规模 {scale.Name}，种子 {seed}）；单位、仪器和用户均为虚构。

        All data in this folder are generated (scale {scale.Name}, seed {seed}); units, instruments and users are invented.

        """).ReplaceLineEndings("\n");
}
