using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>
/// Reads a CSV file by a mapping profile, row by row. A bad cell is refused by line and column with the reason; the
/// rest of the file goes in. A file whose header does not fit is refused whole.
/// </summary>
internal sealed class TabularReader(RecognisedFile file, RuleSet rules)
{
    private readonly MappingProfile profile = file.Profile;
    private readonly Dictionary<UInt128, int> firstLines = [];

    public static SourceFormat Csv { get; } =
        new("csv", [], LooksLikeOne: null, (file, rules) => new TabularReader(file, rules).Read());

    public IEnumerable<Collected> Read()
    {
        using var rows = new CsvRows(TextEncoding.Open(file.Path, profile.Encoding), profile.Delimiter, file.Name);
        var header = new CsvHeader(rows.Next(), profile, file.Name);
        var reading = new RowReading(file, rules, header);
        while (rows.Next() is { } row)
        {
            foreach (var collected in reading.Of(row)) yield return Repeated(collected, row) ?? collected;
        }
    }

    /// <summary>A reject in the place of what the file has said already on another line.</summary>
    private CollectedReject? Repeated(Collected collected, CsvRow row)
    {
        var key = collected switch
        {
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
