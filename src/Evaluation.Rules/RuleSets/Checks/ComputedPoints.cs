using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>
/// Points that are computed, by a formula or by the items of a checklist, looked at along the value while every other
/// fact is held. Where they bend is not known: they are looked at on a grid, and on, beside and between the numbers
/// they name.
/// </summary>
internal static class ComputedPoints
{
    private const int Steps = 64;

    /// <summary>The points along the value, the other facts as a case has them.</summary>
    /// <param name="Held">The case whose facts are held, or null where the points need none.</param>
    /// <param name="Place">Where the rule stands.</param>
    /// <param name="Points">Value → points, in the order of the values.</param>
    private sealed record Course(string? Held, FileLocation Place, IReadOnlyList<(decimal Value,
        decimal Points)> Points);

    /// <summary>Points never fall while the value gets better.</summary>
    public static void FollowDirection(CheckBench bench, Indicator indicator)
    {
        if (indicator.Points is not (FormulaPoints or ChecklistPoints)) return;
        var courses = CoursesOf(bench, indicator).ToList();
        if (courses.Count == 0) return;
        bench.Ask($"the points of {indicator.Id} follow its direction", indicator.Location, problems =>
        {
            if (courses.Select(course => FallOf(course, indicator.Direction)).FirstOrDefault(found =>
                found is not null) is not { } fall) return;
            problems.Add(fall.Place, fall.Words,
                $"correct the {(indicator.Points is FormulaPoints ? "formula" : "items")}, or the direction");
        });
    }

    /// <summary>Points of the value alone are neither above the maximum nor below 0 wherever the value can
    /// be.</summary>
    public static void StayWithin(CheckBench bench, Indicator indicator, ProblemList problems)
    {
        if (indicator.Points is not (FormulaPoints or ChecklistPoints)) return;
        foreach (var course in CoursesOf(bench, indicator).Where(course => course.Held is null))
        {
            Outside(problems, indicator, course, course.Points.FirstOrDefault(at => at.Points > indicator.Max),
                $"more than the maximum of {NumberSet.Text(indicator.Max)}",
                    $"limit them: min({NumberSet.Text(indicator.Max)}, …)");
            if (indicator.Points is ChecklistPoints) continue;
            Outside(problems, indicator, course, course.Points.FirstOrDefault(at => at.Points < 0m),
                "which is below 0", "limit them: max(0, …)");
        }
    }

    private static void Outside(
        ProblemList problems, Indicator indicator, Course course, (decimal Value, decimal Points) at, string what,
            string mend)
    {
        if (at == default) return;
        problems.Add(course.Place,
            $"{indicator.Id} earns {NumberSet.Text(at.Points)} points where value = {NumberSet.Text(at.Value)}, {what}",
            $"{mend}, or declare the range that can occur, e.g. range: \"[0..1]\"");
    }

    /// <summary>The most that items of a checklist can give together, as far as their conditions tell: those that
    /// ask one
    /// thing are tried on all its values, the others may all hold.</summary>
    public static decimal MostOf(CheckBench bench, Indicator indicator, ChecklistPoints checklist) => checklist.Items
        .GroupBy(item => Asked(bench, item.When) is [var only] ? only : null)
        .Sum(group => group.Key is { } subject && ValuesOf(bench, indicator, subject, group) is { Count: > 0 } values
            ? values.Max(value => Earned(bench, group, subject, value))
            : group.Sum(item => Math.Max(0m, item.Points)));

    private static List<string> Asked(CheckBench bench, Formula formula) =>
        [.. formula.Expression.FreeNames.Where(name => !bench.Constants.Fixes(name))];

    private static decimal Earned(CheckBench bench, IEnumerable<ChecklistItem> items, string subject, FeelValue value)
    {
        var context = bench.Constants.Beside([KeyValuePair.Create(subject, value)]);
        return items.Where(item => Constants.ValueOf(item.When.Expression, context).IsTrue).Sum(item => item.Points);
    }

    // The values at which an item can begin or cease to hold; none where they cannot be told.
    private static IReadOnlyList<FeelValue>? ValuesOf(
        CheckBench bench, Indicator indicator, string subject, IEnumerable<ChecklistItem> items)
    {
        var metric = bench.Rules.Metrics.GetValueOrDefault(subject);
        if (subject != NameScope.ValueName && metric is null) return null;
        var answers = metric is null ? BandChecks.TextsOf(bench, indicator)
            : metric.Kind == MetricKind.Answer ? metric.Answers : null;
        if (answers is not null) return [.. answers.Select(FeelValue.String)];
        if (metric is null && indicator.Unit.Code == "answer") return null;
        var range = metric is null ? RangeOf(bench, indicator)
            : new ValueRange(metric.Minimum, metric.Minimum is not null, metric.Maximum, metric.Maximum is not null);
        return [.. Samples(range, [.. items.SelectMany(item => NumbersIn(bench, item.When))]).Select(number =>
            (FeelValue)number)];
    }

