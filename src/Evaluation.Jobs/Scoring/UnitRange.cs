using System.Globalization;

namespace Evaluation.Jobs.Scoring;

/// <summary>Some units of a category that follow one another in ordinal order: <c>instruments 11-20</c>.</summary>
public sealed record UnitRange(string Category, int First, int Last)
{
    /// <summary>Pieces small enough that several nodes have something to do, large enough to be worth a trigger.</summary>
    public static IEnumerable<UnitRange> Cut(string category, int units)
    {
        const int least = 8;
        const int mostPieces = 64;
        var size = Math.Max(least, (units + mostPieces - 1) / mostPieces);
        for (var first = 1; first <= units; first += size)
        {
            yield return new UnitRange(category, first, Math.Min(units, first + size - 1));
        }
    }

    public static UnitRange Parse(string text)
    {
        var space = text.LastIndexOf(' ');
        var numbers = text[(space + 1)..].Split('-');
        return new UnitRange(
            text[..space],
            int.Parse(numbers[0], CultureInfo.InvariantCulture),
            int.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The members of a list that the range names.</summary>
    public IEnumerable<T> Of<T>(IReadOnlyList<T> units) => units.Skip(First - 1).Take(Last - First + 1);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Category} {First}-{Last}");
}
