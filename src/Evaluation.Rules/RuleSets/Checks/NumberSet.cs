using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>
/// A set of numbers, exact: any union of open, closed and one-sided intervals. Kept as the cuts at which membership
/// changes, in order; a cut lies just before or just after a number.
/// </summary>
internal sealed class NumberSet
{
    private readonly record struct Cut(decimal Value, bool After) : IComparable<Cut>
    {
        public int CompareTo(Cut other) =>
            Value.CompareTo(other.Value) is var order and not 0 ? order : After.CompareTo(other.After);
    }

    private readonly bool _fromBelow;
    private readonly IReadOnlyList<Cut> _cuts;

    private NumberSet(bool fromBelow, IReadOnlyList<Cut> cuts) => (_fromBelow, _cuts) = (fromBelow, cuts);

    public static NumberSet None { get; } = new(false, []);

    public static NumberSet All { get; } = new(true, []);

    public bool IsEmpty => !_fromBelow && _cuts.Count == 0;

    /// <summary>The numbers at which membership changes, in order.</summary>
    public IReadOnlyList<decimal> Edges => [.. _cuts.Select(cut => cut.Value).Distinct()];

    public static NumberSet Above(decimal value, bool included) => new(false, [new Cut(value, !included)]);

    public static NumberSet Below(decimal value, bool included) => new(true, [new Cut(value, included)]);

    public static NumberSet Only(decimal value) => new(false, [new Cut(value, false), new Cut(value, true)]);

    public static NumberSet Between(decimal low, bool lowIncluded, decimal high, bool highIncluded) =>
        Above(low, lowIncluded).And(Below(high, highIncluded));

    public static NumberSet Of(ValueRange range) =>
        (range.Minimum is { } low ? Above(low, range.MinimumIncluded) : All)
        .And(range.Maximum is { } high ? Below(high, range.MaximumIncluded) : All);

    public NumberSet Not() => new(!_fromBelow, _cuts);

    public NumberSet And(NumberSet other) => Combine(other, static (left, right) => left && right);

    public NumberSet Or(NumberSet other) => Combine(other, static (left, right) => left || right);

    public bool Contains(decimal value)
    {
        var inside = _fromBelow;
        foreach (var cut in _cuts)
        {
            if (cut.CompareTo(new Cut(value, false)) > 0) break;
            inside = !inside;
        }

        return inside;
    }

    /// <summary>Whether the set has numbers below this one.</summary>
    public bool ReachesBelow(decimal value) => !And(Below(value, included: false)).IsEmpty;

    private NumberSet Combine(NumberSet other, Func<bool, bool, bool> rule)
    {
        var (left, right) = (_fromBelow, other._fromBelow);
        var start = rule(left, right);
        var inside = start;
        var cuts = new List<Cut>();
        for (int i = 0, j = 0; i < _cuts.Count || j < other._cuts.Count;)
        {
            var order = i == _cuts.Count ? 1 : j == other._cuts.Count ? -1 : _cuts[i].CompareTo(other._cuts[j]);
            var cut = order <= 0 ? _cuts[i] : other._cuts[j];
            if (order <= 0) (left, i) = (!left, i + 1);
            if (order >= 0) (right, j) = (!right, j + 1);
            if (rule(left, right) == inside) continue;
            inside = !inside;
            cuts.Add(cut);
        }

        return new NumberSet(start, cuts);
    }

    /// <summary>The intervals of the set, lowest first.</summary>
    public IReadOnlyList<ValueRange> Intervals
    {
        get
        {
            var intervals = new List<ValueRange>();
            var inside = _fromBelow;
            Cut? low = null;
            foreach (var cut in _cuts)
            {
                if (inside) intervals.Add(Interval(low, cut));
                else low = cut;
                inside = !inside;
            }

            if (inside) intervals.Add(Interval(low, null));
            return intervals;
        }
    }

    private static ValueRange Interval(Cut? low, Cut? high) =>
        new(low?.Value, low is { After: false }, high?.Value, high is { After: true });

    /// <summary>An interval as people write it: <c>0.2 ≤ value &lt; 0.5</c>.</summary>
    public static string Words(ValueRange interval, string name) => interval switch
    {
        { Minimum: null, Maximum: null } => $"every {name}",
        { Minimum: { } low, Maximum: { } high } when low == high => $"{name} = {Text(low)}",
        { Minimum: null, Maximum: { } high } => $"{name} {(interval.MaximumIncluded ? "≤" : "<")} {Text(high)}",
        { Minimum: { } low, Maximum: null } => $"{name} {(interval.MinimumIncluded ? "≥" : ">")} {Text(low)}",
        { Minimum: { } low, Maximum: { } high } =>
            $"{Text(low)} {(interval.MinimumIncluded ? "≤" : "<")} {name} {(interval.MaximumIncluded ? "≤" : "<")} {Text(high)}",
    };

    /// <summary>All intervals as people write them.</summary>
    public string Words(string name) => string.Join(" or ", Intervals.Select(interval => Words(interval, name)));

    /// <summary>A number as rule files write it.</summary>
    public static string Text(decimal value) => FeelValue.NumberText(value);
}
