using System.Security.Cryptography;
using System.Text;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// The folders of one private cluster: the locks in the data folder, the cluster itself, and the folder of its socket.
/// </summary>
public sealed class LocalPostgresFolder
{
    /// <summary>A socket's path may not be longer than this (sockaddr_un), its own name included.</summary>
    private const int LongestSocketPath = 107;

    private const string SocketName = "/.s.PGSQL.5432";

    private LocalPostgresFolder(string home, string cluster)
    {
        Home = home;
        Cluster = cluster;
    }

    /// <summary>Holds the locks; belongs to whoever runs this program.</summary>
    public string Home { get; }

    /// <summary>The server's data directory; belongs to the server's user.</summary>
    public string Cluster { get; }

    public string Log => Path.Combine(Cluster, "server.log");

    public string StartLock => Path.Combine(Home, "start.lock");

    public string UseLock => Path.Combine(Home, "use.lock");

    private string SocketNote => Path.Combine(Home, "socket-folder");

    public static LocalPostgresFolder Open(string dataFolder)
    {
        var home = Path.Combine(Path.GetFullPath(dataFolder), "postgres");
        try
        {
            Directory.CreateDirectory(home);
            // Sharing everything takes no lock: another process may hold one.
            const FileShare everything = FileShare.ReadWrite | FileShare.Delete;
            File.Open(Path.Combine(home, "use.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, everything).Dispose();
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            if (LocalPostgres.IsDiskFull(refused)) throw LocalPostgresException.DiskFull(home, refused.Message);
            throw LocalPostgresException.NotWritable(home, refused.Message);
        }

        return new LocalPostgresFolder(home, ClusterFolder(home));
    }

    /// <summary>
    /// The socket's folder: beside the cluster, or a new folder with a random name under the temp directory where the
    /// path would be too long. The name is noted, so that every process finds it.
    /// </summary>
    public string SocketFolder()
    {
        var noted = File.Exists(SocketNote) ? File.ReadAllText(SocketNote).Trim() : "";
        if (Directory.Exists(noted)) return noted;

        var beside = Path.Combine(Path.GetDirectoryName(Cluster)!, "socket");
        var folder = beside;
        if (Encoding.UTF8.GetByteCount(beside + SocketName) > LongestSocketPath)
        {
            folder = Directory.CreateTempSubdirectory("evaluation-").FullName;
            if (Encoding.UTF8.GetByteCount(folder + SocketName) > LongestSocketPath) folder = ShortTempFolder();
        }

        Directory.CreateDirectory(folder);
        GiveToServerUser(folder);
        File.WriteAllText(SocketNote, folder + "\n");
        return folder;
    }

    public static void GiveToServerUser(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        if (!LocalPostgresProcess.IsRoot) return;
        var owner = $"{LocalPostgresProcess.ServerUser}:{LocalPostgresProcess.ServerUser}";
        var given = LocalPostgresProcess.Run(["chown", owner, folder]);
        if (given.Ok) return;
        throw LocalPostgresProcess.Run(["id", "-u", LocalPostgresProcess.ServerUser]).Ok
            ? LocalPostgresException.NotWritable(folder, given.Output)
            : LocalPostgresException.NoServerUser();
    }

    /// <summary>
    /// Inside the data folder, except where root's data folder lies below a folder that the user postgres may not
    /// enter (such as /root): then under /var/lib, named after the data folder.
    /// </summary>
    private static string ClusterFolder(string home)
    {
        if (!LocalPostgresProcess.IsRoot) return Path.Combine(home, "cluster");
        if (LocalPostgresProcess.RunAsServerUser(["test", "-x", home]).Ok) return Path.Combine(home, "cluster");

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16];
        var elsewhere = Path.Combine("/var/lib/evaluation", name);
        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(Path.Combine(home, "cluster-is-elsewhere.txt"), Path.Combine(elsewhere, "cluster") + "\n");
        return Path.Combine(elsewhere, "cluster");
    }

    // Not the temporary folder of the environment: a socket's path must stay below 107 bytes, and that folder may be deep.
    private static string ShortTempFolder()
    {
        var folder = $"/tmp/evaluation-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        return Directory.CreateDirectory(folder).FullName;
    }
}
