namespace Evaluation.Rules.Feel;

/// <summary>A node of a parsed expression. Comparing nodes compares their places too.</summary>
public abstract record FeelNode
{
    /// <summary>Where the node's text begins, from 0.</summary>
    public int Offset { get; init; }
    /// <summary>How many characters the node's text has.</summary>
    public int Length { get; init; }
    /// <summary>The deepest nesting below and including this node.</summary>
    internal int Depth { get; init; } = 1;
    /// <summary>How many nodes there are below and including this one.</summary>
    internal int Size { get; init; } = 1;

    /// <summary>The steps one evaluation of this node counts for inside a loop: one, unless it is long.</summary>
    internal int Weight => 1 + Size / 16;

    /// <summary>The nodes directly below this one, in the order of the text.</summary>
    public virtual IEnumerable<FeelNode> Children => [];

    /// <summary>The node's own text, cut from the text it was parsed from.</summary>
    public string TextIn(string source) => source.Substring(Offset, Length);
}

/// <summary>Operators between two operands.</summary>
public enum FeelOperator
{
    /// <summary><c>or</c></summary>
    Or,
    /// <summary><c>and</c></summary>
    And,
    /// <summary><c>=</c></summary>
    Equal,
    /// <summary><c>!=</c></summary>
    NotEqual,
    /// <summary><c>&lt;</c></summary>
    Less,
    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,
    /// <summary><c>&gt;</c></summary>
    Greater,
    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,
    /// <summary><c>+</c></summary>
    Add,
    /// <summary><c>-</c></summary>
    Subtract,
    /// <summary><c>*</c></summary>
    Multiply,
    /// <summary><c>/</c></summary>
    Divide,
    /// <summary><c>**</c></summary>
    Power,
}

/// <summary>A literal: number, string, boolean, null, or a temporal one written <c>@"…"</c>.</summary>
/// <param name="Value">Its value; null for a number beyond decimal's range and for an <c>@"…"</c> that is no
/// time.</param>
/// <param name="Problem">Why a literal that looks like a value is null, or null when it is sound.</param>
public sealed record FeelLiteral(FeelValue Value, string? Problem = null) : FeelNode;

/// <summary>A name: of a variable, a function, or inside a filter a member of the item.</summary>
public sealed record FeelName(string Name) : FeelNode;

/// <summary><c>Source.Member</c></summary>
public sealed record FeelPath(FeelNode Source, string Member) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Source];
}

/// <summary><c>Source[Condition]</c></summary>
public sealed record FeelFilter(FeelNode Source, FeelNode Condition) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Source, Condition];
}

/// <summary><c>-Operand</c></summary>
public sealed record FeelNegation(FeelNode Operand) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Operand];
}

/// <summary><c>Left Operator Right</c></summary>
public sealed record FeelBinary(FeelOperator Operator, FeelNode Left, FeelNode Right) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Left, Right];
}

/// <summary><c>Value between Low and High</c></summary>
public sealed record FeelBetween(FeelNode Value, FeelNode Low, FeelNode High) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Value, Low, High];
}

/// <summary><c>Value in Tests</c></summary>
public sealed record FeelIn(FeelNode Value, IReadOnlyList<FeelNode> Tests) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Value, .. Tests];
}

/// <summary><c>Value instance of Type</c></summary>
public sealed record FeelInstanceOf(FeelNode Value, FeelTypeName Type) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Value];
}

/// <summary><c>if Condition then Then else Else</c></summary>
public sealed record FeelIf(FeelNode Condition, FeelNode Then, FeelNode Else) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Condition, Then, Else];
}

/// <summary><c>Name in Source</c>, or <c>Name in Source..End</c>, of a for, some or every.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Source">The list, or the first value of a run.</param>
/// <param name="End">The last value of a run, or null for a list.</param>
public sealed record FeelIteration(string Name, FeelNode Source, FeelNode? End) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => End is null ? [Source] : [Source, End];
}

/// <summary><c>for Iterations return Return</c></summary>
public sealed record FeelFor(IReadOnlyList<FeelIteration> Iterations, FeelNode Return) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [.. Iterations, Return];
}

/// <summary><c>some|every Iterations satisfies Condition</c></summary>
public sealed record FeelQuantified(bool Every, IReadOnlyList<FeelIteration> Iterations, FeelNode Condition) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [.. Iterations, Condition];
}

/// <summary><c>[a, b, …]</c></summary>
public sealed record FeelList(IReadOnlyList<FeelNode> Items) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => Items;
}

/// <summary>One <c>name: value</c> of a context.</summary>
public sealed record FeelEntry(string Name, FeelNode Value) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Value];
}

/// <summary><c>{a: 1, b: a + 1}</c></summary>
public sealed record FeelContextLiteral(IReadOnlyList<FeelEntry> Entries) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => Entries;
}

/// <summary>An interval written with brackets, <c>[a..b)</c>.</summary>
public sealed record FeelInterval(FeelNode Low, bool LowClosed, FeelNode High, bool HighClosed) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Low, High];
}

/// <summary>A comparison without a left side, <c>&gt;= 5</c>: a test in a unary test, a range elsewhere.</summary>
/// <param name="Operator">One of the six comparisons.</param>
/// <param name="Endpoint">The right side.</param>
public sealed record FeelComparisonTest(FeelOperator Operator, FeelNode Endpoint) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Endpoint];
}

/// <summary>An argument; <see cref="Name"/> is null where arguments are given by position.</summary>
public sealed record FeelArgument(string? Name, FeelNode Value) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Value];
}

/// <summary><c>Function(Arguments)</c></summary>
public sealed record FeelCall(FeelNode Function, IReadOnlyList<FeelArgument> Arguments) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Function, .. Arguments];
}

/// <summary>A parameter of a function; the type is null where none was written.</summary>
public sealed record FeelParameter(string Name, FeelTypeName? Type);

/// <summary><c>function(Parameters) Body</c>; an external one is parsed, but evaluates to null.</summary>
public sealed record FeelFunctionLiteral(IReadOnlyList<FeelParameter> Parameters, FeelNode Body, bool External)
    : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => [Body];
}

/// <summary>Unary tests: the input matches when it matches one of the tests (or none of them, when negated).</summary>
/// <param name="Tests">The tests; empty for <c>-</c>, which everything matches.</param>
/// <param name="Negated">Whether they stand inside <c>not(…)</c>.</param>
public sealed record FeelTests(IReadOnlyList<FeelNode> Tests, bool Negated) : FeelNode
{
    /// <inheritdoc/>
    public override IEnumerable<FeelNode> Children => Tests;
}

/// <summary>A type as it is written after <c>instance of</c> or at a parameter.</summary>
public abstract record FeelTypeName;

/// <summary>A type by name: <c>number</c>, <c>date and time</c>, <c>Any</c>, or one of a DMN model.</summary>
public sealed record FeelNamedType(string Name) : FeelTypeName;

/// <summary><c>list&lt;T&gt;</c></summary>
public sealed record FeelListType(FeelTypeName Item) : FeelTypeName;

/// <summary><c>range&lt;T&gt;</c></summary>
public sealed record FeelRangeType(FeelTypeName Item) : FeelTypeName;

/// <summary><c>context&lt;a: T, b: U&gt;</c></summary>
public sealed record FeelContextType(IReadOnlyList<KeyValuePair<string, FeelTypeName>> Members) : FeelTypeName;

/// <summary><c>function&lt;T, U&gt; -> V</c></summary>
public sealed record FeelFunctionType(IReadOnlyList<FeelTypeName> Parameters, FeelTypeName Result) : FeelTypeName;
