using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// Reads what institutions report to the national network platform of research instruments: instruments (4), service
/// records (6), service effect (7); centres, facilities, service units and customs records (1, 2, 3, 5) are counted and
/// told. Twice through the file: first which statement of each record holds, then what it says.
/// </summary>
internal sealed partial class NriiReader(RecognisedFile file, RuleSet rules)
{
    /// <summary>
    /// Unit on which product records of Shanghai's platform are booked: they do not say whose they are.
    /// </summary>
    public const string ProductRecordUnit = "product_record_unit";

    /// <summary>Which of 0 and 1 is "yes" in signAgreement: <c>zero</c> as clients write it, or <c>one</c>.</summary>
    public const string AgreementYes = "agreement_yes";

    public static SourceFormat Nrii { get; } = new("nrii", ["reportnrii"], head => Mark().IsMatch(head.Text),
        (file, rules) => new NriiReader(file, rules).Read())
    {
        Options = [ProductRecordUnit, AgreementYes],
    };

    private readonly NriiBook book = new(file, rules);
    private readonly SortedDictionary<NriiKind, int> toldOnly = [];

    public IEnumerable<Collected> Read()
    {
        var holding = Holding();
        var records = 0;
        foreach (var record in Records())
        {
            records++;
            foreach (var collected in Read(record, holding)) yield return collected;
        }

        foreach (var (kind, count) in toldOnly) yield return new CollectedNote(NoteOf(kind, count));
        foreach (var note in book.Notes) yield return new CollectedNote(note);
        if (records > 0) yield break;
        yield return new CollectedNote(new Bilingual($"{file.Name} 中没有任何记录", $"There is no record in {file.Name}."));
    }

    private IEnumerable<NriiRecord> Records() => new NriiMessage(file.Path, file.Name, file.Profile.Encoding).Records();

    private List<Collected> Read(NriiRecord record, Dictionary<UInt128, Statement> holding)
    {
        try
        {
            var kind = KindOf(record);
            var unit = book.UnitOf(record, kind);
            var key = NriiKeys.Of(record, kind, unit, book.Period);
            var statement = holding[HashOf(key)];
            if (record.Index > statement.Index) return [new CollectedReject(Storage.RejectedCell.Locked(record.Place, key.Record))];
            if (record.Index < statement.Index) return [new CollectedSkip()];
            return [.. book.FirstSight(record), .. Parts(record, kind, unit, key)];
        }
        catch (NriiRefusal refused)
        {
            return [refused.Reject];
        }
    }

    private List<Collected> Parts(NriiRecord record, NriiKind kind, string unit, Storage.ReportedRecord key)
    {
        List<Collected> parts = kind switch
        {
            NriiKind.Instrument => new NriiInstrument(book, record, unit).Read(),
            NriiKind.ServiceRecord => new NriiService(book, record, unit, key.Record).Read(),
            NriiKind.Effect => new NriiEffect(book, record, unit).Read(),
            NriiKind.ProductRecord => new NriiProduct(book, record, unit, key.Record).Read(),
            _ => [new CollectedSkip()],
        };
        if (!IsRead(kind) && kind != NriiKind.ProductRecord) toldOnly[kind] = toldOnly.GetValueOrDefault(kind) + 1;
        return [new CollectedRecord(key, IsSubmitted(record), parts, record.Place)];
    }

    /// <summary>Of several statements of a record the last holds, up to the first that submits it.</summary>
    private Dictionary<UInt128, Statement> Holding()
    {
        var holding = new Dictionary<UInt128, Statement>();
        foreach (var record in Records())
        {
            try
            {
                var kind = KindOf(record);
                var hash = HashOf(NriiKeys.Of(record, kind, book.UnitOf(record, kind), book.Period));
                if (holding.TryGetValue(hash, out var before) && before.Submitted) continue;
                holding[hash] = new Statement(record.Index, IsSubmitted(record));
            }
            catch (NriiRefusal)
            {
                // It is refused when it is read.
            }
        }

        return holding;
    }

    private static NriiKind KindOf(NriiRecord record)
    {
        if (record.Broken is { } text)
        {
            throw new NriiRefusal(
                NriiCodes.NotARecord, record.Place, text,
                "此处应是一个 JSON 对象。请改正后重报。", "Here belongs a JSON object. Mend it and send it again.");
        }

        var shown = NriiKinds.Of(record.Fields);
        if (record.TypeOfEnvelope is not { } number)
        {
            return shown ?? throw new NriiRefusal(
                NriiCodes.KindUnknown, record.Place, "",
                "看不出是哪一类数据：没有任何一类特有的字段。请核对内容。",
                "It cannot be told which kind of record this is: it has no field that only one kind has. Check it.");
        }

        if (!NriiKinds.IsNumber(number))
        {
            throw new NriiRefusal(
                NriiCodes.KindUnknown, "instruType", number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "填报数据类型应为 1 至 7。", "The kind of data is a number from 1 to 7.");
        }

        var said = (NriiKind)number;
        if (shown is null || shown == said || !IsRead(said) && !IsRead(shown.Value)) return said;
        throw new NriiRefusal(
            NriiCodes.KindMismatch, record.Place, "",
            $"填报数据类型是 {number}，内容却是第 {(int)shown} 类。请改正其一。",
            $"The kind of data is {number}, but the content is of kind {(int)shown}. Correct one of them.");
    }

    private static bool IsRead(NriiKind kind) => kind is NriiKind.Instrument or NriiKind.ServiceRecord or NriiKind.Effect;

    /// <summary>
    /// Status 0: submitted, locked until the platform returns it. Status −1, or none: may be sent again.
    /// </summary>
    private static bool IsSubmitted(NriiRecord record) => record.Text("auditStatus") == "0";

    private static UInt128 HashOf(Storage.ReportedRecord key) =>
        BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Scheme}\n{key.Unit}\n{key.Record}")));

    private static Bilingual NoteOf(NriiKind kind, int count)
    {
        var (zh, en) = kind switch
        {
            NriiKind.Centre => ("科学仪器中心", "instrument centre"),
            NriiKind.Facility => ("大型科学装置", "large facility"),
            NriiKind.ServiceUnit => ("科学仪器服务单元", "service unit"),
            _ => ("海关监管信息", "customs record"),
        };
        return new Bilingual(
            $"{zh}（第 {(int)kind} 类）{count} 条：其中没有评价所用的数据，已计数，未转为数据",
            $"{count} of kind {(int)kind} ({en}): they hold no figure of the evaluation; counted, nothing taken from them.");
    }

    private readonly record struct Statement(int Index, bool Submitted);

    [GeneratedRegex("\"(insCode|instruType|machineHour)\"\\s*:|<(\\w+:)?instruInfo[\\s>]")]
    private static partial Regex Mark();
}
