using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Ppms;

/// <summary>
/// Reads answers of PUMAPI: the running sheet of one core and one day, the systems, the experience of users (totals of
/// a life time). Day and core of a sheet stand in what was asked, not in the answer: the file is named after it,
/// <c>day--2028-12-24__plateformid--2.txt</c>.
/// </summary>
internal sealed partial class PpmsReader(RecognisedFile file, RuleSet rules)
{
    private const string CoreOption = "core";
    private const string UsersOption = "users";

    /// <summary>The user of a row is not among the known users; the hours count.</summary>
    public const string UserUnresolved = "user-unresolved";

    private static readonly string[] No = ["", "false", "no", "0", "n/a"];

    private readonly UnitCrosswalk crosswalk = new(file.Profile);
    private readonly HashSet<string> users = file.Profile.Options.GetValueOrDefault(UsersOption, "")
        .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    public static SourceFormat Ppms { get; } = new(
        "ppms", ["pumapi"], PpmsBody.LooksLikeOne, (file, rules) => new PpmsReader(file, rules).Read())
    {
        Options = [CoreOption, UsersOption],
    };

    private string Category => file.Profile.Category;

    public IEnumerable<Collected> Read()
    {
        var body = PpmsBody.Read(file.Path, file.Name, file.Profile.Encoding);
        return body.Action switch
        {
            PpmsAction.RunningSheet => Rows(body, SheetOf(body)),
            PpmsAction.Systems => Rows(body, SystemOf),
            PpmsAction.UserExperience => Rows(body, row => Experience(row, CoreOf(""))),
            _ => Told(body),
        };
    }

    /// <summary>Each row on its own: a bad one is refused, the others count.</summary>
    private IEnumerable<Collected> Rows(PpmsBody body, Func<PpmsRow, IEnumerable<Collected>> read)
    {
        foreach (var row in body.Rows.Select(row => new PpmsRow(body.Header, row)))
        {
            List<Collected> found;
            try
            {
                found = [.. read(row)];
            }
            catch (CellException refused)
            {
                found = [new CollectedReject(new RejectedCell(row.Line, refused.Column ?? "", refused.Value, refused.Reason))];
            }

            foreach (var collected in found) yield return collected;
        }
    }

    private Func<PpmsRow, IEnumerable<Collected>> SheetOf(PpmsBody body)
    {
        var asked = Asked().Match(file.Name);
        if (!asked.Success || !DateOnly.TryParseExact(
            asked.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw new ImportException(
                $"{file.Name}：运行表没有写明是哪一天。请按所请求的参数命名文件，例如 day--YYYY-MM-DD__plateformid--2.txt。",
                $"{file.Name}: a running sheet does not say its day. Name the file after what was asked, like "
                + "day--YYYY-MM-DD__plateformid--2.txt.");
        }

        var core = CoreOf(asked.Groups["core"].Value);
        return row => Session(row, day, core);
    }

    private IEnumerable<Collected> Session(PpmsRow row, DateOnly day, string core)
    {
        var start = day.ToDateTime(TimeOf(row, "Start time"));
        var end = EndOf(row, day);
        if (end <= start)
        {
            throw new CellException(
                "End time", row.Text("End time"),
                "结束时间不晚于开始时间。请在来源处更正。", "It ends no later than it starts. Have it corrected at the source.");
        }

        var (system, user) = (row.Needed("Object"), row.Text("User"));
        List<string> flags = users.Contains(user) ? [] : [UserUnresolved];
        foreach (var unit in FirstSight(core)) yield return unit;
        foreach (var flag in flags) yield return new CollectedFlag(flag);
        // The key holds no name: a person is known by a hash of it.
        var number = string.Create(
            CultureInfo.InvariantCulture, $"{core}/{system}/{start:yyyy-MM-dd'T'HH:mm}/{HashOf(user)}");
        var hours = (end - start).Ticks / (decimal)TimeSpan.TicksPerHour;
        var dimensions = new Dictionary<string, string> { [MetricObservation.RecordDimension] = number, ["scope"] = "unknown" };
        if (!No.Contains(row.Text("Training"), StringComparer.OrdinalIgnoreCase)) dimensions["purpose"] = "training";
        if (!No.Contains(row.Text("Assisted"), StringComparer.OrdinalIgnoreCase)) dimensions["service_way"] = "assisted";
        yield return Figure(
            core, system, "inst_hours_effective", new Period(day, day.AddDays(1)), hours, "hour", dimensions, row.Line, flags);
        yield return new CollectedServiceRecord(new ServiceRecord(
            Category, crosswalk.IdOf(core), system, number, start, end, ServiceScope.Unknown, null, null, row.Line));
    }

    private IEnumerable<Collected> SystemOf(PpmsRow row)
    {
        var core = CoreOf(row.Needed("Core facility ref"));
        var id = row.Needed("System id");
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new CellException(
                "System id", id, $"系统编号“{id}”不是整数，此系统未读入。请在来源处更正。",
                $"The system id '{id}' is no whole number, and the system was left out. Have it corrected at the source.");
        }

        // Running sheets know a system by its name only, so the name is what it is known by.
        var name = row.Needed("Name");
        foreach (var unit in FirstSight(core)) yield return unit;
        yield return new CollectedResource(new ResourceEntry(
            Category, crosswalk.IdOf(core), name, name, row.Text("Type") is { Length: > 0 } type ? type : null, null, null, null,
            $"line {row.Line.ToString(CultureInfo.InvariantCulture)}, system {id}"));
    }

