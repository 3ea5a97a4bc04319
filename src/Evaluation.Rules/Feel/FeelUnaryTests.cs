namespace Evaluation.Rules.Feel;

/// <summary>Unary tests, the conditions of bands and decision tables: <c>&gt;= 1</c>, <c>[0.5..1)</c>,
/// <c>"a", "b"</c>, <c>not(null)</c>, <c>-</c>, or a condition over the input <c>?</c>.</summary>
public sealed class FeelUnaryTests
{
    private readonly FeelLimits _limits;
    private readonly Lazy<NameAnalysis> _names;

    private FeelUnaryTests(string text, FeelTests root, IReadOnlyCollection<string> knownNames, FeelLimits limits)
    {
        (Text, Root, _limits) = (text, root, limits);
        _names = new(() => NameAnalysis.Of(root, knownNames));
    }

    /// <summary>Reads unary tests.</summary>
    /// <exception cref="FeelSyntaxException">The text is no unary test.</exception>
    /// <exception cref="FeelLimitException">The text is too long or nested too deeply.</exception>
    public static FeelUnaryTests Parse(string text, IReadOnlyCollection<string>? knownNames = null,
        FeelLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= FeelLimits.Default;
        return new FeelUnaryTests(text, new Parser(text, knownNames, limits).ReadUnaryTests(), knownNames ?? [],
            limits);
    }

    /// <summary>The text it was read from.</summary>
    public string Text { get; }
    /// <summary>The tests as a tree.</summary>
    public FeelTests Root { get; }
    /// <summary>The variables read from outside; the input <c>?</c> is not one of them.</summary>
    public IReadOnlySet<string> FreeNames => _names.Value.Names;
    /// <summary>The same with the members read, see <see cref="FeelExpression.FreePaths"/>.</summary>
    public IReadOnlySet<string> FreePaths => _names.Value.Paths;

    /// <summary>Makes the tests ready to run with variables in the given layout.</summary>
    public CompiledUnaryTests Compile(FeelLayout layout) => new(Text, Root, layout, _limits);

    /// <summary>The tests' text.</summary>
    public override string ToString() => Text;
}

/// <summary>Unary tests ready to run. Immutable and safe to share between threads.</summary>
public sealed class CompiledUnaryTests
{
    private readonly TestCode[] _tests;
    private readonly bool _negated;
    private readonly bool _anything;
    private readonly int _locals;
    private readonly FeelLimits _limits;

    internal CompiledUnaryTests(string text, FeelTests root, FeelLayout layout, FeelLimits limits)
    {
        _limits = limits;
        _negated = root.Negated;
        _anything = root.Tests.Count == 0;
        var builder = new CodeBuilder(text, layout, input: true);
        _tests = [.. root.Tests.Select(builder.BuildTest)];
        _locals = builder.LocalCount;
    }

    /// <summary>Whether the input matches; null where that can't be decided (the input is null, or of another
    /// kind).</summary>
    /// <param name="input">The value tested, also visible as <c>?</c>.</param>
    /// <param name="slots">The variables in the order of the layout.</param>
    /// <param name="trace">Collects why values became null.</param>
    /// <param name="now">What <c>now()</c> and <c>today()</c> answer.</param>
    public bool? Test(FeelValue input, FeelValue[] slots, FeelTrace? trace = null, DateTimeOffset? now = null)
    {
        if (_anything)
        {
            return true;
        }
        if (_tests.Length == 1 && _tests[0] is NumberRangeTestCode band && input.IsNumber)
        {
            return band.Test(input.Amount) != _negated;
        }
        return Test(input, new Run(slots, trace, now, _limits));
    }

    /// <summary>The same within a larger evaluation, whose limits it shares.</summary>
    internal bool? Test(FeelValue input, Run run)
    {
        if (_anything)
        {
            return true;
        }
        var locals = new FeelValue[_locals];
        locals[0] = input;
        var result = Any(new Frame(run, locals), input);
        return _negated ? !result : result;
    }

    private bool? Any(Frame frame, FeelValue input)
    {
        bool? result = false;
        foreach (var test in _tests)
        {
            switch (test.Test(frame, input))
            {
                case true: return true;
                case null: result = null; break;
            }
        }
        return result;
    }
}
