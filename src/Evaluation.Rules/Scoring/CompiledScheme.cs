using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// A scheme as it stands on one day, with every formula compiled once. Scoring, judging, grading and allocating all run
/// on it. Immutable and safe to share between threads.
/// </summary>
public sealed class CompiledScheme
{
    /// <summary>Name under which formulas of points see the value found.</summary>
    internal const string ValueName = "value";

    /// <summary>Name under which formulas see points, blocks, figures and total.</summary>
    internal const string CardName = "card";

    // A scheme lives as long as its rule set; what was compiled from it goes with it. A scheme changed in memory is
    // another object, so that a mutated rule is never scored by the formulas of the original.
    private static readonly
        ConditionalWeakTable<Scheme, ConcurrentDictionary<(RuleSet, DateOnly), CompiledScheme>> Compiled = [];

    private static readonly UnitFacts NoFacts =
        new("", new Dictionary<string, FeelValue>(), new Dictionary<string, Provenance>());

    private readonly ConcurrentDictionary<Formula, CompiledFeel> _formulas = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<Condition, CompiledUnaryTests> _conditions = new(
        ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<string, CompiledFeel> _parts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<FeelNode, CompiledFeel> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<FeelExpression, (FormulaTemplate? Zh, FormulaTemplate? En)> _templates = new(
        ReferenceEqualityComparer.Instance);
    private readonly Lazy<FrozenDictionary<string, (Bilingual Name, UnitOfMeasure Unit)>> _named;
    private readonly Lazy<Dictionary<string, Bilingual>> _answerNames;
    private readonly int _value;
    private readonly int _card;
    private readonly int[] _figures;
    private readonly (int Slot, FeelValue Value)[] _constants;
    private readonly FrozenDictionary<string, int> _places;

    private CompiledScheme(RuleSet rules, Scheme scheme, DateOnly asOf)
    {
        (Rules, Scheme, AsOf) = (rules, scheme, asOf);
        Parameters = scheme.Parameters.Values
            .Select(parameter => (parameter.Code, Value: parameter.On(asOf)))
            .Where(parameter => parameter.Value is not null)
            .ToDictionary(parameter => parameter.Code, parameter => parameter.Value!.Value, StringComparer.Ordinal);
        Layout = LayoutOf(rules, scheme);
        _places = Layout.Names.Select((name, place) => KeyValuePair.Create(name, place))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _value = Layout.IndexOf(ValueName);
        _card = Layout.IndexOf(CardName);
        _figures = [.. scheme.Figures.Select(figure => Layout.IndexOf(figure.Id))];
        _constants = [.. Parameters.Select(parameter => (Layout.IndexOf(parameter.Key), parameter.Value))];
        _named = new(NamesOf);
        _answerNames = new(() => rules.Metrics.Values
            .SelectMany(metric => metric.AnswerNames)
            .GroupBy(name => name.Key, name => name.Value, StringComparer.Ordinal)
            .Where(names => names.Distinct().Count() == 1)
            .ToDictionary(names => names.Key, names => names.First(), StringComparer.Ordinal));
        Indicators = [.. scheme.Blocks.SelectMany(block => block.Indicators
            .Select(indicator => new CompiledIndicator(this, block, indicator)))];
        WholeScale = new Scale(
            scheme.Blocks.SelectMany(block => block.Indicators).Aggregate(0m, (sum, one) => sum + one.Max),
            scheme.OutOf, 0, 0m);
    }

    /// <summary>The rule set it belongs to.</summary>
    public RuleSet Rules { get; }

    /// <summary>The scheme.</summary>
    public Scheme Scheme { get; }

    /// <summary>The day whose parameters are in force.</summary>
    public DateOnly AsOf { get; }

    /// <summary>Which fact, parameter and figure stands at which place of the array formulas run on.</summary>
    public FeelLayout Layout { get; }

    /// <summary>Parameters in force, by code.</summary>
    internal IReadOnlyDictionary<string, FeelValue> Parameters { get; }

    /// <summary>Indicators in scheme order.</summary>
    internal CompiledIndicator[] Indicators { get; }

    /// <summary>The scale of a unit to which every indicator applies.</summary>
    internal Scale WholeScale { get; }

    /// <summary>The scheme compiled for a day; compiled once for every rule set, scheme and day.</summary>
    public static CompiledScheme Of(RuleSet rules, Scheme scheme, DateOnly asOf) =>
        Compiled.GetOrCreateValue(scheme)
            .GetOrAdd((rules, asOf), static (key, scheme) => new CompiledScheme(key.Item1, scheme, key.Item2), scheme);

    /// <summary>A unit's facts and the parameters in force as the array formulas run on; what is missing is FEEL
    /// null.</summary>
    public FeelValue[] Slots(UnitFacts facts)
    {
        var slots = new FeelValue[Layout.Count];
        if (facts.Values is Dictionary<string, FeelValue> values)
        {
            // The same without asking an interface for every fact.
            foreach (var fact in values) Place(slots, fact);
        }
        else
        {
            foreach (var fact in facts.Values) Place(slots, fact);
        }

        foreach (var (slot, value) in _constants) slots[slot] = value;
        return slots;
    }

    private void Place(FeelValue[] slots, in KeyValuePair<string, FeelValue> fact)
    {
        if (_places.TryGetValue(fact.Key, out var slot)) slots[slot] = fact.Value;
    }

    /// <summary>The parameters in force and nothing else.</summary>
    internal FeelValue[] EmptySlots() => Slots(NoFacts);

    /// <summary>Puts the value found where formulas of points look for it.</summary>
    internal void SetValue(FeelValue[] slots, FeelValue value) => slots[_value] = value;

    /// <summary>The value found that stands there.</summary>
    internal FeelValue ValueIn(FeelValue[] slots) => slots[_value];

    /// <summary>Puts the card, and the figures under their own names, where formulas look for them.</summary>
    internal void SetCard(FeelValue[] slots, FeelContext card, IReadOnlyList<FigureValue> figures)
    {
        slots[_card] = FeelValue.Context(card);
        for (var i = 0; i < figures.Count; i++)
        {
            if (_figures[i] >= 0) slots[_figures[i]] = figures[i].Value;
        }
    }

    /// <summary>The formula compiled for this scheme's layout.</summary>
    internal CompiledFeel Formula(Formula formula) =>
        _formulas.GetOrAdd(formula, static (formula, layout) => formula.Expression.Compile(layout), Layout);

    /// <summary>The condition compiled for this scheme's layout.</summary>
    internal CompiledUnaryTests Tests(Condition condition) =>
        _conditions.GetOrAdd(condition, static (condition, layout) => condition.Tests.Compile(layout), Layout);

    /// <summary>A part of a formula, for the sentence that explains it.</summary>
    internal CompiledFeel Part(string text) =>
        _parts.GetOrAdd(
            text, static (text, layout) => FeelExpression.Parse(text, layout.Names).Compile(layout), Layout);

    /// <summary>The value of a part of a formula of the scheme.</summary>
    /// <param name="node">The part; one and the same node for one and the same part.</param>
    /// <param name="source">The text it was parsed from.</param>
    /// <param name="slots">The values put in.</param>
    internal FeelValue ValueOf(FeelNode node, string source, FeelValue[] slots)
    {
        if (node is FeelLiteral literal) return literal.Value;
        if (node is FeelName name && _places.TryGetValue(name.Name, out var place)) return slots[place];
        if (!_nodes.TryGetValue(node, out var compiled))
        {
            compiled = _nodes.GetOrAdd(node, Part(node.TextIn(source)));
        }

        return compiled.Evaluate(slots);
    }

    /// <summary>Whether a condition reads parameters in force and nothing else, so that it says the same of every
    /// unit.</summary>
    internal bool IsFixed(Condition condition)
    {
        foreach (var name in condition.Tests.FreeNames)
        {
            if (!Parameters.ContainsKey(name)) return false;
        }

        return true;
    }

    /// <summary>A formula's words, made once; null in a language in which it has none.</summary>
    internal (FormulaTemplate? Zh, FormulaTemplate? En) Templates(FeelExpression expression) =>
        _templates.TryGetValue(expression, out var templates)
            ? templates
            : _templates.GetOrAdd(expression, (
                FormulaWords.Template(this, Language.Zh, expression), FormulaWords.Template(this, Language.En, expression)));

    /// <summary>Conditions in words, as far as they say the same of every unit.</summary>
    internal ConcurrentDictionary<Condition, (UnitOfMeasure Unit, Bilingual Words)> FixedWords { get; } = new(
        ReferenceEqualityComparer.Instance);

    /// <summary>Ends of the intervals of conditions, as far as they are the same for every unit.</summary>
    internal ConcurrentDictionary<Condition, ConditionEdges.Interval[]> FixedEdges { get; } = new(
        ReferenceEqualityComparer.Instance);

    /// <summary>A metric's, parameter's or figure's name and unit, or null where the code is none of them.</summary>
    internal (Bilingual Name, UnitOfMeasure Unit)? Named(string code) =>
        _named.Value.TryGetValue(code, out var named) ? named : null;

    private FrozenDictionary<string, (Bilingual Name, UnitOfMeasure Unit)> NamesOf()
    {
        var names = new Dictionary<string, (Bilingual, UnitOfMeasure)>(StringComparer.Ordinal);
        foreach (var metric in Rules.Metrics.Values) names.TryAdd(metric.Code, (metric.Name, metric.Unit));
        foreach (var parameter in Scheme.Parameters.Values) names.TryAdd(parameter.Code, (parameter.Name, parameter.Unit));
        foreach (var figure in Scheme.Figures) names.TryAdd(figure.Id, (figure.Name, figure.Unit));
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>
    /// An answer as a sentence shows it: by its name where metrics agree on one, yes and no as words, else in quotes.
    /// </summary>
    internal string AnswerName(string answer, Language language) =>
        _answerNames.Value.TryGetValue(answer, out var name) ? name.In(language) : (answer, language) switch
        {
            ("yes" or "true", Language.Zh) => "是",
            ("no" or "false", Language.Zh) => "否",
            ("yes" or "true", _) => "yes",
            ("no" or "false", _) => "no",
            (_, Language.Zh) => $"“{answer}”",
            _ => $"\"{answer}\"",
        };

    /// <summary>A grade's name.</summary>
    internal Bilingual GradeName(string grade) =>
        Scheme.Grades?.Grades.FirstOrDefault(candidate => candidate.Id == grade)?.Name ?? new Bilingual(grade, grade);

    private static FeelLayout LayoutOf(RuleSet rules, Scheme scheme)
    {
        var variables = new Dictionary<string, FeelKind?>(StringComparer.Ordinal)
        {
            [ValueName] = null,
            [CardName] = FeelKind.Context,
        };
        foreach (var metric in rules.Metrics.Values)
        {
            if (metric.ResourceList is { } list) variables.TryAdd(list, FeelKind.List);
            else variables.TryAdd(metric.Code, metric.Kind == MetricKind.Answer ? null : FeelKind.Number);
        }

        foreach (var parameter in scheme.Parameters.Values) variables.TryAdd(parameter.Code, null);
        foreach (var figure in scheme.Figures) variables.TryAdd(figure.Id, null);
        return new FeelLayout(variables);
    }
}
