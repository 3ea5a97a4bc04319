using System.Globalization;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>A worked case with what the rules made of it.</summary>
/// <param name="Result">Whether it came out as expected.</param>
/// <param name="Value">The number the indicator found, or the unit's total; null when there is none.</param>
/// <param name="Points">The points the indicator earned, or null.</param>
internal sealed record RunCase(CaseResult Result, decimal? Value, decimal? Points)
{
    /// <summary>The case itself.</summary>
    public WorkedCase Case => Result.Case;

    /// <summary>The totals of a case of several units.</summary>
    public IReadOnlyList<decimal> Totals { get; init; } = [];
}

/// <summary>Runs worked cases through the scorer, and cases of a whole scheme through the grader too.</summary>
internal sealed class CaseRunner(RuleSet rules, Scheme scheme)
{
    private const string CaseUnit = "case";

    /// <summary>Runs the cases of an indicator.</summary>
    public IReadOnlyList<RunCase> Run(Indicator indicator) =>
        [.. indicator.Cases.Select(one => Guarded(one, indicator.Id, () => OfIndicator(indicator, one)))];

    /// <summary>Runs the cases of the whole scheme.</summary>
    public IReadOnlyList<RunCase> RunWhole() => [.. RunWholeLazily()];

    /// <summary>The same, each case run when it is asked for: whoever looks for one that fails can stop there.</summary>
    public IEnumerable<RunCase> RunWholeLazily() => scheme.Cases.Select(one => Guarded(one, null, () => OfScheme(one)));

    private static RunCase Guarded(WorkedCase one, string? indicator, Func<RunCase> run)
    {
        try
        {
            return run();
        }
        catch (Exception refused) when (refused is FeelLimitException or InvalidOperationException or ArgumentException)
        {
            var problem = new RuleProblem(
                one.Location,
                    $"the case '{one.Name}' cannot be computed: {refused.Message}", "mend the formula or the case");
            return new RunCase(new CaseResult(indicator, one, [problem]), null, null);
        }
    }

    private Scorer ScorerFor(WorkedCase one) => Scorer.Create(rules, scheme, one.AsOf ?? rules.AsOf);

    private static UnitFacts FactsOf(WorkedCase one) =>
        new(CaseUnit, one.Given, new Dictionary<string, Provenance>());

    private RunCase OfIndicator(Indicator indicator, WorkedCase one)
    {
        var outcome = ScorerFor(one).Outcome(indicator.Id, FactsOf(one));
        var problems = new ProblemList();
        if (KindOf(outcome) != one.Expect)
        {
            Differs(problems, one, Words(one), Words(outcome));
        }
        else if (outcome is Scored scored)
        {
            if (one.Points is { } points && points != scored.Points)
            {
                Differs(problems, one, $"{Points(points)} points", $"{Points(scored.Points)} (value {scored.Value})");
            }

            if (one.Value is { } value && value != scored.Value)
            {
                Differs(problems, one, $"the value {value}", scored.Value.ToString());
            }
        }

        var found = outcome as Scored;
        return new RunCase(
            new CaseResult(indicator.Id, one, problems.InOrder()),
            found is not null && found.Value.TryNumber(out var number) ? number : null,
            found?.Points);
    }

    private RunCase OfScheme(WorkedCase one)
    {
        if (one.Units is { } units) return OfUnits(one, units);
        var scorer = ScorerFor(one);
        var facts = FactsOf(one);
        var sheet = scorer.Score(facts);
        var card = Grader.Grade(scorer.Compiled, [(facts, sheet)])[0];
        var problems = new ProblemList();
        var found = card.Total is not null ? ExpectedOutcome.Scored
            : sheet.Complete ? ExpectedOutcome.NotApplicable : ExpectedOutcome.Withheld;
        if (found == one.Expect)
        {
            Compare(problems, one, card);
        }
        else
        {
            // Without a total the rest of the case cannot come out right either, and need not be said.
            Differs(problems, one, one.Points is { } wanted ? $"a total of {Points(wanted)}" : Name(one.Expect),
                $"{Name(found)}: {card.Standing.En}");
        }

        return new RunCase(new CaseResult(null, one, problems.InOrder()), card.Total, card.Total);
    }

