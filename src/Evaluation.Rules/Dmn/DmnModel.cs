namespace Evaluation.Rules.Dmn;

/// <summary>One DMN file: what it declares, in the order of the file (DMN 1.5, chapter 6).</summary>
public sealed record DmnModel
{
    /// <summary>The file it was read from.</summary>
    public required string File { get; init; }
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }
    /// <summary>The model's own namespace, by which others import it.</summary>
    public required string Namespace { get; init; }
    /// <summary>Other models it uses.</summary>
    public IReadOnlyList<DmnImport> Imports { get; init; } = [];
    /// <summary>The types it declares.</summary>
    public IReadOnlyList<DmnItemDefinition> ItemDefinitions { get; init; } = [];
    /// <summary>The inputs it takes.</summary>
    public IReadOnlyList<DmnInputData> Inputs { get; init; } = [];
    /// <summary>Its decisions.</summary>
    public IReadOnlyList<DmnDecision> Decisions { get; init; } = [];
    /// <summary>Its functions.</summary>
    public IReadOnlyList<DmnKnowledge> Knowledge { get; init; } = [];
    /// <summary>Its decision services.</summary>
    public IReadOnlyList<DmnService> Services { get; init; } = [];

    internal IEnumerable<DmnElement> Elements => [.. Inputs, .. Decisions, .. Knowledge, .. Services];
}

/// <summary>A model used by another one under a name of its own.</summary>
/// <param name="Name">The name before the point; empty where names are used as they are.</param>
/// <param name="Namespace">The namespace of the model meant.</param>
public sealed record DmnImport(string Name, string Namespace);

/// <summary>A type: a base type or components, perhaps many of them, perhaps limited to some values.</summary>
public sealed record DmnItemDefinition
{
    /// <summary>The type's name, or the component's.</summary>
    public required string Name { get; init; }
    /// <summary>The type it is built on, or null where it has components or is a function.</summary>
    public string? TypeRef { get; init; }
    /// <summary>Whether values are lists of what is described.</summary>
    public bool IsCollection { get; init; }
    /// <summary>Unary tests each value (each item of a collection) must pass, or null.</summary>
    public string? AllowedValues { get; init; }
    /// <summary>Unary tests the value as a whole must pass (DMN 1.5), or null.</summary>
    public string? TypeConstraint { get; init; }
    /// <summary>The members of a structure.</summary>
    public IReadOnlyList<DmnItemDefinition> Components { get; init; } = [];
    /// <summary>The function's parameters and result, or null where it is no function.</summary>
    public DmnFunctionItem? Function { get; init; }
}

/// <summary>The type of a function.</summary>
public sealed record DmnFunctionItem(IReadOnlyList<DmnVariable> Parameters, string? ResultType);

/// <summary>A name with a type, which may be null.</summary>
public sealed record DmnVariable(string Name, string? TypeRef);

/// <summary>An element of the requirements graph.</summary>
public abstract record DmnElement
{
    /// <summary>The id that references use.</summary>
    public required string Id { get; init; }
    /// <summary>The name.</summary>
    public required string Name { get; init; }
    /// <summary>The variable that carries its value.</summary>
    public required DmnVariable Variable { get; init; }
    /// <summary>Where it stands in the file, from 1.</summary>
    public int Line { get; init; }
}

/// <summary>An input.</summary>
public sealed record DmnInputData : DmnElement;

/// <summary>A decision.</summary>
public sealed record DmnDecision : DmnElement
{
    /// <summary>References to the inputs, decisions and knowledge it requires (<c>namespace#id</c> or
    /// <c>#id</c>).</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];
    /// <summary>How it is decided; null where the model leaves that open.</summary>
    public DmnExpression? Logic { get; init; }
}

/// <summary>A business knowledge model: a function.</summary>
public sealed record DmnKnowledge : DmnElement
{
    /// <summary>References to the knowledge it requires.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];
    /// <summary>The function.</summary>
    public DmnFunction? Logic { get; init; }
}

/// <summary>A decision service: decisions that can be called as a function.</summary>
public sealed record DmnService : DmnElement
{
    /// <summary>References to the decisions it answers with.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
    /// <summary>References to the decisions whose values are given by the caller.</summary>
    public IReadOnlyList<string> InputDecisions { get; init; } = [];
    /// <summary>References to the inputs given by the caller.</summary>
    public IReadOnlyList<string> InputData { get; init; } = [];
}

/// <summary>A boxed expression (DMN 1.5, chapter 7 and 10.2).</summary>
public abstract record DmnExpression
{
    /// <summary>The type it is declared to have, or null.</summary>
    public string? TypeRef { get; init; }
    /// <summary>Where it stands in the file, from 1.</summary>
    public int Line { get; init; }
}

/// <summary>A FEEL expression.</summary>
/// <param name="Text">The text.</param>
/// <param name="Language">Another expression language, or null for FEEL; others evaluate to null.</param>
public sealed record DmnLiteral(string Text, string? Language) : DmnExpression;

