using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>What an evaluation gave.</summary>
/// <param name="Value">The value.</param>
/// <param name="Reasons">Why values became null on the way.</param>
public sealed record DmnOutcome(FeelValue Value, IReadOnlyList<FeelReason> Reasons);

/// <summary>A model with everything it imports, ready to evaluate. Immutable and safe to share between threads.</summary>
public sealed class DmnProgram
{
    private readonly DmnModel _main;
    private readonly Dictionary<string, Unit> _units = new(StringComparer.Ordinal);
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
        program.Add(main, others);
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
        var session = new Session(this, inputs, new Run([], trace, now, _limits));
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
        var session = new Session(this, arguments, new Run([], trace, now, _limits));
        var function = session.Value(unit, element).AsFunction();
        var given = function.ParameterNames.Select(p => arguments[p]).ToArray();
        return new DmnOutcome(function.Invoke(session.Run, name, given), trace.Reasons);
    }

    private Unit Add(DmnModel model, IReadOnlyCollection<DmnModel> others)
    {
        if (_units.TryGetValue(model.Namespace, out var known))
        {
            return known;
        }
        var unit = new Unit(model);
        _units.Add(model.Namespace, unit);
        foreach (var import in model.Imports)
        {
            var target = others.FirstOrDefault(o => o.Namespace == import.Namespace) ?? throw new DmnFormatException(
                $"{model.File}: the import {import.Name} names {import.Namespace}, but no model given has that namespace.");
            unit.Import(import, Add(target, others));
        }
        return unit;
    }

    /// <summary>One model with its types, its imports, and its code, which is made when first needed.</summary>
    private sealed class Unit
    {
        private readonly Dictionary<string, DmnElement> _byId;
        private readonly Dictionary<DmnElement, (DmnCode Code, string[] Scope)> _code = new(ReferenceEqualityComparer.Instance);
        private readonly List<(string Name, Unit Unit)> _imports = [];

        public Unit(DmnModel model)
        {
            Model = model;
            Types = new DmnTypes(model);
            _byId = new(StringComparer.Ordinal);
            foreach (var element in model.Elements)
            {
                _byId.TryAdd(element.Id, element);
            }
        }

        public DmnModel Model { get; }
        public DmnTypes Types { get; }

        public void Import(DmnImport import, Unit unit)
        {
            _imports.Add((import.Name, unit));
            Types.Import(import.Name, unit.Types);
        }

        /// <summary>The element a reference leads to, its model, and the name of the import (null for the own model).</summary>
        public (Unit Unit, DmnElement Element, string? Import)? Find(string href)
        {
            var hash = href.IndexOf('#', StringComparison.Ordinal);
            var (space, id) = hash < 0 ? ("", href) : (href[..hash], href[(hash + 1)..]);
            if (space.Length == 0 || space == Model.Namespace)
            {
                return _byId.TryGetValue(id, out var own) ? (this, own, null) : null;
            }
            foreach (var (name, unit) in _imports)
            {
                if (unit.Model.Namespace == space && unit._byId.TryGetValue(id, out var found))
                {
                    return (unit, found, name.Length == 0 ? null : name);
                }
            }
            return null;
        }

        public (DmnCode Code, string[] Scope) Code(DmnElement element, Func<DmnCompiler, (DmnCode, string[])> make)
        {
            lock (_code)
            {
                if (!_code.TryGetValue(element, out var code))
                {
                    _code.Add(element, code = make(Compiler()));
                }
                return code;
            }
        }

        private DmnCompiler Compiler() => new(Types, [.. _imports.SelectMany(i => i.Unit.AllNames())]);

        private IEnumerable<string> AllNames() =>
            Model.Elements.Select(e => e.Variable.Name).Concat(_imports.Select(i => i.Name)).Concat(_imports.SelectMany(i => i.Unit.AllNames()));
    }

    /// <summary>One evaluation: every element is worked out once.</summary>
    private sealed class Session(DmnProgram program, FeelContext inputs, Run run)
    {
        private readonly Dictionary<DmnElement, FeelValue> _values = new(ReferenceEqualityComparer.Instance);
        private readonly HashSet<DmnElement> _open = new(ReferenceEqualityComparer.Instance);

        public Run Run => run;

        public FeelValue Value(Unit unit, DmnElement element)
        {
            if (_values.TryGetValue(element, out var known))
            {
                return known;
            }
            if (!_open.Add(element))
            {
                return Null($"`{element.Name}` requires itself", $"`{element.Name}` 依赖自身");
            }
            run.EnterCall();
            var value = element switch
            {
                DmnInputData input => Input(unit, input),
                DmnDecision decision => Decide(unit, decision),
                DmnKnowledge knowledge => Knowledge(unit, knowledge),
                DmnService service => Service(unit, service),
                _ => FeelValue.Null,
            };
            run.LeaveCall();
            _open.Remove(element);
            return _values[element] = value;
        }

        private FeelValue Null(string en, string zh)
        {
            run.Trace?.Add(new FeelReason(en, zh, 0, 0));
            return FeelValue.Null;
        }

        private FeelValue Input(Unit unit, DmnInputData input)
        {
            var name = input.Variable.Name;
            if (!Given(unit, name, out var value))
            {
                return Null($"the input `{name}` is not given", $"未给出输入 `{name}`");
            }
            return DmnTypedCode.Check(run, value, unit.Types.Of(input.Variable.TypeRef), name);
        }

        private bool Given(Unit unit, string name, out FeelValue value)
        {
            if (!ReferenceEquals(unit.Model, program._main))
            {
                foreach (var space in program._main.Imports.Where(i => i.Namespace == unit.Model.Namespace)
                             .Select(i => i.Name).Append(unit.Model.Namespace))
                {
                    if (inputs[space].Reference is FeelContext under && under.TryGet(name, out value))
                    {
                        return true;
                    }
                }
            }
            return inputs.TryGet(name, out value);
        }

        private FeelValue Decide(Unit unit, DmnDecision decision)
        {
            var (names, values) = Scope(unit, decision.Requires);
            var (code, _) = unit.Code(decision, compiler => (compiler.Compile(decision.Logic, names, decision.Name), names));
            var value = code.Eval(run.WithSlots(values));
            return DmnTypedCode.Check(run, value, unit.Types.Of(decision.Variable.TypeRef), decision.Name);
        }

        /// <summary>What is required, by name; what comes from another model stands in a context under the import's
        /// name.</summary>
        private (string[] Names, FeelValue[] Values) Scope(Unit unit, IReadOnlyList<string> requires)
        {
            var own = new FeelContext.Builder();
            var imported = new Dictionary<string, FeelContext.Builder>(StringComparer.Ordinal);
            foreach (var href in requires)
            {
                if (unit.Find(href) is not { } found)
                {
                    Null($"`{href}` leads to no element", $"`{href}` 没有对应的元素");
                    continue;
                }
                var value = Value(found.Unit, found.Element);
                if (found.Import is not { } import)
                {
                    own.Set(found.Element.Variable.Name, value);
                    continue;
                }
                if (!imported.TryGetValue(import, out var members))
                {
                    imported.Add(import, members = new FeelContext.Builder());
                }
                members.Set(found.Element.Variable.Name, value);
            }
            foreach (var (name, members) in imported)
            {
                own.Set(name, FeelValue.Context(members.Build()));
            }
            return own.ToArrays();
        }

        private FeelValue Knowledge(Unit unit, DmnKnowledge knowledge)
        {
            if (knowledge.Logic is not { } logic)
            {
                return Null($"`{knowledge.Name}` has no logic", $"`{knowledge.Name}` 没有逻辑");
            }
            var (names, values) = Scope(unit, knowledge.Requires);
            var name = knowledge.Variable.Name;
            var (code, _) = unit.Code(knowledge, compiler => (compiler.Function(logic, [.. names, name], name, knowledge.Variable.TypeRef), names));
            // The function's own name is in scope, so that it can call itself.
            var slots = new FeelValue[values.Length + 1];
            values.CopyTo(slots, 0);
            var function = code.Eval(run.WithSlots(slots));
            slots[^1] = function;
            return function;
        }

        private FeelValue Service(Unit unit, DmnService service)
        {
            var parameters = Parameters(unit, service).ToList();
            return FeelValue.Function(new NativeFunction(
                [.. parameters.Select(p => p.Element.Variable.Name)],
                [.. parameters.Select(p => p.Unit.Types.Of(p.Element.Variable.TypeRef))],
                (_, arguments) => Serve(unit, service, parameters, arguments)));
        }

        // Inputs come first, in the order of the model, then decisions whose values the caller gives (10.4).
        private static IEnumerable<(Unit Unit, DmnElement Element)> Parameters(Unit unit, DmnService service)
        {
            foreach (var href in service.InputData.Concat(service.InputDecisions))
            {
                if (unit.Find(href) is { } found)
                {
                    yield return (found.Unit, found.Element);
                }
            }
        }

        private FeelValue Serve(Unit unit, DmnService service, List<(Unit Unit, DmnElement Element)> parameters, FeelValue[] arguments)
        {
            var inner = new Session(program, FeelContext.Empty, run);
            for (var i = 0; i < parameters.Count; i++)
            {
                inner._values[parameters[i].Element] = arguments[i];
            }
            var outputs = service.Outputs.Select(unit.Find).OfType<(Unit Unit, DmnElement Element, string? Import)>().ToList();
            var result = outputs.Count == 1
                ? inner.Value(outputs[0].Unit, outputs[0].Element)
                : FeelValue.Context(new FeelContext(outputs.Select(o => new KeyValuePair<string, FeelValue>(
                    o.Element.Variable.Name, inner.Value(o.Unit, o.Element)))));
            return DmnTypedCode.Check(run, result, ResultType(unit, service), service.Name);
        }

        private static FeelType? ResultType(Unit unit, DmnService service) =>
            unit.Types.Of(service.Variable.TypeRef) is { } type ? (type as FunctionType)?.Result ?? type : null;

        public FeelValue CallWithInputs(Unit unit, DmnService service)
        {
            var parameters = Parameters(unit, service).ToList();
            var arguments = parameters.Select(p => p.Element is DmnInputData input
                ? Input(p.Unit, input)
                : Given(p.Unit, p.Element.Variable.Name, out var given) ? given : FeelValue.Null);
            return Serve(unit, service, parameters, [.. arguments]);
        }
    }
}
