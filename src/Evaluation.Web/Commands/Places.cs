using System.CommandLine;

namespace Evaluation.Web.Commands;

/// <summary>Where things are: the project (for <c>rules/</c>), the data folder, the folder of reports.</summary>
internal static class Places
{
    public static Option<DirectoryInfo?> DataOption { get; } = new("--data")
    {
        Description = "The data folder: the private database and the reports. "
            + "Default: EVALUATION_DATA, else 'data' in the project's folder.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static string DataFolder(ParseResult parsed) =>
        parsed.GetValue(DataOption)?.FullName
        ?? (Environment.GetEnvironmentVariable("EVALUATION_DATA") is { Length: > 0 } given
            ? Path.GetFullPath(given)
            : Path.Combine(Project(), "data"));

    /// <summary>The project's folder, whatever folder the command is called from: the nearest one above that has rules.</summary>
    public static string Project()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "rules"))) return folder.FullName;
        }

        return Environment.CurrentDirectory;
    }

    /// <summary>The latest year of <c>rules/</c>: the folder with a cycle whose name is the greatest number.</summary>
    public static DirectoryInfo LatestCycle()
    {
        var rules = Path.Combine(Project(), "rules");
        var years = Directory.Exists(rules)
            ? Directory.EnumerateDirectories(rules)
                .Where(folder => Path.GetFileName(folder).All(char.IsAsciiDigit))
                .Where(folder => File.Exists(Path.Combine(folder, "cycle.yaml")))
                .Order(StringComparer.Ordinal)
                .ToList()
            : [];
        return years.Count > 0
            ? new DirectoryInfo(years[^1])
            : throw new WrongUseException($"There is no year in {rules}: name a folder with a cycle.yaml by --cycle DIR.");
    }
}
