using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Institutions;

/// <summary>A name as it was met, and the list (document, year) it stood in.</summary>
public sealed record SeenName(string Name, string List);

/// <summary>
/// Proposes for names that nobody knows the institution they may belong to. Two names that stand in one list are two
/// institutions: nobody lists itself twice. What was decided before is not proposed again.
/// </summary>
public static class AliasProposals
{
    /// <param name="institutions">Those that are known.</param>
    /// <param name="known">What was proposed or decided before.</param>
    /// <param name="seen">Names with the lists they stand in.</param>
    /// <returns>Proposals, by name and institution.</returns>
    public static IReadOnlyList<InstitutionAlias> Of(
        IReadOnlyList<Institution> institutions, IReadOnlyList<InstitutionAlias> known, IReadOnlyList<SeenName> seen)
    {
        var lists = seen.ToLookup(one => one.Name, one => one.List, StringComparer.Ordinal);
        var official = institutions.Select(one => one.Name.Zh).Concat(institutions.Select(one => one.Unit))
            .ToHashSet(StringComparer.Ordinal);
        var decided = known.Where(alias => alias.Scheme == InstitutionStore.NameScheme)
            .Select(alias => (alias.Value, alias.Unit)).ToHashSet();
        var confirmed = known.Where(alias => alias is { Scheme: InstitutionStore.NameScheme, State: "confirmed" })
            .ToLookup(alias => alias.Unit, alias => alias.Value, StringComparer.Ordinal);
        var named = confirmed.SelectMany(names => names).ToHashSet(StringComparer.Ordinal);
        var forms = institutions.Select(one => (Institution: one, Form: NameForm.Of(one.Name.Zh))).ToList();
        var proposals = new List<InstitutionAlias>();
        foreach (var name in seen.Select(one => one.Name).Distinct().Order(StringComparer.Ordinal))
        {
            if (official.Contains(name) || named.Contains(name)) continue;
            var form = NameForm.Of(name);
            proposals.AddRange(
                from one in forms
                let likeness = NameRules.Of(form, one.Form)
                where likeness is not null && !decided.Contains((name, one.Institution.Unit))
                where !confirmed[one.Institution.Unit].Append(one.Institution.Name.Zh)
                    .Any(other => lists[other].Intersect(lists[name], StringComparer.Ordinal).Any())
                select new InstitutionAlias(
                    InstitutionStore.NameScheme, name, one.Institution.Unit, "proposed", likeness.Rule, likeness.Because,
                    default, null, null, null));
        }

        return proposals;
    }
}
