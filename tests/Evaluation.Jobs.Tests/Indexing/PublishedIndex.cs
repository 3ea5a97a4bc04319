using System.Globalization;
using Evaluation.Jobs.Indexing;
using Evaluation.Rules.Index;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Indexing;

/// <summary>The published example of a composite index (COINr's ASEM: 51 units, 49 indicators), where it is at hand.</summary>
internal static class PublishedIndex
{
    public const double Tolerance = 1e-10;

    public static string? PathOf(string file, ITestOutputHelper output)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "shared", "data", "coinr-asem", file);
            if (File.Exists(path)) return path;
        }

        output.WriteLine($"skipped: ../shared/data/coinr-asem/{file} is not there");
        return null;
    }

    public static CompositeIndex? Build(ITestOutputHelper output, IndexSpecification? specification = null)
    {
        if (PathOf("00_iMeta_framework.csv", output) is not { } path) return null;
        var framework = IndexFiles.Framework(path);
        var data = IndexFiles.Data(PathOf("00_iData_raw.csv", output)!, framework);
        data.Unused.ShouldBeEmpty();
        return CompositeIndex.Build(framework, data.Data, specification ?? new IndexSpecification());
    }

    /// <summary>A published table: cells by the first column and by name; NaN for NA.</summary>
    public static Dictionary<string, Dictionary<string, string>> Table(string file, ITestOutputHelper output)
    {
        var lines = File.ReadLines(PathOf(file, output)!).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray()).ToList();
        return lines.Skip(1).ToDictionary(
            row => row[0],
            row => lines[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    public static double Number(string cell) =>
        cell switch
        {
            "" or "NA" => double.NaN,
            "Inf" => double.PositiveInfinity,
            _ => double.Parse(cell, CultureInfo.InvariantCulture),
        };

    /// <summary>Every published cell of every unit stands in our table, and no unit more.</summary>
    public static void ShouldBe(
        this IndexTable table, string file, ITestOutputHelper output, params (string Unit, string Code)[] except)
    {
        var published = Table(file, output);
        table.Units.ShouldBe(published.Keys, ignoreOrder: true);
        for (var unit = 0; unit < table.Units.Count; unit++)
        {
            foreach (var (code, cell) in published[table.Units[unit]].Where(cell => cell.Key != "uCode"))
            {
                if (except.Contains((table.Units[unit], code))) continue;
                ShouldBe(table[code][unit], Number(cell), $"{file}: {code} of {table.Units[unit]}");
            }
        }
    }

    public static void ShouldBe(double ours, double published, string where)
    {
        if (double.IsNaN(published)) double.IsNaN(ours).ShouldBeTrue(where);
        else if (double.IsInfinity(published)) ours.ShouldBe(published, where);
        else ours.ShouldBe(published, Tolerance * Math.Max(1, Math.Abs(published)), where);
    }
}
