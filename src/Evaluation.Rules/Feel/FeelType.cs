namespace Evaluation.Rules.Feel;

/// <summary>A type to check and convert values against (DMN 1.5, 10.3.2.9).</summary>
internal abstract class FeelType
{
    public static readonly FeelType Any = new AnyType();

    /// <summary>What <c>value instance of type</c> answers.</summary>
    public abstract bool Accepts(FeelValue value);

    /// <summary>Whether a value may take this type's place: as <see cref="Accepts"/>, and null always may.</summary>
    public virtual bool Conforms(FeelValue value) => value.IsNull || Accepts(value);

    /// <summary>The value as this type, after the implicit conversions of 10.3.2.9.4: a list of one item to the item,
    /// an item to a list of one, a date to its midnight in UTC.</summary>
    public virtual FeelValue Coerce(FeelValue value, out bool fits)
    {
        fits = true;
        if (Conforms(value))
        {
            return value;
        }
        if (value.ListOrNull is { Count: 1 } single && Conforms(single[0]))
        {
            return single[0];
        }
        if (value.Kind == FeelKind.Date)
        {
            var midnight = FeelValue.DateAndTime(new FeelDateAndTime(value.AsFeelDate(), new FeelTime(0, 0, null)));
            if (Conforms(midnight))
            {
                return midnight;
            }
        }
        fits = false;
        return FeelValue.Null;
    }

    /// <summary>Counts what <see cref="Accepts"/> and <see cref="Coerce"/> look at.</summary>
    public void StepThrough(Run run, FeelValue value)
    {
        if (this is not (KindType or AnyType or FunctionType))
        {
            run.StepInside(value);
        }
    }

    /// <summary>Whether every value of this type is one of the other's, as far as the types say.</summary>
    public virtual bool ConformsTo(FeelType other) => ReferenceEquals(this, other) || other is AnyType;

    private sealed class AnyType : FeelType
    {
        public override bool Accepts(FeelValue value) => !value.IsNull;
        public override bool Conforms(FeelValue value) => true;
    }

    /// <summary>The type a name or a type expression stands for, or null when unknown.</summary>
    public static FeelType? Of(FeelTypeName name, Func<string, FeelType?>? named = null) => name switch
    {
        FeelNamedType plain => named?.Invoke(plain.Name) ?? BuiltIn(plain.Name),
        FeelListType list => Of(list.Item, named) is { } item ? new ListType(item) : null,
        FeelRangeType range => Of(range.Item, named) is { } item ? new RangeType(item) : null,
        FeelContextType context => Context(context, named),
        FeelFunctionType function => Function(function, named),
        _ => null,
    };

    /// <summary>The type after <c>instance of</c>: list, range, context and function need the types of what they hold
    /// there (table 61), so a bare one is no type.</summary>
    public static FeelType? Tested(FeelTypeName name, Func<string, FeelType?>? named) =>
        name is FeelNamedType { Name: "list" or "range" or "context" or "function" } plain
            ? named?.Invoke(plain.Name) is { } own and not KindType ? own : null
            : Of(name, named);

    private static ContextType? Context(FeelContextType context, Func<string, FeelType?>? named)
    {
        var members = new List<KeyValuePair<string, FeelType>>();
        foreach (var (name, type) in context.Members)
        {
            if (Of(type, named) is not { } member)
            {
                return null;
            }
            members.Add(new(name, member));
        }
        return new ContextType(members);
    }

    private static FunctionType? Function(FeelFunctionType function, Func<string, FeelType?>? named)
    {
        var parameters = function.Parameters.Select(p => Of(p, named)).ToList();
        return Of(function.Result, named) is not { } result || parameters.Contains(null)
            ? null
            : new FunctionType(parameters!, result);
    }

    public static FeelType? BuiltIn(string name) => name switch
    {
        "Any" => Any,
        "Null" or "null" => new KindType(FeelKind.Null),
        "number" => new KindType(FeelKind.Number),
        "string" => new KindType(FeelKind.String),
        "boolean" => new KindType(FeelKind.Boolean),
        "date" => new KindType(FeelKind.Date),
        "time" => new KindType(FeelKind.Time),
        "date and time" or "dateTime" => new KindType(FeelKind.DateAndTime),
        "days and time duration" or "dayTimeDuration" => new KindType(FeelKind.DayTimeDuration),
        "years and months duration" or "yearMonthDuration" => new KindType(FeelKind.YearMonthDuration),
        "list" => new KindType(FeelKind.List),
        "context" => new KindType(FeelKind.Context),
        "range" => new KindType(FeelKind.Range),
        "function" => new KindType(FeelKind.Function),
        _ => null,
    };
}

