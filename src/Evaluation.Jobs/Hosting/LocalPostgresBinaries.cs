using System.Globalization;

namespace Evaluation.Jobs.Hosting;

/// <summary>The machine's own PostgreSQL programs: one folder a major version.</summary>
/// <param name="Folder">Holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
/// <param name="Major">Major version.</param>
public sealed record LocalPostgresBinaries(string Folder, int Major)
{
    private const int Oldest = 14;

    public string Program(string name) => Path.Combine(Folder, name);

    /// <summary>The newest version installed, or the very one a data folder was made by.</summary>
    public static LocalPostgresBinaries Find(string clusterFolder, IEnumerable<string>? candidates = null)
    {
        var found = (candidates ?? Candidates())
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            .Select(folder => new LocalPostgresBinaries(folder, MajorOf(folder)))
            .Where(binaries => binaries.Major >= Oldest)
            .OrderByDescending(binaries => binaries.Major)
            .ToList();
        if (found.Count == 0) throw LocalPostgresException.Missing();

        var versionFile = Path.Combine(clusterFolder, "PG_VERSION");
        if (!File.Exists(versionFile)) return found[0];
        var made = int.Parse(File.ReadAllText(versionFile).Trim(), CultureInfo.InvariantCulture);
        return found.Find(binaries => binaries.Major == made)
            ?? throw LocalPostgresException.WrongVersion(
                clusterFolder, made, found.Select(binaries => binaries.Major).Distinct());
    }

    /// <summary>Where Debian, Red Hat and Homebrew keep the server's programs, and whatever is on the path.</summary>
    private static IEnumerable<string> Candidates()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (var folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) yield return folder;
        foreach (var root in new[] { "/usr/lib/postgresql", "/usr/lib64/postgresql", "/opt/homebrew/opt", "/usr/local/opt" })
        {
            if (!Directory.Exists(root)) continue;
            foreach (var version in Directory.EnumerateDirectories(root)) yield return Path.Combine(version, "bin");
        }

        if (!Directory.Exists("/usr")) yield break;
        foreach (var version in Directory.EnumerateDirectories("/usr", "pgsql-*")) yield return Path.Combine(version, "bin");
    }

    private static int MajorOf(string folder)
    {
        // "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
        var text = LocalPostgresProcess.Run([Path.Combine(folder, "postgres"), "--version"]).Output;
        var number = text.Split(' ').FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0])) ?? "0";
        var digits = new string(number.TakeWhile(char.IsAsciiDigit).ToArray());
        return int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
