using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// An instrument (kind 4): its entry in the register, its value in yuan (reported in 万元), its hours of the year.
/// Contact persons, telephones and addresses are not taken.
/// </summary>
internal sealed class NriiInstrument(NriiBook book, NriiRecord record, string unit)
{
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["通用"] = "general", ["专用"] = "special",
    };

    private readonly List<Collected> found = [];
    private readonly string id = record.Needed("innerId");

    public List<Collected> Read()
    {
        var worth = Take(() => record.Number("worth")) * NriiText.TenThousand;
        var since = Take(() => Since(record.Text("beginDate")));
        var category = record.Text("instrCategory");
        var submitted = record.Text("auditStatus") == "0";
        found.Insert(0, new CollectedResource(new ResourceEntry(
            book.Category, unit, id, record.Text("cname") is { Length: > 0 } name ? name : id,
            category.Length > 0 ? category : null, worth, since, submitted ? true : null, record.Place)));
        if (worth is { } value)
        {
            found.Add(book.Figure(unit, id, "instruments.original_value", book.Period, value, "yuan", Place("worth")));
        }

        if (category.Length > 0) Say("instruments.category_code", category, "instrCategory");
        if (Classes.TryGetValue(record.Text("type"), out var kind)) Say("instruments.class", kind, "type");
        if (submitted) Say("instruments.registered", "true", "auditStatus");
        Hours();
        return found;
    }

    private void Hours()
    {
        var run = Take(() => record.Number("runMachine"));
        var service = Take(() => record.Number("serviceMachine"));
        if (run is { } all) AddHours("inst_hours_effective", all, "runMachine", []);
        if (service is { } outside)
        {
            AddHours("inst_hours_external", outside, "serviceMachine", outside > run ? [NriiFlags.ExternalAboveTotal] : []);
        }
    }

    private void AddHours(string metric, decimal hours, string field, List<string> flags)
    {
        if (hours > NriiHours.Of(book.Period)) flags.Add(NriiFlags.HoursAbovePeriod);
        found.AddRange(NriiBook.Said(flags));
        found.Add(book.Figure(unit, id, metric, book.Period, hours, "hour", Place(field), flags: flags));
    }

    private void Say(string metric, string answer, string field) =>
        found.Add(book.Answer(unit, id, metric, book.Period, answer, Place(field)));

    private DateOnly? Since(string text) => text.Length == 0 ? null
        : NriiText.Time(text) is { } day ? DateOnly.FromDateTime(day.At)
        : throw new NriiRefusal(
            NriiCodes.NotADate, Place("beginDate"), text,
            $"启用日期“{text}”不是日期。请写成 年-月-日。", $"'{text}' is no date. Write year-month-day.");

    /// <summary>A field that may be refused alone; the rest of the record stands.</summary>
    private T? Take<T>(Func<T?> read)
        where T : struct
    {
        try
        {
            return read();
        }
        catch (NriiRefusal refused)
        {
            found.Add(refused.Reject);
            return null;
        }
    }

    private string Place(string field) => $"{record.Place}.{field}";
}
