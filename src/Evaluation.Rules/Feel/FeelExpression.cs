namespace Evaluation.Rules.Feel;

/// <summary>A FEEL expression (DMN 1.5, chapter 10): parsed once, compiled for a layout of variables. Immutable and
/// safe to share between threads.</summary>
public sealed class FeelExpression
{
    private readonly FeelLimits _limits;
    private readonly Lazy<NameAnalysis> _names;

    private FeelExpression(string text, FeelNode root, IReadOnlyCollection<string> knownNames, FeelLimits limits)
    {
        (Text, Root, _limits) = (text, root, limits);
        _names = new(() => NameAnalysis.Of(root, knownNames));
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="knownNames">Names in scope. They are needed for names with special characters or words of the
    /// grammar in them (<c>gross-net ratio</c>, <c>hours in use</c>), and to tell a variable from a member inside a
    /// filter; a name of plain words is understood without.</param>
    /// <param name="limits">Limits other than <see cref="FeelLimits.Default"/>.</param>
    /// <exception cref="FeelSyntaxException">The text is not FEEL.</exception>
    /// <exception cref="FeelLimitException">The text is too long or nested too deeply.</exception>
    public static FeelExpression Parse(string text, IReadOnlyCollection<string>? knownNames = null,
        FeelLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= FeelLimits.Default;
        var root = new Parser(text, knownNames, limits).ReadExpression();
        return new FeelExpression(text, root, knownNames ?? [], limits);
    }

    /// <summary>The text it was read from.</summary>
    public string Text { get; }
    /// <summary>The expression as a tree.</summary>
    public FeelNode Root { get; }

    /// <summary>The variables it reads from outside, built-in functions aside. Inside a filter over a named list a
    /// name that is not among the known names counts as a member of the list's items.</summary>
    public IReadOnlySet<string> FreeNames => _names.Value.Names;

    /// <summary>The same with the members it reads, such as <c>instruments.effective_hours</c>, also where they are
    /// reached inside a loop, a filter or a quantifier, as far as the text tells.</summary>
    public IReadOnlySet<string> FreePaths => _names.Value.Paths;

    /// <summary>The kind of value it gives over variables of the layout's kinds, or null where the text does not tell.
    /// The value may be null all the same.</summary>
    public FeelKind? KindIn(FeelLayout layout) => KindAnalysis.Of(Root, layout);

    /// <summary>Makes it ready to run with variables in the given layout.</summary>
    public CompiledFeel Compile(FeelLayout layout) => new(Text, Root, layout, _limits);

    /// <summary>The same inside a filter: the members of the last variable of the layout, <c>item</c>, are in scope by
    /// their names.</summary>
    internal CompiledFeel CompileWithItem(FeelLayout layout) => new(Text, Root, layout, _limits, lastIsItem: true);

    /// <summary>The value with variables taken from a context: convenient, but compiled anew every time.</summary>
    public FeelValue Evaluate(FeelContext context, FeelTrace? trace = null, DateTimeOffset? now = null)
    {
        var layout = new FeelLayout(context.Names);
        return Compile(layout).Evaluate(layout.Fill(context), trace, now);
    }

    /// <summary>The expression's text.</summary>
    public override string ToString() => Text;
}
