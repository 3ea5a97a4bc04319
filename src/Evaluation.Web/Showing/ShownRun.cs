using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Web.Showing;

/// <summary>The run a page shows, with the rules it was made by.</summary>
/// <param name="Run">The run.</param>
/// <param name="Rules">Its rule set, read from the database.</param>
/// <param name="Latest">Whether it is the latest finished run of its year: then addresses need not name it.</param>
public sealed record ShownRun(RunSummary Run, RuleSet Rules, bool Latest)
{
    /// <summary>The cycle.</summary>
    public Cycle Cycle => Rules.Cycle
        ?? throw new InvalidOperationException($"The rule set {Rules.Version} of run {Run.Run} has no cycle.");

    /// <summary>What the year is called in a few words: a plain year by its number, any other cycle by its name.</summary>
    public Bilingual YearName => Run.Cycle.All(char.IsAsciiDigit) ? new($"{Run.Cycle} 年度", Run.Cycle) : Cycle.Name;

    /// <summary>A category of the cycle, or null.</summary>
    public CycleCategory? Category(string category) => Cycle.Categories.FirstOrDefault(known => known.Id == category);

    /// <summary>The scheme of a category, or null.</summary>
    public Scheme? Scheme(string category) => Rules.Schemes.FirstOrDefault(known => known.Category == category);

    /// <summary>Name of a category; its code where the cycle does not name it.</summary>
    public Bilingual CategoryName(string category) => Category(category)?.Name ?? new Bilingual(category, category);

    /// <summary>Name of a pool; its code where the cycle does not name it.</summary>
    public Bilingual PoolName(string pool) =>
        Cycle.Pools.FirstOrDefault(known => known.Id == pool)?.Name ?? new Bilingual(pool, pool);

    /// <summary>A grade of a category's table, or null.</summary>
    public Grade? Grade(string category, string? grade) =>
        Scheme(category)?.Grades?.Grades.FirstOrDefault(known => known.Id == grade);

    /// <summary>Address of a page of this year, naming the run where it is not the latest.</summary>
    public string Address(params ReadOnlySpan<string> segments) => Named(PageAddress.Of(["years", Run.Cycle, .. segments]));

    /// <summary>Adds a query to an address of this year without losing the run.</summary>
    public string Address(string path, IEnumerable<KeyValuePair<string, string>> query)
    {
        var named = Latest ? query : query.Append(new("run", Run.Run));
        var text = string.Join('&', named.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return text.Length == 0 ? path : path + "?" + text;
    }

    private string Named(string path) => Latest ? path : $"{path}?run={Uri.EscapeDataString(Run.Run)}";
}

/// <summary>Addresses, every part of them escaped.</summary>
public static class PageAddress
{
    /// <summary><c>/a/b/c</c> of the parts.</summary>
    public static string Of(params ReadOnlySpan<string> segments)
    {
        var address = new System.Text.StringBuilder();
        foreach (var segment in segments) address.Append('/').Append(Uri.EscapeDataString(segment));
        return address.ToString();
    }

    /// <summary>A part of an address as it was meant: the server leaves escaped slashes as they came.</summary>
    public static string Read(string segment) => segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
