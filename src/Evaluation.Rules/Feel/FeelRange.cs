namespace Evaluation.Rules.Feel;

/// <summary>An interval. A null endpoint means no limit on that side where the range was written as a comparison,
/// and an unknown limit where it was written with brackets.</summary>
/// <param name="Low">The lower endpoint, or FEEL null for none.</param>
/// <param name="LowClosed">Whether the lower endpoint belongs to the range.</param>
/// <param name="High">The upper endpoint, or FEEL null for none.</param>
/// <param name="HighClosed">Whether the upper endpoint belongs to the range.</param>
public sealed record FeelRange(FeelValue Low, bool LowClosed, FeelValue High, bool HighClosed)
{
    /// <summary>Whether it was written as a comparison, <c>(&gt;= 5)</c>. Such a range contains what the same interval
    /// written with brackets contains, but is not equal to it.</summary>
    internal bool IsComparison { get; init; }

    /// <summary>Whether the value lies in the range; null where the two can't be compared.</summary>
    public bool? Contains(FeelValue value)
    {
        // A comparison leaves one side open; brackets with null in them leave open what is meant.
        bool? low = Low.IsNull && IsComparison ? true : Above(Comparison.Compare(value, Low), LowClosed);
        bool? high = High.IsNull && IsComparison ? true : Below(Comparison.Compare(value, High), HighClosed);
        return low & high;
    }

    private static bool? Above(int? order, bool closed) => order is null ? null : closed ? order >= 0 : order > 0;
    private static bool? Below(int? order, bool closed) => order is null ? null : closed ? order <= 0 : order < 0;

    /// <summary>The range as FEEL text.</summary>
    public override string ToString() => FeelValue.Range(this).ToString();
}
