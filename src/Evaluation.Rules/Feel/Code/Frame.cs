namespace Evaluation.Rules.Feel;

/// <summary>One evaluation: what is put in, what is spent, and why values became null.</summary>
internal sealed class Run(FeelValue[] slots, FeelTrace? trace, DateTimeOffset? now, FeelLimits limits)
{
    public readonly FeelValue[] Slots = slots;
    public readonly FeelTrace? Trace = trace;
    public readonly DateTimeOffset? Now = now;
    public readonly FeelLimits Limits = limits;
    private const int CharactersAStep = 16;
    private const int StepsAPattern = 2_000;
    private Spent _spent = new();

    private sealed class Spent
    {
        public long Steps;
        public int Calls;
        private HashSet<(string, string)>? _patterns;
        public HashSet<(string, string)> Patterns => _patterns ??= [];
    }

    /// <summary>The same evaluation seen with other variables: what is spent is spent together.</summary>
    public Run WithSlots(FeelValue[] other) => new(other, Trace, Now, Limits) { _spent = _spent };

    /// <summary>The same evaluation without noting reasons.</summary>
    public Run Untraced() => Trace is null ? this : new(Slots, null, Now, Limits) { _spent = _spent };

    public void Step(long count = 1)
    {
        _spent.Steps += count;
        if (_spent.Steps > Limits.Steps)
        {
            throw new FeelLimitException($"The evaluation took more than {Limits.Steps} steps; " +
                "use shorter lists or fewer loops inside one another.");
        }
    }

    /// <summary>Counts characters that are read or written: some dozens are a step.</summary>
    public void StepText(long characters) => Step(characters / CharactersAStep);

    /// <summary>Counts all that a list or a context holds, where something is about to look at all of it.</summary>
    public void StepInside(FeelValue value)
    {
        StackGuard.Check();
        if (value.ListOrNull is { } list)
        {
            Step(list.Count);
            for (var i = 0; i < list.Count; i++)
            {
                StepInside(list[i]);
            }
        }
        else if (value.Reference is FeelContext context)
        {
            Step(context.Count);
            for (var i = 0; i < context.Count; i++)
            {
                StepInside(context.ValueAt(i));
            }
        }
    }

    /// <summary>Counts making a pattern ready, once for each pattern of this evaluation.</summary>
    public void StepPattern(string pattern, string flags)
    {
        if (_spent.Patterns.Add((pattern, flags)))
        {
            Step(StepsAPattern + 10L * pattern.Length);
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
