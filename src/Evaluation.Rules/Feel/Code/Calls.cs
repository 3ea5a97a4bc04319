namespace Evaluation.Rules.Feel;

/// <summary>A call of something that is known to be a function only when it runs.</summary>
internal sealed class CallCode(FeelNode node, string source, Code function, Code[] arguments, string[]? names)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var callee = function.Eval(frame);
        if (callee.Reference is not FeelFunction called)
        {
            return Null(frame, $"`{function.Text}` is no function", $"`{function.Text}` 不是函数");
        }
        var values = new FeelValue[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Eval(frame);
        }
        if (names is not null)
        {
            return called.InvokeNamed(frame, this, names, values);
        }
        return called.Invoke(frame, this, values);
    }
}

/// <summary>A call of a built-in function whose overload is known from the number or the names of its
/// arguments.</summary>
internal sealed class BuiltinCallCode(FeelNode node, string source, Builtin function, Code[] arguments, string[]? names)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        frame.Run.Step();
        var values = new FeelValue[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Eval(frame);
            if (values[i].IsNull)
            {
                NullFrom(frame, arguments[i]);
            }
        }
        return names is null ? function.Invoke(frame, this, values) : function.InvokeNamed(frame, this, names, values);
    }
}

internal sealed class FunctionCode(FeelNode node, string source, FeelFunctionLiteral literal, FeelType?[] types,
    int firstLocal)
    : Code(node, source)
{
    /// <summary>Set once the body is built: a body may refer to the function's own name.</summary>
    public Code Body = null!;
    public int LocalCount;

    public override FeelValue Eval(Frame frame) => literal.External
        ? Null(frame, "external functions are not supported", "不支持外部函数")
        : FeelValue.Function(new DefinedFunction(literal, types, this, frame, firstLocal));
}
