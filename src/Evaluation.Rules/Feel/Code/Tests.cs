namespace Evaluation.Rules.Feel;

/// <summary>One positive unary test.</summary>
internal abstract class TestCode
{
    /// <summary>Whether the input passes; null where that can't be decided.</summary>
    public abstract bool? Test(Frame frame, FeelValue input);
}

/// <summary><c>&gt;= 5</c></summary>
internal sealed class ComparisonTestCode(FeelOperator op, Code endpoint) : TestCode
{
    public override bool? Test(Frame frame, FeelValue input) =>
        CompareCode.Test(op, input, endpoint.Eval(frame), frame.Run);
}

/// <summary>A value, a list, a range, or a condition over <c>?</c>.</summary>
internal sealed class ValueTestCode(Code expression, bool usesInput) : TestCode
{
    public override bool? Test(Frame frame, FeelValue input)
    {
        var value = expression.Eval(frame);
        if (usesInput)
        {
            return value.IsTrue ? true : value.IsFalse ? false : null;
        }
        return Matches(frame.Run, input, value);
    }

    public static bool? Matches(Run run, FeelValue input, FeelValue value)
    {
        if (value.Reference is FeelRange range)
        {
            return range.Contains(input);
        }
        if (value.ListOrNull is { } list)
        {
            if (input.ListOrNull is not null && Equality.AreEqual(input, value, run) == true)
            {
                return true;
            }
            return InList(run, input, list);
        }
        if (value.IsBoolean && !input.IsBoolean && !input.IsNull)
        {
            return value.IsTrue;
        }
        return Equality.AreEqual(input, value, run);
    }

    private static bool InList(Run run, FeelValue input, IReadOnlyList<FeelValue> list)
    {
        run.Step(list.Count);
        foreach (var item in list)
        {
            var found = item.Reference is FeelRange range && input.Kind != FeelKind.Range
                ? range.Contains(input)
                : Equality.AreEqual(input, item, run);
            if (found == true)
            {
                return true;
            }
        }
        return false;
    }
}

/// <summary>A range of numbers known when the rule is read: the usual band.</summary>
internal sealed class NumberRangeTestCode : TestCode
{
    private readonly decimal _low;
    private readonly decimal _high;
    private readonly bool _hasLow;
    private readonly bool _hasHigh;
    private readonly bool _lowClosed;
    private readonly bool _highClosed;

    public NumberRangeTestCode(FeelRange range)
    {
        (_hasLow, _low, _lowClosed) = (!range.Low.IsNull, range.Low.Amount, range.LowClosed);
        (_hasHigh, _high, _highClosed) = (!range.High.IsNull, range.High.Amount, range.HighClosed);
    }

    public override bool? Test(Frame frame, FeelValue input) =>
        input.IsNumber ? Test(input.Amount) : null;

    public bool Test(decimal value) =>
        (!_hasLow || (_lowClosed ? value >= _low : value > _low))
        && (!_hasHigh || (_highClosed ? value <= _high : value < _high));
}
