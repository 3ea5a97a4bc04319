using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// A service record (kind 6). How the instrument was shared says what its quantity is: used by oneself, with a
/// technician or remotely, hours; on commission, samples; otherwise, times. The format does not carry the unit. Where
/// both ends are known to the hour it is also a record of use, from which hours are measured.
/// </summary>
internal sealed class NriiService(NriiBook book, NriiRecord record, string unit, string number)
{
    private const string OnCommission = "委托共享";
    private static readonly string[] ByTheHour = ["占用共享", "技术共享", "远程共享"];
    private static readonly string[] Comments = ["极差", "不满意", "一般", "基本满意", "非常满意"];

    private static readonly Dictionary<string, ServiceScope> Scopes = new(StringComparer.Ordinal)
    {
        ["120"] = ServiceScope.Internal, ["内部用户"] = ServiceScope.Internal,
        ["130"] = ServiceScope.External, ["外部用户"] = ServiceScope.External,
    };

    private static readonly Dictionary<string, string> Purposes = new(StringComparer.Ordinal)
    {
        ["135"] = "research", ["科学研究"] = "research", ["136"] = "development", ["科技开发"] = "development",
        ["137"] = "teaching", ["教学"] = "teaching", ["138"] = "other", ["其他"] = "other",
    };

    private static readonly Dictionary<string, string> Ways = new(StringComparer.Ordinal)
    {
        ["占用共享"] = "self-service", ["技术共享"] = "assisted", [OnCommission] = "commissioned", ["远程共享"] = "remote",
        ["其他"] = "other",
    };

    private readonly List<Collected> found = [];
    private readonly SortedSet<string> flags = new(StringComparer.Ordinal);
    private readonly string instrument = record.Needed("innerId");
    private RecordKind kind = RecordKind.Hours;

    public List<Collected> Read()
    {
        var (start, end) = Times();
        var scope = ScopeOf();
        var period = PeriodOf(start, end);
        if (!NriiKeys.HasNumber(record)) flags.Add(NriiFlags.RecordNumberMissing);
        var dimensions = Dimensions(scope);
        var quantity = Take(() => Quantity(period, dimensions, scope, start, end));
        var fee = Take(() => Fee(period, dimensions, scope));
        Comment(period, dimensions);
        if (quantity is not null && start is { HasHour: true } from && end is { HasHour: true } to)
        {
            var user = record.Text("applicantUnit");
            var purpose = record.Text("serviceDirection");
            found.Add(new CollectedServiceRecord(new ServiceRecord(
                book.Category, unit, instrument, number, from.At, to.At, scope, user.Length > 0 ? user : null, fee,
                record.Index + 1)
            {
                Kind = kind,
                Quantity = quantity,
                Way = string.Join('，', record.Several("serviceWay")) is { Length: > 0 } way ? way : null,
                Purpose = purpose.Length > 0 ? purpose : null,
            }));
        }

        found.InsertRange(0, NriiBook.Said(flags));
        return found;
    }

    /// <summary>The quantity, and what it counts.</summary>
    private decimal? Quantity(
        Period period, Dictionary<string, string> dimensions, ServiceScope scope,
        (DateTime At, bool HasHour)? start, (DateTime At, bool HasHour)? end)
    {
        record.Needed("serviceAmount");
        var amount = record.Number("serviceAmount")!.Value;
        var ways = record.Several("serviceWay");
        var (sampled, timed) = (ways.Contains(OnCommission), ways.Any(ByTheHour.Contains));
        if (sampled && timed)
        {
            throw Refuse(
                NriiCodes.ServiceWaysMixed, "serviceWay", string.Join(',', ways),
                "服务方式既有按机时的，又有按样品的，服务量只有一个数。请分成两条记录。",
                "One way of service is measured in hours, another in samples, and there is one quantity. Split the record.");
        }

        if (sampled) return Samples(amount, period, dimensions);
        if (!timed)
        {
            kind = RecordKind.Count;
            Add("inst_uses", period, amount, "time", "serviceAmount", dimensions);
            return amount;
        }

        CheckHours(amount, period, start, end);
        Add("inst_hours_effective", period, amount, "hour", "serviceAmount", dimensions);
        if (scope == ServiceScope.External) Add("inst_hours_external", period, amount, "hour", "serviceAmount", dimensions);
        return amount;
    }

    private decimal Samples(decimal amount, Period period, Dictionary<string, string> dimensions)
    {
        if (amount != decimal.Truncate(amount))
        {
            throw Refuse(
                NriiCodes.SampleCountNotWhole, "serviceAmount", record.Text("serviceAmount"),
                "委托共享的服务量是样品数，应为整数；此处多半填了机时。请改正。",
                "On commission the quantity is a number of samples, which is whole; most likely these are hours. Correct it.");
        }

        kind = RecordKind.Samples;
        Add("inst_samples", period, amount, "sample", "serviceAmount", dimensions);
        return amount;
    }

