using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>What a number is of: hours, yuan, a ratio, things counted; products and quotients of those.</summary>
/// <param name="Powers">Base → power, in the order of the bases; <c>hour^1</c>. Empty for a ratio.</param>
/// <param name="Scaled">Whether a plain number was multiplied in: 10,000 元 may then be 1 万元, so only kinds are
/// compared.</param>
/// <param name="Plain">Whether it is a number written as it is, which may stand beside anything.</param>
internal sealed record Dimension(string Powers, bool Scaled = false, bool Plain = false)
{
    public const string Percent = "percent";
    private const string Counted = "count";
    private const string Points = "point";

    // Kinds of units that are the same thing in another size.
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["hour"] = "time", ["day"] = "time", ["year"] = "time",
        ["yuan"] = "money", ["ten_thousand_yuan"] = "money",
        ["byte"] = "data",
        [Percent] = "ratio", [Points] = "ratio", [""] = "ratio",
        [Counted] = Counted,
    };

    public static Dimension Number { get; } = new("", Plain: true);

    public static Dimension Ratio { get; } = new("");

    public static Dimension Count { get; } = new(Counted);

    /// <summary>What a total is in.</summary>
    public static Dimension Total { get; } = new(Points);

    /// <summary>The dimension of a unit of measure; null for answers.</summary>
    public static Dimension? Of(UnitOfMeasure unit) => unit.Code switch
    {
        "answer" => null,
        "share" => Ratio,
        "index" or Points => new Dimension(Points),
        "hour" or "day" or "year" or "yuan" or "ten_thousand_yuan" or "byte" or Percent => new Dimension(unit.Code),
        _ => Count,
    };

    /// <summary>Whether it is one unit, or a ratio, as it stands.</summary>
    public bool IsSimple => !Scaled && !Plain && Kinds.ContainsKey(Powers);

    private string? Kind => Kinds.GetValueOrDefault(Powers);

    public Dimension Times(Dimension other) => Combined(other, 1);

    public Dimension Over(Dimension other) => Combined(other, -1);

    private Dimension Combined(Dimension other, int sign)
    {
        if (Plain && other.Plain) return Number;
        var powers = Parse(Powers);
        foreach (var (unit, power) in Parse(other.Powers)) powers[unit] = powers.GetValueOrDefault(unit) + sign * power;
        var text = string.Join(' ', powers.Where(pair => pair.Value != 0)
            .Select(pair => pair.Value == 1 ? pair.Key : $"{pair.Key}^{pair.Value}"));
        return new Dimension(text, Scaled || other.Scaled || Plain || other.Plain);
    }

    private static SortedDictionary<string, int> Parse(string powers)
    {
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var part in powers.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('^', StringComparison.Ordinal);
            found[at < 0 ? part : part[..at]] = at < 0 ? 1
                : int.Parse(part[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        }

        return found;
    }

    /// <summary>Whether the two may be added, compared, or be the two branches of a choice.</summary>
    public bool Fits(Dimension other)
    {
        if (Plain || other.Plain || Powers == other.Powers) return true;
        if (Kind is null || other.Kind is null) return Scaled || other.Scaled;
        if (Scaled && other.Scaled) return true;
        if (Kind == other.Kind) return Scaled || other.Scaled || Powers == Points || other.Powers == Points;

        // Points made of a count or of hours by a weight go with a ratio or with other points.
        return (Scaled && other.Kind == "ratio") || (other.Scaled && Kind == "ratio");
    }

    /// <summary>As people say it.</summary>
    public string Words => Powers switch
    {
        "" => "a share",
        "hour" => "hours",
        "day" => "days",
        "year" => "years",
        "ten_thousand_yuan" => "ten thousand yuan",
        "byte" => "bytes",
        Percent => "per cent",
        Points => "points",
        Counted => "a number of things",
        _ => Powers,
    };
}
