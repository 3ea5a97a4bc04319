using System.Globalization;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.OaiPmh;

/// <summary>
/// A body of a catalogue harvest. Each record says 1 to the size of the catalogue, a deleted one 0 (its tombstone);
/// records whose datestamp lies in the period are added or withdrawn in it. Harvests state a record again under the same
/// key, so that a later one replaces it and a record that comes on two pages counts once.
/// </summary>
internal sealed class OaiPmhReader(RecognisedFile file, RuleSet rules)
{
    private const string NoRecordsMatch = "noRecordsMatch";
    private const string Held = "data_datasets_count";
    private const string Added = "datasets_added";
    private const string Withdrawn = "datasets_deleted";

    private readonly MappingProfile profile = file.Profile;
    private readonly OaiDocument document = new(file.Path, file.Name);

    public static SourceFormat OaiPmh { get; } = new(
        "oai-pmh",
        ["oai", "oaipmh"],
        head => head.Text.StartsWith('<') && (head.Text.Contains("<OAI-PMH", StringComparison.Ordinal)
            || head.Text.Contains("http://datacite.org/schema/kernel-", StringComparison.Ordinal)),
        (file, rules) => new OaiPmhReader(file, rules).Read());

    public IEnumerable<Collected> Read()
    {
        var answer = document.Answer();
        if (answer.Error == NoRecordsMatch)
        {
            yield return new CollectedNote(new Bilingual(
                $"{file.Name}：没有符合条件的记录（noRecordsMatch），新增 0 条",
                $"{file.Name}: no record matches (noRecordsMatch): 0 new ones."));
            yield break;
        }

        if (answer.Error is not null) throw Refused(answer);
        if (answer.Verb is "Identify" or "ListSets" or "ListMetadataFormats")
        {
            yield return new CollectedNote(new Bilingual(
                $"{file.Name}：{answer.Verb} 的答复，不含记录", $"{file.Name}: an answer to {answer.Verb}, which holds no records."));
            yield break;
        }

        var crosswalk = new UnitCrosswalk(profile);
        var name = answer.BaseUrl.Length > 0 ? answer.BaseUrl : "oai";
        if (crosswalk.FirstSight(profile.Category, name) is { } known) yield return new CollectedUnit(known);
        foreach (var collected in Of(answer, crosswalk.IdOf(name))) yield return collected;
    }

    private IEnumerable<Collected> Of(OaiAnswer answer, string unit)
    {
        var index = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in document.Records())
        {
            index++;
            var bare = answer.Verb is null;
            if (record.Identifier.Length == 0 || (record.Datestamp is null && !bare))
            {
                yield return Refuse(record, index);
                continue;
            }

            if (!seen.Add(record.Identifier))
            {
                yield return Repeated(record, index);
                continue;
            }

            foreach (var collected in Of(record, index, answer, unit)) yield return collected;
        }
    }

    private IEnumerable<Collected> Of(OaiRecord record, int index, OaiAnswer answer, string unit)
    {
        var cycle = DeclaredPeriod.Find(profile, rules, profile.Category);
        var answered = answer.Answered is { } moment ? DateOnly.FromDateTime(moment.UtcDateTime) : (DateOnly?)null;
        var counted = cycle is not null && (answered is null || answered >= cycle.From) ? cycle : Day(answered!.Value);
        // Made, changed or withdrawn after the period: what it was in the period is not known from here.
        if (record.Datestamp >= counted.To)
        {
            yield return new CollectedSkip();
            yield break;
        }

        var place = string.Create(CultureInfo.InvariantCulture, $"record[{index}] ({record.Line})");
        if (!record.Deleted)
        {
            yield return new CollectedResource(new ResourceEntry(
                profile.Category, unit, record.Identifier, record.Title ?? record.Identifier, null, null, null, null, place));
        }

        yield return Observed(Held, record.Deleted ? 0 : 1, counted);
        if (record.Datestamp is not { } day) yield break;
        var happened = cycle is not null && cycle.Covers(Day(day)) ? cycle : Day(day);
        yield return Observed(record.Deleted ? Withdrawn : Added, 1, happened);

        CollectedObservation Observed(string metric, decimal value, Period period) => new(new MetricObservation(
            0, unit, record.Identifier, profile.Category, metric, period, value, null,
            rules.Metrics.GetValueOrDefault(metric)?.Unit.Code ?? "dataset", new Dictionary<string, string>(),
            file.Document, file.Name, place, []));
    }

    private static Period Day(DateOnly day) => new(day, day.AddDays(1));

    private static CollectedReject Refuse(OaiRecord record, int index) => new(new RejectedCell(
        record.Line, string.Create(CultureInfo.InvariantCulture, $"record[{index}].header"), record.Written,
        record.Identifier.Length == 0
            ? new Bilingual("记录头没有标识（identifier）。请在来源处补上。", "The header has no identifier. Have it added at the source.")
            : new Bilingual(
                $"记录 {record.Identifier} 的时间戳不是有效日期。请在来源处更正。",
                $"The datestamp of {record.Identifier} is no day. Have it corrected at the source.")));

    private static CollectedReject Repeated(OaiRecord record, int index) => new(new RejectedCell(
        record.Line, string.Create(CultureInfo.InvariantCulture, $"record[{index}].header.identifier"), record.Identifier,
        new Bilingual(
            $"记录 {record.Identifier} 在同一份答复中重复出现，只取第一条。",
            $"{record.Identifier} stands in the same answer twice; the first one counts.")));

    private ImportException Refused(OaiAnswer answer)
    {
        var (zh, en) = answer.Error switch
        {
            "badResumptionToken" =>
                ("续取标记已失效，请从头重新采集。", "The resumption token has expired: harvest from the beginning."),
            "badArgument" => ("请求参数有误，请核对日期和前缀。", "An argument was wrong: check dates and prefix."),
            "idDoesNotExist" => ("请核对标识。", "Check the identifier."),
            "cannotDisseminateFormat" =>
                ("对方不提供所要的元数据格式，请改用 oai_dc。", "It does not have that metadata format: ask for oai_dc."),
            _ => ("请联系来源。", "Ask those who run the source."),
        };
        var said = $"{answer.Error} {answer.ErrorText}".Trim().ReplaceLineEndings(" ");
        return new ImportException(
            $"{file.Name}：来源报告错误 {said}。{zh}", $"{file.Name}: the source reports an error: {said}. {en}");
    }
}
