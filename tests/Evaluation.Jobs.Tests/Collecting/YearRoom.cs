using System.Text;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>Reads outside files by the profiles of a rule folder of this project.</summary>
internal sealed class YearRoom : IDisposable
{
    public YearRoom(string rules = "2026", params (string Path, string Yaml)[] more)
    {
        var folder = RuleFolder.Read(Path.Combine(Repository(), "rules", rules));
        var files = new Dictionary<string, string>(folder.Files);
        foreach (var (path, yaml) in more) files[path] = yaml;
        Rules = RuleSetLoader.Load(new RuleFolder(folder.Name, files));
    }

    public RuleSet Rules { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("evaluation-year-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Put(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, [.. encoding?.GetPreamble() ?? [], .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)]);
        return path;
    }

    /// <summary>A file with the profile that its name or content shows.</summary>
    public RecognisedFile Recognise(string path) => new Recognition(Rules).Look([path]) switch
    {
        { Files: [var only] } => only,
        var other => throw new InvalidOperationException(string.Join("; ", other.Problems.Concat(other.LeftOut))),
    };

    public Reading Look(string path) => Read(Recognise(path));

    /// <summary>A file with a profile that somebody names, some of its options changed.</summary>
    public Reading Look(string path, string profile, params (string Option, string Value)[] options)
    {
        var chosen = Rules.Imports.Single(one => one.Id == profile);
        var all = new Dictionary<string, string>(chosen.Options);
        foreach (var (option, value) in options) all[option] = value;
        return Read(new Recognition(Rules).Read(path, chosen with { Options = all }));
    }

    private Reading Read(RecognisedFile file)
    {
        var found = new List<Collected>();
        return new Reading(new Importer(Rules).Look(file, found.Add), found);
    }

    internal static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Evaluation.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("No folder above the tests holds Evaluation.sln.");
    }

    /// <summary>What reading a file found.</summary>
    internal sealed record Reading(ImportResult Result, IReadOnlyList<Collected> Found)
    {
        public IReadOnlyList<MetricObservation> Observations { get; } =
            [.. Found.OfType<CollectedObservation>().Select(one => one.Observation)];

        public IReadOnlyList<RejectedCell> Rejects => [.. Found.OfType<CollectedReject>().Select(one => one.Cell)];

        public decimal Sum(string metric, string? unit = null) => Observations
            .Where(one => one.Metric == metric && (unit is null || one.Unit == unit))
            .Sum(one => one.Value ?? 0);
    }
}
