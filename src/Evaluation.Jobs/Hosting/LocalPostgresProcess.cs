using System.ComponentModel;
using System.Diagnostics;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// Runs the server's programs. PostgreSQL refuses to run as root, so for root every program that touches the cluster
/// is started as the user postgres.
/// </summary>
public static class LocalPostgresProcess
{
    public const string ServerUser = "postgres";

    public sealed record Result(int ExitCode, string Output)
    {
        public bool Ok => ExitCode == 0;
    }

    public static bool IsRoot => Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows();

    /// <summary>As the user that owns the cluster: postgres when this process is root, else whoever runs it.</summary>
    public static Result RunAsServerUser(IReadOnlyList<string> command)
    {
        if (!IsRoot) return Run(command);
        if (!Run(["id", "-u", ServerUser]).Ok) throw LocalPostgresException.NoServerUser();
        string[] drop = HasProgram("setpriv")
            ? ["setpriv", $"--reuid={ServerUser}", $"--regid={ServerUser}", "--init-groups", "--"]
            : ["runuser", "-u", ServerUser, "--"];
        return Run([.. drop, .. command]);
    }

    public static Result Run(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(Environment.CurrentDirectory) ?? "/",
        };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.Environment["LC_ALL"] = "C";
        // Variables such as PGDATA and PGHOST would send the programs to another server than ours.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        try
        {
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Result(process.ExitCode, (output + errors.GetAwaiter().GetResult()).Trim());
        }
        catch (Win32Exception missing)
        {
            return new Result(127, missing.Message);
        }
    }

    /// <summary>The program a process number belongs to, or null when there is no such process.</summary>
    public static string? NameOf(string pid)
    {
        if (Directory.Exists("/proc/self"))
        {
            var file = $"/proc/{pid}/comm";
            return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }

        var named = Run(["ps", "-o", "comm=", "-p", pid]);
        return named.Ok && named.Output.Length > 0 ? Path.GetFileName(named.Output) : null;
    }

    private static bool HasProgram(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, name)));
}
