using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Evaluation.Rules.Tests;

/// <summary>Keeps the house as it was drawn: Web → Jobs → Rules, and each outside thing in the one folder that knows it.</summary>
public sealed partial class ArchitectureTests
{
    // Numbers that arithmetic needs whatever the policy: nothing, one, halves, pairs, per cent.
    private static readonly HashSet<string> PlainNumbers = ["0m", "1m", "2m", "0.5m", "100m"];

    // Numbers that are facts of units, the calendar or the machine, by the one file that may hold them.
    private static readonly Dictionary<string, string[]> KnownNumbers = new()
    {
        ["src/Evaluation.Rules/RuleSets/Checks/ImportChecks.cs"] = ["0.01m", "0.0001m", "10_000m", "24m"],
        ["src/Evaluation.Rules/RuleSets/Checks/ThresholdChecks.cs"] = ["0.05m"],
        ["src/Evaluation.Rules/RuleSets/Loading/CycleFile.cs"] = ["366m"],
        ["src/Evaluation.Rules/Allocation/Exact.cs"] = ["1_000_000_000_000m"],
        ["src/Evaluation.Rules/Dmn/DmnTestRunner.cs"] = ["0.00000001m"],
        ["src/Evaluation.Rules/Scoring/NumberText.cs"] = ["1.01m"],
        ["src/Evaluation.Jobs/Collecting/Nrii/NriiText.cs"] = ["10_000m"],
        ["src/Evaluation.Jobs/Storage/ServiceRecordStore.cs"] = ["1_000_000m"],
        ["src/Evaluation.Web/Showing/Wording.cs"] = ["1024m"],
    };

    // The language's own arithmetic, the generated population and the drawing of pages hold numbers of their own.
    private static readonly string[] WithoutPolicy =
        ["src/Evaluation.Rules/Feel/", "src/Evaluation.Jobs/Demo/", "src/Evaluation.Jobs/Reports/"];

    private static readonly string[] OnlyForRim =
        ["Npgsql", "Quartz", "System.Net", "System.Data", "Microsoft.Extensions", "Microsoft.AspNetCore", "System.Timers", "System.Diagnostics.Process"];

    private static IEnumerable<(string Path, string Code)> Sources(string pattern = "*.cs") =>
        Repository.Sources("src", pattern).Select(path => (
            Path.GetRelativePath(Repository.Root(), path).Replace('\\', '/'),
            Comment().Replace(File.ReadAllText(path), "")));

    // A comment begins a line or follows a blank, so that the // of an address is none.
    [GeneratedRegex(@"(?<=^|\s)//[^\n]*", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [Theory]
    [InlineData("Evaluation.Rules", new string[0])]
    [InlineData("Evaluation.Jobs", new[] { "Evaluation.Rules" })]
    [InlineData("Evaluation.Web", new[] { "Evaluation.Jobs" })]
    public void A_project_refers_only_to_the_one_below_it(string project, string[] below)
    {
        var file = XDocument.Load(Path.Combine(Repository.Root(), "src", project, $"{project}.csproj"));

        file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .ShouldBe(below);
    }

    [Fact]
    public void Three_projects_are_enough() =>
        Directory.GetDirectories(Path.Combine(Repository.Root(), "src")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["Evaluation.Jobs", "Evaluation.Rules", "Evaluation.Web"]);

    [Fact]
    public void Rules_know_no_database_no_network_no_clock_and_no_log()
    {
        var wrong = Sources().Where(source => source.Path.StartsWith("src/Evaluation.Rules/", StringComparison.Ordinal))
            .Where(source => OnlyForRim.Any(name => source.Code.Contains(name, StringComparison.Ordinal))
                || Clock().IsMatch(source.Code)
                || source.Code.Contains("using Evaluation.Jobs", StringComparison.Ordinal))
            .Select(source => source.Path);

        wrong.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset)\.(Now|UtcNow|Today)\b|\bTimeProvider\b|\bStopwatch\b|\bILogger\b|\bConsole\.|\bRandom\b|\bEnvironment\.(?!NewLine)")]
    private static partial Regex Clock();

    [Fact]
    public void Rules_read_no_files_but_those_of_the_folder_they_are_handed()
    {
        var readers = Sources().Where(source => source.Path.StartsWith("src/Evaluation.Rules/", StringComparison.Ordinal))
            .Where(source => FileSystem().IsMatch(source.Code)).Select(source => source.Path);

        readers.ShouldBeSubsetOf(["src/Evaluation.Rules/RuleSets/RuleFolder.cs", "src/Evaluation.Rules/Dmn/DmnTestRunner.cs"]);
    }

    [GeneratedRegex(@"\b(File|Directory|FileInfo|DirectoryInfo|FileStream)\b(\.|\()")]
    private static partial Regex FileSystem();

    [Theory]
    [InlineData(@"\bQuartz\b", "src/Evaluation.Jobs/Hosting/")]
    [InlineData(@"\bNpgsql", "src/Evaluation.Jobs/Storage/", "src/Evaluation.Jobs/Hosting/LocalPostgres")]
    [InlineData(@"\b(DllImport|LibraryImport|NativeLibrary)\b", "src/Evaluation.Jobs/Reports/Pdf/")]
    public void An_outside_thing_is_known_in_its_own_folder_only(string name, params string[] folders)
    {
        var wrong = Sources().Where(source => Regex.IsMatch(source.Code, name))
            .Select(source => source.Path)
            .Where(path => !folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)));

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_engine_does_not_know_what_year_it_is()
    {
        // The names of XML and SVG carry the year in which they were given.
        var wrong = Sources().Concat(Sources("*.cshtml"))
            .Select(source => (source.Path, Code: source.Code.Replace("www.w3.org/2000/", "", StringComparison.Ordinal)
                .Replace("www.w3.org/2001/", "", StringComparison.Ordinal)))
            .SelectMany(source => Year().Matches(source.Code).Select(year => $"{source.Path}: {year.Value}"));

        wrong.ShouldBeEmpty("years live in rules/");
    }

    [GeneratedRegex(@"(?<![\d.uUx])20\d\d(?![\d.])")]
    private static partial Regex Year();

    [Fact]
    public void Thresholds_weights_and_amounts_live_in_rules_and_not_in_code()
    {
        var wrong = Sources().Where(source => !WithoutPolicy.Any(folder => source.Path.StartsWith(folder, StringComparison.Ordinal)))
            .SelectMany(source => DecimalNumber().Matches(source.Code)
                .Select(number => number.Value)
                .Where(number => !PlainNumbers.Contains(number))
                .Where(number => !(KnownNumbers.TryGetValue(source.Path, out var known) && known.Contains(number)))
                .Select(number => $"{source.Path}: {number}"));

        wrong.ShouldBeEmpty("policy numbers live in rules/; a fact of units or of the machine is listed at the top of this test");
    }

    [GeneratedRegex(@"(?<![\w.])\d[\d_]*(\.\d+)?m\b")]
    private static partial Regex DecimalNumber();

    [Fact]
    public void Points_and_money_are_never_floating_point()
    {
        string[] exact = ["Scoring", "Judgements", "Grading", "Allocation", "Schemes", "RuleSets", "Facts"];
        var wrong = Sources()
            .Where(source => exact.Any(folder => source.Path.StartsWith($"src/Evaluation.Rules/{folder}/", StringComparison.Ordinal)))
            .Where(source => FloatingPoint().IsMatch(source.Code))
            .Select(source => source.Path);

        wrong.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b(double|float|Double|Single)\b(?!\.)")]
    private static partial Regex FloatingPoint();
}
