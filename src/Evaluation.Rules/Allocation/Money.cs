using System.Globalization;

namespace Evaluation.Rules.Allocation;

/// <summary>An amount of money in yuan (元), exact to the fen. Arithmetic is checked decimal arithmetic.</summary>
/// <param name="Yuan">The amount in yuan.</param>
public readonly record struct Money(decimal Yuan) : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static Money Zero => new(0m);

    /// <summary>The sum.</summary>
    public static Money operator +(Money left, Money right) => new(left.Yuan + right.Yuan);

    /// <summary>The difference.</summary>
    public static Money operator -(Money left, Money right) => new(left.Yuan - right.Yuan);

    /// <summary>Whether the left amount is less.</summary>
    public static bool operator <(Money left, Money right) => left.Yuan < right.Yuan;

    /// <summary>Whether the left amount is greater.</summary>
    public static bool operator >(Money left, Money right) => left.Yuan > right.Yuan;

    /// <summary>Whether the left amount is not greater.</summary>
    public static bool operator <=(Money left, Money right) => left.Yuan <= right.Yuan;

    /// <summary>Whether the left amount is not less.</summary>
    public static bool operator >=(Money left, Money right) => left.Yuan >= right.Yuan;

    /// <inheritdoc/>
    public int CompareTo(Money other) => Yuan.CompareTo(other.Yuan);

    /// <summary>Two decimals and thousands separators, culture-free: <c>1,234,567.00</c>.</summary>
    public override string ToString() => Yuan.ToString("N2", CultureInfo.InvariantCulture);
}
