using System.Text.RegularExpressions;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Nemo;

/// <summary>
/// Reads what a NEMO server says about the use of tools. Twice through the file: first what uses refer to, then the
/// uses. A use is split at the midnights of the place, so each day has its own hours, and a use over the new year has
/// hours in both years (NEMO's own billing books it on the year in which it ends).
/// </summary>
internal sealed partial class NemoReader
{
    private const string HostOption = "host";
    private const string TimeZoneOption = "time_zone";
    private const string InternalOption = "internal_account_types";
    private const string ContentTypeOption = "usage_event_content_type";

    private readonly RecognisedFile file;
    private readonly RuleSet rules;
    private readonly NemoBody body;
    private readonly NemoClock clock;
    private readonly NemoRegisters registers = new();
    private readonly SortedDictionary<string, int> toldOnly = new(StringComparer.Ordinal);

    private NemoReader(RecognisedFile file, RuleSet rules)
    {
        this.file = file;
        this.rules = rules;
        body = new NemoBody(file.Path, file.Name, file.Profile.Encoding);
        clock = new NemoClock(file.Profile.Options.GetValueOrDefault(TimeZoneOption), file.Profile.Id);
    }

    public static SourceFormat Nemo { get; } = new(
        "nemo", ["nemo-rest"], head => Mark().IsMatch(head.Text) || (Use().IsMatch(head.Text) && Tool().IsMatch(head.Text)),
        (file, rules) => new NemoReader(file, rules).Read())
    {
        Options = [HostOption, TimeZoneOption, InternalOption, ContentTypeOption],
    };

    private IEnumerable<Collected> Read()
    {
        var contentType = file.Profile.Options.GetValueOrDefault(ContentTypeOption);
        foreach (var item in body.Items())
        {
            if (TakeInRegisters(item, contentType) is { } refused) yield return refused;
        }

        var unit = UnitOf(out var known);
        if (known is not null) yield return new CollectedUnit(known);

        var book = new NemoBook(file, rules, unit, clock, registers, InternalTypes());
        foreach (var item in body.Items().Where(item => !item.IsReference))
        {
            foreach (var collected in ReadOne(item, book)) yield return collected;
        }

        for (var one = 0; one < registers.Unresolved; one++) yield return new CollectedFlag(NemoFlags.CorrectionUnresolved);
        foreach (var note in Notes()) yield return new CollectedNote(note);
    }

    private CollectedReject? TakeInRegisters(NemoItem item, string? contentType)
    {
        try
        {
            registers.Take(item, contentType);
            return null;
        }
        catch (CellException refused)
        {
            // A task is read again with the uses, and refused there.
            return item.Model == NemoBody.Tasks && !item.IsReference ? null : RejectOf(refused);
        }
    }

    private List<Collected> ReadOne(NemoItem item, NemoBook book)
    {
        try
        {
            return [.. Read(item, book)];
        }
        catch (CellException refused)
        {
            return [RejectOf(refused)];
        }
    }

    private static CollectedReject RejectOf(CellException refused) =>
        new(new RejectedCell(0, refused.Column ?? "", refused.Value, refused.Reason));

    private IEnumerable<Collected> Read(NemoItem item, NemoBook book)
    {
        switch (item.Model)
        {
            case NemoBody.UsageEvents: return book.Use(item);
            case NemoBody.Billing when item.Text("type") == "tool_usage": return book.Use(item);
            case NemoBody.TrainingSessions: return book.Training(item);
            case NemoBody.Tasks: return book.Fault(item);
            case NemoBody.Reservations: return book.Reservation(item);
            case NemoBody.AdjustmentRequests or NemoBody.Projects or NemoBody.Accounts or NemoBody.AccountTypes
                or NemoBody.ProjectDisciplines or NemoBody.ScheduledOutages or NemoBody.Tools:
                return [];
        }

        var name = item.Model == NemoBody.Billing ? $"billing {item.Text("type")}" : item.Model;
        toldOnly[name] = toldOnly.GetValueOrDefault(name) + 1;
        return [new CollectedSkip()];
    }

    private string UnitOf(out UnitEntry? known)
    {
        var crosswalk = new UnitCrosswalk(file.Profile);
        var host = body.HostName ?? crosswalk.Whole ?? file.Profile.Options.GetValueOrDefault(HostOption);
        if (host is not null)
        {
            known = crosswalk.FirstSight(file.Profile.Category, host);
            return crosswalk.IdOf(host);
        }

        throw new ImportException(
            $"不知道 {file.Name} 来自哪台 NEMO 服务器。请在导入配置 imports/{file.Profile.Id}.yaml 的 options 中写明 host。",
            $"It is not known which NEMO server {file.Name} comes from. Name it as 'host' under 'options' in "
            + $"imports/{file.Profile.Id}.yaml.");
    }

    private HashSet<string> InternalTypes() => file.Profile.Options.GetValueOrDefault(InternalOption, "Internal")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private IEnumerable<Bilingual> Notes()
    {
        if (toldOnly.Count > 0)
        {
            var list = string.Join(", ", toldOnly.Select(told => $"{told.Key} {told.Value}"));
            yield return new Bilingual(
                $"下列内容与使用机时无关，已计数，未转为数据：{list}", $"Counted and not taken, no figure of use is in it: {list}.");
        }

        if (registers.Unresolved > 0)
        {
            yield return new Bilingual(
                $"{registers.Unresolved} 条更正申请没有写明针对使用还是预约，未采用。请在导入配置的 options 中写明 {ContentTypeOption}。",
                $"{registers.Unresolved} corrections do not say whether they are about a use or a reservation and change "
                + $"nothing. Give {ContentTypeOption} under 'options' in the import profile.");
        }
    }

    [GeneratedRegex("\"model\"\\s*:\\s*\"NEMO\\.|\"nemo_host\"|\"(has_ended|force_shutdown|new_start|trainee|rate_class)\"\\s*:")]
    private static partial Regex Mark();

    [GeneratedRegex("\"(missed|scheduled_outages|item_id|application_identifier)\"\\s*:")]
    private static partial Regex Use();

    [GeneratedRegex("\"(tool|account|shortened)\"\\s*:")]
    private static partial Regex Tool();
}
