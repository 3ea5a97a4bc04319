using System.Globalization;
using Evaluation.Jobs.Reports;
using Evaluation.Rules;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Web.Showing;

/// <summary>
/// The language of one answer, and how texts and figures are written in it. Both languages stand side by side in every
/// call, so that a text without its translation does not compile.
/// </summary>
public sealed class Wording
{
    private static readonly TimeSpan BeijingTime = TimeSpan.FromHours(8);

    /// <summary>The language asked for; Chinese until somebody asks for English.</summary>
    public Language Language { get; set; } = Language.Zh;

    /// <summary>The tag of the <c>lang</c> attribute.</summary>
    public string Tag => Language == Language.Zh ? "zh-CN" : "en";

    /// <summary>A text in the language of this answer.</summary>
    public string this[string zh, string en] => Language == Language.Zh ? zh : en;

    /// <summary>A text in the language of this answer.</summary>
    public string this[Bilingual text] => text.In(Language);

    /// <summary>The language tag of a text that exists in one language only, where it is not the language of this answer.</summary>
    public string? TagOf(string text)
    {
        var tag = text.Any(letter => letter is >= '\u4E00' and <= '\u9FFF') ? "zh-CN" : "en";
        return tag == Tag ? null : tag;
    }

    /// <summary>What stands where there is nothing to show.</summary>
    public string Nothing => this[ReportText.Nothing];

    /// <summary>Points with two decimals.</summary>
    public string Points(decimal points) => ReportText.Points(points);

    /// <summary>Points as a rule names them: no decimals that are not there.</summary>
    public static string Plain(decimal number) => ReportText.Plain(number);

    /// <summary>Money with two decimals and thousands separators, without its unit (a column names it).</summary>
    public static string Money(decimal yuan) => yuan.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>Money with its unit.</summary>
    public string Yuan(decimal yuan) => this[ReportText.Yuan(yuan)];

    /// <summary>A whole number with thousands separators.</summary>
    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage with one decimal.</summary>
    public static string Percent(decimal share) => ReportText.Percent(share);

    /// <summary>A value found, with the decimals of its unit.</summary>
    public string Value(FeelValue? value, UnitOfMeasure unit) => this[ReportText.Value(value, unit)];

    /// <summary>A value put into a formula, with the decimals it has.</summary>
    public string Input(FeelValue value, UnitOfMeasure unit) => this[ReportText.Input(value, unit)];

    /// <summary>A day as 2025-11-22.</summary>
    public static string Day(DateOnly day) => ReportText.Day(day);

    /// <summary>A period with its last day.</summary>
    public string Days(DateOnly from, DateOnly last) => this[$"{Day(from)} 至 {Day(last)}", $"{Day(from)} to {Day(last)}"];

    /// <summary>A moment in Beijing time, to the minute, whatever the machine's zone.</summary>
    public static string Moment(DateTimeOffset? moment) => moment is { } given
        ? given.ToOffset(BeijingTime).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : "–";

    /// <summary>A moment in Beijing time, to the second.</summary>
    public static string Second(DateTimeOffset? moment) => moment is { } given
        ? given.ToOffset(BeijingTime).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        : "–";

    /// <summary>A length of time as people say it.</summary>
    public string Duration(TimeSpan time) => time.TotalSeconds < 60
        ? this[
            time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " 秒",
            time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"]
        : this[$"{(long)time.TotalMinutes} 分 {time.Seconds} 秒", $"{(long)time.TotalMinutes} min {time.Seconds} s"];

    /// <summary>A size as people say it.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1024 => $"{Whole(bytes)} B",
        < 1024 * 1024 => (bytes / 1024m).ToString("0.0", CultureInfo.InvariantCulture) + " KB",
        _ => (bytes / (1024m * 1024m)).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
    };

    /// <summary>Texts one after the other, separated the way the language does.</summary>
    public string Listed(IEnumerable<string> texts) => string.Join(this["、", ", "], texts);
}
