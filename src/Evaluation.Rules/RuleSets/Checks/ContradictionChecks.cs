using Evaluation.Rules.Feel;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets.Loading;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>Two judgements that can both hold must not say what cannot both be.</summary>
internal static class ContradictionChecks
{
    private const string Mend = "make the conditions exclude each other, or keep one of the two";

    public static void Run(CheckBench bench)
    {
        var judgements = bench.Scheme.Judgements;
        if (judgements.Count < 2) return;
        bench.Ask("no two judgements contradict each other", bench.Scheme.Location, problems =>
        {
            for (var later = 1; later < judgements.Count; later++)
            {
                foreach (var earlier in judgements.Take(later)) Check(bench, problems, earlier, judgements[later]);
            }
        });
    }

    private static void Check(CheckBench bench, ProblemList problems, Judgement earlier, Judgement later)
    {
        var relation = RelationOf(bench, earlier, later);
        if (relation == Relation.Exclusive) return;
        var what = Contradiction(bench, earlier.Effect, later.Effect, relation)
            ?? (AskTheSame(bench, earlier, later) ? TwoCaps(earlier.Effect, later.Effect) : null);
        if (what is null) return;
        problems.Add(later.Location,
            $"the judgements {earlier.Id} (line {earlier.Location.Line}) and {later.Id} can hold for the same unit, but {what}", Mend);
    }

    private static string? Contradiction(CheckBench bench, JudgementEffect earlier, JudgementEffect later,
        Relation relation) =>
        (earlier, later) switch
        {
            (SetGrade one, SetGrade other) when relation == Relation.SameFacts && one.Grade != other.Grade =>
                $"one sets the grade {one.Grade} and the other {other.Grade}",
            (CapGrade cap, SetGrade set) when IsBetter(bench, set.Grade, cap.Grade) =>
                $"the first caps the grade at {cap.Grade} and the second sets {set.Grade}, which is above it",
            (SetGrade set, CapGrade cap) when IsBetter(bench, set.Grade, cap.Grade) =>
                $"the first sets the grade {set.Grade} and the second caps it at {cap.Grade}, which is below it",
            (ExcludeUnit, not ExcludeUnit) or (not ExcludeUnit, ExcludeUnit) when relation == Relation.SameFacts =>
                "one of them takes the unit out of ranks, grades and awards",
            (CapGrade one, CapGrade other) when relation == Relation.SameFacts && one.Grade == other.Grade => Same,
            (CapTotal one, CapTotal other) when relation == Relation.SameFacts && one.Points == other.Points => Same,
            (SetGrade, SetGrade) or (ExcludeUnit, ExcludeUnit) when relation == Relation.SameFacts => Same,
            _ => null,
        };

    // Caps may grow stricter as a fact gets worse; two of them on the very same condition cannot both be meant.
    private static string? TwoCaps(JudgementEffect earlier, JudgementEffect later) => (earlier, later) switch
    {
        (CapGrade one, CapGrade other) when one.Grade != other.Grade =>
            $"one caps the grade at {one.Grade} and the other at {other.Grade}",
        (CapTotal one, CapTotal other) when one.Points != other.Points =>
            $"one caps the total at {NumberSet.Text(one.Points)} and the other at {NumberSet.Text(other.Points)}",
        _ => null,
    };

    private const string Same = "both say the same";

    private static bool IsBetter(CheckBench bench, string grade, string than)
    {
        var order = bench.Scheme.Grades?.Grades.Select(one => one.Id).ToList() ?? [];
        return order.IndexOf(grade) is var at and >= 0 && at < order.IndexOf(than);
    }

    private enum Relation
    {
        /// <summary>They speak of different things, so that both may hold.</summary>
        Independent,

        /// <summary>They ask the same of the same facts, or overlap on them.</summary>
        SameFacts,

        /// <summary>One holding means that the other does not.</summary>
        Exclusive,
    }

    private static Relation RelationOf(CheckBench bench, Judgement earlier, Judgement later)
    {
        var (one, other) = (earlier.When, later.When);
        if (AskTheSame(bench, earlier, later)) return Relation.SameFacts;
        var left = new NecessaryValues(bench.Constants, one.Text).Of(one.Expression.Root);
        var right = new NecessaryValues(bench.Constants, other.Text).Of(other.Expression.Root);

        // Where either says "or", each way of holding must exclude each way of the other.
        if (Ways(bench, one).All(way => Ways(bench, other).All(against => Excludes(way, against)))) return Relation.Exclusive;
        return left.Count > 0 && left.Keys.ToHashSet().SetEquals(right.Keys) && AsksOnly(bench, one, left.Keys)
            && AsksOnly(bench, other, right.Keys)
                ? Relation.SameFacts
                : Relation.Independent;
    }

    // Where a condition asks more than what is compared (a ratio, a call), overlapping values prove nothing.
    private static bool AsksOnly(CheckBench bench, Formula condition, IEnumerable<string> subjects) =>
        subjects.Select(subject => subject.Split('.')[0]).ToHashSet(StringComparer.Ordinal)
            .SetEquals(condition.Expression.FreeNames.Where(name => !bench.Constants.Fixes(name)));

    private static List<IReadOnlyDictionary<string, ValueSet>> Ways(CheckBench bench, Formula condition) =>
        [.. Alternatives(condition.Expression.Root)
            .Select(way => new NecessaryValues(bench.Constants, condition.Text).Of(way))];

    private static IEnumerable<FeelNode> Alternatives(FeelNode node) =>
        node is FeelBinary { Operator: FeelOperator.Or } or ? Alternatives(or.Left).Concat(Alternatives(or.Right)) : [node];

    private static bool Excludes(IReadOnlyDictionary<string, ValueSet> one, IReadOnlyDictionary<string, ValueSet> other) =>
        one.Keys.Intersect(other.Keys).Any(subject => one[subject].And(other[subject]).IsEmpty);

    // 5 < hours asks what hours > 5 asks.
    private static bool AskTheSame(CheckBench bench, Judgement one, Judgement other) =>
        FormulaTokens.Same(one.When.Text, other.When.Text)
        || (Exact(bench, one) is var (asked, values) && Exact(bench, other) is var (same, others) && asked == same
            && values.And(others.Not()).IsEmpty && others.And(values.Not()).IsEmpty);

    private static (string Subject, ValueSet Values)? Exact(CheckBench bench, Judgement judgement) =>
        NecessaryValues.Exact(bench.Constants, judgement.When.Text, judgement.When.Expression.Root);
}
