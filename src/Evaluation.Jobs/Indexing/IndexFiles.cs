using System.Globalization;
using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Indexing;

/// <summary>The outputs of a Sobol design.</summary>
/// <param name="Factors">Names of the factors, in the order of the columns.</param>
/// <param name="Outputs">The outputs, in the order A, B, AB₁ … AB_d.</param>
public sealed record DesignOutputs(IReadOnlyList<string> Factors, double[] Outputs);

/// <summary>The data of an index as a file gives them.</summary>
/// <param name="Data">The data.</param>
/// <param name="Unused">Columns the framework says nothing of; they take no part.</param>
public sealed record IndexDataFile(IndexData Data, IReadOnlyList<string> Unused);

/// <summary>Reads the files of an index: framework, data, weight sets, designs; the column names are COINr's.</summary>
public static class IndexFiles
{
    private const string UnitColumn = "uCode";
    private const string NameColumn = "uName";
    private const string TimeColumn = "Time";

    /// <summary>The framework: <c>iCode, Type, Level, Parent, Direction, Weight</c> and, where given, <c>iName, Unit,
    /// Denominator</c>.</summary>
    /// <exception cref="IndexInputException">Something in it is wrong; names line and column.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IndexFramework Framework(string path)
    {
        var csv = IndexCsv.Read(path, "iCode", "Type", "Level", "Parent", "Direction", "Weight");
        var rows = Enumerable.Range(0, csv.Count).Select(row => Row(csv, row)).ToList();
        csv.RefuseIfWrong();
        return IndexFramework.Of(path, rows);
    }

    /// <summary>The data: <c>uCode</c>, where given <c>uName</c>, and a column a code of the framework; NA or nothing is a
    /// missing value. Units come out in ordinal order of their codes.</summary>
    /// <exception cref="IndexInputException">Something in it is wrong; names line and column.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IndexDataFile Data(string path, IndexFramework framework)
    {
        var csv = IndexCsv.Read(path, [UnitColumn, .. framework.Indicators.Select(row => row.Code)]);
        var order = Units(csv);
        var indicators = framework.Indicators.Select(row => KeyValuePair.Create(row.Code, Numbers(csv, row.Code, order))).ToList();
        var divisors = framework.Indicators.Select(row => row.Denominator).OfType<string>().Distinct().Where(csv.Has)
            .ToDictionary(code => code, code => Numbers(csv, code, order));
        var groups = framework.Of(FrameworkRowType.Group).Select(row => row.Code).Where(csv.Has)
            .ToDictionary(code => code, code => order.Select(row => csv.Word(row, code)).ToArray());
        csv.RefuseIfWrong();
        var names = order.Select(row => csv.Word(row, NameColumn) ?? csv.Text(row, UnitColumn));
        var unused = csv.Header.Where(column => !framework.Has(column) && column is not (UnitColumn or NameColumn or TimeColumn));
        var units = order.Select(row => csv.Text(row, UnitColumn)).ToList();
        return new(new IndexData(new IndexTable(units, indicators), [.. names], divisors, groups), [.. unused]);
    }

    /// <summary>Sets of weights: <c>rep, iCode, Weight</c>; a file without <c>rep</c> is one set.</summary>
    /// <exception cref="IndexInputException">Something in it is wrong; names line and column.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<WeightSet> WeightSets(string path)
    {
        var csv = IndexCsv.Read(path, "iCode", "Weight");
        var sets = new List<(string Id, Dictionary<string, double> Weights)>();
        var byId = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        for (var row = 0; row < csv.Count; row++)
        {
            var id = csv.Has("rep") ? csv.Text(row, "rep") : "1";
            if (!byId.TryGetValue(id, out var weights))
            {
                byId[id] = weights = new(StringComparer.Ordinal);
                sets.Add((id, weights));
            }

            var (code, weight) = (csv.Text(row, "iCode"), csv.NeededNumber(row, "Weight"));
            if (weight < 0) csv.Problems.Add(new(csv.LineOf(row), "Weight", "a weight is below 0", "correct it"));
            if (!weights.TryAdd(code, weight))
            {
                csv.Problems.Add(new(csv.LineOf(row), "iCode", $"{code} stands twice in the set {id}", "keep one of the two rows"));
            }
        }

        if (csv.Count == 0) csv.Problems.Add(new(0, "", "the file has no weights", "add rows: rep, iCode, Weight"));
        csv.RefuseIfWrong();
        return [.. sets.Select(set => new WeightSet(set.Id, set.Weights))];
    }

