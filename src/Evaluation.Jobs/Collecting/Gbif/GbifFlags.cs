namespace Evaluation.Jobs.Collecting.Gbif;

/// <summary>Codes of the checks on GBIF statistics.</summary>
internal static class GbifFlags
{
    /// <summary>A month far below the months around it (<c>outlier_below</c> of the profile).</summary>
    public const string Outlier = "outlier";
}
