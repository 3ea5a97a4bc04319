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

    // Made when first asked for; two threads that ask at once make the same.
    private Input[]? _inputs;
    private decimal[]? _thresholds;
    private IndicatorParts? _parts;

    public CompiledIndicator(CompiledScheme scheme, Block block, Indicator indicator)
    {
        (_scheme, Indicator) = (scheme, indicator);
        Heading = new LineHeading(
            indicator.Id, LedgerLineKind.Indicator, block.Id, indicator.Name, indicator.Unit, indicator.Value.Text,
            indicator.Source);
        _applies = indicator.Applies is { } applies ? applies.When.Expression.Compile(scheme.Layout) : null;
        _value = indicator.Value.Expression.Compile(scheme.Layout);
        _points = CompiledPoints.Of(scheme, indicator);
        InputCodes = CodesOf(scheme, indicator);
        Citation = Scoring.Citation.Of(indicator.Source);
        _needs = [.. indicator.Given
            .Except(indicator.Optional, StringComparer.Ordinal)
            .Select(code => Need.Of(scheme, code)).OfType<Need>()];
    }

    /// <summary>The decision table that gives the points, or null.</summary>
    public TableForm? Table => _points as TableForm;

    /// <summary>What its ledger lines say of every unit alike.</summary>
    public LineHeading Heading { get; }

    public Indicator Indicator { get; }

    /// <summary>Codes of the metrics and parameters it reads, the declared ones first.</summary>
    public IReadOnlyList<string> InputCodes { get; }

    /// <summary>Where the ledger finds what it read, as far as it has a name.</summary>
    public Input[] Inputs => _inputs ??= InputsOf();

    /// <summary>The article as sentences cite it.</summary>
    public Bilingual Citation { get; }

    /// <summary>What its sentences say of every unit alike.</summary>
    public IndicatorParts Parts => _parts ??= new IndicatorParts(_scheme, this);

    /// <summary>Values at which the points change, as far as the rule and its parameters alone give them.</summary>
    public decimal[] Thresholds => _thresholds ??= ThresholdsOf();

    /// <summary>A metric or parameter an indicator reads.</summary>
    /// <param name="Heading">What it is.</param>
    /// <param name="Slot">The place of its value, or of the resource list that has one each; -1 where there is none.</param>
    /// <param name="Member">Its name in the resources of a list, else null.</param>
    internal sealed record Input(InputHeading Heading, int Slot, string? Member);

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

    /// <summary>The value alone.</summary>
    public FeelValue Value(FeelValue[] slots) => _value.Evaluate(slots);

    /// <summary>Whether an item of its checklist is fulfilled; the value found must be in its place.</summary>
    public bool Meets(int item, FeelValue[] slots) => ((CompiledPoints.ChecklistForm)_points).Meets(item, slots);

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

    private Input[] InputsOf() => [.. InputCodes.Select(code =>
    {
        if (_scheme.Named(code) is not { } named) return null;
        var list = _scheme.Rules.Metrics.GetValueOrDefault(code)?.ResourceList;
        return new Input(
            new InputHeading(code, named.Name, named.Unit), _scheme.Layout.IndexOf(list ?? code),
            list is null ? null : _scheme.Rules.Metrics[code].ShortCode);
    }).OfType<Input>()];

    private decimal[] ThresholdsOf()
    {
        var decimals = NumberText.LeastDecimalsOfRatio(Indicator.Unit);
        return [.. ThresholdsFound().Select(threshold => NumberText.AtScale(threshold, decimals))];
    }

    private IEnumerable<decimal> ThresholdsFound()
    {
        var slots = _scheme.EmptySlots();
        return Indicator.Points switch
        {
            BandPoints bands => bands.Bands
                .SelectMany(band => ConditionWords.Thresholds(_scheme, slots, band.When)).Distinct(),
            GoalpostPoints posts => [posts.Zero, posts.Full],
            TablePoints table => ValueTests(table)
                .SelectMany(test => ConditionWords.Thresholds(_scheme, slots, test)).Distinct(),
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
