using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>Scores units by one scheme: a pure function of facts, scheme and date. Safe to share between
/// threads.</summary>
public sealed class Scorer
{
    private Scorer(CompiledScheme compiled) => Compiled = compiled;

    /// <summary>The scheme with its formulas compiled; grading and allocating run on it too.</summary>
    public CompiledScheme Compiled { get; }

    /// <summary>A scorer; the scheme is compiled once for every rule set, scheme and day.</summary>
    /// <param name="rules">The rule set, for the metrics.</param>
    /// <param name="scheme">The scheme.</param>
    /// <param name="asOf">The day whose parameters are in force.</param>
    public static Scorer Create(RuleSet rules, Scheme scheme, DateOnly asOf) =>
        new(CompiledScheme.Of(rules, scheme, asOf));

    /// <summary>The score of one unit with its ledger: a line an indicator, in scheme order, that sum to the
    /// points.</summary>
    public ScoreSheet Score(UnitFacts facts)
    {
        var slots = Compiled.Slots(facts);
        var verdicts = new Verdict[Compiled.Indicators.Count];
        for (var i = 0; i < verdicts.Length; i++) verdicts[i] = Compiled.Indicators[i].Judge(slots);

        var scale = Scale.Of(Compiled, verdicts);
        var lines = Ledger.Lines(Compiled, facts, slots, verdicts, scale);
        var blocks = BlocksOf(lines);
        var complete = scale.Applicable > 0m && !verdicts.Any(verdict => verdict.IsWithheld);
        var points = lines.Sum(line => line.Points);
        var card = new CardContext(lines, blocks, complete ? points : null);
        return new ScoreSheet(
            facts.Unit, Compiled.Scheme.Category, Compiled.Scheme.Id, lines, blocks,
            FiguresOf(slots, card), points, complete);
    }

    /// <summary>The points alone, by the same arithmetic as <see cref="Score"/> and without a word.</summary>
    /// <returns>The sum of the lines before judgements, or null when something is withheld or nothing
    /// applies.</returns>
    public decimal? ScorePoints(UnitFacts facts) => ScorePoints(Compiled.Slots(facts));

    /// <summary>The points alone, of facts laid out as <see cref="CompiledScheme.Layout"/> says.</summary>
    /// <param name="slots">Facts and parameters, e.g. from <see cref="CompiledScheme.Slots"/>; the place of the value
    /// found is overwritten.</param>
    /// <returns>The sum of the lines before judgements, or null when something is withheld or nothing
    /// applies.</returns>
    public decimal? ScorePoints(FeelValue[] slots)
    {
        var points = 0m;
        var applicable = 0m;
        foreach (var indicator in Compiled.Indicators)
        {
            var verdict = indicator.Judge(slots);
            if (!verdict.Applies) continue;
            if (!verdict.IsScored) return null;
            applicable += indicator.Indicator.Max;
            points += verdict.Points;
        }

        if (applicable <= 0m) return null;
        return Scale.To(points, Compiled.Scheme.OutOf, applicable);
    }

    /// <summary>What becomes of one indicator, before any re-scaling.</summary>
    /// <exception cref="KeyNotFoundException">The scheme has no such indicator.</exception>
    public IndicatorOutcome Outcome(string indicator, UnitFacts facts)
    {
        var compiled = Compiled.Indicators.FirstOrDefault(candidate => candidate.Indicator.Id == indicator)
            ?? throw new KeyNotFoundException($"The scheme {Compiled.Scheme.Id} has no indicator '{indicator}'.");
        var slots = Compiled.Slots(facts);
        var verdict = compiled.Judge(slots);
        if (verdict.IsScored)
        {
            return new Scored(
                verdict.Value, verdict.Points, verdict.Decided < 0 ? null : verdict.Decided,
                verdict.Finding == Finding.ZeroForLackOfData);
        }

        var reason = new Reasons(Compiled, compiled, slots).Of(verdict);
        return verdict.Applies ? new Withheld(reason.Code, reason.Text) : new NotApplicable(reason.Code, reason.Text);
    }

    private List<BlockScore> BlocksOf(IReadOnlyList<LedgerLine> lines) =>
        [.. Compiled.Scheme.Blocks.Select(block =>
        {
            var own = lines.Where(line => line.Block == block.Id).ToList();
            return new BlockScore(block.Id, block.Name, own.Sum(line => line.Points), own.Sum(line => line.Max));
        })];

    private List<FigureValue> FiguresOf(FeelValue[] slots, CardContext card)
    {
        var figures = new List<FigureValue>(Compiled.Scheme.Figures.Count);
        if (Compiled.Scheme.Figures.Count == 0) return figures;
        var context = card.ToFeel();
        foreach (var figure in Compiled.Scheme.Figures)
        {
            Compiled.SetCard(slots, context, figures);
            var value = Compiled.Formula(figure.Value).Evaluate(slots);
            figures.Add(new FigureValue(figure.Id, figure.Name, value, figure.Unit));
        }

        return figures;
    }
}
