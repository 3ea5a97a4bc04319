using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>One indicator ready to run: applicability, missing data, value, points, in that order.</summary>
internal sealed class CompiledIndicator
{
    private readonly CompiledScheme _scheme;
    private readonly CompiledFeel? _applies;
    private readonly CompiledFeel _value;
    private readonly CompiledPoints _points;
    private readonly Need[] _needs;
    private readonly Lazy<IReadOnlyList<decimal>> _thresholds;

    public CompiledIndicator(CompiledScheme scheme, Block block, Indicator indicator)
    {
        (_scheme, Block, Indicator) = (scheme, block, indicator);
        _applies = indicator.Applies is { } applies ? applies.When.Expression.Compile(scheme.Layout) : null;
        _value = indicator.Value.Expression.Compile(scheme.Layout);
        _points = CompiledPoints.Of(scheme, indicator);
        InputCodes = CodesOf(scheme, indicator);
        Citation = Scoring.Citation.Of(indicator.Source);
        Head = new Bilingual($"{indicator.Id} {indicator.Name.Zh}", $"{indicator.Id} {indicator.Name.En}");
        _thresholds = new(ThresholdsOf);
        _needs = [.. indicator.Given
            .Except(indicator.Optional, StringComparer.Ordinal)
            .Select(code => Need.Of(scheme, code)).OfType<Need>()];
    }

    /// <summary>The decision table that gives the points, or null.</summary>
    public TableForm? Table => _points as TableForm;

    public Block Block { get; }

    public Indicator Indicator { get; }

    /// <summary>Codes of the metrics and parameters it reads, the declared ones first.</summary>
    public IReadOnlyList<string> InputCodes { get; }

    /// <summary>The article as sentences cite it.</summary>
    public Bilingual Citation { get; }

    /// <summary>Id and name, as sentences begin.</summary>
    public Bilingual Head { get; }

    /// <summary>Values at which the points change, as far as the rule and its parameters alone give them.</summary>
    public IReadOnlyList<decimal> Thresholds => _thresholds.Value;

    /// <summary>What becomes of the indicator with these facts. The value's place in the array is
    /// overwritten.</summary>
    public Verdict Judge(FeelValue[] slots)
    {
        if (_applies is not null)
        {
            var applies = _applies.Evaluate(slots);
            if (applies.IsFalse) return new Verdict(Finding.NotApplicable, 0m, FeelValue.Null);
            if (!applies.IsTrue)
            {
                return Unmet(slots) is { } unknown
                    ? Absent(unknown)
                    : new Verdict(Finding.UnknownApplicability, 0m, FeelValue.Null);
            }
        }

        if (Unmet(slots) is { } unmet) return Absent(unmet);
        var value = _value.Evaluate(slots);
        if (value.IsNull) return new Verdict(Finding.NullValue, 0m, value);
        _scheme.SetValue(slots, value);
        return _points.Judge(value, slots);
    }

    /// <summary>Why the value is null, for the sentence.</summary>
    public FeelTrace Trace(FeelValue[] slots)
    {
        var trace = new FeelTrace();
        if (_applies is not null && _applies.Evaluate(slots, trace) is { IsTrue: false }) return trace;
        trace.Clear();
        if (!_value.Evaluate(slots, trace).IsNull)
        {
            trace.Clear();
            _points.Trace(slots, trace);
        }

        return trace;
    }

    private static List<string> CodesOf(CompiledScheme scheme, Indicator indicator)
    {
        IEnumerable<string> read = [.. indicator.Value.Expression.FreeNames, .. indicator.Value.Expression.FreePaths];
        if (indicator.Points is FormulaPoints points)
        {
            read = [.. read, .. points.Formula.Expression.FreeNames, .. points.Formula.Expression.FreePaths];
        }

        if (indicator.Points is TablePoints table) read = [.. read, .. table.FreeNames, .. table.FreePaths];
        return [.. indicator.Given
            .Concat(read.Order(StringComparer.Ordinal))
            .Where(code => scheme.Rules.Metrics.ContainsKey(code) || scheme.Scheme.Parameters.ContainsKey(code))
            .Distinct(StringComparer.Ordinal)];
    }

    private decimal[] ThresholdsOf()
    {
        var slots = _scheme.EmptySlots();
        return Indicator.Points switch
        {
            BandPoints bands => [.. bands.Bands
                .SelectMany(band => ConditionWords.Thresholds(_scheme, slots, band.When)).Distinct()],
            GoalpostPoints posts => [posts.Zero, posts.Full],
            TablePoints table => [.. ValueTests(table)
                .SelectMany(test => ConditionWords.Thresholds(_scheme, slots, test)).Distinct()],
            _ => [],
        };
    }

    private static IEnumerable<RuleSets.Condition> ValueTests(TablePoints table) =>
        from row in table.Rows
        from cell in row.Tests.Zip(table.Columns)
        where cell.Second.Input.Expression.Root is FeelName { Name: CompiledScheme.ValueName }
        select cell.First;

    private Need? Unmet(FeelValue[] slots)
    {
        foreach (var need in _needs)
        {
            if (!need.IsMet(slots)) return need;
        }

        return null;
    }

    private Verdict Absent(Need need)
    {
        if (need.IsParameter) return new Verdict(Finding.MissingParameter, 0m, FeelValue.Null, Missing: need.Code);
        var finding = Indicator.Missing switch
        {
            MissingPolicy.Zero => Finding.ZeroForLackOfData,
            MissingPolicy.Exclude => Finding.ExcludedForLackOfData,
            _ => Finding.MissingData,
        };
        return new Verdict(finding, 0m, FeelValue.Null, Missing: need.Code);
    }

    /// <summary>A metric, resource list or parameter an indicator cannot do without.</summary>
    private sealed record Need(string Code, int Slot, string? Member, bool IsParameter)
    {
        public static Need? Of(CompiledScheme scheme, string code)
        {
            if (scheme.Scheme.Parameters.ContainsKey(code)) return new Need(
                code, scheme.Layout.IndexOf(code), null, true);
            if (scheme.Rules.Metrics.TryGetValue(code, out var metric) && metric.ResourceList is { } list)
            {
                return new Need(code, scheme.Layout.IndexOf(list), metric.ShortCode, false);
            }

            // A resource list by its own name is there or not; what its resources lack is the formula's business.
            var slot = scheme.Layout.IndexOf(code);
            return slot < 0 ? null : new Need(code, slot, null, false);
        }

        public bool IsMet(FeelValue[] slots)
        {
            ref readonly var value = ref slots[Slot];
            if (value.IsNull) return false;
            if (Member is null || value.Kind != FeelKind.List) return true;
            foreach (var resource in value.AsList())
            {
                if (resource.Kind != FeelKind.Context || resource.AsContext()[Member].IsNull) return false;
            }

            return true;
        }
    }
}
