using System.Diagnostics;
using System.Globalization;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Npgsql;

namespace Evaluation.Tests;

/// <summary>
/// A fresh database for a test class, on a cluster that all classes of a test run share. Every database is a copy of
/// a template that was migrated once. Two test runs at the same time have a cluster each.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string FolderPrefix = "evaluation-tests-";

    private static readonly Lazy<Task<LocalPostgres>> Cluster = new(StartCluster);
    private static readonly SemaphoreSlim Copying = new(1, 1);
    private static int databases;

    public Database Database { get; private set; } = null!;

    public string ConnectionString { get; private set; } = "";

    /// <summary>The server, for tests that need a second database or kill a connection.</summary>
    public string ServerConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var cluster = await Cluster.Value;
        ServerConnectionString = InDatabase(cluster, "postgres");
        ConnectionString = await FreshDatabase();
        Database = Database.Open(ConnectionString);
    }

    public async Task DisposeAsync() => await Database.DisposeAsync();

    /// <summary>One more database with the whole schema in it.</summary>
    public async Task<string> FreshDatabase(bool empty = false)
    {
        var cluster = await Cluster.Value;
        var name = $"t{Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture)}";
        await Copying.WaitAsync();
        try
        {
            await Run(cluster, empty ? $"create database {name} template template0" : $"create database {name} template schema_template");
        }
        finally
        {
            Copying.Release();
        }

        return InDatabase(cluster, name);
    }

    private static async Task<LocalPostgres> StartCluster()
    {
        await RemoveLeftovers();
        var folder = Path.Combine(Path.GetTempPath(), FolderPrefix + Guid.NewGuid().ToString("N")[..12]);
        // What a test writes need not survive a power cut.
        var cluster = await LocalPostgres.StartPrivate(
            folder, default, LocalPostgres.NoSync, "synchronous_commit = off", "full_page_writes = off", "max_connections = 100");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => ClearUpBehind(cluster, folder);

        await Run(cluster, "create database schema_template");
        await using (var template = Database.Open(InDatabase(cluster, "schema_template") + ";Pooling=false"))
        {
            await new Migrator(template, TimeProvider.System).Migrate();
        }

        return cluster;
    }

    /// <summary>The test host gives its processes no time to end: a shell that outlives it stops the server.</summary>
    private static void ClearUpBehind(LocalPostgres cluster, string folder)
    {
        var server = File.ReadLines(Path.Combine(cluster.ClusterFolder!, "postmaster.pid")).First();
        var script = $"kill -QUIT {server}; while kill -0 {server} 2>/dev/null; do sleep 0.1; done; rm -rf '{folder}'";
        Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", script]) { WorkingDirectory = "/" });
    }

    /// <summary>A test run that was killed leaves its server behind: whoever comes next stops it and clears up.</summary>
    private static async Task RemoveLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            try
            {
                var old = Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow.AddMinutes(-2);
                if (!old || !Directory.Exists(Path.Combine(folder, "postgres", "cluster"))) continue;
                using (new FileStream(Path.Combine(folder, "postgres", "use.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    // Nobody uses it.
                }

                await (await LocalPostgres.StartPrivate(folder)).DisposeAsync();
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                Console.WriteLine($"{folder} is in use or somebody else's: left alone ({held.Message})");
            }
        }
    }

    private static string InDatabase(LocalPostgres cluster, string database) =>
        new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = database, MaxPoolSize = 20 }.ConnectionString;

    private static async Task Run(LocalPostgres cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(InDatabase(cluster, "postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
