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
        var verdicts = new Verdict[Compiled.Indicators.Length];
        var withheld = false;
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = Compiled.Indicators[i].Judge(slots);
            withheld |= verdicts[i].IsWithheld;
        }

        var scale = Scale.Of(Compiled, verdicts);
        var lines = Ledger.Lines(Compiled, verdicts, scale, new SheetWords(Compiled, facts, slots, verdicts, scale));
        var blocks = BlocksOf(lines);
        var complete = scale.Applicable > 0m && !withheld;
        var points = 0m;
        foreach (var line in lines) points += line.Points;
        return new ScoreSheet(
            facts.Unit, Compiled.Scheme.Category, Compiled.Scheme.Id, lines, blocks,
            FigureValues.Of(Compiled, slots, lines, blocks, complete ? points : null), points, complete);
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

    /// <summary>The sheet of a unit with other points on its lines: blocks, figures and the sum follow them.</summary>
    internal ScoreSheet WithPoints(UnitFacts facts, ScoreSheet sheet, IReadOnlyList<decimal> points)
    {
        var lines = sheet.Lines.Select((line, i) => line with { Points = points[i] }).ToArray();
        var (blocks, sum) = (BlocksOf(lines), points.Sum());
        var figures = FigureValues.Of(Compiled, Compiled.Slots(facts), lines, blocks, sheet.Complete ? sum : null);
        return sheet with { Lines = lines, Blocks = blocks, Figures = figures, Points = sum };
    }

    // The lines of a block stand together, in scheme order.
    private BlockScore[] BlocksOf(LedgerLine[] lines)
    {
        var blocks = new BlockScore[Compiled.Scheme.Blocks.Count];
        var next = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            var block = Compiled.Scheme.Blocks[i];
            var (points, max) = (0m, 0m);
            for (var after = next + block.Indicators.Count; next < after; next++)
            {
                points += lines[next].Points;
                max += lines[next].Max;
            }

            blocks[i] = new BlockScore(block.Id, block.Name, points, max);
        }

        return blocks;
    }
}
