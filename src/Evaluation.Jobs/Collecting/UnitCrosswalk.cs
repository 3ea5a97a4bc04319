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

    /// <summary>The identity of a unit; one that is not listed keeps its name.</summary>
    public string IdOf(string name) => byAlias.TryGetValue(Tidy(name), out var known) ? known.Unit : Tidy(name);

    /// <summary>The unit with its names, the first time it is met; null after that.</summary>
    public UnitEntry? FirstSight(string category, string name)
    {
        var id = IdOf(name);
        if (!seen.Add((category, id))) return null;
        return byAlias.TryGetValue(Tidy(name), out var known)
            ? new UnitEntry(category, id, known.Name, known.Province)
            : null;
    }

    public static string Tidy(string name) => string.Join(
        ' ', name.Replace('\u00A0', ' ').Replace('\u3000', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
