namespace Evaluation.Jobs.Collecting.Mcpd;

/// <summary>
/// Which passports are of one material, held by several institutes: those that name each other in OTHERNUMB. A material
/// counts once, for the institute that hands it out; else for the one that does not keep it as a duplicate; else for the
/// first of the file.
/// </summary>
internal sealed class MaterialsHeld
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly List<(string From, string To)> links = [];
    private readonly Dictionary<string, string> holders = new(StringComparer.Ordinal);

    private sealed record Entry(string Name, int Order, bool? Available, bool? Duplicate)
    {
        public string Parent { get; set; } = Name;
    }

    public void Add(Passport passport)
    {
        entries.TryAdd(
            passport.Name, new Entry(passport.Name, entries.Count, passport.IsAvailable, passport.IsSafetyDuplicate));
        foreach (var other in passport.Others) links.Add((passport.Name, other));
    }

    /// <summary>All passports are in.</summary>
    public void Settle()
    {
        foreach (var (from, to) in links)
        {
            if (entries.ContainsKey(to)) entries[Root(from)].Parent = Root(to);
        }

        foreach (var material in entries.Values.GroupBy(entry => Root(entry.Name), StringComparer.Ordinal))
        {
            var holder = material
                .OrderByDescending(entry => entry.Available == true)
                .ThenBy(entry => entry.Duplicate == true)
                .ThenBy(entry => entry.Order)
                .First();
            foreach (var entry in material) holders[entry.Name] = holder.Name;
            var said = material.Select(entry => entry.Available).ToList();
            if (said.Contains(true) && said.Contains(false)) Disagreements++;
        }
    }

    public int Passports => entries.Count;

    public int Materials => holders.Values.Distinct(StringComparer.Ordinal).Count();

    /// <summary>Materials that one institute says may be ordered, and another says may not.</summary>
    public int Disagreements { get; private set; }

    /// <summary>The passport under which the material of this one counts.</summary>
    public string HolderOf(Passport passport) => holders[passport.Name];

    private string Root(string name)
    {
        while (entries[name].Parent != name)
        {
            entries[name].Parent = entries[entries[name].Parent].Parent;
            name = entries[name].Parent;
        }

        return name;
    }
}
