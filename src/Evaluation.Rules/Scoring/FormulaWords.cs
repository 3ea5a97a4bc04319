using System.Text;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// A formula as people read it, with names, values and units put in: <c>对外服务机时 500 小时 ÷ 有效机时 1,000 小时</c>,
/// <c>500 h / 1,000 h</c>. Made once as a template, from which every unit's words are written. Where a part of FEEL has
/// no words here, there are none for the whole.
/// </summary>
internal sealed class FormulaWords
{
    private const int SumLevel = 1;
    private const int ProductLevel = 2;
    private const int PowerLevel = 3;
    private const int Atom = 4;

    private readonly CompiledScheme _scheme;
    private readonly Language _language;
    private readonly string _source;
    private readonly bool _bare;

    private readonly List<FormulaPiece> _pieces = [];
    private readonly StringBuilder _text = new();
    private int _head;

    // Loop variable → the resource list it runs through; "" is the item of a filter.
    private readonly Stack<(string Variable, string List)> _loops = new();

    private FormulaWords(CompiledScheme scheme, Language language, string source, bool bare) =>
        (_scheme, _language, _source, _bare) = (scheme, language, source, bare);

    // In English a short formula reads best with bare figures (500 h / 1,000 h); a longer one, or one whose figures
    // carry no unit, needs the names.
    private static bool IsBare(CompiledScheme scheme, Language language, FeelExpression expression) =>
        language == Language.En && expression.FreeNames.Count <= 2
        && expression.FreeNames.All(name => scheme.Named(name) is { Unit.Name.En.Length: > 0 });

    private bool Zh => _language == Language.Zh;

    private bool InFilter => _loops.TryPeek(out var inner) && inner.Variable.Length == 0;

    /// <summary>The formula's words, or null where there are none.</summary>
    /// <param name="scheme">Gives names and units.</param>
    /// <param name="language">One language.</param>
    /// <param name="expression">The formula.</param>
    /// <param name="before">What stands before the formula in its sentence.</param>
    public static FormulaTemplate? Template(
        CompiledScheme scheme, Language language, FeelExpression expression, string before = "")
    {
        var words = new FormulaWords(scheme, language, expression.Text, IsBare(scheme, language, expression));
        words.Say(before);
        words._head = before.Length;
        return words.Words(expression.Root, 0) ? words.Template(before.Length) : null;
    }

    /// <summary>The words for one unit, or null where there are none.</summary>
    /// <param name="scheme">Gives names and units.</param>
    /// <param name="slots">Gives the values.</param>
    /// <param name="language">One language, never two.</param>
    /// <param name="expression">The formula.</param>
    public static string? Of(CompiledScheme scheme, FeelValue[] slots, Language language, FeelExpression expression)
    {
        using var text = SentenceWriter.Start();
        return Write(text, scheme, slots, language, expression) ? text.Take() : null;
    }

    /// <summary>Writes the words for one unit; false where there are none.</summary>
    public static bool Write(
        SentenceWriter to, CompiledScheme scheme, FeelValue[] slots, Language language, FeelExpression expression)
    {
        var (zh, en) = scheme.Templates(expression);
        return (language == Language.Zh ? zh : en)?.Write(to, slots, default) == true;
    }

    private FormulaTemplate Template(int before = 0)
    {
        Flush();
        return new FormulaTemplate(_pieces, before);
    }

    private bool Say(string text)
    {
        _text.Append(text);
        return true;
    }

    private bool Say(string zh, string en) => Say(Zh ? zh : en);

    private bool Place(FormulaPiece piece)
    {
        Flush();
        _pieces.Add(piece);
        return true;
    }

    private void Flush()
    {
        if (_text.Length == 0) return;
        var text = Taken();
        if (_pieces.LastOrDefault() is FigurePiece figure) figure.Then(text);
        else _pieces.Add(new FixedPiece(text));
    }

    // What was said since the last piece, without gaps; what stands before the formula stays as it is.
    private string Taken()
    {
        var text = _text.ToString();
        var closed = text[.._head] + SentenceWriter.WithoutGaps(text[_head..]);
        _text.Clear();
        _head = 0;
        return closed;
    }

    private bool Words(FeelNode node, int level) => node switch
    {
        FeelLiteral literal => Literal(_scheme, literal.Value, _language) is { } text && Say(text),
        FeelName name => Name(name.Name),
        FeelPath path => Member(path),
        FeelNegation negation => Say("−") && Words(negation.Operand, Atom),
        FeelBinary binary => Binary(binary, level),
        FeelIf choice => Choice(choice, level),
        FeelCall { Function: FeelName function } call => Call(function.Name, call),
        _ => false,
    };

