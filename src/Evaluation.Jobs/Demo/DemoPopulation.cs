using System.Globalization;
using Evaluation.Rules;
using Evaluation.Rules.Index;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Demo;

/// <summary>An invented unit. Its quality (0 to 1) pulls all its figures the same way, as in life.</summary>
internal sealed record DemoUnit(
    string Id, string Category, int Number, Bilingual Name, Bilingual Province, decimal Quality);

/// <summary>An invented instrument, with the hours its service records will add up to.</summary>
internal sealed record DemoInstrument(
    string Id,
    DemoUnit Unit,
    int Number,
    string NameZh,
    bool Special,
    long OriginalValueYuan,
    DateOnly InServiceFrom,
    bool Registered,
    DateOnly? RegisteredOn,
    int Minutes,
    decimal ExternalShare,
    long FirstRecord,
    int Records);

/// <summary>
/// Units and instruments of a scale and seed. Names are obviously invented; the mean effective and external hours of
/// an instrument are the published national ones.
/// </summary>
internal sealed class DemoPopulation
{
    // The hours of an instrument cannot fill the whole year: it is serviced, and nobody works every night.
    private const decimal MostOfTheYear = 0.9m;

    private const int BelowScopeOneIn = 120;
    private const int LatestRegistration = 300;

    public DemoPopulation(DemoScale scale, long seed, Period period)
    {
        Random = CounterRandom.Seeded(seed);
        Period = period;
        Units =
        [
            .. UnitsOf("instruments", scale.InstrumentUnits, "inst", "示例研究所", "Sample Institute"),
            .. UnitsOf("data", scale.DataUnits, "data", "示例数据中心", "Sample Data Centre"),
            .. UnitsOf("bio", scale.BioUnits, "bio", "示例资源库", "Sample Repository"),
        ];
        Instruments = InstrumentsOf([.. Units.Where(unit => unit.Category == "instruments")], scale);
    }

    public CounterRandom Random { get; }

    public Period Period { get; }

    public IReadOnlyList<DemoUnit> Units { get; }

    public IReadOnlyList<DemoInstrument> Instruments { get; }

    /// <summary>Where in the distribution of a figure a unit stands: mostly its quality, partly chance.</summary>
    public decimal Standing(DemoUnit unit, string figure) =>
        (2 * unit.Quality + Random.For(figure).For(unit.Category).Share(unit.Number)) / 3;

    private IEnumerable<DemoUnit> UnitsOf(string category, int count, string prefix, string zh, string en)
    {
        var digits = Math.Max(2, count.ToString(CultureInfo.InvariantCulture).Length);
        var quality = Random.For("quality").For(category);
        var provinces = DemoFigures.Provinces;
        for (var number = 1; number <= count; number++)
        {
            var text = number.ToString("D" + digits, CultureInfo.InvariantCulture);
            yield return new DemoUnit(
                $"{prefix}-{text}",
                category,
                number,
                new Bilingual($"{zh} {text}", $"{en} {text}"),
                provinces[Random.For("province").For(category).Below(number, provinces.Count)],
                // One unit in each slice of the scale of quality, in shuffled places: small populations are varied too.
                (quality.For("order").Below(number, 1000) / 1000m + number * 0.618034m) % 1);
        }
    }

    private List<DemoInstrument> InstrumentsOf(IReadOnlyList<DemoUnit> units, DemoScale scale)
    {
        var instruments = new List<DemoInstrument>(scale.Instruments);
        if (units.Count == 0) return instruments;
        var counts = Shares(scale.Instruments, [.. units.Select(unit => 30 + (long)Random.For("size").Below(unit.Number, 150))]);
        var owners = units.SelectMany((unit, index) => Enumerable.Repeat(unit, (int)counts[index])).ToList();
        var hours = Hours(owners);
        var external = ExternalShares(owners, hours);
        // A little used instrument has fewer records, not only shorter ones.
        var mean = hours.Sum(hour => (long)hour) / Math.Max(1, hours.Count);
        var records = Shares(scale.ServiceRecords, [.. hours.Select(hour => hour == 0 ? 0L : hour + mean)]);
        long first = 1;
        for (var index = 0; index < owners.Count; index++)
        {
            instruments.Add(InstrumentOf(owners[index], index + 1, hours[index], external[index], first, (int)records[index]));
            first += records[index];
        }

        return instruments;
    }

