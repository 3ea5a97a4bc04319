using Evaluation.Jobs.Storage.Reading;

namespace Evaluation.Web.Showing;

/// <summary>How many units of a category have which grade.</summary>
/// <param name="Shown">The run.</param>
/// <param name="Category">Category code.</param>
/// <param name="Rows">Units by grade.</param>
public sealed record GradeCounts(ShownRun Shown, string Category, IReadOnlyList<GradeOfCategory> Rows);
