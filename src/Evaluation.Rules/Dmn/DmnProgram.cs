using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>What an evaluation gave.</summary>
/// <param name="Value">The value.</param>
/// <param name="Reasons">Why values became null on the way.</param>
public sealed record DmnOutcome(FeelValue Value, IReadOnlyList<FeelReason> Reasons);

/// <summary>A model with everything it imports, ready to evaluate. Immutable and safe to share between
/// threads.</summary>
public sealed class DmnProgram
{
    private readonly DmnModel _main;
    private readonly Dictionary<string, DmnUnit> _units = new(StringComparer.Ordinal);
    private readonly FeelLimits _limits;

    private DmnProgram(DmnModel main, FeelLimits limits) => (_main, _limits) = (main, limits);

    /// <summary>Links a model with the models it imports.</summary>
    /// <param name="main">The model.</param>
    /// <param name="others">Models it may import, found by their namespaces.</param>
    /// <param name="limits">Limits other than <see cref="FeelLimits.Default"/>.</param>
    /// <exception cref="DmnFormatException">An import leads nowhere.</exception>
    public static DmnProgram Link(DmnModel main, IReadOnlyCollection<DmnModel> others, FeelLimits? limits = null)
    {
        var program = new DmnProgram(main, limits ?? FeelLimits.Default);
        program.Add(main, [main, .. others]);
        return program;
    }

    /// <summary>The model that was linked.</summary>
    public DmnModel Model => _main;

    /// <summary>Evaluates a decision (or, where there is none of that name, a decision service) of the model.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="inputs">Inputs by name; those of imported models stand in a context under the import's name or
    /// under their own namespace.</param>
    /// <param name="now">What <c>now()</c> and <c>today()</c> answer.</param>
    /// <exception cref="ArgumentException">There is no such decision.</exception>
    /// <exception cref="FeelLimitException">The evaluation went over a limit.</exception>
    public DmnOutcome Evaluate(string name, FeelContext inputs, DateTimeOffset? now = null)
    {
        var unit = _units[_main.Namespace];
        var element = _main.Decisions.FirstOrDefault(d => d.Name == name) as DmnElement
            ?? _main.Services.FirstOrDefault(s => s.Name == name)
            ?? throw new ArgumentException($"The model {_main.Name} has no decision {name}; it has: " +
                string.Join(", ", _main.Decisions.Select(d => d.Name)) + ".", nameof(name));
        var trace = new FeelTrace();
        var session = new DmnSession(_main, inputs, new Run([], trace, now, _limits));
        var value = element is DmnService service
            ? session.CallWithInputs(unit, service)
            : session.Value(unit, element);
        return new DmnOutcome(value, trace.Reasons);
    }

    /// <summary>Calls a business knowledge model or a decision service of the model by name.</summary>
    public DmnOutcome Invoke(string name, FeelContext arguments, DateTimeOffset? now = null)
    {
        var unit = _units[_main.Namespace];
        var element = _main.Elements.FirstOrDefault(e => e.Name == name && e is DmnKnowledge or DmnService)
            ?? throw new ArgumentException($"The model {_main.Name} has no function {name}.", nameof(name));
        var trace = new FeelTrace();
        var session = new DmnSession(_main, arguments, new Run([], trace, now, _limits));
        var function = session.Value(unit, element).AsFunction();
        var given = function.ParameterNames.Select(p => arguments[p]).ToArray();
        return new DmnOutcome(function.Invoke(session.Run, name, given), trace.Reasons);
    }

    private DmnUnit Add(DmnModel model, IReadOnlyCollection<DmnModel> others)
    {
        if (_units.TryGetValue(model.Namespace, out var known))
        {
            return known;
        }
        var unit = new DmnUnit(model);
        _units.Add(model.Namespace, unit);
        foreach (var import in model.Imports)
        {
            var target = others.FirstOrDefault(o => o.Namespace == import.Namespace) ?? throw new DmnFormatException(
                $"{model.File}: the import {import.Name} names {import.Namespace}, but no model given has that " +
                "namespace.");
            unit.Import(import, Add(target, others));
        }
        return unit;
    }
}
