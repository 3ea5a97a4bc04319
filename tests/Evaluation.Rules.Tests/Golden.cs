using System.Runtime.CompilerServices;

namespace Evaluation.Rules.Tests;

/// <summary>Compares a text with a file of tests/golden; <c>UPDATE_GOLDEN=1</c> accepts what came out.</summary>
internal static class Golden
{
    public static void Match(string name, string actual)
    {
        var path = Path.Combine(Folder(), name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        File.Exists(path).ShouldBeTrue($"{name} is not in tests/golden; run with UPDATE_GOLDEN=1, read it, and commit it");
        actual.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "golden");
}
