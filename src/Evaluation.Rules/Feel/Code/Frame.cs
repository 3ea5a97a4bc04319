namespace Evaluation.Rules.Feel;

/// <summary>One evaluation: what is put in, what is spent, and why values became null.</summary>
internal sealed class Run(FeelValue[] slots, FeelTrace? trace, DateTimeOffset? now, FeelLimits limits)
{
    public readonly FeelValue[] Slots = slots;
    public readonly FeelTrace? Trace = trace;
    public readonly DateTimeOffset? Now = now;
    public readonly FeelLimits Limits = limits;
    private Spent _spent = new();

    private sealed class Spent
    {
        public long Steps;
        public int Calls;
    }

    /// <summary>The same evaluation seen with other variables: what is spent is spent together.</summary>
    public Run WithSlots(FeelValue[] other) => new(other, Trace, Now, Limits) { _spent = _spent };

    public void Step(long count = 1)
    {
        _spent.Steps += count;
        if (_spent.Steps > Limits.Steps)
        {
            throw new FeelLimitException($"The evaluation took more than {Limits.Steps} steps; " +
                "use shorter lists or fewer loops inside one another.");
        }
    }

    public void EnterCall()
    {
        StackGuard.Check();
        if (++_spent.Calls > Limits.Recursion)
        {
            throw new FeelLimitException($"Functions called one another more than {Limits.Recursion} levels deep; " +
                "a function that calls itself needs a condition that ends it.");
        }
    }

    public void LeaveCall() => _spent.Calls--;

    public void CheckList(long count)
    {
        if (count > Limits.ListSize)
        {
            throw new FeelLimitException($"A list would have {count} items; at most {Limits.ListSize} are allowed.");
        }
    }

    public void CheckString(long length)
    {
        if (length > Limits.StringLength)
        {
            throw new FeelLimitException($"A text would have {length} characters; at most {Limits.StringLength} are " +
                "allowed.");
        }
    }
}

/// <summary>The variables of one activation of an expression or a function.</summary>
internal sealed class Frame(Run run, FeelValue[] locals)
{
    public readonly Run Run = run;
    public readonly FeelValue[] Locals = locals;
}
