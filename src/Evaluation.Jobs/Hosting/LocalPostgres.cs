using System.Globalization;
using Npgsql;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// The database server of this machine: a private cluster of the machine's own PostgreSQL programs in the data folder,
/// reached only through a socket in a folder that nobody else may enter. Where EVALUATION_DB names a server, that one
/// is used instead. Several processes may share a data folder: the first starts the server, the last one stops it.
/// </summary>
public sealed class LocalPostgres : IAsyncDisposable
{
    /// <summary>A setting for servers whose data need not survive a power cut, such as those of tests.</summary>
    public const string NoSync = "fsync = off";

    private const string DatabaseName = "evaluation";
    private const int OldestServer = 14;

    private readonly LocalPostgresFolder? folder;
    private FileStream? use;

    private LocalPostgres(string connectionString, LocalPostgresFolder? folder, FileStream? use)
    {
        ConnectionString = connectionString;
        this.folder = folder;
        this.use = use;
    }

    public string ConnectionString { get; }

    /// <summary>False where EVALUATION_DB names the server.</summary>
    public bool IsPrivate => folder is not null;

    /// <summary>The server's data directory, or null where EVALUATION_DB names the server.</summary>
    public string? ClusterFolder => folder?.Cluster;

    /// <summary>The server EVALUATION_DB names, or the private cluster of the data folder, started if need be.</summary>
    public static async Task<LocalPostgres> Start(string dataFolder, CancellationToken cancel = default)
    {
        var given = Environment.GetEnvironmentVariable("EVALUATION_DB");
        return string.IsNullOrWhiteSpace(given) ? await StartPrivate(dataFolder, cancel) : await Use(given, cancel);
    }

