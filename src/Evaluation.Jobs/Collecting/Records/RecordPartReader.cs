using System.Text;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Records;

/// <summary>
/// Reads a part of a file of service records. Rows in the commonest form are taken from their bytes; every other row is
/// handed to the reader of all tabular files, which takes it or refuses it and says why.
/// </summary>
internal sealed class RecordPartReader
{
    private const int MoneyPlaces = 2;
    private const int QuantityPlaces = 6;
    private const int LongestKind = 256;

    private readonly RecognisedFile file;
    private readonly MappingProfile profile;
    private readonly RowReading general;
    private readonly UnitCrosswalk crosswalk;
    private readonly RecordColumns columns;
    private readonly NameList unitNames = new();
    private readonly List<KnownUnit> units = [];
    private readonly NameList kindNames = new();
    private readonly List<RecordKindOrNone> kinds = [];
    private readonly List<RejectedCell> rejects = [];
    private readonly Dictionary<(string Category, string Alias), int> aliases = [];
    private readonly StagedRecords records = new();
    private int skipped;

    public RecordPartReader(RecognisedFile file, RuleSet rules, CsvHeader header)
    {
        this.file = file;
        profile = file.Profile;
        general = new RowReading(file, rules, header);
        crosswalk = new UnitCrosswalk(profile);
        columns = new RecordColumns(profile, header);
    }

    private sealed record KnownUnit(string Identity, ulong Key, NameList Resources, List<int> Places);

    private sealed record RecordKindOrNone(byte? Kind);

