using Evaluation.Rules.RuleSets.Checks;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>Interval arithmetic is exact: sets answer for every number as their members would.</summary>
public sealed class NumberSetTests
{
    private static readonly Gen<NumberSet> Sets = Gen.Sized(Set);

    private static Gen<NumberSet> Set(int size)
    {
        var numbers = Gen.Choose(-4, 4).Select(number => number / 2m);
        var simple = Gen.OneOf(
            numbers.Zip(Gen.Elements(true, false), NumberSet.Above),
            numbers.Zip(Gen.Elements(true, false), NumberSet.Below),
            numbers.Select(NumberSet.Only),
            Gen.Constant(NumberSet.All),
            Gen.Constant(NumberSet.None));
        if (size < 2) return simple;
        var parts = Set(size / 2);
        return Gen.OneOf(
            simple,
            parts.Zip(parts, (left, right) => left.And(right)),
            parts.Zip(parts, (left, right) => left.Or(right)),
            parts.Select(set => set.Not()));
    }

    [Fact]
    public void Union_intersection_and_complement_hold_for_every_number() =>
        Prop.ForAll(Sets.Zip(Sets).ToArbitrary(), pair =>
        {
            var (left, right) = pair;
            for (var number = -3m; number <= 3m; number += 0.25m)
            {
                left.And(right).Contains(number).ShouldBe(left.Contains(number) && right.Contains(number));
                left.Or(right).Contains(number).ShouldBe(left.Contains(number) || right.Contains(number));
                left.Not().Contains(number).ShouldBe(!left.Contains(number));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_intervals_of_a_set_are_the_set() =>
        Prop.ForAll(Sets.ToArbitrary(), set =>
        {
            var again = set.Intervals.Aggregate(NumberSet.None, (all, interval) => all.Or(NumberSet.Of(interval)));
            for (var number = -3m; number <= 3m; number += 0.25m) again.Contains(number).ShouldBe(set.Contains(number));
            again.And(set.Not()).IsEmpty.ShouldBeTrue();
            set.And(again.Not()).IsEmpty.ShouldBeTrue();
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.2, true, 0.5, false, "0.2 ≤ value < 0.5")]
    [InlineData(0.2, false, 0.5, true, "0.2 < value ≤ 0.5")]
    [InlineData(0.5, true, 0.5, true, "value = 0.5")]
    public void An_interval_is_written_as_people_write_it(double low, bool lowIn, double high, bool highIn, string words) =>
        NumberSet.Between((decimal)low, lowIn, (decimal)high, highIn).Words("value").ShouldBe(words);
}
