using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// A formula as people read it, with names, values and units put in: <c>对外服务机时 500 小时 ÷ 有效机时 1,000 小时</c>,
/// <c>500 h / 1,000 h</c>. Where a part of FEEL has no words here, there are none for the whole.
/// </summary>
internal sealed class FormulaWords
{
    private const int SumLevel = 1;
    private const int ProductLevel = 2;
    private const int PowerLevel = 3;
    private const int Atom = 4;

    private readonly CompiledScheme _scheme;
    private readonly FeelValue[] _slots;
    private readonly Language _language;
    private readonly string _source;
    private readonly string? _value;
    private readonly bool _bare;

    // Loop variable → the resource list it runs through; "" is the item of a filter.
    private readonly Stack<(string Variable, string List)> _loops = new();

    private FormulaWords(
        CompiledScheme scheme, FeelValue[] slots, Language language, FeelExpression expression, string? value)
    {
        (_scheme, _slots, _language, _source, _value) = (scheme, slots, language, expression.Text, value);

        // In English a short formula reads best with bare figures (500 h / 1,000 h); a longer one, or one whose figures
        // carry no unit, needs the names.
        _bare = language == Language.En && expression.FreeNames.Count <= 2 && HaveUnits(scheme, expression);
    }

    private static bool HaveUnits(CompiledScheme scheme, FeelExpression expression)
    {
        foreach (var name in expression.FreeNames)
        {
            if (scheme.Named(name) is not { } named || named.Unit.Name.En.Length == 0) return false;
        }

        return true;
    }

    private bool Zh => _language == Language.Zh;

    private bool InFilter => _loops.TryPeek(out var inner) && inner.Variable.Length == 0;

    /// <summary>The words, or null where there are none.</summary>
    /// <param name="scheme">Gives names and units.</param>
    /// <param name="slots">Gives the values.</param>
    /// <param name="language">One language, never two.</param>
    /// <param name="expression">The formula.</param>
    /// <param name="value">How the value found is written, in a formula of points.</param>
    public static string? Of(
        CompiledScheme scheme, FeelValue[] slots, Language language, FeelExpression expression, string? value = null) =>
        WithoutGaps(new FormulaWords(scheme, slots, language, expression, value).Words(expression.Root, 0));

    // A full-width bracket brings its own space.
    private static string? WithoutGaps(string? words) => words is null || words.AsSpan().IndexOfAny('（', '）') < 0
        ? words
        : words.Replace(" （", "（", StringComparison.Ordinal).Replace("） ", "）", StringComparison.Ordinal);

    private string? Words(FeelNode node, int level)
    {
        switch (node)
        {
            case FeelLiteral literal: return Literal(literal.Value);
            case FeelName name: return Name(name.Name);
            case FeelPath path: return Member(path);
            case FeelNegation negation: return Words(negation.Operand, Atom) is { } operand ? "−" + operand : null;
            case FeelBinary binary: return Binary(binary, level);
            case FeelIf choice: return Choice(choice, level);
            case FeelCall { Function: FeelName function } call: return Call(function.Name, call);
            default: return null;
        }
    }

    private string? Literal(FeelValue value) => value.Kind switch
    {
        FeelKind.Number => NumberText.Plain(value.AsNumber(), 0, 28),
        FeelKind.String => _scheme.AnswerName(value.AsString(), _language),
        FeelKind.Boolean => _scheme.AnswerName(value.IsTrue ? "yes" : "no", _language),
        FeelKind.Null => Zh ? "空" : "nothing",
        _ => null,
    };

    private string? Name(string name)
    {
        if (_loops.Count > 0 && _loops.Any(loop => loop.Variable == name)) return null;
        if (InFilter && _loops.Peek() is var inner
            && _scheme.Rules.Metrics.TryGetValue(inner.List + "." + name, out var member))
        {
            return LowerFirst(member.Name.In(_language));
        }

        if (name == CompiledScheme.ValueName) return _value;
        return _scheme.Named(name) is { } named && _scheme.Layout.IndexOf(name) is >= 0 and var slot
            ? Quantity(named.Name, named.Unit, _slots[slot])
            : null;
    }

