namespace Evaluation.Rules.Index;

/// <summary>
/// One year against another. Min–max puts every year on a scale of its own, so scores of two years cannot be subtracted;
/// for the change both years are put into one table and normalised together.
/// </summary>
internal static class EarlierYear
{
    private const string Then = "\u0001earlier";

    public static ResourceIndexScope Compare(
        ResourceIndexScope now, ResourceIndexScope then, IndexFramework framework, IndexSpecification specification)
    {
        var shared = framework.Indicators.Where(row => then.Subjects.Any(subject => subject.Figures.ContainsKey(row.Code))).ToList();
        if (shared.Count < framework.Indicators.Count) return WithRanks(now, then, null);
        var rows = now.Subjects.Select(subject => (subject.Code, subject))
            .Concat(then.Subjects.Select(subject => (Code: subject.Code + Then, subject))).ToList();
        var table = new IndexTable(
            [.. rows.Select(row => row.Code)],
            [.. shared.Select(indicator => KeyValuePair.Create(
                indicator.Code,
                rows.Select(row => ResourceIndex.Coordinate(row.subject.Figures.GetValueOrDefault(indicator.Code))).ToArray()))]);
        var both = CompositeIndex.Build(framework, ResourceIndex.DataOf(table), specification);
        var scores = both.Units.Zip(both.Scores).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        return WithRanks(now, then, scores);
    }

    private static ResourceIndexScope WithRanks(ResourceIndexScope now, ResourceIndexScope then, Dictionary<string, double>? scores)
    {
        var earlier = then.Subjects.ToDictionary(subject => subject.Code, StringComparer.Ordinal);
        return now with
        {
            Subjects = [.. now.Subjects.Select(subject => earlier.TryGetValue(subject.Code, out var before)
                ? subject with { EarlierRank = before.Rank, Change = Change(subject.Code, scores) }
                : subject)],
        };
    }

    private static double? Change(string code, Dictionary<string, double>? scores) =>
        scores is not null && scores.TryGetValue(code, out var now) && scores.TryGetValue(code + Then, out var then)
            && double.IsFinite(now - then)
            ? now - then
            : null;
}
