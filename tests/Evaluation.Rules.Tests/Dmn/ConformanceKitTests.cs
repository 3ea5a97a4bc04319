using Evaluation.Rules.Dmn;
using Xunit.Abstractions;

namespace Evaluation.Rules.Tests.Dmn;

/// <summary>The DMN Technology Compatibility Kit, where it stands beside the repository.</summary>
public sealed class ConformanceKitTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(1999, 12, 31, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Every_case_of_the_kit_gives_what_the_standard_says()
    {
        if (Folder() is not { } kit)
        {
            output.WriteLine("skipped: ../shared/data/dmn-tck is not there");
            return;
        }
        var results = new List<DmnTestResult>();
        foreach (var folder in Directory.EnumerateDirectories(kit, "*", SearchOption.AllDirectories))
        {
            var models = Directory.EnumerateFiles(folder, "*.dmn").ToDictionary(f =>
                Path.GetFileName(f), File.ReadAllText);
            foreach (var file in Directory.EnumerateFiles(folder, "*.xml"))
            {
                results.AddRange(DmnTestRunner.Run(File.ReadAllText(file), Path.GetFileName(file), models, Now));
            }
        }
        output.WriteLine($"{results.Count(r => r.Passed)} of {results.Count} cases");
        results.Count.ShouldBeGreaterThan(1000);
        results.Where(r => !r.Passed).Select(r => $"{r.File} {r.Case}: {r.Problem}").ShouldBeEmpty();
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var kit = Path.Combine(at.FullName, "shared", "data", "dmn-tck");
            if (Directory.Exists(kit))
            {
                return kit;
            }
        }
        return null;
    }
}
