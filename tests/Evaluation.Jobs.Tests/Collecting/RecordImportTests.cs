using System.Globalization;
using System.Text;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Collecting.Records;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;
using Evaluation.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>Large files of service records, read in parts: the same as read row by row, once, whatever happens.</summary>
public sealed class RecordImportTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private const string Header = "record,unit,instrument,start,end,scope,user,fee,amount,measure,way,purpose,related,invoice\n";
    private const int SmallPart = 400;

    private static readonly Period Year = new(new DateOnly(2001, 1, 1), new DateOnly(2002, 1, 1));

    private static readonly (string, string) Profile = ("records",
        """
        files: [ "records*.csv" ]
        format: csv
        target: service_records
        category: instruments
        source: { zh: 表, en: Table }
        columns: { record: record, unit: unit, resource: instrument, start: start, end: end, scope: scope, user: user,
          fee: fee, quantity: amount, quantity_unit: measure, service_way: way, purpose: purpose, related: related,
          invoice: invoice }
        units:
          - { alias: 甲 所, unit: u-a, name: { zh: 甲所, en: Institute A } }
          - { alias: 甲研究所, unit: u-a, name: { zh: 甲研究所, en: A Institute } }
        """);

    /// <summary>Cells as people leave them: mostly right, some in other forms, some wrong.</summary>
    private static readonly Gen<string> Row =
        from record in Cell(["1", "2", "3", "4", "5", "6", "7", "8", "R-9", "编号10"], ["", " 1 ", "\"2\"", "\"a,b\"", "\"x\"\"y\""])
        from unit in Cell(["u", "甲 所", "v"], ["", "甲研究所", "甲\u00A0所", "\"u\""])
        from instrument in Cell(["i-1", "i-2"], ["", "仪器"])
        from start in Cell(["2001-03-01 10:00", "2001-03-01 10:30:15"], ["2001-02-30 10:00", "2001/3/1 9:00", "", "2001-03-01T10:00:00+08:00", "0000-01-01 00:00"])
        from end in Cell(["2001-03-01 12:00", "2001-03-02T01:00"], ["", "2001-03-01 09:00", "soon", "2001-03-01 24:00"])
        from scope in Cell(["internal", "external"], ["", "外部", "Internal", "sideways", "130"])
        from user in Cell(["甲", "乙"], ["", "\"a, b\""])
        from fee in Cell(["0", "120.5", ""], ["1,000", "\"1,000\"", "-1", "12.345", "1e3", "12.", "约5", "99999999999999999999"])
        from amount in Cell([""], ["3", "0.1234567", "-2", "x"])
        from measure in Cell([""], ["小时", "样品", "Hours", "公斤"])
        from way in Cell([""], ["占用共享", "委托共享", "其他"])
        from purpose in Cell(["", "科学研究"], ["法定检测"])
        from related in Cell([""], ["true", "是", "no", "perhaps"])
        from invoice in Cell([""], ["FP1", "FP2"])
        from tail in Gen.Frequency((40, Gen.Constant("")), (1, Gen.Constant(",zu viel")), (1, Gen.Constant("\n , ,\t")))
        select string.Join(',', record, unit, instrument, start, end, scope, user, fee, amount, measure, way, purpose, related, invoice) + tail;

    private readonly ImportRoom room = new(Profile);
    private readonly DocumentStore documents = new(postgres.Database, TimeProvider.System);
    private int files;

    public void Dispose() => room.Dispose();

    [Fact]
    public void A_file_read_in_parts_gives_the_same_as_the_same_file_read_row_by_row()
    {
        Prop.ForAll(Gen.ListOf(Row).Select(rows => rows.ToList()).ToArbitrary(), rows =>
        {
            var file = Put(string.Join("\r\n", rows));
            var (records, rejects) = RowByRow(file);
            Import(file).GetAwaiter().GetResult();
            Stored(file).GetAwaiter().GetResult().ShouldBe(records);
            documents.Rejects(file.Document).GetAwaiter().GetResult().Select(Text).ShouldBe(rejects);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(60));
    }

    [Fact]
    public async Task A_record_that_comes_again_in_a_later_part_is_refused_and_names_the_first_line()
    {
        var file = Put(Lines(1, 40) + Lines(3, 3) + Lines(41, 60) + Lines(3, 3));
        await Import(file);
        (await Stored(file)).Count.ShouldBe(60);
        var refused = await documents.Rejects(file.Document);
        refused.Select(cell => cell.Line).ShouldBe([42, 63]);
        refused.ShouldAllBe(cell => cell.Reason.En.StartsWith("It repeats line 4:"));
        var read = (await documents.Find(file.Document)).ShouldNotBeNull();
        (read.Accepted, read.Rejected).ShouldBe((60, 2));
    }

    [Fact]
    public async Task A_read_that_is_killed_between_two_parts_goes_on_and_nothing_is_there_twice()
    {
        var file = Put(Lines(1, 200));
        var import = new RecordImport(file, room.Rules, documents.Records, SmallPart);
        var begun = (await import.Begin(Document(file), default)).ShouldNotBeNull();
        begun.Parts.Count.ShouldBeGreaterThan(10);
        foreach (var part in begun.Parts.Take(5)) await import.Read(begun, part, null, default);
        await Should.ThrowAsync<OperationCanceledException>(() => import.Read(begun, begun.Parts[5], null, new CancellationToken(true)));
        (await documents.Find(file.Document)).ShouldBeNull();
        (await Visible(file)).ShouldBe(0, "an unfinished document counts nowhere");

        var next = new RecordImport(file, room.Rules, new DocumentStore(postgres.Database, TimeProvider.System).Records, SmallPart);
        var again = (await next.Begin(Document(file), default)).ShouldNotBeNull();
        again.Waiting.Count.ShouldBe(begun.Parts.Count - 5);
        await next.Read(again, begun.Parts[0], null, default);
        await next.ReadAll(again, null, default);
        (await Stored(file)).Count.ShouldBe(200);
        (await next.Begin(Document(file), default)).ShouldBeNull("it is read whole");
    }

    /// <summary>How a file of service records may be written besides as plain UTF-8.</summary>
    public static TheoryData<string> Writings => ["gzip", "gb18030", "gb18030 in gzip", "utf-16"];

    [Theory]
    [MemberData(nameof(Writings))]
    public async Task A_packed_or_encoded_file_is_read_in_parts_too_and_gives_what_the_plain_one_gives(string writing)
    {
        var rows = Lines(1, 120) + "121,甲 所,仪器,2001-03-01 10:00,soon,external,用户,1,,,,,,\n" + Lines(7, 7) + "122,甲研究所,仪器,2001-03-01 10:00,,,用户乙,1,,,,,,\n";
        var plain = Put(rows);
        await Import(plain);
        var other = Put(rows, text => Written(writing, text));
        RecordFile.Cut(other, SmallPart).ShouldNotBeNull().Count.ShouldBeGreaterThan(10);
        await Import(other);
        (await Stored(other)).ShouldBe(await Stored(plain));
        (await Stored(other)).Count.ShouldBe(121);
        (await documents.Rejects(other.Document)).Select(Text).ShouldBe((await documents.Rejects(plain.Document)).Select(Text));
    }

    [Theory]
    [MemberData(nameof(Writings))]
    public async Task A_packed_or_encoded_file_whose_read_is_killed_goes_on_after_its_last_whole_part(string writing)
    {
        var file = Put(Lines(1, 200) + "201,甲 所,仪器,2001-03-01 10:00,,external,用户,1,,,,,,\n", text => Written(writing, text));
        var import = new RecordImport(file, room.Rules, documents.Records, SmallPart);
        var begun = (await import.Begin(Document(file), default)).ShouldNotBeNull();
        using var kill = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => import.ReadAll(begun, rows =>
        {
            if (rows > 60) kill.Cancel();
        }, kill.Token));
        (await Visible(file)).ShouldBe(0, "an unfinished document counts nowhere");

        var next = new RecordImport(file, room.Rules, new DocumentStore(postgres.Database, TimeProvider.System).Records, SmallPart);
        var again = (await next.Begin(Document(file), default)).ShouldNotBeNull();
        again.Waiting.Count.ShouldBeInRange(1, begun.Parts.Count - 2, "whole parts are not read again");
        await next.ReadAll(again, null, default);
        (await Stored(file)).Count.ShouldBe(201);
    }

    [Theory]
    [InlineData("records-cut.csv", "packed content is cut or damaged")]
    [InlineData("unknown.gz", "No import profile reads this file")]
    public async Task A_packed_file_that_ends_too_early_is_refused_whole(string name, string told)
    {
        var whole = Written("gzip", Header + Lines(1, 2_000));
        var path = Path.Combine(room.Folder, name);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        var (said, problems) = (new StringWriter(), new StringWriter());
        foreach (var store in new[] { null, documents })
        {
            (await new ImportCommand(room.Rules, said, problems).Run("auto", [path], null, store)).ShouldBe(1);
        }

        problems.ToString().Split(told).Length.ShouldBe(3, problems.ToString());
        said.ToString().ShouldContain("accepted 0 rejected 0");
        await using var connection = await postgres.Database.Connect();
        (await connection.Scalar<long>("select count(*) from source_documents where name = $1", default, name)).ShouldBe(0);
    }

    private static byte[] Written(string writing, string text)
    {
        byte[] bytes = writing switch
        {
            "gzip" => Encoding.UTF8.GetBytes(text),
            "utf-16" => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)],
            _ => ImportRoom.Gb18030.GetBytes(text),
        };
        return writing.Contains("gzip", StringComparison.Ordinal) ? Pulling.Replay.Pack(bytes) : bytes;
    }

    [Fact]
    public async Task Two_nodes_that_read_one_file_at_once_store_it_once()
    {
        var file = Put(Lines(1, 150));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
            Import(file, new DocumentStore(postgres.Database, TimeProvider.System)))));
        (await Stored(file)).Count.ShouldBe(150);
    }

    [Fact]
    public async Task A_record_that_two_documents_state_counts_as_the_later_one_states_it()
    {
        var first = Put("a1,two,i,2001-05-01 10:00,2001-05-01 12:00,external,A,10,,,,,,X1\n"
            + "a2,two,i,2001-05-02 10:00,2001-05-02 12:00,external,A,10,,,,,,X2\n");
        var second = Put("a1,two,i,2001-05-01 10:00,2001-05-01 11:00,external,A,7,,,,,,X1\n"
            + "a3,two,i,2001-05-03 10:00,,external,A,7,,,,,,X2\n");
        await Import(first);
        await Import(second);
        var uses = await Uses(await RunOf(first, second), "two");
        uses.Select(use => (use.Record, use.Fee, use.InvoiceUsedBefore)).ShouldBe([("a1", 7m, false), ("a2", 10m, false), ("a3", 7m, true)]);
        uses[2].End.ShouldBeNull();
        (await documents.Find(second.Document)).ShouldNotBeNull().Flagged.ShouldBe(1, "one session has not ended");
        (await Uses(await RunOf(second, first), "two")).Select(use => use.Fee).ShouldBe([10m, 10m, 7m]);
    }

    [Theory]
    [InlineData("a,\"b\nc\",d\n")]
    [InlineData("a,b\"c,d\n")]
    [InlineData("a,b,c\rd,e,f\n")]
    [InlineData("a,\0,c\n")]
    public void A_file_in_which_a_line_does_not_stand_for_itself_is_not_cut(string text) =>
        RecordFile.Cut(Text("x.csv", text), ',').ShouldBeNull();

    [Fact]
    public void The_parts_of_a_file_are_its_lines_in_order_and_as_many_as_its_length_says()
    {
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 90)).ToArbitrary(), Gen.Choose(100, 300).ToArbitrary(), (lengths, partBytes) =>
        {
            var text = string.Join("\n", lengths.Select(length => new string('x', length)));
            var parts = RecordFile.Cut(Text("cut.csv", text), ',', partBytes)!;
            var count = text.Length == 0 ? 0 : text.Count(letter => letter == '\n') + (text.EndsWith('\n') ? 0 : 1);
            return parts[0].From == 0 && parts[^1].To == text.Length && parts.Sum(part => part.Lines) == count
                && parts.Zip(parts.Skip(1)).All(pair => pair.First.To == pair.Second.From
                    && text[(int)pair.Second.From - 1] == '\n'
                    && pair.First.LinesBefore + pair.First.Lines == pair.Second.LinesBefore)
                && parts.Count <= Math.Max(1, (text.Length + partBytes - 1) / partBytes);
        }).QuickCheckThrowOnFailure();
    }

    private RecordText Text(string name, string text) =>
        RecordText.Plain(new RecognisedFile(room.Put(name, text), name, "", "", text.Length, room.Rules.Imports.Single()));

    private static Gen<string> Cell(string[] usual, string[] odd) =>
        Gen.Frequency((30, Gen.Elements(usual)), (1, Gen.Elements(odd)));

    private RecognisedFile Put(string rows, Func<string, byte[]>? written = null)
    {
        var path = room.Put($"records{(++files).ToString(CultureInfo.InvariantCulture)}.csv", Header + rows);
        if (written is not null) File.WriteAllBytes(path, written(Header + rows));
        return room.Recognise(path);
    }

    private static string Lines(int from, int to)
    {
        var text = new StringBuilder();
        for (var record = from; record <= to; record++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{record},u,i-{record % 3},2001-03-01 10:00,2001-03-01 12:00,external,A,1,,,,,,\n");
        }

        return text.ToString();
    }

    private static NewDocument Document(RecognisedFile file) =>
        new(file.Document, file.Name, "csv", "records", "instruments", file.Bytes) { Cycle = "test" };

    private async Task Import(RecognisedFile file, DocumentStore? store = null)
    {
        var import = new RecordImport(file, room.Rules, (store ?? documents).Records, SmallPart);
        if (await import.Begin(Document(file), default) is { } begun) await import.ReadAll(begun, null, default);
    }

    private (List<string> Records, List<string> Rejects) RowByRow(RecognisedFile file)
    {
        var (records, rejects) = (new List<string>(), new List<string>());
        foreach (var collected in new TabularReader(file, room.Rules).Read())
        {
            if (collected is CollectedServiceRecord one) records.Add(Text(one.Record));
            if (collected is CollectedReject refused) rejects.Add(Text(refused.Cell));
        }

        return (records, rejects);
    }

    private static string Text(RejectedCell cell) => $"{cell.Line}|{cell.Cell}|{cell.Value}|{cell.Reason.Zh}|{cell.Reason.En}";

    private static string Text(ServiceRecord record) => string.Create(CultureInfo.InvariantCulture,
        $"{record.Line}|{record.Category}|{record.Unit}|{record.Resource}|{record.Record}|{record.Start:O}|{record.End:O}|{record.Scope}|"
        + $"{record.Kind}|{record.User}|{Rounded(record.Fee, 2)}|{Rounded(record.Quantity, 6)}|{record.Way}|{record.Purpose}|"
        + $"{record.Related}|{record.Invoice}");

    private static string Rounded(decimal? number, int places) => number is { } value
        ? Math.Round(value, places, MidpointRounding.AwayFromZero).ToString("0.######", CultureInfo.InvariantCulture)
        : "";

    private Task<List<string>> Stored(RecognisedFile file) => postgres.Database.List(
        """
        select r.line, n.category, n.unit, n.resource, r.record, r.started, r.ended, r.scope, r.kind, u.content, r.fee_fen,
               r.quantity_millionths, w.content, p.content, r.related, r.invoice
        from service_records r
        join source_documents d on d.number = r.document_number and d.state = 'read'
        join service_resources n on n.id = r.resource
        left join service_texts u on u.id = r.used_by
        left join service_texts w on w.id = r.way
        left join service_texts p on p.id = r.purpose
        where d.sha256 = $1 order by r.line
        """,
        row => Text(new ServiceRecord(
            row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetDateTime(5),
            row.IsDBNull(6) ? null : row.GetDateTime(6), (ServiceScope)row.GetInt16(7), row.Text(9),
            row.IsDBNull(10) ? null : row.GetInt64(10) / 100m, row.GetInt32(0))
        {
            Kind = (RecordKind)row.GetInt16(8),
            Quantity = row.IsDBNull(11) ? null : row.GetInt64(11) / 1_000_000m,
            Way = row.Text(12),
            Purpose = row.Text(13),
            Related = row.Flag(14),
            Invoice = row.Text(15),
        }),
        default,
        file.Document);

    private async Task<long> Visible(RecognisedFile file)
    {
        await using var connection = await postgres.Database.Connect();
        return await connection.Scalar<long>(
            "select count(*) from service_records join source_documents on number = document_number where sha256 = $1",
            default, file.Document);
    }

    private async Task<string> RunOf(params RecognisedFile[] of)
    {
        var folder = room.Rules.Folder;
        await new RuleSetStore(postgres.Database, TimeProvider.System).Record(folder);
        var id = Guid.NewGuid().ToString("N");
        await new RunStore(postgres.Database, TimeProvider.System).Request(
            new Run(id, "c", folder.Hash, "1", false, null, null, "requested", null, DateTimeOffset.UnixEpoch, null),
            of.Select(file => new RunDocument(file.Document, file.Path)).ToList());
        return id;
    }

    private async Task<List<ServiceUse>> Uses(string run, string unit)
    {
        var uses = new List<ServiceUse>();
        await foreach (var one in new ServiceRecordStore(postgres.Database).Uses(run, "instruments", Year, (unit, unit), inFull: true))
        {
            uses.Add(one.Use);
        }

        return uses;
    }
}
