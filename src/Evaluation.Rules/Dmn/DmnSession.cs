using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>One evaluation: every element is worked out once.</summary>
internal sealed class DmnSession(DmnModel main, FeelContext inputs, Run run)
{
    private readonly Dictionary<DmnElement, FeelValue> _values = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<DmnElement> _open = new(ReferenceEqualityComparer.Instance);

    public Run Run => run;

    public FeelValue Value(DmnUnit unit, DmnElement element)
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

    private FeelValue Input(DmnUnit unit, DmnInputData input)
    {
        var name = input.Variable.Name;
        if (!Given(unit, name, out var value))
        {
            return Null($"the input `{name}` is not given", $"未给出输入 `{name}`");
        }
        return DmnTypedCode.Check(run, value, unit.Types.Of(input.Variable.TypeRef), name);
    }

    private bool Given(DmnUnit unit, string name, out FeelValue value)
    {
        if (!ReferenceEquals(unit.Model, main))
        {
            foreach (var space in main.Imports.Where(i => i.Namespace == unit.Model.Namespace)
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

    private FeelValue Decide(DmnUnit unit, DmnDecision decision)
    {
        var (names, values) = Scope(unit, decision.Requires);
        var (code, _) = unit.Code(decision, compiler =>
            (compiler.Compile(decision.Logic, names, decision.Name), names));
        var value = code.Eval(run.WithSlots(values));
        return DmnTypedCode.Check(run, value, unit.Types.Of(decision.Variable.TypeRef), decision.Name);
    }

    /// <summary>What is required, by name; what comes from another model stands in a context under the import's
    /// name.</summary>
    private (string[] Names, FeelValue[] Values) Scope(DmnUnit unit, IReadOnlyList<string> requires)
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

    private FeelValue Knowledge(DmnUnit unit, DmnKnowledge knowledge)
    {
        if (knowledge.Logic is not { } logic)
        {
            return Null($"`{knowledge.Name}` has no logic", $"`{knowledge.Name}` 没有逻辑");
        }
        var (names, values) = Scope(unit, knowledge.Requires);
        var name = knowledge.Variable.Name;
        var (code, _) = unit.Code(knowledge, compiler =>
            (compiler.Function(logic, [.. names, name], name, knowledge.Variable.TypeRef), names));
        // The function's own name is in scope, so that it can call itself.
        var slots = new FeelValue[values.Length + 1];
        values.CopyTo(slots, 0);
        var function = code.Eval(run.WithSlots(slots));
        slots[^1] = function;
        return function;
    }

    private FeelValue Service(DmnUnit unit, DmnService service)
    {
        var parameters = Parameters(unit, service).ToList();
        return FeelValue.Function(new NativeFunction(
            [.. parameters.Select(p => p.Element.Variable.Name)],
            [.. parameters.Select(p => p.Unit.Types.Of(p.Element.Variable.TypeRef))],
            (_, arguments) => Serve(unit, service, parameters, arguments)));
    }

    // Inputs come first, in the order of the model, then decisions whose values the caller gives (10.4).
    private static IEnumerable<(DmnUnit Unit, DmnElement Element)> Parameters(DmnUnit unit, DmnService service)
    {
        foreach (var href in service.InputData.Concat(service.InputDecisions))
        {
            if (unit.Find(href) is { } found)
            {
                yield return (found.Unit, found.Element);
            }
        }
    }

    private FeelValue Serve(DmnUnit unit, DmnService service, List<(DmnUnit Unit, DmnElement Element)> parameters,
        FeelValue[] arguments)
    {
        var inner = new DmnSession(main, FeelContext.Empty, run);
        for (var i = 0; i < parameters.Count; i++)
        {
            inner._values[parameters[i].Element] = arguments[i];
        }
        var outputs = service.Outputs.Select(unit.Find).OfType<(DmnUnit Unit, DmnElement Element,
            string? Import)>().ToList();
        var result = outputs.Count == 1
            ? inner.Value(outputs[0].Unit, outputs[0].Element)
            : FeelValue.Context(new FeelContext(outputs.Select(o => new KeyValuePair<string, FeelValue>(
                o.Element.Variable.Name, inner.Value(o.Unit, o.Element)))));
        return DmnTypedCode.Check(run, result, ResultType(unit, service), service.Name);
    }

    private static FeelType? ResultType(DmnUnit unit, DmnService service) =>
        unit.Types.Of(service.Variable.TypeRef) is { } type ? (type as FunctionType)?.Result ?? type : null;

    public FeelValue CallWithInputs(DmnUnit unit, DmnService service)
    {
        var parameters = Parameters(unit, service).ToList();
        var arguments = parameters.Select(p => p.Element is DmnInputData input
            ? Input(p.Unit, input)
            : Given(p.Unit, p.Element.Variable.Name, out var given) ? given : FeelValue.Null);
        return Serve(unit, service, parameters, [.. arguments]);
    }
}
