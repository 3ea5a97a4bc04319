using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>One input of a table: what is tested, its type, and the values it may have.</summary>
internal sealed record DmnInputCode(DmnCode Value, FeelType? Type, CompiledUnaryTests? Allowed, string Text);

/// <summary>One output of a table. The priorities are the listed output values, the most important first.</summary>
internal sealed record DmnOutputCode(string? Name, FeelType? Type, IReadOnlyList<DmnCode> Priorities, DmnCode? Default);

/// <summary>One rule; a test that can't be read matches nothing.</summary>
internal sealed record DmnRuleCode(IReadOnlyList<CompiledUnaryTests?> Tests, IReadOnlyList<DmnCode> Outputs);

/// <summary>A decision table ready to run (DMN 1.5, chapter 8).</summary>
internal sealed class DmnTableCode(DmnTable table, DmnInputCode[] inputs, DmnOutputCode[] outputs, DmnRuleCode[] rules)
    : DmnCode
{
    public override FeelValue Eval(Run run)
    {
        var values = new FeelValue[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            values[i] = DmnTypedCode.Check(run, inputs[i].Value.Eval(run), inputs[i].Type, inputs[i].Text);
            if (inputs[i].Allowed is { } allowed && !values[i].IsNull && allowed.Test(values[i], run) == false)
            {
                return Null(run, $"`{inputs[i].Text}` is {values[i].Brief()}, which is not among the table's input values",
                    $"`{inputs[i].Text}` 为 {values[i].Brief()}，不在决策表的输入值之内");
            }
        }
        var hits = new List<FeelValue[]>();
        foreach (var rule in rules)
        {
            run.Step(1 + inputs.Length);
            if (Matches(run, rule, values))
            {
                hits.Add([.. rule.Outputs.Select((o, i) => Output(run, o.Eval(run), i))]);
                if (table.HitPolicy == DmnHitPolicy.First)
                {
                    break;
                }
            }
        }
        return hits.Count == 0 ? NoHit(run) : Answer(run, hits);
    }

    private FeelValue Output(Run run, FeelValue value, int column) =>
        column < outputs.Length
            ? DmnTypedCode.Check(run, value, outputs[column].Type, outputs[column].Name ?? "output")
            : value;

    private static bool Matches(Run run, DmnRuleCode rule, FeelValue[] values)
    {
        for (var i = 0; i < values.Length && i < rule.Tests.Count; i++)
        {
            if (rule.Tests[i]?.Test(values[i], run) != true)
            {
                return false;
            }
        }
        return true;
    }

    private FeelValue NoHit(Run run)
    {
        if (Array.Exists(outputs, o => o.Default is not null))
        {
            return Result([.. outputs.Select(o => o.Default?.Eval(run) ?? FeelValue.Null)]);
        }
        // The standard says null; see docs/feel-conformance.md for why what is collected is empty or counted as none.
        if (table.HitPolicy == DmnHitPolicy.Collect && table.Aggregation == DmnAggregation.Count)
        {
            return 0m;
        }
        return table.HitPolicy is DmnHitPolicy.Collect or DmnHitPolicy.RuleOrder or DmnHitPolicy.OutputOrder
            && table.Aggregation == DmnAggregation.None
            ? FeelValue.List([])
            : Null(run, "no rule of the table matches", "决策表没有规则适用");
    }

    private FeelValue Answer(Run run, List<FeelValue[]> hits)
    {
        switch (table.HitPolicy)
        {
            case DmnHitPolicy.Unique:
                return hits.Count == 1 ? Result(hits[0]) : Null(run,
                    $"{hits.Count} rules match, but the table's hit policy is UNIQUE",
                    $"有 {hits.Count} 条规则适用，而命中策略是 UNIQUE");
            case DmnHitPolicy.Any:
                var first = Result(hits[0]);
                return hits.TrueForAll(h => Result(h).Equals(first)) ? first : Null(run,
                    "rules with different outputs match, but the table's hit policy is ANY", "适用的规则输出不同，而命中策略是 ANY");
            case DmnHitPolicy.Priority: return Result(ByPriority(run, hits)[0]);
            case DmnHitPolicy.OutputOrder: return FeelValue.List([.. ByPriority(run, hits).Select(Result)]);
            case DmnHitPolicy.First: return Result(hits[0]);
            case DmnHitPolicy.RuleOrder: return FeelValue.List([.. hits.Select(Result)]);
            default: return Collect(run, hits);
        }
    }

    private FeelValue Result(FeelValue[] values)
    {
        if (outputs.Length == 1)
        {
            return values[0];
        }
        var builder = new FeelContext.Builder();
        for (var i = 0; i < outputs.Length && i < values.Length; i++)
        {
            builder.Set(outputs[i].Name ?? $"output{i + 1}", values[i]);
        }
        return FeelValue.Context(builder.Build());
    }

    // Outputs count from left to right; a value that is not listed comes last.
    private List<FeelValue[]> ByPriority(Run run, List<FeelValue[]> hits)
    {
        var priorities = outputs.Select(o => o.Priorities.Select(p => p.Eval(run)).ToList()).ToArray();
        int Rank(FeelValue[] hit, int column)
        {
            var rank = priorities[column].FindIndex(p => p.Equals(hit[column]));
            return rank < 0 ? int.MaxValue : rank;
        }
        var ordered = hits.OrderBy(_ => 0);
        for (var column = 0; column < outputs.Length; column++)
        {
            if (priorities[column].Count > 0)
            {
                var at = column;
                ordered = ordered.ThenBy(h => Rank(h, at));
            }
        }
        return [.. ordered];
    }

    private FeelValue Collect(Run run, List<FeelValue[]> hits)
    {
        if (table.Aggregation == DmnAggregation.None)
        {
            return FeelValue.List([.. hits.Select(Result)]);
        }
        if (table.Aggregation == DmnAggregation.Count)
        {
            return (decimal)hits.Count;
        }
        var name = table.Aggregation switch
        {
            DmnAggregation.Sum => "sum",
            DmnAggregation.Min => "min",
            _ => "max",
        };
        // Each output is aggregated on its own.
        var columns = Enumerable.Range(0, outputs.Length).Select(c =>
            Builtins.Find(name)!.Invoke(run, name, [FeelValue.List([.. hits.Select(h => h[c])])]));
        return Result([.. columns]);
    }
}
