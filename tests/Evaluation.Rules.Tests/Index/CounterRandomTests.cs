using Evaluation.Rules.Index;

namespace Evaluation.Rules.Tests.Index;

public sealed class CounterRandomTests
{
    [Fact]
    public void A_seed_gives_the_same_draws_on_every_machine()
    {
        var random = CounterRandom.Seeded(2026);

        // Worked out apart from this code, by the definition in the comment of the type.
        random.Bits(0).ShouldBe(0x6E75725323D4929EUL);
        random.For("weights").Bits(3).ShouldBe(0xC60F3C3777302165UL);
        random.For(7).Fraction(1).ShouldBe(0.7099424713044425);
    }

    [Fact]
    public void Draws_do_not_depend_on_the_order_in_which_they_are_asked_for()
    {
        var random = CounterRandom.Seeded(1);
        var forwards = Enumerable.Range(0, 100).Select(index => random.Fraction(index)).ToList();

        Enumerable.Range(0, 100).Reverse().Select(index => random.Fraction(index)).Reverse().ShouldBe(forwards);
        forwards.Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void Fractions_fill_the_range_from_0_to_1_evenly()
    {
        const int Draws = 100_000;
        var random = CounterRandom.Seeded(5).For("even");
        var tenths = new int[10];
        for (var index = 0; index < Draws; index++) tenths[(int)(random.Fraction(index) * 10)]++;

        // Five standard deviations of a count with probability one tenth: 5 × √(100,000 × 0.1 × 0.9) ≈ 474.
        tenths.ShouldAllBe(count => Math.Abs(count - Draws / 10) < 475);
    }

    [Fact]
    public void Streams_of_different_purposes_and_numbers_differ()
    {
        var random = CounterRandom.Seeded(1);
        new[] { random, random.For("a"), random.For("b"), random.For(1), random.For(2), CounterRandom.Seeded(2) }
            .Select(stream => stream.Bits(0)).Distinct().Count().ShouldBe(6);
    }
}
