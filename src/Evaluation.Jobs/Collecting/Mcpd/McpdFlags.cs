namespace Evaluation.Jobs.Collecting.Mcpd;

/// <summary>Codes of the checks on passports.</summary>
internal static class McpdFlags
{
    /// <summary>The same material is listed by another institute and counts there.</summary>
    public const string Mirrored = "mirrored";

    /// <summary>One institute says that the material may be ordered, another that it may not.</summary>
    public const string AvailabilityDiffers = "availability-differs";

    /// <summary>Of a date the year alone is known.</summary>
    public const string YearOnly = "date-year-only";

    /// <summary>Of a date year and month are known.</summary>
    public const string MonthOnly = "date-month-only";
}
