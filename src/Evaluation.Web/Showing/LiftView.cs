using Evaluation.Rules;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Web.Showing;

/// <summary>What would lift the grade of a card.</summary>
/// <param name="Card">The card.</param>
/// <param name="Scheme">Its scheme, for the order of the grades.</param>
public sealed record LiftView(ScoreCard Card, Scheme Scheme)
{
    /// <summary>Whether there is a grade, and so something to say.</summary>
    public bool Speaks => Card.Grade is not null && Scheme.Grades is not null;

    /// <summary>Changes that lift the grade by themselves, the smallest first.</summary>
    public IReadOnlyList<LiftLine> Lifts => Card.Lifts;

    /// <summary>What is to be said where no single change lifts the grade.</summary>
    public Bilingual Otherwise => GradeLifts.Otherwise(Card, Scheme);
}