    private string? Quantity(Bilingual name, Schemes.UnitOfMeasure unit, FeelValue value)
    {
        var text = value.TryNumber(out var number)
            ? NumberText.With(NumberText.Input(number, unit), unit, _language)
            : value.IsNull ? Zh ? "（无数据）" : "(no data)" : Literal(value);
        // A condition on resources is read with the resources; the name of a limit in it would only lengthen it.
        if (text is null || _bare || InFilter) return text;
        var label = LowerFirst(name.In(_language));
        return value.Kind is FeelKind.String or FeelKind.Boolean
            ? label + (Zh ? "：" : ": ") + text
            : label + " " + text;
    }

    private string? Member(FeelPath path)
    {
        if (path.Source is not FeelName source) return null;
        var loop = _loops.FirstOrDefault(candidate => candidate.Variable == source.Name);
        if (loop.List is not null)
        {
            return _scheme.Rules.Metrics.TryGetValue(loop.List + "." + path.Member, out var metric)
                ? LowerFirst(metric.Name.In(_language))
                : null;
        }

        return null;
    }

    private string? Binary(FeelBinary binary, int level)
    {
        var (own, symbol) = binary.Operator switch
        {
            FeelOperator.Add => (SumLevel, "+"),
            FeelOperator.Subtract => (SumLevel, "−"),
            FeelOperator.Multiply => (ProductLevel, "×"),
            FeelOperator.Divide => (ProductLevel, Zh ? "÷" : "/"),
            FeelOperator.Power => (PowerLevel, "^"),
            FeelOperator.Equal => (SumLevel, "="),
            FeelOperator.NotEqual => (SumLevel, "≠"),
            FeelOperator.Less => (SumLevel, "<"),
            FeelOperator.LessOrEqual => (SumLevel, "≤"),
            FeelOperator.Greater => (SumLevel, ">"),
            FeelOperator.GreaterOrEqual => (SumLevel, "≥"),
            FeelOperator.And => (SumLevel, Zh ? "且" : "and"),
            _ => (SumLevel, Zh ? "或" : "or"),
        };
        if (binary.Right is FeelLiteral { Value.IsNull: true } && Words(binary.Left, own) is { } tested)
        {
            return binary.Operator switch
            {
                FeelOperator.NotEqual => Zh ? $"有“{tested}”数据" : $"{tested} is known",
                FeelOperator.Equal => Zh ? $"无“{tested}”数据" : $"{tested} is not known",
                _ => null,
            };
        }

        // a − (b + c) and a ÷ (b × c) keep their brackets.
        var right = binary.Operator is FeelOperator.Subtract or FeelOperator.Divide or FeelOperator.Power
            ? own + 1
            : own;
        if (Words(binary.Left, own) is not { } before || Words(binary.Right, right) is not { } after) return null;
        return Bracket($"{before} {symbol} {after}", own < level);
    }

    // Only the branch that was taken is worth reading; a constant says why it was taken.
    private string? Choice(FeelIf choice, int level)
    {
        if (_loops.Count > 0)
        {
            return Words(choice.Condition, 0) is { } when && Words(choice.Then, 0) is { } then
                && Words(choice.Else, 0) is { } otherwise
                ? Bracket(
                    Zh ? $"若 {when} 则 {then}，否则 {otherwise}" : $"if {when} then {then}, else {otherwise}", level > 0)
                : null;
        }

        var holds = Evaluate(choice.Condition).IsTrue;
        var taken = holds ? choice.Then : choice.Else;
        var words = Words(taken, level);
        if (taken is not FeelLiteral || words is null) return words;
        if (Words(choice.Condition, 0) is not { } condition) return null;
        return (Zh, holds) switch
        {
            (true, true) => $"{words}（因 {condition}）",
            (true, false) => $"{words}（因以下条件不成立：{condition}）",
            (false, true) => $"{words} (because {condition})",
            _ => $"{words} (because this does not hold: {condition})",
        };
    }

