namespace Evaluation.Rules.Schemes;

/// <summary>A unit of measure: what a number counts, and how it is written behind a number.</summary>
/// <param name="Code">The code used in rule files and observations, e.g. <c>hour</c>.</param>
/// <param name="Name">The name in both languages, e.g. 小时 / hours.</param>
/// <param name="Decimals">Decimals shown to people (never used in computing).</param>
public sealed record UnitOfMeasure(string Code, Bilingual Name, int Decimals)
{
    private readonly string _afterZh = After(Name.Zh);
    private readonly string _afterEn = After(Name.En);
    private readonly string _afterOne = After(Name.En.Length > 1 && Name.En.EndsWith('s') ? Name.En[..^1] : Name.En);

    /// <summary>Decimals a value found has at least: shares and money keep theirs.</summary>
    internal int LeastOfValue { get; } = Code is "share" or "yuan" ? Decimals : 0;

    /// <summary>Decimals a figure put into a formula has at least.</summary>
    internal int LeastOfInput { get; } = Code == "yuan" ? Decimals : 0;

    /// <summary>Every unit rule files may name.</summary>
    public static IReadOnlyDictionary<string, UnitOfMeasure> All { get; } = new UnitOfMeasure[]
    {
        new("hour", new("小时", "h"), 1),
        new("day", new("天", "days"), 0),
        new("year", new("年", "years"), 1),
        new("share", new("", ""), 3),
        new("percent", new("%", "%"), 2),
        new("count", new("", ""), 0),
        new("time", new("次", ""), 0),
        new("sample", new("份", "samples"), 0),
        new("record", new("条", "records"), 0),
        new("person", new("人", "persons"), 0),
        new("instrument", new("台（套）", "instruments"), 0),
        new("accession", new("份", "accessions"), 0),
        new("dataset", new("个数据集", "datasets"), 0),
        new("point", new("分", "points"), 2),
        new("yuan", new("元", "CNY"), 2),
        new("ten_thousand_yuan", new("万元", "10,000 CNY"), 2),
        new("byte", new("字节", "bytes"), 0),
        new("answer", new("", ""), 0),
        new("index", new("", ""), 2),
    }.ToDictionary(unit => unit.Code, StringComparer.Ordinal);

    /// <summary>What follows a number: the unit with the space before it.</summary>
    internal string After(ReadOnlySpan<char> number, Language language) =>
        language == Language.Zh ? _afterZh : number is "1" ? _afterOne : _afterEn;

    private static string After(string name) => name is "" or "%" ? name : " " + name;
}
