using System.Globalization;
using System.Text.RegularExpressions;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>What the texts of cells mean, read the same way in every culture.</summary>
internal static partial class CellText
{
    private static readonly string[] Times =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm",
        "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm",
    ];

    private static readonly string[] TimesWithOffset = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyyMMdd"];

    private static readonly Dictionary<string, ServiceScope> Scopes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["internal"] = ServiceScope.Internal, ["external"] = ServiceScope.External, ["unknown"] = ServiceScope.Unknown,
        ["内部"] = ServiceScope.Internal, ["外部"] = ServiceScope.External,
        ["内部用户"] = ServiceScope.Internal, ["外部用户"] = ServiceScope.External,
        // Codes of the national platform's service records.
        ["120"] = ServiceScope.Internal, ["130"] = ServiceScope.External,
    };

    /// <summary>A number, exactly as written; <c>1,234.5</c> may have its thousands separators.</summary>
    public static decimal Number(string column, string text)
    {
        if (!NumberForm().IsMatch(text)
            || !decimal.TryParse(
                text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number))
        {
            throw new CellException(
                column, text, $"“{text}”不是数值。{WhyZh(text)}", $"'{text}' is not a number. {WhyEn(text)}");
        }

        return number;
    }

    public static DateTime Time(string column, string text)
    {
        const DateTimeStyles none = DateTimeStyles.None;
        if (DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, none, out var time)) return time;
        // With an offset the clock time as written counts: it is the time of the place.
        if (DateTimeOffset.TryParseExact(text, TimesWithOffset, CultureInfo.InvariantCulture, none, out var offset))
        {
            return offset.DateTime;
        }

        throw new CellException(
            column, text,
            $"“{text}”不是时间。请写成 年-月-日 时:分，例如 {Example}。",
            $"'{text}' is not a time. Write it like {Example}.");
    }

    public static DateOnly Day(string column, string text) =>
        DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new CellException(
                column, text,
                $"“{text}”不是日期。请写成 年-月-日，例如 {Example[..10]}。",
                $"'{text}' is not a date. Write it like {Example[..10]}.");

    /// <summary>A year, a month or a day, as the half-open period it is; of a time the day counts.</summary>
    public static Period Period(string column, string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (DateOnly.TryParseExact(text, "yyyy", culture, DateTimeStyles.None, out var year))
        {
            return new Period(year, year.AddYears(1));
        }

        if (DateOnly.TryParseExact(text, ["yyyy-MM", "yyyyMM"], culture, DateTimeStyles.None, out var month))
        {
            return new Period(month, month.AddMonths(1));
        }

        var day = DateTime.TryParseExact(text, Times, culture, DateTimeStyles.None, out var time)
            ? DateOnly.FromDateTime(time)
            : Day(column, text);
        return new Period(day, day.AddDays(1));
    }

    public static ServiceScope Scope(string column, string? text)
    {
        if (text is null) return ServiceScope.Unknown;
        return Scopes.TryGetValue(text, out var scope)
            ? scope
            : throw new CellException(
                column, text,
                $"“{text}”不是用户类别。请写 internal（内部）或 external（外部），不知道则留空。",
                $"'{text}' is no kind of user. Write internal or external, or leave the cell empty where it is not known.");
    }

    /// <summary>Yes or no in the words and signs that files use; null where the cell is empty.</summary>
    public static bool? Flag(string column, string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "yes" or "1" or "是" => true,
        "false" or "no" or "0" or "否" => false,
        _ => throw new CellException(
            column, text, $"“{text}”不是“是”或“否”。请写 是/否 或 true/false。", $"'{text}' is neither yes nor no. Write true or false."),
    };

    /// <summary>
    /// What a service record counts: its unit of quantity says so, else the way of service (entrusted work is counted
    /// by the sample, use of the instrument by the hour), else a quantity without a unit is some count. A record without
    /// a quantity counts its time.
    /// </summary>
    public static RecordKind KindOf(string column, string? unit, string? way, decimal? quantity) => unit?.ToLowerInvariant() switch
    {
        "h" or "hour" or "hours" or "小时" or "时" or "机时" => RecordKind.Hours,
        "sample" or "samples" or "样品" or "个样品" or "件样品" => RecordKind.Samples,
        "count" or "time" or "times" or "次" or "人次" => RecordKind.Count,
        null => KindOf(way, quantity),
        _ => throw new CellException(
            column, unit!,
            $"“{unit}”不是数量单位。请写 小时、样品 或 次。", $"'{unit}' is no unit of quantity. Write hours, samples or times."),
    };

    // 占用、技术、远程：计时；委托：计样品数（平台管理单位数据报送的规定写法，可多选）。
    private static RecordKind KindOf(string? way, decimal? quantity)
    {
        if (way is null) return quantity is null ? RecordKind.Hours : RecordKind.Count;
        if (way.Contains("委托", StringComparison.Ordinal)) return RecordKind.Samples;
        string[] timed = ["占用", "技术", "远程"];
        return quantity is null || timed.Any(word => way.Contains(word, StringComparison.Ordinal))
            ? RecordKind.Hours
            : RecordKind.Count;
    }

    /// <summary>An example of a time, in the year that the calendar of computers begins with.</summary>
    private static string Example => DateTime.UnixEpoch.AddHours(9).AddMinutes(30)
        .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string WhyZh(string text) => text switch
    {
        _ when text.EndsWith('%') => "请去掉百分号，只写数字；单位由导入配置说明。",
        _ when LooksLikeDate().IsMatch(text) => "这是日期或时间，请核对是否串列。",
        _ => "请只写数字；没有数据则留空。",
    };

    private static string WhyEn(string text) => text switch
    {
        _ when text.EndsWith('%') => "Write the number without the percent sign; the import profile says the unit.",
        _ when LooksLikeDate().IsMatch(text) => "It is a date or time: check whether columns were mixed up.",
        _ => "Write digits only; leave the cell empty where there is no figure.",
    };

    [GeneratedRegex(@"^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?([eE][+-]?\d{1,2})?$")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")]
    private static partial Regex LooksLikeDate();
}
