using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>Real files of outside systems, which are beside the project and never in it.</summary>
internal static class SharedFile
{
    /// <summary>The path of a file below <c>../shared/data/sources</c>; null, and said so, where it is not here.</summary>
    public static string? Find(string name, ITestOutputHelper output)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", "sources", name);
            if (File.Exists(path)) return path;
        }

        output.WriteLine($"Skipped: ../shared/data/sources/{name} is not here.");
        return null;
    }
}