    /// <summary>Everything a part holds. A record it states twice counts as it stands first.</summary>
    /// <param name="part">Which.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="cancel">Stops the work.</param>
    public ReadPart Read(RecordPart part, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        records.Expect(part.Lines);
        using (var rows = new CsvRows(bytes, profile.Delimiter, file.Name, part.LinesBefore))
        {
            // The header is the first row that is not blank, and stands in the first part.
            if (part.Part == 1) rows.Next();
            for (var seen = 0; rows.Advance(); seen++)
            {
                if ((seen & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
                if (!TryFast(rows)) ReadGeneral(rows);
            }
        }

        var (keys, lines) = RefuseRepeats(bytes);
        return new ReadPart(records, rejects, keys, lines, skipped, aliases);
    }

    /// <summary>The first of two rows and the other, as the general reader sees them: whether they state one record.</summary>
    public RejectedCell? Repeats(CsvRow first, CsvRow other) =>
        RecordOf(first) is { } one && RecordOf(other) is { } two && (one.Unit, one.Record) == (two.Unit, two.Record)
            ? RowReading.Repeats(other, first.Line)
            : null;

    private ServiceRecord? RecordOf(CsvRow row) =>
        general.Of(row).OfType<CollectedServiceRecord>().Select(found => found.Record).FirstOrDefault();

    private bool TryFast(CsvRows rows)
    {
        if (columns.AreGeneral || rows.FieldCount != columns.Width || rows.BadQuotes) return false;
        foreach (var (place, value) in columns.Where)
        {
            if (!rows.Field(place).SequenceEqual(value)) return false;
        }

        if (!RecordCells.TryTime(rows.Field(columns.Start), out var start)) return false;
        var end = StagedRecord.Nothing;
        var endText = rows.Field(columns.End);
        if (!endText.IsEmpty && (!RecordCells.TryTime(endText, out end) || end <= start)) return false;
        if (!RecordCells.TryNumber(columns.Of(rows, columns.Fee), MoneyPlaces, out var fee)) return false;
        if (!RecordCells.TryScope(columns.Of(rows, columns.Scope), out var scope)) return false;
        if (!RecordCells.TryFlag(columns.Of(rows, columns.Related), out var related)) return false;
        if (!TryKind(rows, out var kind, out var quantity)) return false;
        var unitText = rows.Field(columns.Unit);
        var resourceText = rows.Field(columns.Resource);
        var record = rows.Field(columns.Record);
        if (unitText.IsEmpty || resourceText.IsEmpty || record.IsEmpty) return false;

        var unit = UnitOf(unitText, rows.Line);
        records.Add(new StagedRecord
        {
            Start = start,
            End = end,
            FeeFen = fee,
            QuantityMillionths = quantity,
            Key = RecordKey.Of(unit.Key, record),
            Line = rows.Line,
            At = rows.At,
            Resource = ResourceOf(unit, resourceText),
            User = records.TextAt(columns.Of(rows, columns.User)),
            Way = records.TextAt(columns.Of(rows, columns.Way)),
            Purpose = records.TextAt(columns.Of(rows, columns.Purpose)),
            Record = records.Keep(record),
            Invoice = records.Keep(columns.Of(rows, columns.Invoice)),
            Scope = (byte)scope,
            Kind = kind,
            Related = related,
        });
        return true;
    }

    private KnownUnit UnitOf(ReadOnlySpan<byte> text, int line)
    {
        var place = unitNames.At(text);
        if (place < units.Count) return units[place];
        var name = unitNames.Names[place];
        var identity = crosswalk.IdOf(name);
        Note(profile.Category, name, line);
        units.Add(new KnownUnit(identity, RecordKey.Of(0, Encoding.UTF8.GetBytes(identity)), new NameList(), []));
        return units[place];
    }

    private int ResourceOf(KnownUnit unit, ReadOnlySpan<byte> text)
    {
        var place = unit.Resources.At(text);
        if (place == unit.Places.Count)
        {
            unit.Places.Add(records.ResourceAt(profile.Category, unit.Identity, unit.Resources.Names[place]));
        }

        return unit.Places[place];
    }

    // The kind hangs on the unit of quantity, the way and whether there is a quantity: asked once for each of them.
    private bool TryKind(CsvRows rows, out byte kind, out long quantity)
    {
        kind = 0;
        var amount = columns.Of(rows, columns.Quantity);
        var unit = columns.Of(rows, columns.QuantityUnit);
        var way = columns.Of(rows, columns.Way);
        if (!RecordCells.TryNumber(amount, QuantityPlaces, out quantity)) return false;
        if (quantity > (long)int.MaxValue * (long)ServiceRecordStore.Millionths) return false;
        if (quantity == StagedRecord.Nothing && unit.IsEmpty && way.IsEmpty) return true;
        if (unit.Length + way.Length + 2 > LongestKind) return false;
        Span<byte> name = stackalloc byte[LongestKind];
        unit.CopyTo(name);
        way.CopyTo(name[(unit.Length + 1)..]);
        name[unit.Length] = (byte)'\n';
        name[unit.Length + way.Length + 1] = amount.IsEmpty ? (byte)'0' : (byte)'1';
        var place = kindNames.At(name[..(unit.Length + way.Length + 2)]);
        if (place == kinds.Count) kinds.Add(KindOf(unit, way, amount.IsEmpty));
        if (kinds[place].Kind is not { } known) return false;
        kind = known;
        return true;
    }

    private static RecordKindOrNone KindOf(ReadOnlySpan<byte> unit, ReadOnlySpan<byte> way, bool withoutQuantity)
    {
        try
        {
            var kind = CellText.KindOf("", TextOf(unit), TextOf(way), withoutQuantity ? null : 1);
            return new((byte)kind);
        }
        catch (CellException)
        {
            // The general reader says what is wrong with it, for every row that has it.
            return new(null);
        }
    }

    private static string? TextOf(ReadOnlySpan<byte> text) => text.IsEmpty ? null : Encoding.UTF8.GetString(text);

    private void ReadGeneral(CsvRows rows)
    {
        if (rows.Current() is not { } row) return;
        foreach (var collected in general.Of(row))
        {
            switch (collected)
            {
                case CollectedServiceRecord one:
                    records.Add(one.Record, rows.At);
                    break;
                case CollectedReject one:
                    rejects.Add(one.Cell);
                    break;
                case CollectedSkip:
                    skipped++;
                    break;
                case CollectedUnit one:
                    Note(one.Unit.Category, row.Fields[columns.Unit], row.Line);
                    break;
            }
        }
    }

    private void Note(string category, string name, int line)
    {
        if (!crosswalk.Knows(name)) return;
        var key = (category, UnitCrosswalk.Tidy(name));
        if (!aliases.TryGetValue(key, out var first) || line < first) aliases[key] = line;
    }

    private (ulong[] Keys, int[] Lines) RefuseRepeats(ReadOnlyMemory<byte> bytes)
    {
        var keys = new ulong[records.Records.Length];
        var places = new int[keys.Length];
        for (var place = 0; place < keys.Length; place++) (keys[place], places[place]) = (records.Records[place].Key, place);
        Array.Sort(keys, places);
        var firsts = new Dictionary<int, int>();
        foreach (var run in RecordKeys.Runs(keys)) FindRepeats(places[run], firsts);
        foreach (var (place, first) in firsts) rejects.Add(RowReading.Repeats(RowAt(place, bytes), LineAt(first)));
        var lines = Array.ConvertAll(places, LineAt);
        records.Remove(firsts.Keys.ToHashSet());
        return (keys, lines);
    }

    private CsvRow RowAt(int place, ReadOnlyMemory<byte> bytes)
    {
        using var rows = new CsvRows(bytes[records.Records[place].At..], profile.Delimiter, file.Name, LineAt(place) - 1);
        return rows.Next()!;
    }

    // Equal fingerprints are compared as texts: of those that state the same record the first stays.
    private void FindRepeats(int[] places, Dictionary<int, int> firsts)
    {
        Array.Sort(places);
        for (var later = 1; later < places.Length; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (firsts.ContainsKey(places[earlier]) || !AreOne(places[earlier], places[later])) continue;
                firsts.Add(places[later], places[earlier]);
                break;
            }
        }
    }

    private int LineAt(int place) => records.Records[place].Line;

    private bool AreOne(int one, int other)
    {
        ref readonly var first = ref records.Records[one];
        ref readonly var second = ref records.Records[other];
        return records.Resources[first.Resource].Unit == records.Resources[second.Resource].Unit
            && records.Bytes(first.Record).SequenceEqual(records.Bytes(second.Record));
    }

    /// <summary>Some rows of a part, in their order.</summary>
    public IEnumerable<CsvRow> Rows(ReadOnlyMemory<byte> bytes, RecordPart part, IReadOnlySet<int> lines)
    {
        using var rows = new CsvRows(bytes, profile.Delimiter, file.Name, part.LinesBefore);
        for (var found = 0; found < lines.Count && rows.Advance();)
        {
            if (!lines.Contains(rows.Line)) continue;
            found++;
            yield return rows.Current()!;
        }
    }
}
