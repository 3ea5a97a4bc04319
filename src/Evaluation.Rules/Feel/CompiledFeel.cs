namespace Evaluation.Rules.Feel;

/// <summary>An expression ready to run over an array of variables. Immutable and safe to share between threads.</summary>
public sealed class CompiledFeel
{
    private readonly Code _code;
    private readonly int _locals;
    private readonly FeelLimits _limits;

    internal CompiledFeel(string text, FeelNode root, FeelLayout layout, FeelLimits limits, bool lastIsItem = false)
    {
        Layout = layout;
        _limits = limits;
        var builder = new CodeBuilder(text, layout, lastIsItem: lastIsItem);
        _code = builder.Build(root);
        _locals = builder.LocalCount;
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
        return Slow(slots, trace, now);
    }

    /// <summary>The value where it is a number.</summary>
    /// <returns>False where it is null or of another kind; evaluating with a trace tells why.</returns>
    public bool TryNumber(FeelValue[] slots, out decimal value)
    {
        Check(slots);
        return Slow(slots, null, null).TryNumber(out value);
    }

    private FeelValue Slow(FeelValue[] slots, FeelTrace? trace, DateTimeOffset? now)
    {
        var locals = _locals == 0 ? [] : new FeelValue[_locals];
        return _code.Eval(new Frame(new Run(slots, trace, now, _limits), locals));
    }

    /// <summary>The value within a larger evaluation, whose limits it shares.</summary>
    internal FeelValue Evaluate(Run run) =>
        _code.Eval(new Frame(run, _locals == 0 ? [] : new FeelValue[_locals]));

    private void Check(FeelValue[] slots)
    {
        if (slots.Length < Layout.Count)
        {
            throw new ArgumentException($"The layout has {Layout.Count} variables, but {slots.Length} values were given.",
                nameof(slots));
        }
    }
}
