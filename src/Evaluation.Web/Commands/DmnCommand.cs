using System.CommandLine;
using Evaluation.Rules.Dmn;

namespace Evaluation.Web.Commands;

/// <summary><c>dmn test PATH…</c>: runs test files of the DMN conformance kit, one line a failure.</summary>
internal static class DmnCommand
{
    private static readonly Argument<FileSystemInfo[]> Paths = new("path")
    {
        Description = "Test files (XML beside their models), or folders to look for them in",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var test = new Command("test", "Run DMN test files and compare every result; the last line counts.") { Paths };
        test.SetAction(parsed => Run(parsed.GetRequiredValue(Paths), parsed.InvocationConfiguration));
        return new Command("dmn", "DMN models: decisions drawn in a modeller.") { test };
    }

    private static int Run(IEnumerable<FileSystemInfo> paths, InvocationConfiguration console)
    {
        int passed = 0, failed = 0;
        foreach (var file in paths.SelectMany(TestFiles).Distinct(StringComparer.Ordinal))
        {
            foreach (var result in Results(file))
            {
                _ = result.Passed ? passed++ : failed++;
                if (!result.Passed) console.Output.WriteLine($"{file} {result.Case}: {result.Problem}");
            }
        }
        if (passed + failed == 0)
        {
            console.Error.WriteLine("No test cases were found: a test file is XML that begins with <testCases>.");
        }


        console.Output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 && passed > 0 ? CommandLine.Ok : CommandLine.FoundWrong;
    }

    private static IEnumerable<string> TestFiles(FileSystemInfo path)
    {
        if (Directory.Exists(path.FullName))
        {
            return Directory.EnumerateFiles(path.FullName, "*.xml", SearchOption.AllDirectories)
                .Where(f => File.ReadLines(f).Take(50).Any(line =>
                    line.Contains("testCases", StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal);
        }
        return File.Exists(path.FullName)
            ? [path.FullName]
            : throw new WrongUseException($"There is no file or folder {path}.");
    }

    private static IReadOnlyList<DmnTestResult> Results(string file)
    {
        var models = Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "*.dmn")
            .ToDictionary(f => Path.GetFileName(f), File.ReadAllText, StringComparer.Ordinal);
        try
        {
            return DmnTestRunner.Run(File.ReadAllText(file), file, models, TimeProvider.System.GetUtcNow());
        }
        catch (DmnFormatException unreadable)
        {
            return [new DmnTestResult(file, "-", false, unreadable.Message)];
        }
    }
}
