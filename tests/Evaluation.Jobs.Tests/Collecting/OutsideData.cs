namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>Outside files in <c>../shared/data</c>, which are not part of the project.</summary>
internal static class OutsideData
{
    /// <summary>The file, or null with a printed reason where it is absent.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", name);
            if (File.Exists(file)) return file;
        }

        Console.WriteLine($"skipped: the outside file {name} is not here");
        return null;
    }
}
