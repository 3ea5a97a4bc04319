using System.Globalization;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Nemo;

/// <summary>Books uses, trainings, faults and reservations of one server on its unit.</summary>
internal sealed class NemoBook(
    RecognisedFile file, RuleSet rules, string unit, NemoClock clock, NemoRegisters registers, HashSet<string> internalTypes)
{
    private int uses;

    /// <summary>A use: hours for each day, a record of use; what does not count has 0 hours and says why.</summary>
    public IEnumerable<Collected> Use(NemoItem item)
    {
        uses++;
        var corrections = registers.CorrectionsOf(item.Id);
        var decided = corrections.Where(one => one.Status == NemoRegisters.Approved)
            .MaxBy(one => one.Updated ?? DateTimeOffset.MinValue);
        var flags = FlagsOf(item, corrections, decided);
        if (item.Instant("start") is not { } start)
        {
            return [Refused(item, "start", "没有开始时间。请在来源处更正。", "There is no start. Have it corrected at the source.")];
        }

        if ((decided?.End ?? item.Instant("end")) is not { } end) return Open(item, start);
        var used = new Stretch(decided?.Start ?? start, end);
        if (used.To <= used.From)
        {
            return
            [
                Refused(
                    item, "end", "结束时间不晚于开始时间。请在来源处更正。",
                    "It ends no later than it starts. Have it corrected at the source."),
            ];
        }

        var tool = ToolOf(item);
        var counts = !flags.Contains(NemoFlags.Training) && !flags.Contains(NemoFlags.Waived);
        List<Stretch> counted = counts ? [.. used.Without(registers.ShutdownsOf(tool))] : [];
        if (counts && (counted.Count != 1 || counted[0] != used)) flags.Add(NemoFlags.FaultWindow);
        var before = item.Instant("end") is { } reported && reported > start ? new Stretch(start, reported) : used;
        return Booked(item, tool, used, before, counted, flags);
    }

    /// <summary>A training: one person trained.</summary>
    public IEnumerable<Collected> Training(NemoItem item)
    {
        if (item.Instant("date") is not { } at)
        {
            yield return Refused(item, "date", "没有日期。请在来源处更正。", "There is no date. Have it corrected at the source.");
            yield break;
        }

        var payer = registers.PayerOf(item.Text("project"), "");
        var dimensions = Dimensions($"{NemoBody.TrainingSessions}/{item.Id}", payer);
        if (item.Text("duration") is { Length: > 0 } minutes) dimensions["minutes"] = minutes;
        yield return Figure(item.Text("tool"), "inst_trainees", clock.Day(at), 1m, "person", dimensions, item.Place, []);
    }

    /// <summary>A shutdown of a tool: hours out of order for each day, once it is over.</summary>
    public IEnumerable<Collected> Fault(NemoItem item)
    {
        if (!item.IsTrue("force_shutdown") || item.IsTrue("cancelled")) return [];
        if (item.Instant("creation_time") is not { } from) return [];
        if (item.Instant("resolution_time") is not { } to) return [new CollectedFlag(NemoFlags.FaultOpen)];
        return clock.Days(new Stretch(from, to)).Select(day => Figure(
            item.Text("tool"), "inst_hours_fault", day.Day, day.Hours, "hour",
            new Dictionary<string, string> { [MetricObservation.RecordDimension] = $"{NemoBody.Tasks}/{item.Id}/{DayText(day.Day)}" },
            item.Place, []));
    }

    /// <summary>A booking charges nobody and has no hours: the use has. A missed one is told.</summary>
    public IEnumerable<Collected> Reservation(NemoItem item)
    {
        if (!item.IsTrue("missed") || item.Instant("start") is not { } from || item.Instant("end") is not { } to) return [];
        var booked = new Stretch(from, to);
        var tool = item.Text("tool");
        var closed = registers.OutagesOf(tool).Concat(registers.ShutdownsOf(tool)).Any(booked.Overlaps);
        return [new CollectedFlag(closed ? NemoFlags.MissedInOutage : NemoFlags.MissedReservation)];
    }

    private IEnumerable<Collected> Booked(
        NemoItem item, string tool, Stretch used, Stretch before, List<Stretch> counted, SortedSet<string> flags)
    {
        foreach (var flag in flags) yield return new CollectedFlag(flag);
        var payer = registers.PayerOf(item.Text("project"), item.Text("account"));
        var scope = ScopeOf(payer.Type);
        var hours = counted.SelectMany(clock.Days).GroupBy(day => day.Day)
            .ToDictionary(day => day.Key, day => day.Sum(one => one.Hours));
        // Also the days on which nothing counts (any more): a figure that an earlier answer gave for them is replaced.
        var days = hours.Keys.Concat(clock.Days(used).Select(day => day.Day)).Concat(clock.Days(before).Select(day => day.Day));
        foreach (var day in days.Distinct().Order())
        {
            var value = hours.GetValueOrDefault(day);
            var dimensions = Dimensions($"{NemoBody.UsageEvents}/{item.Id}/{DayText(day)}", payer);
            yield return Figure(tool, "inst_hours_effective", day, value, "hour", dimensions, item.Place, flags);
            if (scope != ServiceScope.External) continue;
            yield return Figure(tool, "inst_hours_external", day, value, "hour", dimensions, item.Place, flags);
        }

        var pieces = counted.Count > 0 ? counted : [new Stretch(used.From, used.From)];
        foreach (var (piece, at) in pieces.Select((piece, at) => (piece, at)))
        {
            var number = at == 0 ? item.Id : $"{item.Id}/{at + 1}";
            yield return new CollectedServiceRecord(new ServiceRecord(
                file.Profile.Category, unit, tool, $"{NemoBody.UsageEvents}/{number}", clock.Civil(piece.From), clock.Civil(piece.To),
                scope, payer.Account.Length > 0 ? payer.Account : null, null, uses));
        }
    }

    /// <summary>A use that goes on, or that somebody forgot to end: known, without hours.</summary>
    private IEnumerable<Collected> Open(NemoItem item, DateTimeOffset start)
    {
        var payer = registers.PayerOf(item.Text("project"), item.Text("account"));
        yield return new CollectedFlag(ServiceRecordStore.OpenSession);
        yield return new CollectedServiceRecord(new ServiceRecord(
            file.Profile.Category, unit, ToolOf(item), $"{NemoBody.UsageEvents}/{item.Id}", clock.Civil(start), null,
            ScopeOf(payer.Type), payer.Account.Length > 0 ? payer.Account : null, null, uses));
    }

    private static string ToolOf(NemoItem item) => item.Text("tool") is { Length: > 0 } named ? named : item.Text("name");

    private static SortedSet<string> FlagsOf(NemoItem item, IReadOnlyList<NemoCorrection> corrections, NemoCorrection? decided)
    {
        var flags = new SortedSet<string>(StringComparer.Ordinal);
        if (decided is not null)
        {
            flags.Add(NemoFlags.Corrected);
            if (!decided.HasReviewer) flags.Add(NemoFlags.CorrectionWithoutReviewer);
        }

        foreach (var other in corrections.Where(one => one.Status != NemoRegisters.Approved))
        {
            flags.Add(other.Status == NemoRegisters.Denied ? NemoFlags.CorrectionDenied : NemoFlags.CorrectionPending);
        }

        if (item.IsTrue("training")) flags.Add(NemoFlags.Training);
        if (item.IsTrue("waived") || decided?.Waive == true) flags.Add(NemoFlags.Waived);
        return flags;
    }

    private ServiceScope ScopeOf(string accountType) => accountType.Length == 0 ? ServiceScope.Unknown
        : internalTypes.Contains(accountType) ? ServiceScope.Internal
        : ServiceScope.External;

    private Dictionary<string, string> Dimensions(string record, (string Account, string Type, string Discipline) payer)
    {
        var dimensions = new Dictionary<string, string>
        {
            [MetricObservation.RecordDimension] = record,
            ["scope"] = ScopeOf(payer.Type).ToString().ToLowerInvariant(),
        };
        if (payer.Type.Length > 0) dimensions["account_type"] = payer.Type;
        if (payer.Discipline.Length > 0) dimensions["discipline"] = payer.Discipline;
        return dimensions;
    }

    private CollectedObservation Figure(
        string tool, string metric, DateOnly day, decimal value, string measure, Dictionary<string, string> dimensions,
        string place, IReadOnlyCollection<string> flags) => new(new MetricObservation(
            0, unit, tool.Length > 0 ? tool : null, file.Profile.Category, metric, new Period(day, day.AddDays(1)), value, null,
            rules.Metrics.GetValueOrDefault(metric)?.Unit.Code ?? measure, dimensions, file.Document, file.Name, place, [.. flags]));

    private static CollectedReject Refused(NemoItem item, string field, string zh, string en) =>
        new(new RejectedCell(0, $"{item.Place}.{field}", item.Text(field), new Rules.Bilingual(zh, en)));

    private static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