    private string? Call(string function, FeelCall call)
    {
        var arguments = call.Arguments;
        if (arguments.Count == 1 && Aggregate(function) is { } aggregate
            && Over(arguments[0].Value, aggregate, function == "count") is { } over)
        {
            return over;
        }

        var words = new List<string>(arguments.Count);
        foreach (var argument in arguments)
        {
            if (Words(argument.Value, 0) is not { } text) return null;
            words.Add(text);
        }

        return (function, words.Count) switch
        {
            ("min", > 1) => Named("取小", "min", words),
            ("max", > 1) => Named("取大", "max", words),
            ("sum", > 1) => Named("合计", "sum", words),
            ("mean", > 1) => Named("平均", "mean", words),
            ("abs", 1) => Named("绝对值", "abs", words),
            ("sqrt", 1) => Named("平方根", "square root", words),
            ("floor", 1) => Named("向下取整", "round down", words),
            ("ceiling", 1) => Named("向上取整", "round up", words),
            ("decimal", 2) => Rounded("取", "round half-even", words),
            ("round half up", 2) => Rounded("四舍五入", "round half up", words),
            ("round up", 2) => Rounded("进位", "round up", words),
            ("round down", 2) => Rounded("舍去", "round down", words),
            ("not", 1) => Named("非", "not", words),
            _ => null,
        };
    }

    private string Named(string zh, string en, List<string> arguments) =>
        Zh ? $"{zh}（{string.Join("，", arguments)}）" : $"{en}({string.Join(", ", arguments)})";

    private string Rounded(string zh, string en, List<string> arguments) =>
        Zh ? $"{zh}（{arguments[0]}，{arguments[1]} 位小数）" : $"{en}({arguments[0]}, {arguments[1]} decimals)";

    private static (string Zh, string En)? Aggregate(string function) => function switch
    {
        "mean" => ("平均值", "mean"),
        "sum" => ("合计", "sum"),
        "min" => ("最小值", "least"),
        "max" => ("最大值", "greatest"),
        "median" => ("中位数", "median"),
        "count" => ("数量", "number"),
        _ => null,
    };

    /// <summary>mean over 12 instruments of (effective hours / quota hours 1,400 h).</summary>
    private string? Over(FeelNode list, (string Zh, string En) aggregate, bool counting)
    {
        var (source, variable, body) = list switch
        {
            FeelFor { Iterations: [{ End: null } iteration] } loop => (iteration.Source, iteration.Name, loop.Return),
            FeelPath path => (path.Source, "", path),
            _ => (list, "", null),
        };
        if (body is null && !counting) return null;
        var (name, condition) = source switch
        {
            FeelName plain => (plain.Name, null),
            FeelFilter { Source: FeelName filtered } filter => (filtered.Name, filter.Condition),
            _ => ((string?)null, (FeelNode?)null),
        };
        if (name is null || _scheme.Layout.IndexOf(name) < 0) return null;
        if (Evaluate(source) is not { Kind: FeelKind.List } items) return null;

        string? where = null;
        if (condition is not null)
        {
            _loops.Push(("", name));
            where = Words(condition, 0);
            _loops.Pop();
            if (where is null) return null;
        }

        var noun = ResourceNoun.Of(name);
        if (body is null)
        {
            return Zh
                ? (where is null ? "" : $"符合“{where}”的") + noun.Zh + "数"
                : "number of " + noun.En + (where is null ? "" : $" with {where}");
        }

        var all = noun.Count(items.AsList().Count, _language);
        if (BodyOf(body, variable, name) is not { } each) return null;
        var such = where is null ? "" : Zh ? $"（限 {where}）" : $" with {where}";
        return Zh ? $"{all}{such}的“{each}”{aggregate.Zh}" : $"{aggregate.En} of ({each}) over {all}{such}";
    }

    private string? BodyOf(FeelNode body, string variable, string list)
    {
        if (variable.Length == 0)
        {
            return body is FeelPath path && _scheme.Rules.Metrics.TryGetValue(list + "." + path.Member, out var metric)
                ? LowerFirst(metric.Name.In(_language))
                : null;
        }

        _loops.Push((variable, list));
        var words = Words(body, 0);
        _loops.Pop();
        return words;
    }

    private FeelValue Evaluate(FeelNode node) => _scheme.ValueOf(node, _source, _slots);

    private string Bracket(string words, bool needed) => !needed ? words : Zh ? $"（{words}）" : $"({words})";

    // "Effective hours" inside a sentence; "F1-01M" and "COUNTER requests" stay.
    internal static string LowerFirst(string name) =>
        name.Length > 1 && char.IsAsciiLetterUpper(name[0]) && char.IsAsciiLetterLower(name[1])
            ? char.ToLowerInvariant(name[0]) + name[1..]
            : name;
}