    private static IEnumerable<Course> CoursesOf(CheckBench bench, Indicator indicator)
    {
        var range = RangeOf(bench, indicator);
        switch (indicator.Points)
        {
            case ChecklistPoints { Items: var items } when indicator.Unit.Code != "answer":
                var ofValue = items.Where(item => Asked(bench, item.When) is [NameScope.ValueName]).ToList();
                if (ofValue.Count == 0) yield break;
                var numbers = ofValue.SelectMany(item => NumbersIn(bench, item.When)).ToList();
                yield return new Course(null, ofValue[0].When.Location,
                    [.. Samples(range, numbers).Select(value => (value, Earned(bench, ofValue, NameScope.ValueName,
                        value)))]);
                break;
            case FormulaPoints { Formula: var formula }:
                var samples = Samples(range, [.. NumbersIn(bench, formula)]);
                foreach (var (held, facts) in FactsFor(bench, indicator, formula))
                {
                    yield return new Course(held, formula.Location, [.. Along(formula, bench.Constants.Beside(facts),
                        samples)]);
                }

                break;
        }
    }

    private static IEnumerable<(decimal, decimal)> Along(Formula formula, FeelContext facts,
        IEnumerable<decimal> samples) =>
        from value in samples
        let points = Constants.NumberOf(formula.Expression, facts.With(NameScope.ValueName, value))
        where points is not null
        select (value, points.Value);

    // What a formula asks beside the value stays as it is in a case; cases of another day meet other parameters.
    private static IEnumerable<(string? Held, IReadOnlyDictionary<string, FeelValue> Facts)> FactsFor(
        CheckBench bench, Indicator indicator, Formula formula)
    {
        var asked = Asked(bench, formula);
        if (!asked.Remove(NameScope.ValueName)) return [];
        return asked.Count == 0
            ? [(null, new Dictionary<string, FeelValue>())]
            : indicator.Cases.Where(one => one.AsOf is null && asked.TrueForAll(one.Given.ContainsKey))
                .Select(one => ((string?)one.Name, one.Given));
    }

    private static (FileLocation Place, string Words)? FallOf(Course course, Direction direction)
    {
        var falling = direction == Direction.Lower;
        for (var at = 1; at < course.Points.Count; at++)
        {
            var (before, after) = (course.Points[at - 1], course.Points[at]);
            if (before.Points == after.Points || after.Points < before.Points == falling) continue;
            if (direction == Direction.Target && !falling)
            {
                // Towards a target points rise once and fall once.
                falling = true;
                continue;
            }

            var better = direction == Direction.Target ? "points rise only once on the way to a target"
                : $"{direction.ToString().ToLowerInvariant()} is better";
            return (course.Place,
                $"points go from {NumberSet.Text(before.Points)} at {NumberSet.Text(before.Value)} to "
                + $"{NumberSet.Text(after.Points)} at {NumberSet.Text(after.Value)}"
                + (course.Held is { } held ? $", all else as in the case '{held}'" : "") + $", although {better}");
        }

        return null;
    }

    // A ratio of what is never below 0 is not either, whether its range is declared or not.
    private static ValueRange RangeOf(CheckBench bench, Indicator indicator)
    {
        var range = BandChecks.RangeOf(bench, indicator);
        return range.Minimum is null && FactSubjects.NeverNegative(bench, indicator.Value.Expression)
            ? range with { Minimum = 0m, MinimumIncluded = true }
            : range;
    }

    private static List<decimal> Samples(ValueRange range, IReadOnlyList<decimal> numbers)
    {
        var named = numbers.Append(0m).Distinct().Order().ToList();
        var low = range.Minimum ?? -2m * named.Max(Math.Abs);
        var high = range.Maximum ?? Math.Max(low, 2m * named.Max(Math.Abs)) + 1m;
        var step = (high - low) / Steps;
        var between = named.Zip(named.Skip(1), (one, next) => one + (next - one) / 2m);
        var beside = named.SelectMany(one => new[] { one - step / Steps, one + step / Steps });
        return
        [
            .. Enumerable.Range(0, Steps + 1).Select(i => low + i * step).Concat(named).Concat(between).Concat(beside)
                .Where(NumberSet.Of(range).Contains).Distinct().Order(),
        ];
    }

    private static IEnumerable<decimal> NumbersIn(CheckBench bench, Formula formula) => NumbersIn(bench,
        formula.Expression.Root);

    private static IEnumerable<decimal> NumbersIn(CheckBench bench, FeelNode node)
    {
        decimal? own = node switch
        {
            FeelLiteral { Value.IsNumber: true } literal => literal.Value.AsNumber(),
            FeelName { Name: var name } => bench.Constants.ParameterOf(name),
            _ => null,
        };
        if (own is { } number) yield return number;
        foreach (var child in node.Children.SelectMany(child => NumbersIn(bench, child))) yield return child;
    }
}
