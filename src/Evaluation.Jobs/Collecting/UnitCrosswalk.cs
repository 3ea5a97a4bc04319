using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// Names of units in files, and the one identity each has. Spaces are a notorious difference between files: runs of
/// them, and the no-break space, count as one space.
/// </summary>
internal sealed class UnitCrosswalk(MappingProfile profile)
{
    private readonly Dictionary<string, UnitAlias> byAlias = profile.Units
        .DistinctBy(unit => Tidy(unit.Alias), StringComparer.Ordinal)
        .ToDictionary(unit => Tidy(unit.Alias), StringComparer.Ordinal);

    private readonly HashSet<(string Category, string Unit)> seen = [];

    /// <summary>An option of every profile: all rows belong to this unit, whatever names stand in them.</summary>
    public const string UnitOption = "unit";

    /// <summary>The unit that the whole file belongs to, where its profile or source says so; else null.</summary>
    public string? Whole { get; } = profile.Options.GetValueOrDefault(UnitOption);

    /// <summary>The profile, with everything it reads belonging to one unit.</summary>
    public static MappingProfile AllOf(MappingProfile profile, string unit) => profile with
    {
        Options = new Dictionary<string, string>(profile.Options) { [UnitOption] = unit },
    };

    /// <summary>The identity of a unit; one that is not listed keeps its name.</summary>
    public string IdOf(string name) =>
        Whole ?? (byAlias.TryGetValue(Tidy(name), out var known) ? known.Unit : Tidy(name));

    /// <summary>The identity of a unit that the file gives an identifier of: <c>ror</c>, <c>uscc</c>, <c>nrii-insCode</c> …</summary>
    public string IdOf(string scheme, string identifier) =>
        byAlias.ContainsKey(Tidy($"{scheme}:{identifier}")) ? IdOf($"{scheme}:{identifier}") : IdOf(identifier);

    /// <summary>Whether the profile lists the name.</summary>
    public bool Knows(string name) => Listed(name) is not null;

    /// <summary>The unit with its names; null for one that is not listed.</summary>
    public UnitEntry? Named(string category, string name) =>
        Listed(name) is { } known ? new UnitEntry(category, known.Unit, known.Name, known.Province) : null;

    /// <summary>The unit with its names, the first time it is met; null after that.</summary>
    public UnitEntry? FirstSight(string category, string name)
    {
        var id = IdOf(name);
        if (!seen.Add((category, id))) return null;
        return Named(category, name);
    }

    private UnitAlias? Listed(string name) => Whole is null
        ? byAlias.GetValueOrDefault(Tidy(name))
        : profile.Units.FirstOrDefault(unit => unit.Unit == Whole);

    public static string Tidy(string name) => string.Join(
        ' ', name.Replace('\u00A0', ' ').Replace('\u3000', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
