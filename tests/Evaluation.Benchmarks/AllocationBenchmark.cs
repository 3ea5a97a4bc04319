using System.Diagnostics;
using System.Globalization;
using Evaluation.Rules.Allocation;

namespace Evaluation.Benchmarks;

/// <summary>One pot shared among many units with floors, caps and band, exactly, against the plainest loop that does the
/// same in floating point and not to the fen.</summary>
internal static class AllocationBenchmark
{
    private const int Rounds = 7;

    internal static void Run(int units)
    {
        var claims = Claims(units);
        var pot = claims.Sum(claim => claim.Basis) * 0.6m;
        var terms = new PotTerms(
            decimal.Round(pot, 2), SpendRule.All, null, 0.01m, RoundingMethod.LargestRemainder,
            (one, other) => claims[other].Basis.CompareTo(claims[one].Basis) is var order and not 0 ? order : one.CompareTo(other));
        var (solution, refusal) = PotShare.Solve(claims, terms);
        if (solution is null || solution.Amounts.Sum() != terms.Pot) throw new InvalidOperationException($"the pot is not spent: {refusal}");
        var exact = Best(() => PotShare.Solve(claims, terms));
        var (bases, lows, highs) = (
            claims.Select(claim => (double)claim.Basis).ToArray(), claims.Select(claim => (double)claim.Low).ToArray(),
            claims.Select(claim => claim.High is { } high ? (double)high : double.MaxValue).ToArray());
        var plain = Best(() => PlainLoop(bases, lows, highs, (double)terms.Pot!.Value));
        var held = solution.Held.CountBy(held => held).ToDictionary();
        Say($"allocation of {units} units with floors, caps and band: {exact:F1} ms to the fen");
        Say($"  at a lower bound {held.GetValueOrDefault(ClampedShare.Held.AtLow)}, at an upper one {held.GetValueOrDefault(ClampedShare.Held.AtHigh)}");
        Say($"  plain floating-point loop (60 halvings, no rounding): {plain:F1} ms; ratio {exact / plain:F2}");
    }

    // Bases like service income: many small, few large; a band around last year for most, a floor and a cap for all.
    private static PotClaim[] Claims(int units)
    {
        var random = new Random(20);
        return [.. Enumerable.Range(0, units).Select(_ =>
        {
            var basis = decimal.Round((decimal)Math.Exp(8 + (random.NextDouble() * 6)), 2);
            var previous = random.Next(5) == 0 ? 0m : decimal.Round(basis * (decimal)(0.4 + (random.NextDouble() * 0.4)), 2);
            var low = Math.Max(1000m, decimal.Round(0.9m * previous, 2));
            var high = previous == 0m ? 500_000m : Math.Min(500_000m, decimal.Round(1.1m * previous, 2));
            return new PotClaim(basis, 0m, low, Math.Max(low, high));
        })];
    }

    private static double PlainLoop(double[] bases, double[] lows, double[] highs, double pot)
    {
        var (low, high) = (0.0, 1000.0);
        for (var halving = 0; halving < 60; halving++)
        {
            var (middle, sum) = ((low + high) / 2, 0.0);
            for (var i = 0; i < bases.Length; i++) sum += Math.Clamp(middle * bases[i], lows[i], highs[i]);
            if (sum >= pot) high = middle;
            else low = middle;
        }

        return high;
    }

    private static double Best<T>(Func<T> work)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            GC.KeepAlive(work());
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }

        return best;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
