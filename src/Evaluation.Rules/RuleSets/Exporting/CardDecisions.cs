using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>
/// The score card of a unit as decisions: points, blocks and total, the figures, and all of it together under the name
/// by which formulas ask for it. Points of what does not apply are left out and the others re-scaled, as the scorer does.
/// </summary>
internal sealed class CardDecisions(Scheme scheme, IReadOnlyList<IndicatorLogic> logics, FormulaTexts texts)
{
    /// <summary>Points, blocks and total, before there are figures.</summary>
    public const string Sheet = "score sheet";

    private const int Decimals = Scoring.CompiledPoints.Decimals;

    /// <summary>The decisions, in the order in which they are made.</summary>
    public IEnumerable<ModelDecision> All =>
    [
        new ModelDecision(Sheet, new Bilingual("各指标、各板块得分和总分，未经认定", "Points, blocks and total before judgements"),
            null, [.. logics.Select(logic => logic.PointsName), .. Conditional.SelectMany(logic => logic.Inputs).Distinct()])
        {
            Sources = [scheme.Source, .. scheme.Blocks.Select(block => block.Source)],
            Text = Rescales ? Rescaled() : Plain(),
        },
        .. scheme.Figures.Select(Figure),
        new ModelDecision(NameScope.CardName, new Bilingual("公式所读的评分结果", "The score as formulas read it"), null,
            [Sheet, .. scheme.Figures.Select(figure => figure.Id)])
        {
            Text = $"context put({Sheet}, \"figures\", "
                + Context(scheme.Figures.Select(figure => (figure.Id, figure.Id)), "  ") + ")",
        },
    ];

    private IEnumerable<IndicatorLogic> Conditional => logics.Where(logic => logic.Counts is not null);

    private bool Rescales => Conditional.Any() || scheme.OutOf != scheme.Total;

    private ModelDecision Figure(Figure figure) => new(figure.Id, figure.Name, null,
        [.. texts.Needs(figure.Value), .. texts.ReadsCard(figure.Value) ? [Sheet] : Array.Empty<string>()])
    {
        Text = texts.WithCard(figure.Value, Sheet),
    };

    private string Plain()
    {
        var indicators = scheme.Indicators.ToList();
        var all = string.Join(", ", logics.Select(logic => logic.PointsName));
        return "{\n"
            + $"  points: {Context(indicators.Select((one, at) => (one.Id, logics[at].PointsName)), "    ")},\n"
            + $"  blocks: {Context(scheme.Blocks.Select(block => (block.Id, Sum(block))), "    ")},\n"
            + $"  total: if list contains([{all}], null) then null else sum([{all}])\n}}";

        string Sum(Block block) => "sum(for earned in ["
            + string.Join(", ", block.Indicators.Select(one => logics[indicators.IndexOf(one)].PointsName))
            + "] return if earned = null then 0 else earned)";
    }

    // Running sums are re-scaled, each by one division; lines and blocks are differences of them and add up exactly.
    private string Rescaled()
    {
        var indicators = scheme.Indicators.ToList();
        var maxima = indicators.Select((one, at) => logics[at].Counts is { } counts
            ? $"if {counts} then {NumberSet.Text(one.Max)} else 0" : NumberSet.Text(one.Max));
        var (next, last) = (0, indicators.Count);
        return "{\n"
            + $"  earned: [{string.Join(", ", logics.Select(logic => logic.PointsName))}],\n"
            + $"  maxima: [{string.Join(",\n    ", maxima)}],\n"
            + "  applicable: sum(maxima),\n"
            + $"  running: for n in 1..{last} return if applicable = 0 then 0 else decimal(sum(for one in sublist(earned, 1, n)\n"
            + $"    return if one = null then 0 else one) * {NumberSet.Text(scheme.OutOf)} / applicable, {Decimals}),\n"
            + $"  withheld: some n in 1..{last} satisfies maxima[n] > 0 and earned[n] = null,\n"
            + $"  points: {Context(indicators.Select((one, at) => (one.Id, Line(at))), "    ")},\n"
            + $"  blocks: {Context(scheme.Blocks.Select(block => (block.Id, Between(next, next += block.Indicators.Count))), "    ")},\n"
            + $"  total: if withheld or applicable = 0 then null else running[{last}]\n}}";

        string Line(int at) => $"if earned[{at + 1}] = null then null else {Between(at, at + 1)}";
        static string Between(int before, int after) =>
            before == 0 ? $"running[{after}]" : $"running[{after}] - running[{before}]";
    }

    private static string Context(IEnumerable<(string Key, string Value)> entries, string indent)
    {
        var lines = entries.Select(entry => $"\n{indent}\"{entry.Key}\": {entry.Value}").ToList();
        return lines.Count == 0 ? "{}" : $"{{{string.Join(",", lines)} }}";
    }
}
