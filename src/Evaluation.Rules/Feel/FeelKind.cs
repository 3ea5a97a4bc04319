namespace Evaluation.Rules.Feel;

/// <summary>The kinds of value FEEL knows (DMN 1.5, 10.3.2.3); every value is exactly one of them.</summary>
public enum FeelKind
{
    /// <summary>No value.</summary>
    Null,
    /// <summary>A decimal number.</summary>
    Number,
    /// <summary>A text.</summary>
    String,
    /// <summary>True or false.</summary>
    Boolean,
    /// <summary>A day of the calendar.</summary>
    Date,
    /// <summary>A time of day, with or without an offset or a zone.</summary>
    Time,
    /// <summary>A day and a time of day.</summary>
    DateAndTime,
    /// <summary>A length of time in days, hours, minutes and seconds.</summary>
    DayTimeDuration,
    /// <summary>A length of time in years and months.</summary>
    YearMonthDuration,
    /// <summary>An ordered list of values.</summary>
    List,
    /// <summary>Names with values.</summary>
    Context,
    /// <summary>An interval with two endpoints, one of which may be open-ended.</summary>
    Range,
    /// <summary>A function, built in or defined by an expression.</summary>
    Function,
}

/// <summary>Names of kinds as the standard writes them.</summary>
internal static class FeelKindNames
{
    public static string Name(this FeelKind kind) => kind switch
    {
        FeelKind.Null => "null",
        FeelKind.Number => "number",
        FeelKind.String => "string",
        FeelKind.Boolean => "boolean",
        FeelKind.Date => "date",
        FeelKind.Time => "time",
        FeelKind.DateAndTime => "date and time",
        FeelKind.DayTimeDuration => "days and time duration",
        FeelKind.YearMonthDuration => "years and months duration",
        FeelKind.List => "list",
        FeelKind.Context => "context",
        FeelKind.Range => "range",
        _ => "function",
    };

    public static string Chinese(this FeelKind kind) => kind switch
    {
        FeelKind.Null => "空值",
        FeelKind.Number => "数值",
        FeelKind.String => "文本",
        FeelKind.Boolean => "真假值",
        FeelKind.Date => "日期",
        FeelKind.Time => "时刻",
        FeelKind.DateAndTime => "日期时间",
        FeelKind.DayTimeDuration => "日时时长",
        FeelKind.YearMonthDuration => "年月时长",
        FeelKind.List => "列表",
        FeelKind.Context => "上下文",
        FeelKind.Range => "区间",
        _ => "函数",
    };
}
