using System.Globalization;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>
/// Sheets that show the same figures from another side (<c>reconcile</c>): who gave, who received. They are never added
/// to the sheet that is read; their totals by unit must be the same.
/// </summary>
internal sealed class OtherViews(RecognisedFile file, Func<RecognisedFile, IEnumerable<Collected>> read)
{
    public const string Option = "reconcile";

    /// <summary>On every figure of a unit whose totals differ between the sheets.</summary>
    public const string Flag = "sheets-disagree";

    /// <summary>
    /// How far totals may be apart, as sums of fractions in a spreadsheet are; without it they must be equal.
    /// </summary>
    public const string ToleranceOption = "tolerance";

    /// <summary>Units whose totals differ, and what there is to say about it.</summary>
    public (HashSet<string> Units, List<Bilingual> Notes) Compare()
    {
        var names = file.Profile.Options[Option].Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var units = new HashSet<string>(StringComparer.Ordinal);
        var tolerance = Tolerance();
        var own = Totals(file);
        var said = string.Join(", ", names);
        var notes = new List<Bilingual>
        {
            new($"{file.Name}：工作表 {said} 是同一批数据的另一种列法，只用于核对合计，未重复计入",
                $"{file.Name}: the sheets {said} show the same figures from another side; their totals were compared, nothing "
                + "was added twice."),
        };
        foreach (var name in names)
        {
            var other = Totals(Reading(name));
            foreach (var (unit, metric) in own.Keys.Union(other.Keys).Order())
            {
                var (here, there) = (own.GetValueOrDefault((unit, metric)), other.GetValueOrDefault((unit, metric)));
                if (Math.Abs(here - there) <= tolerance) continue;
                units.Add(unit);
                notes.Add(new Bilingual(
                    $"{file.Name}：{unit} 的合计不一致：本表 {Number(here)}，工作表 {name} {Number(there)}",
                    $"{file.Name}: the totals of {unit} differ: {Number(here)} on the sheet that is read, {Number(there)} on "
                    + $"{name}."));
            }
        }

        return (units, notes);
    }

    /// <summary>The other sheet, of which only unit and figures are looked at.</summary>
    private RecognisedFile Reading(string sheet) => file with
    {
        Profile = file.Profile with
        {
            Columns = file.Profile.Columns.Where(role => role.Key is "unit" or "category").ToDictionary(),
            Dimensions = new Dictionary<string, string>(),
            Where = new Dictionary<string, string>(),
            Options = new Dictionary<string, string>(file.Profile.Options) { [Table.SheetOption] = sheet },
        },
    };

    private Dictionary<(string Unit, string Metric), decimal> Totals(RecognisedFile view)
    {
        var totals = new Dictionary<(string, string), decimal>();
        foreach (var one in read(view).OfType<CollectedObservation>().Select(one => one.Observation))
        {
            var key = (one.Unit, one.Metric);
            totals[key] = totals.GetValueOrDefault(key) + (one.Value ?? 0);
        }

        return totals;
    }

    private decimal Tolerance() =>
        !file.Profile.Options.TryGetValue(ToleranceOption, out var text) ? 0
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var tolerance) ? tolerance
        : throw new ImportException(
            $"导入配置 imports/{file.Profile.Id}.yaml 的 tolerance“{text}”不是数值。",
            $"tolerance '{text}' in imports/{file.Profile.Id}.yaml is not a number.");

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