    private DemoInstrument InstrumentOf(
        DemoUnit unit, int number, int minutes, decimal external, long first, int records)
    {
        var figures = DemoFigures.Instruments;
        var random = Random.For("instrument").For(number);
        var inService = Period.From.AddDays((int)(-365 * figures["years_in_service"].Quartiles.At(random.Share(1))));
        var registered = random.Share(5) < figures["registered_share"].Quartiles.At(Standing(unit, "registered_share"));
        // A few on the register are below the value from which instruments count.
        var value = figures["original_value_yuan"].Quartiles.At(random.Share(4)) * (random.Below(6, BelowScopeOneIn) == 0 ? 0.3m : 1);
        return new DemoInstrument(
            string.Create(CultureInfo.InvariantCulture, $"{unit.Id}-{number:D5}"),
            unit,
            number,
            DemoFigures.InstrumentNames[random.Below(2, DemoFigures.InstrumentNames.Count)],
            random.Share(3) >= figures["general_share"].Quartiles.At(Standing(unit, "general_share")),
            (long)value / 100 * 100,
            inService,
            registered,
            registered ? inService.AddDays(random.Below(7, LatestRegistration)) : null,
            minutes,
            external,
            first,
            records);
    }

    /// <summary>Minutes of use of every instrument, scaled so that their mean is the published one; some are idle.</summary>
    private List<int> Hours(List<DemoUnit> owners)
    {
        var figure = DemoFigures.Instruments["effective_hours"];
        var idle = DemoFigures.Instruments["idle_share"].Quartiles.Q50;
        var draws = new List<decimal>(owners.Count);
        for (var index = 0; index < owners.Count; index++)
        {
            var random = Random.For("use").For(index + 1);
            var standing = (owners[index].Quality + 2 * random.Share(1)) / 3;
            draws.Add(random.Share(2) < idle ? 0 : figure.Quartiles.At(standing));
        }

        var most = (Period.To.DayNumber - Period.From.DayNumber) * 24 * MostOfTheYear;
        var wanted = figure.Mean!.Value * owners.Count;
        var drawn = draws.Sum();
        var scaled = draws.ConvertAll(draw => Math.Min(most, draw * wanted / drawn));
        return scaled.ConvertAll(hour => (int)(hour * 60));
    }

    /// <summary>Share of outside users by instrument, scaled so that the mean external hours are the published ones.</summary>
    private List<decimal> ExternalShares(List<DemoUnit> owners, List<int> minutes)
    {
        var figure = DemoFigures.Instruments["external_share"];
        var shares = owners.ConvertAll(unit => figure.Quartiles.At(Standing(unit, "external_share")));
        var drawn = shares.Zip(minutes, (share, minute) => share * minute).Sum();
        var wanted = figure.Mean!.Value * minutes.Sum(minute => (decimal)minute);
        return shares.ConvertAll(share => Math.Min(1, share * wanted / drawn));
    }

    /// <summary>Cuts a total into whole parts in proportion to weights; the parts add up to the total.</summary>
    internal static IReadOnlyList<long> Shares(long total, IReadOnlyList<long> weights)
    {
        var parts = new long[weights.Count];
        Int128 all = weights.Sum();
        long weight = 0, given = 0;
        for (var index = 0; index < parts.Length; index++)
        {
            weight += weights[index];
            var due = (long)((Int128)total * weight / all);
            parts[index] = due - given;
            given = due;
        }

        return parts;
    }
}
