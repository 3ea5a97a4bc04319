using Evaluation.Rules.Index;

namespace Evaluation.Jobs.Demo;

/// <summary>One use of an instrument; times in minutes of the period, which may begin before it and end after it.</summary>
internal readonly record struct ServiceSession(long Record, long Start, long End, bool External, int User, long FeeYuan);

/// <summary>
/// The sessions of one instrument over the year: together its hours, in random places. With the dirt of real logs:
/// some sessions begin before the one before has ended, some run over midnight, some over the year's edge.
/// </summary>
internal static class ServiceSessions
{
    private const int OverlapsInAHundred = 3;
    private const int OverTheEdgeOneIn = 12;

    public static IEnumerable<ServiceSession> Of(DemoInstrument instrument, DemoPopulation population)
    {
        if (instrument.Records == 0) yield break;
        var random = population.Random.For("sessions").For(instrument.Number);
        var overlap = random.For("overlap");
        var year = (population.Period.To.DayNumber - population.Period.From.DayNumber) * 24 * 60;
        var lengths = Parts(instrument.Minutes, instrument.Records, random.For("length"), least: 40);
        var gaps = Parts(year - instrument.Minutes, instrument.Records + 1, random.For("gap"), least: 5);
        var rate = DemoFigures.Instruments["fee_per_hour_yuan"].Quartiles.At(random.Share(-1));
        long at = random.Below(-2, OverTheEdgeOneIn) == 0 ? -lengths[0] / 2 : gaps[0];
        var overTheEnd = random.Below(-3, OverTheEdgeOneIn) == 0;
        long total = 0, external = 0;
        for (var index = 0; index < instrument.Records; index++)
        {
            var length = Math.Max(5, lengths[index]);
            if (index == instrument.Records - 1 && overTheEnd) at = Math.Max(at, year - length / 2);
            var outside = external + length / 2 <= instrument.ExternalShare * (total + length);
            total += length;
            if (outside) external += length;
            var fee = outside ? (long)(rate * length / 60) : 0;
            yield return new ServiceSession(
                instrument.FirstRecord + index, at, at + length, outside, random.Below(index, 40) + 1, fee);
            at += length + (overlap.Below(index, 100) < OverlapsInAHundred ? -length / 3 : gaps[index + 1]);
        }
    }

    // Weights between `least` and 200 make some parts several times longer than others; five-minute steps, as people book.
    private static int[] Parts(int total, int count, CounterRandom random, int least)
    {
        var weights = new long[count];
        for (var index = 0; index < count; index++) weights[index] = least + random.Below(index, 200 - least);
        var parts = DemoPopulation.Shares(total / 5, weights);
        var minutes = new int[count];
        for (var index = 0; index < count; index++) minutes[index] = (int)parts[index] * 5;
        return minutes;
    }
}
