using System.Text;
using Evaluation.Jobs.Collecting;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>Outside files read by the profiles of a real year: real ones from ../shared where they are, and our own.</summary>
public sealed class SourceRoom(ITestOutputHelper output) : IDisposable
{
    private static readonly Lazy<RuleFolder> Year = new(() => RuleFolder.Read(Path.Combine(Root(), "rules", "2026")));
    private static readonly Lazy<RuleSet> YearRules = new(() => RuleSetLoader.Load(Year.Value));

    public string Folder { get; } = Directory.CreateTempSubdirectory("evaluation-source-").FullName;

    public static RuleSet Rules => YearRules.Value;

    /// <summary>The rules of the year with another text of one file.</summary>
    public static RuleSet With(string file, Func<string, string> mend) => RuleSetLoader.Load(new RuleFolder(
        "rules", new Dictionary<string, string>(Year.Value.Files, StringComparer.Ordinal) { [file] = mend(Year.Value.Files[file]) }));

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A real file, or null, and said so, where it is absent.</summary>
    public string? Real(string name) => SharedFile.Find(name, output);

    public string Put(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, [.. encoding?.GetPreamble() ?? [], .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)]);
        return path;
    }

    /// <summary>What reading a file by a profile finds, without a database.</summary>
    public static Reading Read(string path, string profile, RuleSet? rules = null)
    {
        rules ??= Rules;
        var found = new List<Collected>();
        var file = new Recognition(rules).Read(path, rules.Imports.Single(one => one.Id == profile));
        return new Reading(new Importer(rules).Look(file, found.Add), found);
    }

    /// <summary>The profile by which a file is read when nobody names one.</summary>
    public static string? Recognised(string path) =>
        new Recognition(Rules).Look([path]).Files.SingleOrDefault()?.Profile.Id;

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Evaluation.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The solution is not above the tests.");
    }
}

/// <summary>What was found in a file.</summary>
public sealed record Reading(ImportResult Result, List<Collected> Found)
{
    public List<MetricObservation> Observations { get; } =
        Found.OfType<CollectedObservation>().Select(one => one.Observation).ToList();

    public MetricObservation One(string metric) => Observations.Single(one => one.Metric == metric);

    public decimal Sum(string metric) => Observations.Where(one => one.Metric == metric).Sum(one => one.Value ?? 0);

    public List<Evaluation.Jobs.Storage.RejectedCell> Rejects =>
        Found.OfType<CollectedReject>().Select(reject => reject.Cell).ToList();
}