/// <summary>A call of a function with named arguments.</summary>
public sealed record DmnInvocation(DmnExpression Callee, IReadOnlyList<DmnBinding> Bindings) : DmnExpression;

/// <summary>One argument of an invocation.</summary>
public sealed record DmnBinding(DmnVariable Parameter, DmnExpression? Value);

/// <summary>A context; an entry without a variable is the context's result.</summary>
public sealed record DmnContext(IReadOnlyList<DmnContextEntry> Entries) : DmnExpression;

/// <summary>One entry of a context.</summary>
public sealed record DmnContextEntry(DmnVariable? Variable, DmnExpression? Value);

/// <summary>A table of values: a list of contexts with the same names.</summary>
public sealed record DmnRelation(IReadOnlyList<DmnVariable> Columns, IReadOnlyList<IReadOnlyList<DmnExpression>> Rows)
    : DmnExpression;

/// <summary>A list.</summary>
public sealed record DmnList(IReadOnlyList<DmnExpression> Items) : DmnExpression;

/// <summary>A function.</summary>
/// <param name="Kind">FEEL, Java or PMML; only FEEL can be evaluated.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">Its body; null where the model leaves it open.</param>
public sealed record DmnFunction(string Kind, IReadOnlyList<DmnVariable> Parameters, DmnExpression? Body)
    : DmnExpression;

/// <summary>If, then, else.</summary>
public sealed record DmnConditional(DmnExpression If, DmnExpression Then, DmnExpression Else) : DmnExpression;

/// <summary>The items of a list that match.</summary>
public sealed record DmnFilter(DmnExpression In, DmnExpression Match) : DmnExpression;

/// <summary>A value for each item of a list.</summary>
public sealed record DmnFor(DmnVariable Iterator, DmnExpression In, DmnExpression Return) : DmnExpression;

/// <summary>Whether every, or some, item of a list satisfies a condition.</summary>
public sealed record DmnQuantified(bool Every, DmnVariable Iterator, DmnExpression In, DmnExpression Satisfies)
    : DmnExpression;

/// <summary>How the rules of a table that match make up its answer (DMN 1.5, 8.2.8).</summary>
public enum DmnHitPolicy
{
    /// <summary>At most one rule matches.</summary>
    Unique,
    /// <summary>All rules that match give the same.</summary>
    Any,
    /// <summary>The matching rule whose output stands first in the list of output values.</summary>
    Priority,
    /// <summary>The first rule that matches.</summary>
    First,
    /// <summary>All that match, in the order of the rules.</summary>
    RuleOrder,
    /// <summary>All that match, in the order of the output values.</summary>
    OutputOrder,
    /// <summary>All that match, or their sum, smallest, largest or number.</summary>
    Collect,
}

/// <summary>What becomes of what a table collects.</summary>
public enum DmnAggregation
{
    /// <summary>The list itself.</summary>
    None,
    /// <summary>+</summary>
    Sum,
    /// <summary>&lt;</summary>
    Min,
    /// <summary>&gt;</summary>
    Max,
    /// <summary>#</summary>
    Count,
}

/// <summary>A decision table.</summary>
public sealed record DmnTable : DmnExpression
{
    /// <summary>How hits make up the answer.</summary>
    public required DmnHitPolicy HitPolicy { get; init; }
    /// <summary>What becomes of what is collected.</summary>
    public required DmnAggregation Aggregation { get; init; }
    /// <summary>The inputs, left to right.</summary>
    public required IReadOnlyList<DmnTableInput> Inputs { get; init; }
    /// <summary>The outputs, left to right.</summary>
    public required IReadOnlyList<DmnTableOutput> Outputs { get; init; }
    /// <summary>The rules, top to bottom.</summary>
    public required IReadOnlyList<DmnRule> Rules { get; init; }
    /// <summary>The names of the annotation columns, left to right.</summary>
    public IReadOnlyList<string> Annotations { get; init; } = [];
}

/// <summary>An input column.</summary>
/// <param name="Expression">What is tested, in FEEL.</param>
/// <param name="TypeRef">Its type, or null.</param>
/// <param name="Values">Unary tests every value must pass, or null.</param>
public sealed record DmnTableInput(string Expression, string? TypeRef, string? Values);

/// <summary>An output column.</summary>
/// <param name="Name">The name of the member; null where there is one column only.</param>
/// <param name="TypeRef">Its type, or null.</param>
/// <param name="Values">The values it may give, the most important first, or null.</param>
/// <param name="Default">What it gives when no rule matches, or null.</param>
public sealed record DmnTableOutput(string? Name, string? TypeRef, string? Values, string? Default);

/// <summary>A rule: one unary test for each input, one expression for each output.</summary>
public sealed record DmnRule(IReadOnlyList<string> Tests, IReadOnlyList<string> Outputs, int Line)
{
    /// <summary>A text for each annotation column.</summary>
    public IReadOnlyList<string> Annotations { get; init; } = [];
}
