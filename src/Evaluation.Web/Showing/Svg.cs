using System.Globalization;

namespace Evaluation.Web.Showing;

/// <summary>Numbers inside drawings.</summary>
public static class Svg
{
    /// <summary>A share between 0 and 1 as a percentage of the drawing's width.</summary>
    public static string Percent(decimal share) =>
        (Math.Clamp(share, 0m, 1m) * 100m).ToString("0.###", CultureInfo.InvariantCulture) + "%";
}