    private void CheckHours(decimal hours, Period period, (DateTime At, bool HasHour)? start, (DateTime At, bool HasHour)? end)
    {
        if (start is { HasHour: true } from && end is { HasHour: true } to && hours > NriiHours.Of(to.At - from.At))
        {
            flags.Add(NriiFlags.HoursAboveSpan);
        }

        if (hours > NriiHours.Of(period)) flags.Add(start is null ? NriiFlags.HoursAbovePeriod : NriiFlags.HoursAboveDay);
    }

    private decimal? Fee(Period period, Dictionary<string, string> dimensions, ServiceScope scope)
    {
        record.Needed("amounts");
        var fee = record.Number("amounts")!.Value;
        Add("inst_income", period, fee, "yuan", "amounts", dimensions);
        if (scope == ServiceScope.External) Add("inst_income_external", period, fee, "yuan", "amounts", dimensions);
        return fee;
    }

    private void Comment(Period period, Dictionary<string, string> dimensions)
    {
        var text = record.Text("comment");
        if (text.Length == 0) return;
        var at = Array.IndexOf(Comments, text);
        if (at >= 0) Add("inst_satisfaction", period, at + 1, "point", "comment", dimensions);
        else found.Add(NotAChoice("comment", text, Comments.Reverse()).Reject);
    }

    private ServiceScope ScopeOf()
    {
        var text = record.Text("serviceType");
        if (Scopes.TryGetValue(text, out var said)) return said;
        if (text.Length > 0) found.Add(NotAChoice("serviceType", text, ["120", "130"]).Reject);
        // Older records do not say it. A user from the unit itself is inside; of any other nobody knows.
        if (!book.IsNameOf(unit, record.Text("applicantUnit"))) return ServiceScope.Unknown;
        flags.Add(NriiFlags.ScopeByName);
        return ServiceScope.Internal;
    }

    private Dictionary<string, string> Dimensions(ServiceScope scope)
    {
        var dimensions = new Dictionary<string, string>
        {
            [MetricObservation.RecordDimension] = number,
            ["scope"] = scope.ToString().ToLowerInvariant(),
        };
        var ways = record.Several("serviceWay").Select(way => Ways.GetValueOrDefault(way, way)).Order(StringComparer.Ordinal);
        if (string.Join('+', ways) is { Length: > 0 } way) dimensions["service_way"] = way;
        if (Purposes.TryGetValue(record.Text("serviceDirection"), out var purpose)) dimensions["purpose"] = purpose;
        if (Agreement() is { } signed) dimensions["agreement"] = signed ? "yes" : "no";
        return dimensions;
    }

    /// <summary>
    /// 0 is yes in what clients send, the other way round than one would think; the profile may say otherwise.
    /// </summary>
    private bool? Agreement()
    {
        var oneIsYes = book.Profile.Options.GetValueOrDefault(NriiReader.AgreementYes) == "one";
        return record.Text("signAgreement") switch
        {
            "0" => !oneIsYes,
            "1" => oneIsYes,
            "是" => true,
            "否" => false,
            _ => null,
        };
    }

    private ((DateTime At, bool HasHour)? Start, (DateTime At, bool HasHour)? End) Times()
    {
        var (from, to) = NriiText.Ends(record.Text("serviceTime"));
        var (start, end) = (NriiText.Time(from), NriiText.Time(record.Text("endTime") is { Length: > 0 } own ? own : to));
        if (start is null)
        {
            flags.Add(NriiFlags.DateUnknown);
            return (null, null);
        }

        var known = end is { HasHour: true } && start.Value.HasHour;
        if (end is not { } last || last.At > start.Value.At || (!known && last.At.Date >= start.Value.At.Date)) return (start, end);
        throw Refuse(
            NriiCodes.EndBeforeStart, "endTime", record.Text("endTime"),
            "结束时间不晚于开始时间。请核对两者。", "It ends no later than it starts. Check both times.");
    }

    private Period PeriodOf((DateTime At, bool HasHour)? start, (DateTime At, bool HasHour)? end)
    {
        if (start is not { } from) return book.Period;
        var last = end ?? start.Value;
        // What ends at midnight has no part in the day that begins then.
        var endsAtMidnight = last.HasHour && last.At.TimeOfDay == TimeSpan.Zero && last.At > from.At;
        var to = DateOnly.FromDateTime(last.At).AddDays(endsAtMidnight ? 0 : 1);
        return new Period(DateOnly.FromDateTime(from.At), to);
    }

    private void Add(
        string metric, Period period, decimal value, string measure, string field, Dictionary<string, string> dimensions) =>
        found.Add(book.Figure(unit, instrument, metric, period, value, measure, $"{record.Place}.{field}", dimensions, flags));

    private decimal? Take(Func<decimal?> read)
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

    private NriiRefusal NotAChoice(string field, string text, IEnumerable<string> choices)
    {
        var known = string.Join("、", choices);
        return Refuse(
            NriiCodes.NotAChoice, field, text,
            $"“{text}”不在 {field} 的选项中：{known}。", $"'{text}' is not among the choices of {field}: {known}.");
    }

    private NriiRefusal Refuse(string code, string field, string value, string zh, string en) =>
        new(code, $"{record.Place}.{field}", value, zh, en);
}
