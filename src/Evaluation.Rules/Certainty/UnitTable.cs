using Evaluation.Rules.Facts;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>What was found for every unit and indicator, and the share tables made of it: as the rules say, and with
/// other choices.</summary>
internal sealed class UnitTable
{
    private readonly CompiledScheme _scheme;
    private readonly Verdict[][] _found;
    private readonly Dictionary<(bool RawScale, bool MeanForMissing), ShareTable> _tables = [];

    /// <summary>A table of units with a complete sheet.</summary>
    public UnitTable(CompiledScheme scheme, IReadOnlyList<UnitFacts> facts)
    {
        _scheme = scheme;
        _found = [.. scheme.Indicators.Select(_ => new Verdict[facts.Count])];
        for (var unit = 0; unit < facts.Count; unit++)
        {
            var slots = scheme.Slots(facts[unit]);
            for (var i = 0; i < _found.Length; i++) _found[i][unit] = scheme.Indicators[i].Judge(slots);
        }

        foreach (var rawScale in (bool[])[false, true])
        {
            foreach (var mean in (bool[])[false, true])
            {
                _tables[(rawScale, mean)] = TableOf(rawScale, mean, facts.Count);
            }
        }
    }

    /// <summary>Indicators.</summary>
    public int Indicators => _found.Length;

    /// <summary>The table as the rules say.</summary>
    public ShareTable AsDeclared => _tables[(false, false)];

    /// <summary>Whether some data are missing that the rules count as zero or leave out.</summary>
    public bool AnyMissing => _found.Any(indicator => indicator.Any(IsMissing));

    /// <summary>Whether some indicator has raw values that can be put between the least and the greatest.</summary>
    public bool AnyRawScale => Enumerable.Range(0, _found.Length).Any(i => RawRange(i) is not null);

    /// <summary>The table with other choices.</summary>
    /// <param name="rawScale">Raw values between the least and the greatest instead of points.</param>
    /// <param name="meanForMissing">The category's mean where data are missing.</param>
    public ShareTable With(bool rawScale, bool meanForMissing) => _tables[(rawScale, meanForMissing)];

    /// <summary>Points before re-scaling; 0 where the indicator does not apply.</summary>
    public decimal Points(int indicator, int unit) => Applies(indicator, unit) ? _found[indicator][unit].Points : 0m;

    /// <summary>Whether the indicator applies to the unit.</summary>
    public bool Applies(int indicator, int unit) => _found[indicator][unit].Applies;

    private static bool IsMissing(Verdict verdict) =>
        verdict.Finding is Finding.ZeroForLackOfData or Finding.ExcludedForLackOfData;

    private ShareTable TableOf(bool rawScale, bool meanForMissing, int units)
    {
        var shares = new double[_found.Length][];
        var applies = new bool[_found.Length][];
        for (var i = 0; i < _found.Length; i++)
        {
            var range = rawScale ? RawRange(i) : null;
            shares[i] = new double[units];
            applies[i] = new bool[units];
            for (var unit = 0; unit < units; unit++)
            {
                applies[i][unit] = _found[i][unit].Applies;
                shares[i][unit] = applies[i][unit] ? ShareTable.Number(ShareOf(i, unit, range)) : 0.0;
            }

            if (meanForMissing) PutMeans(_found[i], shares[i], applies[i]);
        }

        return new ShareTable(_scheme, shares, applies);
    }

    private decimal ShareOf(int indicator, int unit, (decimal Least, decimal Greatest)? range)
    {
        var rule = _scheme.Indicators[indicator].Indicator;
        ref readonly var verdict = ref _found[indicator][unit];
        if (range is not { } raw || !IsRaw(verdict)) return rule.Max > 0m ? verdict.Points / rule.Max : 0m;
        var share = (verdict.Value.AsNumber() - raw.Least) / (raw.Greatest - raw.Least);
        return rule.Direction == Direction.Lower ? 1m - share : share;
    }

    private static bool IsRaw(Verdict verdict) => verdict.Finding == Finding.Scored && verdict.Value.IsNumber;

    private (decimal Least, decimal Greatest)? RawRange(int indicator)
    {
        if (_scheme.Indicators[indicator].Indicator.Direction == Direction.Target) return null;
        var values = _found[indicator].Where(IsRaw).Select(verdict => verdict.Value.AsNumber()).ToList();
        return values.Count > 0 && values.Min() < values.Max() ? (values.Min(), values.Max()) : null;
    }

    private static void PutMeans(Verdict[] found, double[] shares, bool[] applies)
    {
        var (sum, count) = (0.0, 0);
        for (var unit = 0; unit < found.Length; unit++)
        {
            if (!found[unit].Applies || IsMissing(found[unit])) continue;
            sum += shares[unit];
            count++;
        }

        if (count == 0) return;
        for (var unit = 0; unit < found.Length; unit++)
        {
            if (IsMissing(found[unit])) (shares[unit], applies[unit]) = (sum / count, true);
        }
    }
}