    /// <summary>A value that stands in a formula, or null where it has no words.</summary>
    internal static string? Literal(CompiledScheme scheme, FeelValue value, Language language) => value.Kind switch
    {
        FeelKind.Number => NumberText.Plain(value.AsNumber(), 0, 28),
        FeelKind.String => scheme.AnswerName(value.AsString(), language),
        FeelKind.Boolean => scheme.AnswerName(value.IsTrue ? "yes" : "no", language),
        FeelKind.Null => language == Language.Zh ? "空" : "nothing",
        _ => null,
    };

    private bool Name(string name)
    {
        if (_loops.Any(loop => loop.Variable == name)) return false;
        if (InFilter && _loops.Peek() is var inner
            && _scheme.Rules.Metrics.TryGetValue(inner.List + "." + name, out var member))
        {
            return Say(LowerFirst(member.Name.In(_language)));
        }

        if (name == CompiledScheme.ValueName) return Place(new ValuePiece());
        if (_scheme.Named(name) is not { } named || _scheme.Layout.IndexOf(name) is not (>= 0 and var slot)) return false;

        // A condition on resources is read with the resources; the name of a limit in it would only lengthen it.
        var label = _bare || InFilter ? null : LowerFirst(named.Name.In(_language));
        if (_pieces.LastOrDefault() is FigurePiece) Flush();
        var head = _head;
        var before = _text.ToString();
        if (label is not null) Say(label + " ");
        var beforeNumber = Taken();
        _head = head;
        Say(label is null ? before : before + label + (Zh ? "：" : ": "));
        return Place(new FigurePiece(_scheme, _language, slot, named.Unit, beforeNumber, Taken()));
    }

    private bool Member(FeelPath path) =>
        path.Source is FeelName source
        && _loops.FirstOrDefault(candidate => candidate.Variable == source.Name) is { List: { } list }
        && _scheme.Rules.Metrics.TryGetValue(list + "." + path.Member, out var metric)
        && Say(LowerFirst(metric.Name.In(_language)));

    private bool Binary(FeelBinary binary, int level)
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
        if (binary.Right is FeelLiteral { Value.IsNull: true })
        {
            return binary.Operator switch
            {
                FeelOperator.NotEqual => Say("有“", "") && Words(binary.Left, own) && Say("”数据", " is known"),
                FeelOperator.Equal => Say("无“", "") && Words(binary.Left, own) && Say("”数据", " is not known"),
                _ => false,
            };
        }

