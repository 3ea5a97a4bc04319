using System.Globalization;
using System.Text;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Tests;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class ImportTests(PostgresFixture postgres, ITestOutputHelper output)
    : IClassFixture<PostgresFixture>, IDisposable
{
    private const string Header = "institution,instruments,utilisation_percent,external_share_percent\n";

    private readonly ImportRoom room = new(ImportRoom.Units, ImportRoom.Records, ImportRoom.Counter);
    private readonly DocumentStore documents = new(postgres.Database, TimeProvider.System);

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task A_file_with_bad_cells_goes_in_without_them_once_and_its_refusals_are_on_record()
    {
        var file = room.Recognise(room.Put("first_units.csv", Header + "乙,1,5,x\n丙,1,7,8\n"));
        var importer = new Importer(room.Rules);
        var result = await importer.Import(file, documents);
        (result.Accepted, result.Rejected).ShouldBe((3, 1));
        var again = await importer.Import(file, documents);
        again.AlreadyRead.ShouldBeTrue();
        again.Accepted.ShouldBe(0);

        var refused = (await documents.Rejects(file.Document)).Single();
        refused.Cell.ShouldBe("external_share_percent (D)");
        refused.Reason.Zh.ShouldContain("不是数值");
        (await documents.Find(file.Document)).ShouldNotBeNull().ContentSha256.ShouldBe(file.ContentSha256);
    }

    [Fact]
    public async Task A_corrected_file_replaces_the_values_that_changed()
    {
        var importer = new Importer(room.Rules);
        await importer.Import(room.Recognise(room.Put("one_units.csv", Header + "丁,1,5,6\n戊,1,7,8\n")), documents);
        var second = await importer.Import(room.Recognise(room.Put("two_units.csv", Header + "丁,1,5,6\n戊,1,9,8\n")), documents);
        (second.Accepted, second.Replaced).ShouldBe((4, 1));
    }

    [Fact]
    public async Task A_mended_profile_reads_the_same_bytes_anew()
    {
        var path = room.Put("again_units.csv", Header + "己,1,5,6\n");
        var before = room.Recognise(path);
        await new Importer(room.Rules).Import(before, documents);
        using var mended = new ImportRoom(("units-table", ImportRoom.Units.Item2.Replace("0.01", "0.1", StringComparison.Ordinal)));
        var after = mended.Recognise(path);
        after.ContentSha256.ShouldBe(before.ContentSha256);
        after.Document.ShouldNotBe(before.Document);
        (await new Importer(mended.Rules).Import(after, documents)).Replaced.ShouldBe(2);
    }

    [Fact]
    public async Task A_database_that_goes_away_in_the_middle_leaves_nothing_of_the_file_and_the_next_run_is_complete()
    {
        var file = room.Recognise(room.Put("records_long.csv", ManyRecords(20_000)));
        var importer = new Importer(room.Rules);
        var killed = false;
        var refused = await Should.ThrowAsync<ImportException>(() => importer.Import(file, documents, (rows, _) =>
        {
            if (rows < 12_000 || killed) return;
            killed = true;
            KillEverybodyElse();
        }));
        killed.ShouldBeTrue();
        refused.Reason.En.ShouldContain("The database went away");
        refused.Reason.Zh.ShouldContain("重新运行");
        (await Count(file)).ShouldBe(0);

        (await importer.Import(file, documents)).Accepted.ShouldBe(20_000);
        (await Count(file)).ShouldBe(20_000);
        (await importer.Import(file, documents)).AlreadyRead.ShouldBeTrue();
        (await Count(file)).ShouldBe(20_000);
    }

    [Fact]
    public async Task The_import_of_a_long_file_of_records_tells_rows_rate_and_time_left()
    {
        var path = room.Put("records_told.csv", ManyRecords(5_000));
        var problems = new StringWriter { NewLine = "\n" };
        var command = new ImportCommand(room.Rules, TextWriter.Null, problems) { TellEvery = TimeSpan.Zero };
        (await command.Run("records", [path], null, documents)).ShouldBe(0);
        problems.ToString().ShouldMatch(@"records_told\.csv: [\d,]+ of 5,001 rows, [\d,]+ a second, 0:00 left\n");
        problems.ToString().ShouldMatch(@"records_told\.csv: 已读 [\d,]+ 行，共 5,001 行，每秒 [\d,]+ 行，约剩 0:00\n");
    }

    [Fact]
    public async Task A_full_disk_says_what_to_do_and_leaves_nothing_of_the_file()
    {
        await using var database = Database.Open(await postgres.FreshDatabase());
        await database.Execute(
            """
            create function disk_is_full() returns trigger language plpgsql as $$
            begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
            create trigger full_disk before insert on document_observations execute function disk_is_full();
            """,
            default);
        var file = room.Recognise(room.Put("full_units.csv", Header + "庚,1,5,6\n"));
        var store = new DocumentStore(database, TimeProvider.System);
        var refused = await Should.ThrowAsync<ImportException>(() => new Importer(room.Rules).Import(file, store));
        refused.Reason.En.ShouldContain("Free some space");
        refused.Reason.Zh.ShouldContain("腾出");
        (await store.Find(file.Document)).ShouldBeNull();

        await database.Execute("drop trigger full_disk on document_observations", default);
        (await new Importer(room.Rules).Import(file, store)).Accepted.ShouldBe(2);
    }

    [Fact]
    public async Task Two_processes_that_import_the_same_file_at_once_store_it_once()
    {
        var file = room.Recognise(room.Put("both_units.csv", Header + "辛,1,5,6\n"));
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            Task.Run(() => new Importer(room.Rules).Import(file, documents))));
        both.Count(result => !result.AlreadyRead).ShouldBe(1);
    }

    [Fact]
    public async Task The_command_ends_with_the_counts_and_names_each_refusal_by_file_line_and_column()
    {
        var path = room.Put("told_units.csv", Header + "重庆大学,1,5,x\n丙,1,7,8\n");
        var table = Path.Combine(room.Folder, "out.csv");
        var (exit, said, problems) = await Command("csv", [path], table);
        exit.ShouldBe(1);
        said.TrimEnd().Split('\n')[^1].ShouldBe("accepted 3 rejected 1 replaced 0 flagged 0");
        problems.ShouldContain($"{path}:2: external_share_percent (D): 'x' is not a number.");
        File.ReadAllLines(table).ShouldBe(
        [
            "unit,resource,metric,period_start,period_end,value,unit_of_measure,dimensions,locator,flags",
            "cq-university,,utilisation,2017-01-01,2017-07-01,0.05,share,,C2,",
            "丙,,utilisation,2017-01-01,2017-07-01,0.07,share,,C3,",
            "丙,,external_share,2017-01-01,2017-07-01,0.08,share,,D3,",
        ]);
    }

    [Fact]
    public async Task A_dry_run_and_a_stored_run_say_the_same_and_a_second_stored_run_writes_nothing()
    {
        var path = room.Put("same_units.csv", Header + "壬,1,5,6\n");
        (await Command("units-table", [path])).Said.ShouldBe((await Command("units-table", [path], store: documents)).Said);
        var again = await Command("units-table", [path], store: documents);
        again.Said.TrimEnd().ShouldBe("accepted 0 rejected 0 replaced 0 flagged 0");
        again.Problems.ShouldContain("read before");
    }

    [Fact]
    public async Task A_unified_credit_code_that_fails_its_check_is_told_once_a_file_and_its_figures_are_taken()
    {
        const string good = "91350200776049653A", pilot = "91350203M0001QAY9B";
        var units = room.Put("codes_units.csv", Header + $"{good},1,5,6\n{pilot},1,7,8\n");
        foreach (var store in new[] { null, documents })
        {
            var (exit, said, problems) = await Command("units-table", [units], store: store);
            exit.ShouldBe(0, "a code of the pilot years is legal");
            said.ShouldContain("accepted 4 rejected 0");
            problems.Split("its check character should be").Length.ShouldBe(2, problems);
            problems.ShouldContain(pilot);
            problems.ShouldContain("请与原件核对");
            problems.ShouldNotContain(good);
        }

        var records = room.Put("records_codes.csv", "record,unit,instrument,start,end,scope,user,fee\n"
            + $"1,{pilot},i,2025-03-01 10:00,2025-03-01 12:00,external,A,1\n2,{pilot},i,2025-03-02 10:00,2025-03-02 12:00,external,A,1\n");
        (await Command("records", [records], store: documents)).Problems.Split("its check character should be").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_real_usage_report_without_a_database_gives_its_counts()
    {
        if (RealFolder() is not { } data) return;
        var report = Path.Combine(data, "sources", "counter", "rd1_drntu_2025-02.json");
        var table = Path.Combine(room.Folder, "usage.csv");
        var (exit, said, _) = await Command("counter-rd1", [report], table);
        exit.ShouldBe(0);
        said.ShouldContain("flag country-sum 642\n");
        said.ShouldContain("flag missing-unique 1887\n");
        said.ShouldContain("flag period-conflict 1\n");
        said.TrimEnd().Split('\n')[^1].ShouldBe("accepted 6079 rejected 0 replaced 0 flagged 6079");
        File.ReadLines(table).Count().ShouldBe(6080);
    }

    [Fact]
    public async Task Wrong_use_of_the_command_says_what_there_is()
    {
        var (exit, _, problems) = await Command("parquet", [room.Folder]);
        exit.ShouldBe(2);
        var formats = string.Join(", ", SourceFormats.All.Select(format => format.Name));
        problems.ShouldContain($"auto, {formats}, counter, records, units-table");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var (exit, said, problems) = await Command("auto", [Path.Combine(room.Folder, "missing.csv")]);
        exit.ShouldBe(1);
        problems.ShouldContain("missing.csv does not exist");
        said.TrimEnd().ShouldBe("accepted 0 rejected 0 replaced 0 flagged 0");
    }

    [Fact]
    public void Files_are_found_in_ordinal_order_and_those_nobody_reads_are_named()
    {
        Directory.CreateDirectory(Path.Combine(room.Folder, "sub"));
        room.Put("b_units.csv", Header);
        room.Put("a_units.csv", Header);
        room.Put("sub/c_units.csv", Header);
        room.Put("notes.txt", "hello");
        room.Put("unnamed.json", """{"report-header":{"release":"rd1"},"report-datasets":[]}""");
        var found = new Recognition(room.Rules).Look([room.Folder]);
        found.Files.Select(file => file.Name).ShouldBe(["a_units.csv", "b_units.csv", "c_units.csv", "unnamed.json"]);
        found.Files[^1].Profile.Id.ShouldBe("counter");
        found.LeftOut.Single().Path.ShouldEndWith("notes.txt");
        found.LeftOut.Single().Remark.En.ShouldContain("No import profile reads this file");
        found.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_two_profiles_claim_is_a_problem_and_not_a_guess()
    {
        using var both = new ImportRoom(ImportRoom.Units, ("other", ImportRoom.Units.Item2));
        both.Put("x_units.csv", Header);
        var found = new Recognition(both.Rules).Look([both.Folder]);
        found.Files.ShouldBeEmpty();
        found.Problems.Single().Remark.En.ShouldContain("claimed by several import profiles: other, units-table");
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_named_with_the_reason()
    {
        var path = room.Put("locked_units.csv", Header);
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(path, UnixFileMode.None);
        try
        {
            File.OpenRead(path).Dispose();
            output.WriteLine("Skipped: this user may read every file, whatever its permissions.");
            return;
        }
        catch (UnauthorizedAccessException expected)
        {
            output.WriteLine(expected.Message);
        }

        var found = new Recognition(room.Rules).Look([room.Folder]);
        found.Problems.Single().Remark.En.ShouldContain("permission denied");
    }

    [Fact]
    public async Task The_published_tables_of_real_units_are_read_with_the_rules_of_their_cycle()
    {
        if (RealFolder() is not { } data) return;
        var rules = Evaluation.Rules.RuleSets.RuleSetLoader.Load(
            Evaluation.Rules.RuleSets.RuleFolder.Read(Path.Combine(Repository(), "rules", "2017-published")));
        var found = new Recognition(rules).Look(
        [
            Path.Combine(data, "real"),
            Path.Combine(data, "sources", "counter", "rd1_drntu_2025-02.json"),
            Path.Combine(data, "sources", "counter", "rd1_dataone_small.json"),
        ]);
        found.Problems.ShouldBeEmpty();
        found.Files.Select(file => file.Name).ShouldBe(
            ["cgiar_genebanks.csv", "chongqing_2017h1_units.csv", "rd1_drntu_2025-02.json", "rd1_dataone_small.json"]);
        found.LeftOut.Single().Path.ShouldEndWith("national_rounds.csv");
        var results = new List<ImportResult>();
        foreach (var file in found.Files) results.Add(await new Importer(rules).Import(file, documents));
        results.ShouldAllBe(result => result.Rejected == 0);
        // 14 units × 3 figures, of which one was not published and stays missing.
        results[1].Accepted.ShouldBe(41);
    }

    private async Task<(int Exit, string Said, string Problems)> Command(
        string format, string[] files, string? table = null, DocumentStore? store = null)
    {
        var said = new StringWriter { NewLine = "\n" };
        var problems = new StringWriter { NewLine = "\n" };
        var exit = await new ImportCommand(room.Rules, said, problems).Run(format, files, table, store);
        return (exit, said.ToString(), problems.ToString());
    }

    private static string ManyRecords(int count)
    {
        var text = new StringBuilder("record,unit,instrument,start,end,scope,user,fee\n");
        for (var i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},u,i{i % 7},2025-03-01 10:00,2025-03-01 12:00,external,A,1\n");
        }

        return text.ToString();
    }

    private void KillEverybodyElse()
    {
        using var connection = new Npgsql.NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        connection.Open();
        using var kill = new Npgsql.NpgsqlCommand(
            """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """,
            connection);
        kill.ExecuteScalar();
    }

    private async Task<long> Count(RecognisedFile file)
    {
        await using var connection = new Npgsql.NpgsqlConnection(postgres.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return await connection.Scalar<long>(
            """
            select count(*) from service_records join source_documents on number = document_number where sha256 = $1
            """,
            default,
            file.Document);
    }

    private string? RealFolder()
    {
        var data = Path.GetFullPath(Path.Combine(Repository(), "..", "shared", "data"));
        for (var folder = new DirectoryInfo(Repository()); folder is not null && !Directory.Exists(data); folder = folder.Parent)
        {
            data = Path.Combine(folder.FullName, "shared", "data");
        }

        if (Directory.Exists(data)) return data;
        output.WriteLine("Skipped: ../shared/data is not here.");
        return null;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evaluation.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
