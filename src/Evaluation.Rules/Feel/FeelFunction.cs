namespace Evaluation.Rules.Feel;

/// <summary>A function as a value.</summary>
public abstract class FeelFunction
{
    /// <summary>The parameters' names in order; of a built-in function with several forms, those of the
    /// first.</summary>
    public abstract IReadOnlyList<string> ParameterNames { get; }

    /// <summary>The types the parameters were declared with; null where none were.</summary>
    internal virtual IReadOnlyList<FeelType?>? ParameterTypes => null;

    internal abstract FeelValue Invoke(Frame frame, Code at, FeelValue[] arguments);

    internal virtual FeelValue InvokeNamed(Frame frame, Code at, string[] names, FeelValue[] arguments)
    {
        var ordered = new FeelValue[ParameterNames.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var place = IndexOf(names[i]);
            if (place < 0)
            {
                return at.Null(frame, $"`{at.Text}` gives `{names[i]}`, which is no parameter",
                    $"`{at.Text}` 给出的 `{names[i]}` 不是参数");
            }
            ordered[place] = arguments[i];
        }
        return Invoke(frame, at, ordered);
    }

    /// <summary>A call from outside FEEL; the text names the call in reasons.</summary>
    internal FeelValue Invoke(Run run, string text, FeelValue[] arguments) =>
        Invoke(new Frame(run, []), Outside(text), arguments);

    /// <summary>A call from outside FEEL with arguments by name.</summary>
    internal FeelValue InvokeNamed(Run run, string text, string[] names, FeelValue[] arguments) =>
        InvokeNamed(new Frame(run, []), Outside(text), names, arguments);

    private static ConstantCode Outside(string text) =>
        new(new FeelLiteral(FeelValue.Null) { Length = text.Length }, text, FeelValue.Null);

    /// <summary>Makes the arguments of their parameters' types (10.3.2.9.4). Where one can't be that, the reason is
    /// noted and the function is not to be called: the call is null.</summary>
    private protected static bool Fit(
        Frame frame, Code at, string[] names, FeelType?[] types, Span<FeelValue> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (types[i] is not { } type)
            {
                continue;
            }
            type.StepThrough(frame.Run, arguments[i]);
            var coerced = type.Coerce(arguments[i], out var fits);
            if (!fits)
            {
                at.Null(frame, $"`{names[i]}` in `{at.Text}` got a {arguments[i].Kind.Name()}",
                    $"`{at.Text}` 的参数 `{names[i]}` 不能是{arguments[i].Kind.Chinese()}");
                return false;
            }
            arguments[i] = coerced;
        }
        return true;
    }

    private protected FeelValue WrongCount(Frame frame, Code at, int given) => at.Null(frame,
        $"`{at.Text}` gives {given} arguments; the function takes {ParameterNames.Count}",
        $"`{at.Text}` 给出 {given} 个参数，该函数需要 {ParameterNames.Count} 个");

    private int IndexOf(string name)
    {
        for (var i = 0; i < ParameterNames.Count; i++)
        {
            if (ParameterNames[i] == name)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>The function's head as FEEL text.</summary>
    public override string ToString() => $"function({string.Join(", ", ParameterNames)}) ...";
}

/// <summary>A function that an expression defines. It keeps the variables it could see; values never change, so a
/// copy is as good as the original.</summary>
internal sealed class DefinedFunction : FeelFunction
{
    private readonly FunctionCode _code;
    private readonly FeelType?[] _types;
    private readonly FeelValue[] _seen;
    private readonly FeelValue[] _slots;
    private readonly string[] _parameters;

    public DefinedFunction(FeelFunctionLiteral literal, FeelType?[] types, FunctionCode code, Frame frame,
        int firstLocal)
    {
        _code = code;
        _types = types;
        _parameters = [.. literal.Parameters.Select(p => p.Name)];
        _seen = frame.Locals[..firstLocal];
        _slots = frame.Run.Slots;
    }

    public override IReadOnlyList<string> ParameterNames => _parameters;

    internal override IReadOnlyList<FeelType?> ParameterTypes => _types;

    public void Bind(int local, FeelValue value)
    {
        if (local < _seen.Length)
        {
            _seen[local] = value;
        }
    }

    internal override FeelValue Invoke(Frame frame, Code at, FeelValue[] arguments)
    {
        if (arguments.Length != _parameters.Length)
        {
            return WrongCount(frame, at, arguments.Length);
        }
        var run = frame.Run;
        run.Step(_code.Body.Node.Weight);
        run.EnterCall();
        var locals = new FeelValue[_code.LocalCount];
        _seen.CopyTo(locals, 0);
        arguments.CopyTo(locals, _seen.Length);
        if (!Fit(frame, at, _parameters, _types, locals.AsSpan(_seen.Length, arguments.Length)))
        {
            run.LeaveCall();
            return FeelValue.Null;
        }
        // A function carries the variables of the place where it was written, also into another expression.
        var own = ReferenceEquals(run.Slots, _slots) ? run : run.WithSlots(_slots);
        var result = _code.Body.Eval(new Frame(own, locals));
        run.LeaveCall();
        return result;
    }
}

/// <summary>A function of a DMN model: a business knowledge model, a decision service, a boxed function.</summary>
internal sealed class NativeFunction(string[] parameters, FeelType?[] types, Func<Run, FeelValue[], FeelValue> body)
    : FeelFunction
{
    public override IReadOnlyList<string> ParameterNames => parameters;

    internal override IReadOnlyList<FeelType?> ParameterTypes => types;

    internal override FeelValue Invoke(Frame frame, Code at, FeelValue[] arguments)
    {
        if (arguments.Length != parameters.Length)
        {
            return WrongCount(frame, at, arguments.Length);
        }
        var values = (FeelValue[])arguments.Clone();
        if (!Fit(frame, at, parameters, types, values))
        {
            return FeelValue.Null;
        }
        frame.Run.Step();
        frame.Run.EnterCall();
        var result = body(frame.Run, values);
        frame.Run.LeaveCall();
        return result;
    }
}