        // a − (b + c) and a ÷ (b × c) keep their brackets.
        var right = binary.Operator is FeelOperator.Subtract or FeelOperator.Divide or FeelOperator.Power
            ? own + 1
            : own;
        return Open(own < level) && Words(binary.Left, own) && Say($" {symbol} ") && Words(binary.Right, right)
            && Close(own < level);
    }

    // Only the branch that was taken is worth reading; a constant says why it was taken.
    private bool Choice(FeelIf choice, int level)
    {
        if (_loops.Count > 0)
        {
            return Open(level > 0) && Say("若 ", "if ") && Words(choice.Condition, 0) && Say(" 则 ", " then ")
                && Words(choice.Then, 0) && Say("，否则 ", ", else ") && Words(choice.Else, 0) && Close(level > 0);
        }

        var then = Branch(choice.Then, level, choice.Condition, "（因 ", " (because ");
        var otherwise = Branch(
            choice.Else, level, choice.Condition, "（因以下条件不成立：", " (because this does not hold: ");
        return Place(new ChoicePiece(Evaluated(choice.Condition), then, otherwise));
    }

    private FormulaTemplate? Branch(FeelNode taken, int level, FeelNode condition, string zh, string en)
    {
        var branch = new FormulaWords(_scheme, _language, _source, _bare);
        return branch.Words(taken, level) && (taken is not FeelLiteral || branch.Because(condition, zh, en))
            ? branch.Template()
            : null;
    }

    private bool Because(FeelNode condition, string zh, string en) =>
        Say(zh, en) && Words(condition, 0) && Say("）", ")");

    private bool Call(string function, FeelCall call)
    {
        var arguments = call.Arguments;
        if (arguments.Count == 1 && Aggregate(function) is { } aggregate)
        {
            return Over(arguments[0].Value, aggregate, function == "count");
        }

        return (function, arguments.Count) switch
        {
            ("min", > 1) => Named("取小", "min", arguments),
            ("max", > 1) => Named("取大", "max", arguments),
            ("sum", > 1) => Named("合计", "sum", arguments),
            ("mean", > 1) => Named("平均", "mean", arguments),
            ("abs", 1) => Named("绝对值", "abs", arguments),
            ("sqrt", 1) => Named("平方根", "square root", arguments),
            ("floor", 1) => Named("向下取整", "round down", arguments),
            ("ceiling", 1) => Named("向上取整", "round up", arguments),
            ("decimal", 2) => Rounded("取", "round half-even", arguments),
            ("round half up", 2) => Rounded("四舍五入", "round half up", arguments),
            ("round up", 2) => Rounded("进位", "round up", arguments),
            ("round down", 2) => Rounded("舍去", "round down", arguments),
            ("not", 1) => Named("非", "not", arguments),
            _ => false,
        };
    }

    private bool Named(string zh, string en, IReadOnlyList<FeelArgument> arguments)
    {
        if (!(Say(zh, en) && Open(true) && Words(arguments[0].Value, 0))) return false;
        foreach (var argument in arguments.Skip(1))
        {
            if (!(Say("，", ", ") && Words(argument.Value, 0))) return false;
        }

        return Close(true);
    }

    private bool Rounded(string zh, string en, IReadOnlyList<FeelArgument> arguments) =>
        Say(zh, en) && Open(true) && Words(arguments[0].Value, 0) && Say("，", ", ") && Words(arguments[1].Value, 0)
        && Say(" 位小数", " decimals") && Close(true);

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
    private bool Over(FeelNode list, (string Zh, string En) aggregate, bool counting)
    {
        var (source, variable, body) = list switch
        {
            FeelFor { Iterations: [{ End: null } iteration] } loop => (iteration.Source, iteration.Name, loop.Return),
            FeelPath path => (path.Source, "", path),
            _ => (list, "", null),
        };
        if (body is null && !counting) return false;
        var (name, condition) = source switch
        {
            FeelName plain => (plain.Name, null),
            FeelFilter { Source: FeelName filtered } filter => (filtered.Name, filter.Condition),
            _ => ((string?)null, (FeelNode?)null),
        };
        if (name is null || _scheme.Layout.IndexOf(name) < 0) return false;
        var noun = ResourceNoun.Of(name);
        if (body is null) return Counted(source, noun, condition, name);

        var all = new ResourcesPiece(Evaluated(source), noun, _language);
        return Zh
            ? Place(all) && Such("（限 ", condition, name, "）") && Say("的“") && BodyOf(body, variable, name)
                && Say("”" + aggregate.Zh)
            : Say($"{aggregate.En} of (") && BodyOf(body, variable, name) && Say(") over ") && Place(all)
                && Such(" with ", condition, name, "");
    }

    private bool Counted(FeelNode source, ResourceNoun noun, FeelNode? condition, string list) =>
        Place(new ResourcesPiece(Evaluated(source), null, _language))
        && (Zh
            ? Such("符合“", condition, list, "”的") && Say(noun.Zh + "数")
            : Say("number of " + noun.En) && Such(" with ", condition, list, ""));

    // Which resources of a list, where not all.
    private bool Such(string before, FeelNode? condition, string list, string after)
    {
        if (condition is null) return true;
        Say(before);
        _loops.Push(("", list));
        var said = Words(condition, 0);
        _loops.Pop();
        return said && Say(after);
    }

    private bool BodyOf(FeelNode body, string variable, string list)
    {
        if (variable.Length == 0)
        {
            return body is FeelPath path && _scheme.Rules.Metrics.TryGetValue(list + "." + path.Member, out var metric)
                && Say(LowerFirst(metric.Name.In(_language)));
        }

        _loops.Push((variable, list));
        var said = Words(body, 0);
        _loops.Pop();
        return said;
    }

    private Func<FeelValue[], FeelValue> Evaluated(FeelNode node) => slots => _scheme.ValueOf(node, _source, slots);

    private bool Open(bool needed) => !needed || Say("（", "(");

    private bool Close(bool needed) => !needed || Say("）", ")");

    // "Effective hours" inside a sentence; "F1-01M" and "COUNTER requests" stay.
    internal static string LowerFirst(string name) =>
        BeginsAsWord(name) ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    internal static bool BeginsAsWord(string name) =>
        name.Length > 1 && char.IsAsciiLetterUpper(name[0]) && char.IsAsciiLetterLower(name[1]);
}
