using System.Globalization;
using System.Text.Json;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// A product record of Shanghai's platform: one order with its price, its samples and the hours of each instrument. It
/// names the customer and not the institution; the profile says on which unit it is booked.
/// </summary>
internal sealed class NriiProduct(NriiBook book, NriiRecord record, string unit, string number)
{
    private readonly List<Collected> found = [];

    public List<Collected> Read()
    {
        var finished = NriiText.Time(record.Text("finishTime"));
        List<string> flags = [NriiFlags.UnitNotSaid, .. finished is null ? [NriiFlags.DateUnknown] : Array.Empty<string>()];
        var period = finished is { } at ? DayOf(at.At) : book.Period;
        found.AddRange(NriiBook.Said(flags));
        Figure("finalPrice", "inst_income", "yuan", period, flags);
        Figure("sampleNum", "inst_samples", "sample", period, flags);
        Hours(period, flags);
        return found;
    }

    private void Figure(string field, string metric, string measure, Period period, IReadOnlyCollection<string> flags)
    {
        try
        {
            if (record.Number(field) is not { } value) return;
            found.Add(book.Figure(
                unit, null, metric, period, value, measure, $"{record.Place}.{field}", Dimensions(number), flags));
        }
        catch (NriiRefusal refused)
        {
            found.Add(refused.Reject);
        }
    }

    private void Hours(Period period, IReadOnlyCollection<string> flags)
    {
        if (!record.Fields.TryGetValue("machineHour", out var list) || list.ValueKind != JsonValueKind.Array) return;
        foreach (var (element, at) in list.EnumerateArray().Select((element, at) => (element, at)))
        {
            var part = NriiRecord.Of(at, element);
            var place = string.Create(CultureInfo.InvariantCulture, $"{record.Place}.machineHour[{at}]");
            try
            {
                part.Needed("equipmentId");
                part.Needed("duration");
                found.Add(book.Figure(
                    unit, part.Text("equipmentId"), "inst_hours_effective", period, part.Number("duration")!.Value, "hour",
                    $"{place}.duration", Dimensions($"{number}/{(part.Text("id") is { Length: > 0 } id ? id : place)}"), flags));
            }
            catch (NriiRefusal refused)
            {
                found.Add(new CollectedReject(refused.Reject.Cell with { Cell = place }));
            }
        }
    }

    private static Dictionary<string, string> Dimensions(string of) => new()
    {
        [MetricObservation.RecordDimension] = of,
        ["scope"] = "unknown",
    };

    private static Period DayOf(DateTime at) => new(DateOnly.FromDateTime(at), DateOnly.FromDateTime(at).AddDays(1));
}