internal sealed class KindType(FeelKind kind) : FeelType
{
    public FeelKind Kind => kind;

    public override bool Accepts(FeelValue value) => value.Kind == kind;

    public override bool ConformsTo(FeelType other) =>
        base.ConformsTo(other) || (other is KindType plain && plain.Kind == kind) || kind == FeelKind.Null;
}

internal sealed class ListType(FeelType item) : FeelType
{
    public FeelType Item => item;

    public override bool ConformsTo(FeelType other) =>
        base.ConformsTo(other) || (other is ListType list && item.ConformsTo(list.Item))
            || other is KindType { Kind: FeelKind.List };

    public override bool Accepts(FeelValue value) => value.ListOrNull is { } list && list.All(item.Conforms);

    public override FeelValue Coerce(FeelValue value, out bool fits)
    {
        fits = true;
        return value.IsNull ? value : Items(value.ListOrNull ?? [value], ref fits);
    }

    private FeelValue Items(IReadOnlyList<FeelValue> list, ref bool fits)
    {
        var items = new FeelValue[list.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = item.Coerce(list[i], out var one);
            fits &= one;
        }
        return fits ? FeelValue.List(items) : FeelValue.Null;
    }
}

internal sealed class RangeType(FeelType item) : FeelType
{
    public FeelType Item => item;

    public override bool ConformsTo(FeelType other) =>
        base.ConformsTo(other) || (other is RangeType range && item.ConformsTo(range.Item))
            || other is KindType { Kind: FeelKind.Range };

    public override bool Accepts(FeelValue value) =>
        value.Reference is FeelRange range && item.Conforms(range.Low) && item.Conforms(range.High);
}

internal sealed class ContextType(IReadOnlyList<KeyValuePair<string, FeelType>> members) : FeelType
{
    public IReadOnlyList<KeyValuePair<string, FeelType>> Members => members;

    public override bool ConformsTo(FeelType other) =>
        base.ConformsTo(other) || other is KindType { Kind: FeelKind.Context }
        || (other is ContextType wider && wider.Members.All(w =>
            members.Any(m => m.Key == w.Key && m.Value.ConformsTo(w.Value))));

    public override bool Accepts(FeelValue value)
    {
        if (value.Reference is not FeelContext context)
        {
            return false;
        }
        foreach (var (name, type) in members)
        {
            if (!context.TryGet(name, out var member) || !type.Conforms(member))
            {
                return false;
            }
        }
        return true;
    }

    public override FeelValue Coerce(FeelValue value, out bool fits)
    {
        var single = value.ListOrNull is { Count: 1 } list ? list[0] : value;
        fits = Conforms(single);
        if (!fits || single.IsNull)
        {
            return fits ? single : FeelValue.Null;
        }
        var builder = new FeelContext.Builder();
        foreach (var (name, member) in single.AsContext())
        {
            builder.Set(name, member);
        }
        foreach (var (name, type) in members)
        {
            builder.Set(name, type.Coerce(single.AsContext()[name], out var one));
            fits &= one;
        }
        return fits ? FeelValue.Context(builder.Build()) : FeelValue.Null;
    }
}

internal sealed class FunctionType(IReadOnlyList<FeelType> parameters, FeelType result) : FeelType
{
    public IReadOnlyList<FeelType> Parameters => parameters;
    public FeelType Result => result;

    // A function fits where it takes at least what the type promises to hand in; what it returns shows when it runs.
    public override bool Accepts(FeelValue value)
    {
        if (value.Reference is not FeelFunction function || function.ParameterNames.Count != parameters.Count)
        {
            return false;
        }
        for (var i = 0; i < parameters.Count; i++)
        {
            if (function.ParameterTypes?[i] is { } declared && !parameters[i].ConformsTo(declared))
            {
                return false;
            }
        }
        return true;
    }

    public override bool ConformsTo(FeelType other) =>
        base.ConformsTo(other) || other is KindType { Kind: FeelKind.Function }
        || (other is FunctionType function && function.Parameters.Count == parameters.Count
            && result.ConformsTo(function.Result)
            && parameters.Zip(function.Parameters).All(p => p.Second.ConformsTo(p.First)));
}
