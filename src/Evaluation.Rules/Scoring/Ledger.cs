using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>Makes the points ledger: one line an indicator, with the values put in and the sentence in both
/// languages.</summary>
internal static class Ledger
{
    /// <summary>The lines in scheme order.</summary>
    public static List<LedgerLine> Lines(
        CompiledScheme scheme, UnitFacts facts, FeelValue[] slots, Verdict[] verdicts, Scale scale)
    {
        var points = scale.Telescope();
        var maxima = scale.Telescope();
        var lines = new List<LedgerLine>(verdicts.Length);
        for (var i = 0; i < verdicts.Length; i++)
        {
            var verdict = verdicts[i];
            var earned = verdict.IsScored ? points(verdict.Points) : 0m;
            var max = verdict.Applies ? maxima(scheme.Indicators[i].Indicator.Max) : 0m;
            scheme.SetValue(slots, verdict.Value);
            lines.Add(Line(scheme, scheme.Indicators[i], facts, slots, verdict, scale, earned, max));
        }

        return lines;
    }

    private static LedgerLine Line(
        CompiledScheme scheme, CompiledIndicator compiled, UnitFacts facts, FeelValue[] slots,
        Verdict verdict, Scale scale, decimal points, decimal max)
    {
        var indicator = compiled.Indicator;
        var words = new IndicatorWords(scheme, compiled, slots, verdict);
        return new LedgerLine(
            indicator.Id,
            LedgerLineKind.Indicator,
            compiled.Block.Id,
            indicator.Name,
            verdict.IsScored ? nameof(Scored) : verdict.Applies ? nameof(Withheld) : nameof(NotApplicable),
            verdict.Value.IsNull ? (FeelValue?)null : verdict.Value,
            indicator.Unit,
            points,
            max,
            verdict.IsScored ? verdict.Points : 0m,
            verdict.Applies ? indicator.Max : 0m,
            indicator.Value.Text,
            words.PointsText(),
            Inputs(scheme, compiled, facts, slots),
            indicator.Source,
            words.Because(scale, points, max),
            words.More());
    }

    private static List<LedgerInput> Inputs(
        CompiledScheme scheme, CompiledIndicator compiled, UnitFacts facts, FeelValue[] slots)
    {
        var inputs = new List<LedgerInput>(compiled.InputCodes.Count);
        foreach (var code in compiled.InputCodes)
        {
            if (scheme.Named(code) is not { } named) continue;
            inputs.Add(new LedgerInput(
                code, named.Name, ValueOf(scheme, code, slots), named.Unit, facts.Provenance.GetValueOrDefault(code)));
        }

        return inputs;
    }

    private static FeelValue ValueOf(CompiledScheme scheme, string code, FeelValue[] slots)
    {
        if (scheme.Rules.Metrics.TryGetValue(code, out var metric) && metric.ResourceList is { } list)
        {
            var resources = slots[scheme.Layout.IndexOf(list)];
            return resources.Kind != FeelKind.List
                ? FeelValue.Null
                : FeelValue.List([.. resources.AsList().Select(resource =>
                    resource.Kind == FeelKind.Context ? resource.AsContext()[metric.ShortCode] : FeelValue.Null)]);
        }

        var slot = scheme.Layout.IndexOf(code);
        return slot < 0 ? FeelValue.Null : slots[slot];
    }
}
