namespace Evaluation.Rules.Scoring;

/// <summary>Makes the points ledger: one line an indicator.</summary>
internal static class Ledger
{
    /// <summary>The lines in scheme order.</summary>
    public static LedgerLine[] Lines(CompiledScheme scheme, Verdict[] verdicts, Scale scale, SheetWords words)
    {
        var points = scale.Telescope();
        var maxima = scale.Telescope();
        var lines = new LedgerLine[verdicts.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            ref readonly var verdict = ref verdicts[i];
            var earned = verdict.IsScored ? points(verdict.Points) : 0m;
            var max = verdict.Applies ? maxima(scheme.Indicators[i].Indicator.Max) : 0m;
            lines[i] = new LedgerLine(words, i, earned, max);
        }

        return lines;
    }
}
