using Evaluation.Jobs.Hosting;
using Npgsql;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Hosting;

public sealed class LocalPostgresTests(ITestOutputHelper output) : IDisposable
{
    private readonly string folder = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), $"evaluation-cluster-{Guid.NewGuid():N}"[..30])).FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<LocalPostgres> Start(string? data = null) =>
        LocalPostgres.StartPrivate(data ?? folder, default, LocalPostgres.NoSync);

    [Fact]
    public async Task A_data_folder_gets_its_own_server_that_keeps_its_data_and_listens_on_no_port()
    {
        await using (var first = await Start())
        {
            (await Ask(first, "show listen_addresses")).ShouldBe("");
            (await Ask(first, "show server_encoding")).ShouldBe("UTF8");
            await Ask(first, "create table kept as select 42 as answer");
        }

        await using var second = await Start();
        (await Ask(second, "select answer::text from kept")).ShouldBe("42");
    }

    [Fact]
    public async Task Two_users_of_a_data_folder_share_one_server_and_the_last_one_stops_it()
    {
        var both = await Task.WhenAll(Start(), Start());
        var server = await Ask(both[0], "select pg_postmaster_start_time()::text");
        (await Ask(both[1], "select pg_postmaster_start_time()::text")).ShouldBe(server);

        await both[0].DisposeAsync();
        (await Ask(both[1], "select pg_postmaster_start_time()::text")).ShouldBe(server);

        await both[1].DisposeAsync();
        File.Exists(Path.Combine(both[1].ClusterFolder!, "postmaster.pid")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_was_killed_is_started_again_and_nothing_that_was_committed_is_lost()
    {
        await using var killed = await Start();
        await Ask(killed, "create table kept as select 'still here' as what");
        var pid = File.ReadLines(Path.Combine(killed.ClusterFolder!, "postmaster.pid")).First();
        LocalPostgresProcess.Run(["kill", "-9", pid]).Ok.ShouldBeTrue();
        for (var wait = 0; LocalPostgresProcess.NameOf(pid) is not null && wait < 100; wait++) await Task.Delay(50);

        await using var again = await Start();
        (await Ask(again, "select what from kept")).ShouldBe("still here");
    }

    [Fact]
    public async Task A_process_number_left_by_a_crash_that_now_belongs_to_another_program_does_not_block_the_start()
    {
        string cluster;
        await using (var first = await Start()) cluster = first.ClusterFolder!;
        var own = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(cluster, "postmaster.pid"), own + "\n" + cluster + "\n");

        await using var again = await Start();
        (await Ask(again, "select 'up'")).ShouldBe("up");
    }

    [Fact]
    public async Task A_long_data_folder_gets_a_socket_with_a_short_path()
    {
        var deep = Path.Combine(folder, new string('d', 60), new string('e', 60));
        await using var server = await Start(deep);
        (await Ask(server, "show unix_socket_directories")).Length.ShouldBeLessThan(92);
        await server.DisposeAsync();
        Directory.Delete(new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!, recursive: true);
    }

    [Fact]
    public void Without_PostgreSQL_the_message_names_the_package_to_install()
    {
        var missing = Should.Throw<LocalPostgresException>(() => LocalPostgresBinaries.Find(folder, candidates: []));
        missing.En.ShouldContain("apt-get install postgresql");
        missing.Zh.ShouldContain("apt-get install postgresql");
    }

    [Fact]
    public void A_data_folder_of_another_version_is_refused_by_name()
    {
        File.WriteAllText(Path.Combine(folder, "PG_VERSION"), "9\n");
        Should.Throw<LocalPostgresException>(() => LocalPostgresBinaries.Find(folder))
            .En.ShouldContain("was made by PostgreSQL 9");
    }

    [Fact]
    public async Task A_data_folder_that_is_a_file_is_refused_with_a_message()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");
        (await Should.ThrowAsync<LocalPostgresException>(() => LocalPostgres.StartPrivate(file)))
            .En.ShouldContain("cannot be written");
    }

    [Fact]
    public async Task A_full_disk_says_so_and_with_space_again_the_start_goes_on()
    {
        var small = Directory.CreateDirectory(Path.Combine(folder, "small")).FullName;
        if (!LocalPostgresProcess.Run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small]).Ok)
        {
            output.WriteLine("Skipped: this user may not mount a small disk.");
            return;
        }

        try
        {
            var full = await Should.ThrowAsync<LocalPostgresException>(() => Start(small));
            full.En.ShouldContain("Free some space");
            full.Zh.ShouldContain("磁盘已满");

            LocalPostgresProcess.Run(["mount", "-o", "remount,size=300m", small]).Ok.ShouldBeTrue();
            await using var server = await Start(small);
            (await Ask(server, "select 'up'")).ShouldBe("up");
        }
        finally
        {
            LocalPostgresProcess.Run(["umount", small]).Ok.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Where_the_server_user_may_not_enter_the_data_folder_the_cluster_stands_elsewhere_and_is_found_again()
    {
        if (!LocalPostgresProcess.IsRoot)
        {
            output.WriteLine("Skipped: only root's folders are closed to the user postgres.");
            return;
        }

        var closed = Directory.CreateDirectory(Path.Combine(folder, "closed")).FullName;
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string cluster;
        await using (var first = await Start(Path.Combine(closed, "data")))
        {
            cluster = first.ClusterFolder!;
            cluster.ShouldStartWith("/var/lib/evaluation/");
            await Ask(first, "create table kept as select 'found' as what");
        }

        await using (var again = await Start(Path.Combine(closed, "data")))
        {
            (await Ask(again, "select what from kept")).ShouldBe("found");
        }

        Directory.Delete(Path.GetDirectoryName(cluster)!, recursive: true);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2", "does not answer")]
    [InlineData("postgres://user@server/name", "is not a connection string")]
    public async Task A_server_that_does_not_answer_or_a_wrong_connection_string_says_what_to_check(string given, string said)
    {
        var refused = await Should.ThrowAsync<LocalPostgresException>(() => LocalPostgres.Use(given));
        refused.En.ShouldContain(said);
        refused.Zh.ShouldContain("EVALUATION_DB");
    }

    private static async Task<string> Ask(LocalPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string ?? "";
    }
}