    /// <summary>A Saltelli design with outputs: one column a factor, the last column the output.</summary>
    /// <exception cref="IndexInputException">Something in it is wrong; names line and column.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DesignOutputs Design(string path)
    {
        var csv = IndexCsv.Read(path);
        var factors = csv.Header.Count - 1;
        var outputs = Enumerable.Range(0, csv.Count).Select(row => csv.NeededNumber(row, csv.Header[factors])).ToArray();
        if (factors < 2)
        {
            csv.Problems.Add(new(1, "", "a design has at least two factors and an output", "one column a factor, the output last"));
        }
        else if (csv.Count % (factors + 2) != 0 || csv.Count < 2 * (factors + 2))
        {
            csv.Problems.Add(new(0, "", string.Create(CultureInfo.InvariantCulture,
                $"{csv.Count} rows are no design of {factors} factors"),
                string.Create(CultureInfo.InvariantCulture, $"N(d + 2) rows are needed: a multiple of {factors + 2}, at least twice")));
        }

        csv.RefuseIfWrong();
        return new([.. csv.Header.Take(factors)], outputs);
    }

    private static FrameworkRow Row(IndexCsv csv, int row)
    {
        var type = csv.Text(row, "Type");
        if (!Enum.TryParse<FrameworkRowType>(type, out var known) || !Enum.IsDefined(known) || char.IsAsciiDigit(type[0]))
        {
            csv.Problems.Add(new(csv.LineOf(row), "Type", $"'{type}' is no type of a row",
                $"write one of {string.Join(", ", Enum.GetNames<FrameworkRowType>())}"));
        }

        var code = csv.Text(row, "iCode");
        var plain = new FrameworkRow(code, csv.Word(row, "iName") ?? code, known)
        {
            Unit = csv.Word(row, "Unit") ?? "",
            Line = csv.LineOf(row),
        };
        if (known is not (FrameworkRowType.Indicator or FrameworkRowType.Aggregate)) return plain;
        return plain with
        {
            Level = Whole(csv, row, "Level"),
            Direction = Whole(csv, row, "Direction"),
            Weight = csv.NeededNumber(row, "Weight"),
            Parent = csv.Word(row, "Parent"),
            Denominator = csv.Word(row, "Denominator"),
        };
    }

    private static int Whole(IndexCsv csv, int row, string column)
    {
        var text = csv.Text(row, column);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
        csv.Problems.Add(new(csv.LineOf(row), column, $"'{text}' is no whole number", "write 1, 2, … (Direction: 1 or -1)"));
        return 0;
    }

    private static int[] Units(IndexCsv csv)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < csv.Count; row++)
        {
            var unit = csv.Text(row, UnitColumn);
            if (unit.Length == 0) csv.Problems.Add(new(csv.LineOf(row), UnitColumn, "the row names no unit", "add its code"));
            else if (!seen.Add(unit))
            {
                csv.Problems.Add(new(csv.LineOf(row), UnitColumn, $"the unit {unit} stands twice", "keep one of the two rows"));
            }
        }

        return [.. Enumerable.Range(0, csv.Count).OrderBy(row => csv.Text(row, UnitColumn), StringComparer.Ordinal)];
    }

    private static double[] Numbers(IndexCsv csv, string column, int[] order) => Array.ConvertAll(order, row => csv.Number(row, column));
}
