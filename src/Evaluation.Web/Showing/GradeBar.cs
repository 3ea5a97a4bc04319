using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.Grading;

namespace Evaluation.Web.Showing;

/// <summary>How a category's units are spread over the grades.</summary>
/// <param name="Grades">Grades, best first.</param>
/// <param name="Rows">Every unit.</param>
public sealed record GradeBar(IReadOnlyList<Grade> Grades, IReadOnlyList<RankingRow> Rows);
