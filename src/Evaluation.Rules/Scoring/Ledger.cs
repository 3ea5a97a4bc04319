namespace Evaluation.Rules.Scoring;

/// <summary>Makes the points ledger: one line an indicator.</summary>
internal static class Ledger
{
    /// <summary>The lines in scheme order.</summary>
    public static LedgerLine[] Lines(CompiledScheme scheme, Verdict[] verdicts, Scale scale, SheetWords words)
    {
        var points = scale.Rescales ? scale.Telescope() : null;
        var maxima = scale.Rescales ? scale.Telescope() : null;
        var lines = new LedgerLine[verdicts.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var verdict = ref verdicts[i];
            var indicator = scheme.Indicators[i];
            var earned = verdict.IsScored ? verdict.Points : 0m;
            var max = verdict.Applies ? indicator.Indicator.Max : 0m;
            if (points is not null && verdict.IsScored) earned = points(earned);
            if (maxima is not null && verdict.Applies) max = maxima(max);
            lines[i] = new LedgerLine(indicator.Heading, words, i, earned, max);
        }

        return lines;
    }
}
