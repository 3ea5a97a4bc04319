using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>
/// Reads a CSV file or a sheet of a workbook by a mapping profile, row by row. A bad cell is refused by its place with
/// the reason; the rest of the file goes in. A file whose header does not fit is refused whole.
/// </summary>
internal sealed class TabularReader(RecognisedFile file, RuleSet rules)
{
    private readonly MappingProfile profile = file.Profile;
    private readonly Dictionary<UInt128, int> firstLines = [];
    private readonly bool addsRepeated = AddsRepeated(file.Profile);

    public static SourceFormat Csv { get; } =
        new("csv", [], LooksLikeOne: null, (file, rules) => new TabularReader(file, rules).Read())
        {
            Options = [RepeatedFigures.Option],
        };

    public static SourceFormat Xlsx { get; } =
        new(Table.Xlsx, ["xls", "excel"], LooksLikeOne: null, (file, rules) => new TabularReader(file, rules).Read())
        {
            Options =
            [
                Table.SheetOption, Table.HeaderRowOption, RepeatedFigures.Option, OtherViews.Option, OtherViews.ToleranceOption,
            ],
        };

    public IEnumerable<Collected> Read()
    {
        var rows = addsRepeated ? RepeatedFigures.Added(() => Rows(file)) : Rows(file);
        if (!profile.Options.ContainsKey(OtherViews.Option)) return rows;
        return Reconciled(rows);
    }

    private IEnumerable<Collected> Reconciled(IEnumerable<Collected> rows)
    {
        var (disagree, notes) = new OtherViews(
            file, view => new TabularReader(view, rules).Rows(view)).Compare();
        foreach (var note in notes) yield return new CollectedNote(note);
        foreach (var collected in rows)
        {
            if (collected is not CollectedObservation { Observation: var one } || !disagree.Contains(one.Unit))
            {
                yield return collected;
                continue;
            }

            yield return new CollectedFlag(OtherViews.Flag);
            yield return new CollectedObservation(
                one with { Flags = [.. one.Flags.Append(OtherViews.Flag).Order(StringComparer.Ordinal)] });
        }
    }

    private IEnumerable<Collected> Rows(RecognisedFile view)
    {
        firstLines.Clear();
        using var table = Table.Open(view);
        foreach (var note in table.Notes) yield return new CollectedNote(note);
        var reading = new RowReading(view, rules, table.Header);
        while (table.Next() is { } row)
        {
            foreach (var collected in reading.Of(row)) yield return Repeated(collected, row) ?? collected;
        }
    }

    private static bool AddsRepeated(MappingProfile profile) =>
        profile.Options.GetValueOrDefault(RepeatedFigures.Option, "refuse") switch
        {
            RepeatedFigures.Add => true,
            "refuse" => false,
            var other => throw new ImportException(
                $"导入配置 imports/{profile.Id}.yaml 的 duplicates“{other}”无效。请写 add 或 refuse。",
                $"duplicates '{other}' in imports/{profile.Id}.yaml is unknown. Write add or refuse."),
        };

    /// <summary>A reject in the place of what the file has said already on another line.</summary>
    private CollectedReject? Repeated(Collected collected, CsvRow row)
    {
        var key = collected switch
        {
            CollectedObservation when addsRepeated => null,
            CollectedObservation seen => "o|" + ObservationStore.NaturalKey(seen.Observation),
            CollectedServiceRecord seen => $"s|{seen.Record.Unit}|{seen.Record.Record}",
            CollectedResource seen => $"r|{seen.Resource.Category}|{seen.Resource.Unit}|{seen.Resource.Resource}",
            CollectedUnit seen => $"u|{seen.Unit.Category}|{seen.Unit.Unit}",
            _ => null,
        };
        if (key is null) return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        if (firstLines.TryAdd(BitConverter.ToUInt128(hash), row.Line)) return null;
        var first = firstLines[BitConverter.ToUInt128(hash)];
        // A unit's names may come with every row about it.
        if (collected is CollectedUnit && profile.Target != MappingTarget.Units) return null;
        return new CollectedReject(RowReading.Repeats(row, first));
    }
}
