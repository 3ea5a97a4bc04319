namespace Evaluation.Rules.Feel;

/// <summary>What kind of value an expression gives, as far as its text and the kinds of its variables tell. Whatever
/// the kind, the value may be null.</summary>
internal static class KindAnalysis
{
    private static readonly Dictionary<string, FeelKind> Results = new(StringComparer.Ordinal);

    static KindAnalysis()
    {
        void Give(FeelKind kind, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                Results.Add(name, kind);
            }
        }
        Give(FeelKind.Number, "decimal", "floor", "ceiling", "round up", "round down", "round half up",
            "round half down",
            "modulo", "sqrt", "log", "exp", "count", "product", "median", "stddev", "string length", "number",
            "day of year", "week of year");
        Give(FeelKind.Boolean, "not", "all", "any", "is", "odd", "even", "list contains", "contains", "starts with",
            "ends with", "matches", "before", "after", "meets", "met by", "overlaps", "overlaps before",
                "overlaps after",
            "finishes", "finished by", "includes", "during", "starts", "started by", "coincides");
        Give(FeelKind.String, "string", "substring", "upper case", "lower case", "substring before", "substring after",
            "replace", "string join", "day of week", "month of year");
        Give(FeelKind.List, "mode", "sublist", "append", "concatenate", "insert before", "remove", "list replace",
            "reverse", "index of", "union", "distinct values", "flatten", "sort", "split",
            "get entries");
        Give(FeelKind.Context, "context", "context put", "context merge");
        Give(FeelKind.Date, "date", "today");
        Give(FeelKind.Time, "time");
        Give(FeelKind.DateAndTime, "date and time", "now");
        Give(FeelKind.YearMonthDuration, "years and months duration");
        Give(FeelKind.Range, "range");
    }

    // Nothing below a form that binds names of its own is looked into, so names always mean the layout's.
    public static FeelKind? Of(FeelNode node, FeelLayout layout)
    {
        StackGuard.Check();
        return node switch
        {
            FeelLiteral literal => literal.Value.IsNull ? null : literal.Value.Kind,
            FeelName name => layout.IndexOf(name.Name) is >= 0 and var slot ? layout.Kinds[slot] : null,
            FeelNegation negation => Of(negation.Operand, layout),
            FeelBinary { Operator: <= FeelOperator.GreaterOrEqual } => FeelKind.Boolean,
            FeelBinary binary => Arithmetic(binary, Of(binary.Left, layout), Of(binary.Right, layout)),
            FeelBetween or FeelIn or FeelInstanceOf or FeelQuantified => FeelKind.Boolean,
            FeelIf choice => Same(choice, layout),
            FeelFor or FeelList => FeelKind.List,
            FeelContextLiteral => FeelKind.Context,
            FeelInterval or FeelComparisonTest => FeelKind.Range,
            FeelFunctionLiteral => FeelKind.Function,
            FeelCall { Function: FeelName { Name: var name } } call when layout.IndexOf(name) < 0 =>
                Result(name, call, layout),
            _ => null,
        };
    }

    private static FeelKind? Arithmetic(FeelBinary binary, FeelKind? left, FeelKind? right) => (left, right) switch
    {
        (FeelKind.Number, FeelKind.Number) => FeelKind.Number,
        (FeelKind.String, FeelKind.String) when binary.Operator == FeelOperator.Add => FeelKind.String,
        _ => binary.Operator == FeelOperator.Power ? FeelKind.Number : null,
    };

    // A branch that gives null says nothing about the kind.
    private static FeelKind? Same(FeelIf choice, FeelLayout layout)
    {
        var (then, otherwise) = (Of(choice.Then, layout), Of(choice.Else, layout));
        return choice.Then is FeelLiteral { Value.IsNull: true } ? otherwise
            : choice.Else is FeelLiteral { Value.IsNull: true } || then == otherwise ? then
            : null;
    }

    private static FeelKind? Result(string name, FeelCall call, FeelLayout layout)
    {
        if (Results.TryGetValue(name, out var kind))
        {
            return kind;
        }
        if (name is not ("abs" or "min" or "max" or "sum" or "mean") || call.Arguments.Count == 0)
        {
            return null;
        }
        // These give the kind of what they are given.
        var values = call.Arguments is [{ Value: FeelList list }] ? list.Items : call.Arguments.Select(a => a.Value);
        var kinds = values.Select(v => Of(v, layout)).Distinct().ToList();
        return kinds is [{ } only] && only != FeelKind.List ? only : null;
    }
}
