namespace Evaluation.Rules.Tests;

/// <summary>Finds the repository: the nearest folder above that holds the solution.</summary>
internal static class Repository
{
    /// <summary>The root folder, looked for above a place (by default the test assembly).</summary>
    public static string Root(string? from = null)
    {
        var start = from is null ? AppContext.BaseDirectory : Path.GetDirectoryName(from)!;
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Evaluation.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds Evaluation.sln.");
    }

    /// <summary>The source files below a folder of the repository, build output aside.</summary>
    public static IEnumerable<string> Sources(string folder, string pattern = "*.cs")
    {
        var root = Path.Combine(Root(), folder);
        return Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);
    }
}
