using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>A band (of points or of grades) with the values it takes inside the range.</summary>
internal sealed record BandSet(FileLocation Location, string Text, ValueSet Values, decimal Worth);

/// <summary>Proves by exact interval arithmetic that bands cover a range without gap or overlap and never fall the wrong way.</summary>
internal static class BandChecks
{
    private const string Points = "points";

    public static void Run(CheckBench bench, Indicator indicator)
    {
        if (indicator.Points is not BandPoints { Bands: var bands }) return;
        bench.Ask($"the bands of {indicator.Id} cover its range once", indicator.Location, problems =>
        {
            if (SetsOf(bench, bands.Select(band => (band.When, band.Points)), problems) is not { } sets) return;
            var domain = DomainOf(bench, indicator, sets);
            Cover(problems, bands.Count > 0 ? bands[0].When.Location : indicator.Location, sets, domain, "value", "gets no points");
        });
        bench.Ask($"the points of {indicator.Id} follow its direction", indicator.Location, problems =>
        {
            if (SetsOf(bench, bands.Select(band => (band.When, band.Points)), new ProblemList()) is not { } sets) return;
            Follow(problems, sets, DomainOf(bench, indicator, sets).Numbers, indicator.Direction);
        });
    }

    /// <summary>The sets of conditions; null (and a problem for each) where one cannot be proved.</summary>
    public static IReadOnlyList<BandSet>? SetsOf(
        CheckBench bench, IEnumerable<(Condition When, decimal Worth)> bands, ProblemList problems)
    {
        var sets = new List<BandSet>();
        var unproved = false;
        foreach (var (when, worth) in bands)
        {
            if (new ConditionSets(bench.Constants, when.Text).Of(when.Tests.Root) is { } values)
            {
                sets.Add(new BandSet(when.Location, when.Text, values, worth));
                continue;
            }

            unproved = true;
            problems.Add(when.Location, $"which values the band {when.Text} takes cannot be told",
                "write comparisons, ranges or values of numbers and parameters: \">= 1\", \"[0.5..1)\", '\"a\", \"b\"'");
        }

        return unproved ? null : sets;
    }

    /// <summary>The values that can occur: of the kinds the bands speak of, inside the declared range.</summary>
    public static ValueSet DomainOf(CheckBench bench, Indicator indicator, IReadOnlyList<BandSet> sets)
    {
        // Bands that take everything, or everything but a few, say nothing about the kind of the value.
        var narrow = sets.Select(set => set.Values).Where(values => values.Numbers.IsEmpty || values.Texts.IsEmpty).ToList();
        var texts = narrow.Any(values => !values.Texts.IsEmpty);
        var truths = narrow.Any(values => values.True || values.False);
        var numbers = narrow.Any(values => !values.Numbers.IsEmpty) || (!texts && !truths);
        return new ValueSet(
            numbers ? NumberSet.Of(RangeOf(bench, indicator)) : NumberSet.None,
            texts ? PossibleTexts(bench, indicator.Value.Expression.Root) is { } possible ? TextSet.Of(possible) : TextSet.All : TextSet.None,
            truths,
            truths);
    }

    /// <summary>The declared range of the value, or the metric's where the value is a metric as it stands.</summary>
    public static ValueRange RangeOf(CheckBench bench, Indicator indicator) =>
        indicator.Range == ValueRange.Everything
        && indicator.Value.Expression.Root is FeelName { Name: var name }
        && bench.Rules.Metrics.TryGetValue(name, out var metric)
            ? new ValueRange(metric.Minimum, metric.Minimum is not null, metric.Maximum, metric.Maximum is not null)
            : indicator.Range;

    /// <summary>The texts the value can be, or null where it is none or any.</summary>
    public static IReadOnlyList<string>? TextsOf(CheckBench bench, Indicator indicator) =>
        PossibleTexts(bench, indicator.Value.Expression.Root);

    private static IReadOnlyList<string>? PossibleTexts(CheckBench bench, FeelNode node) => node switch
    {
        FeelLiteral { Value.Kind: FeelKind.String } text => [text.Value.AsString()],
        FeelLiteral { Value.IsNull: true } => [],
        FeelName { Name: var name } when bench.Rules.Metrics.TryGetValue(name, out var metric) && metric.Answers.Count > 0 =>
            metric.Answers,
        FeelIf choice when PossibleTexts(bench, choice.Then) is { } then && PossibleTexts(bench, choice.Else) is { } other =>
            [.. then, .. other],
        _ => null,
    };

    /// <summary>Reports gaps, overlaps and bands that can never apply.</summary>
    public static void Cover(
        ProblemList problems, FileLocation whole, IReadOnlyList<BandSet> sets, ValueSet domain, string name, string gap)
    {
        var covered = ValueSet.None;
        for (var i = 0; i < sets.Count; i++)
        {
            var own = sets[i].Values.And(domain);
            if (own.IsEmpty)
            {
                problems.Add(sets[i].Location, $"the band {sets[i].Text} can never apply: the range has no such value",
                    "correct the band or the range");
            }

            for (var j = 0; j < i; j++)
            {
                foreach (var part in own.And(sets[j].Values).Parts(name))
                {
                    problems.Add(sets[i].Location,
                        $"{part} is in two bands: {sets[j].Text} (line {sets[j].Location.Line}) and {sets[i].Text}",
                        "let exactly one of them take it: [a..b) takes a and leaves b");
                }
            }

            covered = covered.Or(own);
        }

        foreach (var part in domain.And(covered.Not()).Parts(name))
        {
            problems.Add(whole, $"{part} {gap}", "widen a band, add one, or declare the range that can occur");
        }
    }

    /// <summary>Reports bands that are worth less while the value gets better.</summary>
    public static void Follow(
        ProblemList problems, IReadOnlyList<BandSet> sets, NumberSet domain, Direction direction, string worth = Points)
    {
        var pieces = sets
            .SelectMany(set => set.Values.Numbers.And(domain).Intervals.Select(interval => (Interval: interval, Band: set)))
            .OrderBy(piece => piece.Interval.Minimum ?? decimal.MinValue)
            .ThenBy(piece => !piece.Interval.MinimumIncluded && piece.Interval.Minimum is not null)
            .ToList();
        var falling = direction == Direction.Lower;
        for (var i = 1; i < pieces.Count; i++)
        {
            var (before, after) = (pieces[i - 1].Band, pieces[i].Band);
            if (before.Worth == after.Worth || after.Worth < before.Worth == falling) continue;
            if (direction == Direction.Target && !falling)
            {
                // Towards a target points rise once and fall once.
                falling = true;
                continue;
            }

            problems.Add(after.Location,
                worth == Points
                    ? $"points go from {NumberSet.Text(before.Worth)} ({before.Text}) to {NumberSet.Text(after.Worth)} ({after.Text}) "
                        + $"as the value rises, although {Better(direction)}"
                    : $"the band {before.Text} has a better grade than {after.Text}, although it takes lower totals",
                "correct one of the two bands" + (worth == Points ? ", or the direction" : ""));
        }
    }

    private static string Better(Direction direction) => direction switch
    {
        Direction.Higher => "higher is better",
        Direction.Lower => "lower is better",
        _ => "points rise only once on the way to a target",
    };
}
