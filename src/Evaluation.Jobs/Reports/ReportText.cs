using System.Globalization;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Jobs.Reports;

/// <summary>How figures, sources and records are written in reports: the same in every culture.</summary>
public static class ReportText
{
    private const int DecimalsOfInputs = 6;
    private const int ListedValues = 3;

    /// <summary>What stands where there is nothing to show.</summary>
    public static readonly Bilingual Nothing = new("—", "–");

    /// <summary>Points with two decimals and thousands separators.</summary>
    public static string Points(decimal points) => Fixed(points, 2);

    /// <summary>A share as a percentage with one decimal: <c>87.5%</c>.</summary>
    public static string Percent(decimal share) => Fixed(share * 100, 1) + "%";

    /// <summary>A difference of shares in percentage points with its sign, e.g. <c>+5.2</c>.</summary>
    public static string Difference(decimal share)
    {
        var rounded = Math.Round(share * 100, 1, MidpointRounding.AwayFromZero);
        return (rounded > 0 ? "+" : rounded < 0 ? "-" : "±") + Fixed(Math.Abs(rounded), 1);
    }

    /// <summary>A day as <c>yyyy-MM-dd</c>, whatever the culture.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A whole number with thousands separators.</summary>
    public static string Whole(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with the decimals it has, six at most.</summary>
    public static string Plain(decimal number) => number.ToString("#,##0.######", CultureInfo.InvariantCulture);

    /// <summary>An amount of money with its unit.</summary>
    public static Bilingual Yuan(decimal yuan) => new(Fixed(yuan, 2) + " 元", "CNY " + Fixed(yuan, 2));

    /// <summary>A value as people read it: rounded to the decimals of its unit.</summary>
    public static Bilingual Value(FeelValue? value, UnitOfMeasure unit) =>
        value is { } given ? Written(given, unit, number => Found(number, unit)) : Nothing;

    /// <summary>As the ledger's sentences write a value found: two decimals more where that shows it whole.</summary>
    private static string Found(decimal number, UnitOfMeasure unit)
    {
        var whole = number == Math.Round(number, unit.Decimals + 2);
        var most = whole ? unit.Decimals + 2 : Math.Max(unit.Decimals, 2);
        var least = !whole ? most : unit.Code is "share" or "yuan" ? unit.Decimals : 0;
        return Math.Round(number, most, MidpointRounding.ToEven)
            .ToString("#,##0." + new string('0', least) + new string('#', most - least), CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// A value as it went into a formula: with the decimals it has, so that a score can be followed by hand.
    /// </summary>
    public static Bilingual Input(FeelValue value, UnitOfMeasure unit) =>
        Written(value, unit, number => number.ToString(Exact, CultureInfo.InvariantCulture));

    private static readonly string Exact = "#,##0." + new string('#', DecimalsOfInputs);

    private static Bilingual Written(FeelValue value, UnitOfMeasure unit, Func<decimal, string> number)
    {
        if (value.TryNumber(out var figure)) return WithUnit(number(figure), unit);
        return value.Kind switch
        {
            FeelKind.Null => Nothing,
            FeelKind.Boolean => value.AsBoolean() ? new Bilingual("是", "yes") : new Bilingual("否", "no"),
            FeelKind.String => new Bilingual(value.AsString(), value.AsString()),
            FeelKind.Date => new Bilingual(value.ToString().Trim('@', '"'), value.ToString().Trim('@', '"')),
            FeelKind.List => ListOf(value.AsList(), unit, number),
            _ => new Bilingual(value.ToString(), value.ToString()),
        };
    }

    /// <summary>
    /// A long list of resources is told by its count, ends and sum: the full list is in the score card's data.
    /// </summary>
    private static Bilingual ListOf(IReadOnlyList<FeelValue> values, UnitOfMeasure unit, Func<decimal, string> number)
    {
        if (values.Count <= ListedValues)
        {
            var items = values.Select(value => Written(value, unit, number)).ToList();
            return items.Count == 0
                ? new Bilingual("空列表", "empty list")
                : new Bilingual(
                    string.Join("；", items.Select(item => item.Zh)), string.Join("; ", items.Select(item => item.En)));
        }

        var figures = values.Where(value => value.IsNumber).Select(value => value.AsNumber()).ToList();
        var (zh, en) = ($"共 {Whole(values.Count)} 个值", $"{Whole(values.Count)} values");
        if (figures.Count == 0) return new Bilingual(zh, en);
        var least = WithUnit(number(figures.Min()), unit);
        var greatest = WithUnit(number(figures.Max()), unit);
        var sum = WithUnit(number(figures.Sum()), unit);
        var without = values.Count - figures.Count;
        return new Bilingual(
            $"{zh}，最小 {least.Zh}，最大 {greatest.Zh}，合计 {sum.Zh}"
                + (without > 0 ? $"，其中 {Whole(without)} 个无数值" : string.Empty),
            $"{en}, least {least.En}, greatest {greatest.En}, sum {sum.En}"
                + (without > 0 ? $", {Whole(without)} of them without a figure" : string.Empty));
    }

    private static Bilingual WithUnit(string number, UnitOfMeasure unit) => unit.Code switch
    {
        "percent" => new Bilingual(number + "%", number + "%"),
        "yuan" => new Bilingual(number + " 元", "CNY " + number),
        _ => new Bilingual(Spaced(number, unit.Name.Zh), Spaced(number, unit.Name.En)),
    };

    private static string Spaced(string number, string unit) => unit.Length == 0 ? number : $"{number} {unit}";

    private static string Fixed(decimal number, int decimals) => Math
        .Round(number, decimals, MidpointRounding.AwayFromZero)
        .ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Document, item and page, and whether the rule is this platform's own.</summary>
    public static Bilingual SourceOf(Source source)
    {
        var page = string.IsNullOrEmpty(source.Page) ? new Bilingual("", "")
            : new Bilingual($"第 {source.Page} 页", $"p. {source.Page}");
        var says = source.Document.Contains("自定", StringComparison.Ordinal);
        return new Bilingual(
            Cited("，", source.Document, source.Item, page.Zh)
                + (source.Ours && !says ? "（无公开文本，系本平台自定）" : string.Empty),
            Cited(", ", source.DocumentEn ?? source.Document, source.ItemEn ?? source.Item, page.En)
                + (source.Ours ? " (no public text; set by this platform)" : string.Empty));
    }

    private static string Cited(string between, params string?[] parts) =>
        string.Join(between, parts.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>The records behind a value: documents, the first places in them, and how many there are.</summary>
    public static Bilingual RecordsOf(Provenance? provenance)
    {
        if (provenance is null) return new Bilingual("规则参数", "rule parameter");
        if (provenance.Documents.Count == 0) return new Bilingual("未登记来源", "no source registered");
        var more = provenance.Observations.Count > provenance.Locators.Count;
        var count = Whole(provenance.Observations.Count);
        return new Bilingual(
            string.Join("、", provenance.Documents) + Places("：", "、") + (more ? $" 等 {count} 条" : string.Empty),
            string.Join(", ", provenance.Documents) + Places(": ", ", ")
                + (more ? $" and others, {count} in all" : string.Empty));

        string Places(string before, string between) =>
            provenance.Locators.Count == 0 ? string.Empty : before + string.Join(between, provenance.Locators);
    }
}