    /// <summary>A server that somebody else runs.</summary>
    public static async Task<LocalPostgres> Use(string connectionString, CancellationToken cancel = default)
    {
        NpgsqlConnectionStringBuilder given;
        try
        {
            given = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException wrong)
        {
            throw LocalPostgresException.BadConnectionString(wrong.Message);
        }

        var server = $"{given.Host}:{given.Port}/{given.Database}";
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancel);
            var major = connection.PostgreSqlVersion.Major;
            if (major < OldestServer) throw LocalPostgresException.ServerTooOld(server, major);
        }
        catch (Exception refused) when (refused is NpgsqlException or TimeoutException or ArgumentException)
        {
            throw LocalPostgresException.Unreachable(server, refused.Message, refused);
        }

        return new LocalPostgres(connectionString, null, null);
    }

    /// <summary>The private cluster of the data folder, with further lines of server configuration if need be.</summary>
    public static async Task<LocalPostgres> StartPrivate(
        string dataFolder, CancellationToken cancel = default, params string[] settings)
    {
        var folder = LocalPostgresFolder.Open(dataFolder);
        using var starting = await Alone(folder.StartLock, cancel);
        var use = new FileStream(folder.UseLock, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var binaries = LocalPostgresBinaries.Find(folder.Cluster);
            Initialise(folder, binaries, durable: !settings.Contains(NoSync));
            var socket = folder.SocketFolder();
            if (!IsRunning(folder)) StartServer(folder, binaries, socket, settings);
            var connectionString = await EnsureDatabase(socket, cancel);
            return new LocalPostgres(connectionString, folder, use);
        }
        catch (IOException refused) when (IsDiskFull(refused))
        {
            use.Dispose();
            throw LocalPostgresException.DiskFull(folder.Cluster, refused.Message);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    /// <summary>Lets go of the cluster; the last process that does so stops the server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (folder is null || use is null) return;
        using var stopping = await Alone(folder.StartLock, CancellationToken.None);
        use.Dispose();
        use = null;
        if (!NobodyUses(folder) || !IsRunning(folder)) return;

        var binaries = LocalPostgresBinaries.Find(folder.Cluster);
        var stopped = LocalPostgresProcess.RunAsServerUser(
            [binaries.Program("pg_ctl"), "stop", "-D", folder.Cluster, "-m", "fast", "-w", "-t", "60"]);
        if (!stopped.Ok) throw LocalPostgresException.Failed("pg_ctl stop", folder.Cluster, stopped.Output);
    }

    public static bool IsDiskFull(Exception problem) => problem switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        // ENOSPC; .NET carries the errno in the low word of the result code.
        IOException io when (io.HResult & 0xFFFF) == 28 => true,
        _ => problem.Message.Contains("No space left on device", StringComparison.Ordinal)
            || (problem.InnerException is { } inner && IsDiskFull(inner)),
    };

    /// <summary>A cluster is made beside its place and renamed, so that a crash leaves no half of one.</summary>
    private static void Initialise(LocalPostgresFolder folder, LocalPostgresBinaries binaries, bool durable)
    {
        if (File.Exists(Path.Combine(folder.Cluster, "PG_VERSION"))) return;
        var unfinished = folder.Cluster + ".new";
        if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        Directory.CreateDirectory(unfinished);
        LocalPostgresFolder.GiveToServerUser(unfinished);
        var made = LocalPostgresProcess.RunAsServerUser(
        [
            binaries.Program("initdb"), "-D", unfinished, "-U", DatabaseName, "--auth-local=trust", "--auth-host=reject",
            "-E", "UTF8", "--locale=C", "--data-checksums", .. durable ? Array.Empty<string>() : ["--no-sync"],
        ]);
        if (!made.Ok) throw Explain("initdb", folder, made.Output);
        File.AppendAllText(Path.Combine(unfinished, "postgresql.conf"), "include 'evaluation.conf'\n");
        Directory.Move(unfinished, folder.Cluster);
    }

    private static void StartServer(
        LocalPostgresFolder folder, LocalPostgresBinaries binaries, string socket, IReadOnlyList<string> settings)
    {
        RemoveStalePidFiles(folder, socket);
        File.WriteAllLines(Path.Combine(folder.Cluster, "evaluation.conf"), [.. Settings(socket), .. settings]);
        var started = LocalPostgresProcess.RunAsServerUser(
        [
            binaries.Program("pg_ctl"), "start", "-D", folder.Cluster, "-l", folder.Log, "-w", "-t", "120", "-s",
        ]);
        if (!started.Ok) throw Explain("pg_ctl start", folder, started.Output + Environment.NewLine + LogTail(folder));
    }

    /// <summary>A machine with two cores and little memory is enough; commits stay durable.</summary>
    private static string[] Settings(string socket) =>
    [
        "# Written anew at every start.",
        "listen_addresses = ''",
        $"unix_socket_directories = '{socket.Replace("'", "''", StringComparison.Ordinal)}'",
        "unix_socket_permissions = 0700",
        "port = 5432",
        "max_connections = 60",
        "shared_buffers = 128MB",
        "work_mem = 16MB",
        "maintenance_work_mem = 64MB",
        "max_wal_size = 1GB",
        "checkpoint_completion_target = 0.9",
        "jit = off",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        "log_min_messages = warning",
        "lc_messages = 'C'",
    ];

    private static bool IsRunning(LocalPostgresFolder folder) => HolderOf(PidFile(folder)) == PidHolder.Server;

    /// <summary>
    /// The server itself recognises a lock file whose process is gone. It does not recognise one whose number belongs
    /// to some other program by now, as happens after a crash of the machine: such a file is removed here.
    /// </summary>
    private static void RemoveStalePidFiles(LocalPostgresFolder folder, string socket)
    {
        foreach (var file in new[] { PidFile(folder), Path.Combine(socket, ".s.PGSQL.5432.lock") })
        {
            if (HolderOf(file) == PidHolder.SomethingElse) File.Delete(file);
        }
    }

    private static string PidFile(LocalPostgresFolder folder) => Path.Combine(folder.Cluster, "postmaster.pid");

    private static PidHolder HolderOf(string pidFile)
    {
        if (!File.Exists(pidFile)) return PidHolder.Nobody;
        var first = (File.ReadLines(pidFile).FirstOrDefault() ?? "").Trim();
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return PidHolder.SomethingElse;
        var name = LocalPostgresProcess.NameOf(first);
        if (name is null) return PidHolder.Nobody;
        return name is "postgres" or "postmaster" ? PidHolder.Server : PidHolder.SomethingElse;
    }

    private enum PidHolder
    {
        Nobody,
        Server,
        SomethingElse,
    }

    private static async Task<string> EnsureDatabase(string socket, CancellationToken cancel)
    {
        var server = new NpgsqlConnectionStringBuilder
        {
            Host = socket, Port = 5432, Username = DatabaseName, Database = "postgres",
            IncludeErrorDetail = true, Pooling = false, Timeout = 60,
        };
        await using (var connection = new NpgsqlConnection(server.ConnectionString))
        {
            await OpenWhenReady(connection, cancel);
            await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
            exists.Parameters.Add(new() { Value = DatabaseName });
            if (await exists.ExecuteScalarAsync(cancel) is null)
            {
                await using var create = new NpgsqlCommand($"create database {DatabaseName}", connection);
                await create.ExecuteNonQueryAsync(cancel);
            }
        }

        server.Database = DatabaseName;
        server.Pooling = true;
        server.MaxPoolSize = 20;
        return server.ConnectionString;
    }

    /// <summary>A server that was left running may still be recovering from a crash: it says so, and is waited for.</summary>
    private static async Task OpenWhenReady(NpgsqlConnection connection, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await connection.OpenAsync(cancel);
                return;
            }
            catch (NpgsqlException notYet) when (attempt < 300
                && (notYet is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow } || notYet.IsTransient))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
            }
        }
    }

    private static bool NobodyUses(LocalPostgresFolder folder)
    {
        try
        {
            using var alone = new FileStream(folder.UseLock, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until no other process is starting or stopping the server.</summary>
    private static async Task<FileStream> Alone(string path, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException held) when (!IsDiskFull(held))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancel);
            }
        }
    }

    private static LocalPostgresException Explain(string step, LocalPostgresFolder folder, string output)
    {
        var detail = string.Join(" ", output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .TakeLast(6));
        if (output.Contains("No space left on device", StringComparison.Ordinal))
        {
            return LocalPostgresException.DiskFull(folder.Cluster, detail);
        }

        return output.Contains("Permission denied", StringComparison.Ordinal)
            ? LocalPostgresException.NotWritable(folder.Cluster, detail)
            : LocalPostgresException.Failed(step, folder.Cluster, detail);
    }

    private static string LogTail(LocalPostgresFolder folder) =>
        File.Exists(folder.Log) ? string.Join(Environment.NewLine, File.ReadLines(folder.Log).TakeLast(6)) : "";
}
