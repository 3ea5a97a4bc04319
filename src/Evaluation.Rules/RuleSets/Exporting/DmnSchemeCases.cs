using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>What a test file asks of a model: inputs, the decision and the answer expected.</summary>
/// <param name="Id">Unique in the file.</param>
/// <param name="Description">What the case shows.</param>
/// <param name="Inputs">By name.</param>
/// <param name="Decision">Name of the decision.</param>
/// <param name="Expected">Its answer.</param>
internal sealed record ModelCase(
    string Id, string Description, IReadOnlyList<(string Name, FeelValue Value)> Inputs, string Decision, FeelValue Expected);

/// <summary>
/// The worked cases of a whole scheme as cases of its model: the totals they state, and for units that are ranked
/// together what each brings to the ranking and which rank and grade all of them get.
/// </summary>
internal static class DmnSchemeCases
{
    public static IEnumerable<ModelCase> Of(RuleSet rules, Scheme scheme) =>
        scheme.Cases.SelectMany((one, at) => one.Units is { } units
            ? OfUnits(rules, scheme, one, units, $"scheme-{at + 1}")
            : OfOne(rules, one, $"scheme-{at + 1}"));

    private static IEnumerable<ModelCase> OfOne(RuleSet rules, WorkedCase one, string id)
    {
        var inputs = Inputs(rules, one, one.Given);
        if (one.Expect == ExpectedOutcome.NotApplicable)
        {
            return [new ModelCase(id, one.Name, inputs, JudgementDecisions.TakesPart, FeelValue.Boolean(false))];
        }

        if (one.Expect == ExpectedOutcome.Withheld)
        {
            return [new ModelCase(id, one.Name, inputs, JudgementDecisions.Total, FeelValue.Null)];
        }

        return one.Points is { } points
            ? [new ModelCase(id, one.Name, inputs, JudgementDecisions.Total, FeelValue.Number(points))]
            : [];
    }

    private static IEnumerable<ModelCase> OfUnits(
        RuleSet rules, Scheme scheme, WorkedCase one, WorkedUnits units, string id)
    {
        foreach (var facts in units.Facts)
        {
            if (!units.Totals.TryGetValue(facts.Unit, out var total)) continue;
            yield return new ModelCase($"{id}-{facts.Unit}", $"{one.Name}: {facts.Unit}", Inputs(rules, one, facts.Values),
                JudgementDecisions.Total, FeelValue.Number(total));
        }

        if (scheme.Grades is not { } table) yield break;
        var scorer = Scorer.Create(rules, scheme, one.AsOf ?? rules.AsOf);
        var sheets = units.Facts.Select(facts => (Facts: facts, Sheet: scorer.Score(facts))).ToList();
        var standings = sheets.Select(unit =>
            Standing(scorer.Compiled, table, Grader.CandidateOf(scorer.Compiled, unit.Facts, unit.Sheet)));
        yield return new ModelCase(id, one.Name,
            [(DmnExport.AsOf, one.AsOf ?? rules.AsOf), (GradeDecisions.AllUnits, FeelValue.List([.. standings]))],
            GradeDecisions.Grades, units.Refused ? FeelValue.Null : Graded(scorer.Compiled, sheets));
    }

    private static List<(string, FeelValue)> Inputs(
        RuleSet rules, WorkedCase one, IReadOnlyDictionary<string, FeelValue> facts) =>
        [(DmnExport.AsOf, one.AsOf ?? rules.AsOf), .. facts.OrderBy(fact => fact.Key, StringComparer.Ordinal)
            .Select(fact => (fact.Key, fact.Value))];

    private static FeelValue Standing(CompiledScheme scheme, GradeTable table, Candidate candidate)
    {
        var judged = candidate.Judged;
        var total = candidate.Sheet.Complete ? FeelValue.Number(judged.Points) : FeelValue.Null;
        var band = table.Bands.FirstOrDefault(one => scheme.Tests(one.When).Test(total, scheme.EmptySlots()) == true);
        return FeelValue.Context(new FeelContext(
        [
            new("unit", FeelValue.String(candidate.Facts.Unit)),
            new("total", total),
            new("takes_part", FeelValue.Boolean(candidate.TakesPart)),
            new("band", FeelValue.String(band?.Grade)),
            new("cap", FeelValue.String((judged.CapGrade?.Effect as CapGrade)?.Grade)),
            new("set", FeelValue.String((judged.SetGrade?.Effect as SetGrade)?.Grade)),
            new("keys", FeelValue.List([.. candidate.Keys.Select(key => key.IsNumber ? key : FeelValue.Null)])),
        ]));
    }

    // In the order of the units given.
    private static FeelValue Graded(CompiledScheme scheme, List<(UnitFacts Facts, ScoreSheet Sheet)> sheets)
    {
        var cards = Grader.Grade(scheme, sheets).Where(card => card.Rank is not null)
            .ToDictionary(card => card.Unit, StringComparer.Ordinal);
        return FeelValue.List([.. sheets.Select(unit => unit.Facts.Unit).Where(cards.ContainsKey)
            .Select(unit => FeelValue.Context(new FeelContext(
            [
                new("unit", FeelValue.String(unit)),
                new("rank", FeelValue.Number(cards[unit].Rank!.Value)),
                new("grade", FeelValue.String(cards[unit].Grade)),
            ])))]);
    }
}