    /// <summary>Hours of a life time: kept as such, in a metric of their own that is never added up.</summary>
    private IEnumerable<Collected> Experience(PpmsRow row, string core)
    {
        var (login, system) = (row.Needed("login"), row.Needed("id"));
        foreach (var (column, kind) in new[] { ("booked_hours", "booked"), ("used_hours", "used") })
        {
            var text = row.Text(column);
            if (text.Length == 0 || text == "n/a") continue;
            var dimensions = new Dictionary<string, string>
            {
                [MetricObservation.RecordDimension] = $"{core}/{system}/{HashOf(login)}/{kind}",
                ["value_kind"] = "cumulative",
                ["hours"] = kind,
            };
            yield return Figure(
                core, system, "inst_hours_lifetime", DeclaredPeriod.Of(file.Profile, rules, Category),
                CellText.Number(column, text), "hour", dimensions, row.Line, []);
        }
    }

    private IEnumerable<Collected> Told(PpmsBody body)
    {
        var count = body.Rows.Count();
        for (var one = 0; one < count; one++) yield return new CollectedSkip();
        var (zh, en) = body.Action switch
        {
            PpmsAction.Group => ("用户组", "groups"),
            PpmsAction.NextBooking => ("下一预约", "lines of a next booking"),
            _ => ("用户", "users"),
        };
        yield return new CollectedNote(new Bilingual(
            $"{file.Name}：{zh} {count} 条，其中没有使用机时，未转为数据",
            $"{file.Name}: {en} {count}; no hours of use are in it, nothing was taken."));
    }

    private CollectedObservation Figure(
        string core, string system, string metric, Period period, decimal value, string measure,
        Dictionary<string, string> dimensions, int line, IReadOnlyList<string> flags) => new(new MetricObservation(
            0, crosswalk.IdOf(core), system, Category, metric, period, value, null,
            rules.Metrics.GetValueOrDefault(metric)?.Unit.Code ?? measure, dimensions, file.Document, file.Name,
            $"line {line.ToString(CultureInfo.InvariantCulture)}", flags));

    private IEnumerable<Collected> FirstSight(string core) =>
        crosswalk.FirstSight(Category, core) is { } unit ? [new CollectedUnit(unit)] : [];

    /// <summary><c>ppms-core:2</c>, as the profile lists it.</summary>
    private string CoreOf(string said)
    {
        if (said.Length == 0 && crosswalk.Whole is { } unit) return unit;
        var core = said.Length > 0 ? said : file.Profile.Options.GetValueOrDefault(CoreOption, "");
        return core.Length > 0 ? $"ppms-core:{core}" : throw new ImportException(
            $"{file.Name} 没有写明属于哪个平台（core）。请在导入配置 imports/{file.Profile.Id}.yaml 的 options 中写明 core。",
            $"{file.Name} does not say which core it is of. Name it as 'core' under 'options' in imports/{file.Profile.Id}.yaml.");
    }

    private static DateTime EndOf(PpmsRow row, DateOnly day) => row.Text("End time") is "24:00" or "00:00" or "0:00"
        ? day.AddDays(1).ToDateTime(TimeOnly.MinValue)
        : day.ToDateTime(TimeOf(row, "End time"));

    private static TimeOnly TimeOf(PpmsRow row, string column)
    {
        var text = row.Text(column);
        return TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw new CellException(
                column, text, $"“{text}”不是时刻。请在来源处更正。", $"'{text}' is no time of day. Have it corrected at the source.");
    }

    private static string HashOf(string person) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(person)))[..8];

    [GeneratedRegex(@"day--(?<day>\d{4}-\d{2}-\d{2})(?:__plateformid--(?<core>\d+))?")]
    private static partial Regex Asked();
}
