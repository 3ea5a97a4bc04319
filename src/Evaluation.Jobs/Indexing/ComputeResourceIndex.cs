using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Index;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Indexing;

/// <summary>
/// Computes the resource index of a run from its sealed snapshot: by province, by discipline where the data name one, and
/// by institution within each category; against the latest earlier year that has one.
/// </summary>
public sealed class ComputeResourceIndex(
    RuleSetsOnRecord rules, CategoryFacts facts, UnitStore units, ResourceIndexStore indices)
{
    /// <summary>An index that is there already is left as it is.</summary>
    /// <returns>Subjects with a rank, over all scopes; null where the rules define no index.</returns>
    /// <exception cref="IndexSpecificationException">The definition does not fit the data.</exception>
    public async Task<int?> Compute(string run, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        if (ruleSet.Index is not { } definition) return null;
        if (await indices.Find(run, cancel) is { } there) return Ranked(there.Result);
        var members = new List<(IndexMember Member, UnitEntry? Entry)>();
        foreach (var category in ruleSet.Cycle!.Categories)
        {
            var entries = (await units.OfRun(run, category.Id, cancel)).ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
            members.AddRange((await facts.Of(run, category.Id, cancel)).Select(unit =>
                (new IndexMember(category.Id, unit), entries.GetValueOrDefault(unit.Unit))));
        }

        var earlier = await indices.Before(found.Cycle, found.Generated, cancel);
        var result = Of(definition, ruleSet.Cycle!, members, earlier, cancel);
        var json = result.Json();
        await indices.Save(run, earlier?.Run, new StoredIndex(json, CanonicalJson.Sha256(json)), cancel);
        return Ranked(result);
    }

    private static ResourceIndexResult Of(
        ResourceIndexDefinition definition, Cycle cycle, List<(IndexMember Member, UnitEntry? Entry)> members,
        EarlierIndex? earlier, CancellationToken cancel)
    {
        var then = earlier?.Index.Result.Scopes.ToDictionary(scope => scope.Id, StringComparer.Ordinal) ?? [];
        var scopes = new List<ResourceIndexScope>
        {
            ResourceIndex.Build(definition, "province", null, Provinces(members), then.GetValueOrDefault("province")),
            Disciplines(definition, members, then.GetValueOrDefault("discipline")),
        };
        foreach (var category in cycle.Categories)
        {
            cancel.ThrowIfCancellationRequested();
            scopes.Add(ResourceIndex.Build(
                definition, "institution", category.Id, Institutions(members, category.Id),
                then.GetValueOrDefault($"institution-{category.Id}")));
        }

        return new ResourceIndexResult(cycle.Id, earlier?.Cycle, scopes);
    }

    private static List<IndexSubject> Provinces(List<(IndexMember Member, UnitEntry? Entry)> members) =>
        [.. members.Where(one => one.Entry?.Province is not null)
            .GroupBy(one => one.Entry!.Province!.Zh, StringComparer.Ordinal)
            .Select(group => new IndexSubject(
                group.Key, group.First().Entry!.Province!, [.. group.Select(one => one.Member)]))];

    private static ResourceIndexScope Disciplines(
        ResourceIndexDefinition definition, List<(IndexMember Member, UnitEntry? Entry)> members, ResourceIndexScope? earlier)
    {
        if (definition.Discipline is not { } metric)
        {
            return new ResourceIndexScope("discipline", null, new(
                "本年度的数据没有说明各单位所属学科，不能按学科比较。",
                "The data of this year do not say to which discipline a unit belongs: disciplines cannot be compared."), [], []);
        }

        var subjects = members.Select(one => (one.Member, Answer: AnswerOf(one.Member.Facts, metric.Code)))
            .Where(one => one.Answer is not null)
            .GroupBy(one => one.Answer!, StringComparer.Ordinal)
            .Select(group => new IndexSubject(
                group.Key,
                metric.AnswerNames.GetValueOrDefault(group.Key) ?? new Bilingual(group.Key, group.Key),
                [.. group.Select(one => one.Member)]));
        return ResourceIndex.Build(definition, "discipline", null, [.. subjects], earlier);
    }

    private static List<IndexSubject> Institutions(List<(IndexMember Member, UnitEntry? Entry)> members, string category) =>
        [.. members.Where(one => one.Member.Category == category).Select(one => new IndexSubject(
            one.Member.Facts.Unit,
            one.Entry?.Name ?? new Bilingual(one.Member.Facts.Unit, one.Member.Facts.Unit),
            [one.Member]))];

    private static string? AnswerOf(UnitFacts facts, string metric) =>
        facts.Values.TryGetValue(metric, out var answer) && answer.Kind == FeelKind.String ? answer.AsString() : null;

    private static int Ranked(ResourceIndexResult result) =>
        result.Scopes.Sum(scope => scope.Subjects.Count(subject => subject.Rank is not null));
}
