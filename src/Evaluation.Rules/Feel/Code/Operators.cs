namespace Evaluation.Rules.Feel;

internal sealed class ArithmeticCode(FeelNode node, string source, FeelOperator op, Code left, Code right)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var (a, b) = (left.Eval(frame), right.Eval(frame));
        if (a.IsNull)
        {
            return NullFrom(frame, left);
        }
        if (b.IsNull)
        {
            return NullFrom(frame, right);
        }
        try
        {
            var result = op switch
            {
                FeelOperator.Add => Arithmetic.Add(frame.Run, a, b),
                FeelOperator.Subtract => Arithmetic.Subtract(a, b),
                FeelOperator.Multiply => Arithmetic.Multiply(a, b),
                FeelOperator.Divide => Arithmetic.Divide(a, b),
                _ => Power(frame.Run, a, b),
            };
            return result ?? Explain(frame, a, b);
        }
        catch (OverflowException)
        {
            return TooLarge(frame);
        }
    }

    // A power with a fraction takes as long as some dozens of other operations.
    private static FeelValue? Power(Run run, FeelValue a, FeelValue b)
    {
        run.Step(StepsAPower);
        return Arithmetic.Power(a, b);
    }

    private const int StepsAPower = 10;

    private FeelValue TooLarge(Frame frame) =>
        Null(frame, $"`{Text}` is outside the range of numbers", $"`{Text}` 超出数值范围");

    private FeelValue Explain(Frame frame, FeelValue a, FeelValue b)
    {
        if (frame.Run.Trace is null)
        {
            return FeelValue.Null;
        }
        if (op == FeelOperator.Divide && b.Amount == 0
            && b.Kind is FeelKind.Number or FeelKind.DayTimeDuration or FeelKind.YearMonthDuration)
        {
            return Null(frame, $"division by zero in `{Text}`", $"`{Text}` 的除数为零");
        }
        return a.IsNumber && b.IsNumber
            ? TooLarge(frame)
            : Null(frame, $"`{Text}` puts a {a.Kind.Name()} and a {b.Kind.Name()} together",
                $"`{Text}` 中{a.Kind.Chinese()}与{b.Kind.Chinese()}不能这样运算");
    }
}

internal sealed class NegationCode(FeelNode node, string source, Code operand) : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var value = operand.Eval(frame);
        return value.Kind switch
        {
            FeelKind.Number => FeelValue.Number(-value.Amount),
            FeelKind.DayTimeDuration => FeelValue.DayTimeDuration(-value.Amount),
            FeelKind.YearMonthDuration => FeelValue.YearMonthDuration(-(long)value.Amount),
            FeelKind.Null => NullFrom(frame, operand),
            _ => Null(frame, $"`{Text}` negates a {value.Kind.Name()}", $"`{Text}` 对{value.Kind.Chinese()}取负"),
        };
    }
}

internal sealed class CompareCode(FeelNode node, string source, FeelOperator op, Code left, Code right)
    : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var (a, b) = (left.Eval(frame), right.Eval(frame));
        if (Test(op, a, b, frame.Run) is { } result)
        {
            return result;
        }
        if (a.IsNull || b.IsNull)
        {
            return NullFrom(frame, a.IsNull ? left : right);
        }
        return Null(frame, $"`{Text}` compares a {a.Kind.Name()} with a {b.Kind.Name()}",
            $"`{Text}` 中{a.Kind.Chinese()}与{b.Kind.Chinese()}无法比较");
    }

    // Texts are read to the end of the shorter; a zone must be looked up.
    private static void CountComparison(Run run, FeelValue a, FeelValue b)
    {
        if (a.StringOrNull is { } left && b.StringOrNull is { } right)
        {
            run.StepText(Math.Min(left.Length, right.Length));
        }
        else if (a.Reference is FeelDateAndTime or FeelTime)
        {
            run.Step(StepsAMoment);
        }
    }

    private const int StepsAMoment = 10;

    public static bool? Test(FeelOperator op, FeelValue a, FeelValue b, Run run)
    {
        if (op == FeelOperator.Equal)
        {
            return Equality.AreEqual(a, b, run);
        }
        if (op == FeelOperator.NotEqual)
        {
            return !Equality.AreEqual(a, b, run);
        }
        if (!a.IsNumber)
        {
            CountComparison(run, a, b);
        }
        return Comparison.Compare(a, b) is not { } order ? null : op switch
        {
            FeelOperator.Less => order < 0,
            FeelOperator.LessOrEqual => order <= 0,
            FeelOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}

/// <summary><c>and</c>, <c>or</c> in three values: whatever is no boolean counts as unknown.</summary>
internal sealed class LogicCode(FeelNode node, string source, bool isAnd, Code left, Code right) : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var decisive = isAnd ? FeelValue.False : FeelValue.True;
        var a = left.Eval(frame);
        if (ReferenceEquals(a.Reference, decisive.Reference))
        {
            return decisive;
        }
        var b = right.Eval(frame);
        if (ReferenceEquals(b.Reference, decisive.Reference))
        {
            return decisive;
        }
        if (a.IsBoolean && b.IsBoolean)
        {
            return isAnd;
        }
        return NullFrom(frame, a.IsBoolean ? right : left);
    }
}

internal sealed class BetweenCode(FeelNode node, string source, Code value, Code low, Code high) : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var (v, l, h) = (value.Eval(frame), low.Eval(frame), high.Eval(frame));
        var above = CompareCode.Test(FeelOperator.GreaterOrEqual, v, l, frame.Run);
        var below = CompareCode.Test(FeelOperator.LessOrEqual, v, h, frame.Run);
        if (above == false || below == false)
        {
            return FeelValue.False;
        }
        if (above is null || below is null)
        {
            return v.IsNull ? NullFrom(frame, value) : l.IsNull ? NullFrom(frame, low) : NullFrom(frame, high);
        }
        return FeelValue.True;
    }
}

/// <summary><c>value in (tests)</c>: true when one test holds, null when none does and one can't be decided.</summary>
internal sealed class InCode(FeelNode node, string source, Code value, TestCode[] tests) : Code(node, source)
{
    public override FeelValue Eval(Frame frame)
    {
        var tested = value.Eval(frame);
        var unknown = false;
        foreach (var test in tests)
        {
            switch (test.Test(frame, tested))
            {
                case true: return FeelValue.True;
                case null: unknown = true; break;
            }
        }
        return unknown ? NullFrom(frame, value) : FeelValue.False;
    }
}