    private RunCase OfUnits(WorkedCase one, WorkedUnits units)
    {
        var scorer = ScorerFor(one);
        var problems = new ProblemList();
        IReadOnlyList<ScoreCard> cards = [];
        try
        {
            cards = Grader.Grade(scorer.Compiled, [.. units.Facts.Select(facts => (facts, scorer.Score(facts)))]);
            if (units.Refused) Differs(problems, one, "grading to stop for a decision", "a grade to every unit");
        }
        catch (EdgeTieException stopped)
        {
            if (!units.Refused) Differs(problems, one, "grades", $"a stop: {stopped.Message}");
        }

        foreach (var card in cards)
        {
            var found = $"{card.Grade ?? "none"}, rank {card.Rank?.ToString(CultureInfo.InvariantCulture) ?? "none"} ({card.Standing.En})";
            if (units.Totals.TryGetValue(card.Unit, out var total) && total != card.Total)
            {
                Differs(problems, one, $"a total of {Points(total)} for {card.Unit}",
                    card.Total is { } computed ? Points(computed) : $"none ({card.Standing.En})");
            }

            if (units.Ranks.TryGetValue(card.Unit, out var rank) && rank != card.Rank)
            {
                Differs(problems, one, $"rank {Points(rank)} for {card.Unit}", found);
            }

            if (units.Grades.TryGetValue(card.Unit, out var grade) && grade != card.Grade)
            {
                Differs(problems, one, $"the grade {grade} for {card.Unit}", found);
            }
        }

        return new RunCase(new CaseResult(null, one, problems.InOrder()), null, null)
        {
            Totals = [.. cards.Select(card => card.Total).OfType<decimal>()],
        };
    }

    private static void Compare(ProblemList problems, WorkedCase one, ScoreCard card)
    {
        if (one.Points is { } total && card.Total is { } computed && total != computed)
        {
            Differs(problems, one, $"a total of {Points(total)}", Points(computed));
        }

        if (one.Grade is { } grade && grade != card.Grade)
        {
            Differs(problems, one, $"the grade {grade}", $"{card.Grade ?? "none"} ({card.Standing.En})");
        }

        foreach (var (id, points) in one.PointsByIndicator)
        {
            var line = card.Lines.First(line => line.Id == id && line.Kind == LedgerLineKind.Indicator);
            var scored = line.Outcome == nameof(Scored);
            if (!scored || line.Points != points)
            {
                Differs(problems, one,
                    $"{Points(points)} points of {id}", scored ? Points(line.Points) : $"none: {line.Because.En}");
            }
        }
    }

    private static void Differs(ProblemList problems, WorkedCase one, string expected, string found) =>
        problems.Add(one.Location, $"the case '{one.Name}' expects {expected}, but the rules give {found}",
            "correct the rule, or the case if the rule is right");

    private static string Points(decimal points) => NumberSet.Text(points);

    private static string Words(WorkedCase one) =>
        one is { Expect: ExpectedOutcome.Scored, Points: { } points } ? $"{Points(points)} points" : Name(one.Expect);

    private static string Words(IndicatorOutcome outcome) => outcome switch
    {
        Scored scored => $"{Points(scored.Points)} points (value {scored.Value})",
        Withheld withheld => $"withheld: {withheld.Reason.En}",
        NotApplicable none => $"not_applicable: {none.Reason.En}",
        _ => outcome.ToString(),
    };

    private static ExpectedOutcome KindOf(IndicatorOutcome outcome) => outcome switch
    {
        Scored => ExpectedOutcome.Scored,
        Withheld => ExpectedOutcome.Withheld,
        _ => ExpectedOutcome.NotApplicable,
    };

    private static string Name(ExpectedOutcome outcome) =>
        RuleWords.Outcomes.First(pair => pair.Value == outcome).Key;
}
