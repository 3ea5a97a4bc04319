namespace Evaluation.Rules.Feel;

/// <summary>An expression ready to run over an array of variables. Safe to share between threads.</summary>
/// <remarks>It runs in one of two forms that give the same: general code for all of FEEL, and, once it was used some
/// times, machine code where the expression works on numbers only.</remarks>
public sealed class CompiledFeel
{
    // Making machine code takes a fraction of a millisecond; an expression that is used a few times needs none.
    private const int WarmAfter = 12;

    private readonly FeelNode _root;
    private readonly Code _code;
    private readonly int _locals;
    private readonly FeelLimits _limits;
    private readonly bool _inFilter;
    private FastNumber? _number;
    private FastBoolean? _boolean;
    private int _uses;

    internal CompiledFeel(string text, FeelNode root, FeelLayout layout, FeelLimits limits, bool lastIsItem = false)
    {
        Layout = layout;
        _root = root;
        _limits = limits;
        var builder = new CodeBuilder(text, layout, lastIsItem: lastIsItem);
        _code = builder.Build(root);
        _locals = builder.LocalCount;
        _inFilter = lastIsItem;
    }

    /// <summary>The layout the array of variables must have.</summary>
    public FeelLayout Layout { get; }

    /// <summary>The value.</summary>
    /// <param name="slots">The variables in the order of the layout.</param>
    /// <param name="trace">Collects why values became null; none is collected (at no cost) without it.</param>
    /// <param name="now">What <c>now()</c> and <c>today()</c> answer; without it they are null.</param>
    /// <exception cref="FeelLimitException">The evaluation went over a limit.</exception>
    public FeelValue Evaluate(FeelValue[] slots, FeelTrace? trace = null, DateTimeOffset? now = null)
    {
        Check(slots);
        if (TryFast(slots, out var number))
        {
            return number;
        }
        return _boolean is not null && TryBoolean(slots, out var answer) ? answer : General(slots, trace, now);
    }

    /// <summary>The value where it is a number; nothing is allocated where the expression works on numbers
    /// only.</summary>
    /// <returns>False where it is null or of another kind; evaluating with a trace tells why.</returns>
    public bool TryNumber(FeelValue[] slots, out decimal value)
    {
        Check(slots);
        return TryFast(slots, out value) || General(slots, null, null).TryNumber(out value);
    }

    /// <summary>The steps one evaluation counts for, beside those of its loops and calls.</summary>
    internal int Weight => _root.Weight;

    /// <summary>The value within a larger evaluation, whose limits it shares.</summary>
    internal FeelValue Evaluate(Run run) =>
        _code.Eval(new Frame(run, _locals == 0 ? [] : new FeelValue[_locals]));

    private bool TryFast(FeelValue[] slots, out decimal value)
    {
        value = 0;
        if (_number is null && !Warm())
        {
            return false;
        }
        try
        {
            return _number!(slots, out value);
        }
        catch (OverflowException)
        {
            // The general code says which part was too large.
            return false;
        }
    }

    private bool TryBoolean(FeelValue[] slots, out bool value)
    {
        try
        {
            return _boolean!(slots, out value);
        }
        catch (OverflowException)
        {
            value = false;
            return false;
        }
    }

    /// <summary>Makes the machine code when the expression was used often enough; whether there is code for a
    /// number.</summary>
    private bool Warm()
    {
        if (_uses > WarmAfter || _inFilter || Interlocked.Increment(ref _uses) != WarmAfter)
        {
            return _number is not null;
        }
        _number = NumberCompiler.Number(_root, Layout);
        _boolean = _number is null ? NumberCompiler.Boolean(_root, Layout) : null;
        return _number is not null;
    }

    private FeelValue General(FeelValue[] slots, FeelTrace? trace, DateTimeOffset? now)
    {
        var locals = _locals == 0 ? [] : new FeelValue[_locals];
        return _code.Eval(new Frame(new Run(slots, trace, now, _limits), locals));
    }

    private void Check(FeelValue[] slots)
    {
        if (slots.Length < Layout.Count)
        {
            throw new ArgumentException($"The layout has {Layout.Count} variables, but {slots.Length} values were " +
                "given.", nameof(slots));
        }
    }
}
