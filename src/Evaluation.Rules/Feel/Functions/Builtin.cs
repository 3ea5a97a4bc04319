namespace Evaluation.Rules.Feel;

/// <summary>What a built-in function does with arguments that fit its signature.</summary>
internal delegate FeelValue BuiltinBody(BuiltinCall call, FeelValue[] arguments);

/// <summary>The place a built-in function is called from.</summary>
internal readonly record struct BuiltinCall(Frame Frame, Code At, string Name)
{
    public Run Run => Frame.Run;

    public FeelValue Null(string en, string zh) => At.Null(Frame, $"`{Name}`: {en}", $"`{Name}`：{zh}");

    public FeelValue Apply(FeelFunction function, params FeelValue[] arguments) =>
        function.Invoke(Frame, At, arguments);
}

/// <summary>One form of a built-in function: its parameters with the kinds each takes.</summary>
internal sealed class Signature
{
    public required string[] Names { get; init; }
    public required ParameterKinds[] Kinds { get; init; }
    /// <summary>How many parameters must be given.</summary>
    public required int Required { get; init; }
    /// <summary>Whether the last parameter takes any number of arguments.</summary>
    public required bool Variadic { get; init; }
    public required BuiltinBody Body { get; init; }

    /// <summary>Reads <c>list: l, position: n, length: n?</c>; the letters are those of <see cref="ParameterKinds"/>,
    /// ? marks an optional parameter, * any number of arguments, ! that null is a value like any other.</summary>
    public static Signature Read(string text, BuiltinBody body)
    {
        var parts = text.Length == 0 ? [] : text.Split(',', StringSplitOptions.TrimEntries);
        var names = new string[parts.Length];
        var kinds = new ParameterKinds[parts.Length];
        var required = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var colon = parts[i].LastIndexOf(':');
            names[i] = parts[i][..colon].Trim();
            var marks = parts[i][(colon + 1)..].Trim();
            kinds[i] = ParameterKinds.Read(marks);
            required += marks.Contains('?') ? 0 : 1;
        }
        return new Signature
        {
            Names = names,
            Kinds = kinds,
            Required = required,
            Variadic = parts.Length > 0 && parts[^1].EndsWith('*'),
            Body = body,
        };
    }

    public bool Takes(int count) => count >= Required && (Variadic || count <= Names.Length);

    public ParameterKinds KindsAt(int place) => Kinds[Math.Min(place, Kinds.Length - 1)];
}

/// <summary>The kinds of value a parameter takes.</summary>
internal readonly record struct ParameterKinds(int Bits, bool TakesNull)
{
    private static readonly (char Letter, FeelKind Kind)[] Letters =
    [
        ('n', FeelKind.Number), ('s', FeelKind.String), ('b', FeelKind.Boolean), ('d', FeelKind.Date),
        ('t', FeelKind.Time), ('m', FeelKind.DateAndTime), ('D', FeelKind.DayTimeDuration),
        ('Y', FeelKind.YearMonthDuration), ('l', FeelKind.List), ('c', FeelKind.Context), ('r', FeelKind.Range),
        ('f', FeelKind.Function),
    ];

    public static ParameterKinds Read(string marks)
    {
        if (marks.Contains('a'))
        {
            return new ParameterKinds(~0, true);
        }
        var bits = 0;
        foreach (var (letter, kind) in Letters)
        {
            bits |= marks.Contains(letter) ? 1 << (int)kind : 0;
        }
        return new ParameterKinds(bits, marks.Contains('!'));
    }

    public bool Take(FeelKind kind) => kind == FeelKind.Null ? TakesNull : (Bits & (1 << (int)kind)) != 0;

    /// <summary>The value as one of these kinds, after the implicit conversions (10.3.2.9.4).</summary>
    public bool TryFit(ref FeelValue value)
    {
        if (Take(value.Kind))
        {
            return true;
        }
        if (value.IsNull)
        {
            return false;
        }
        if (Take(FeelKind.List))
        {
            value = FeelValue.ListOf(value);
            return true;
        }
        if (value.ListOrNull is { Count: 1 } single && !single[0].IsNull && Take(single[0].Kind))
        {
            value = single[0];
            return true;
        }
        if (value.Kind == FeelKind.Date && Take(FeelKind.DateAndTime))
        {
            value = FeelValue.DateAndTime(new FeelDateAndTime(value.AsFeelDate(), new FeelTime(0, 0, null)));
            return true;
        }
        return false;
    }
}

/// <summary>A built-in function with all its forms.</summary>
internal sealed class Builtin(string name, IReadOnlyList<Signature> signatures) : FeelFunction
{
    public string Name => name;
    public IReadOnlyList<Signature> Signatures => signatures;
    public override IReadOnlyList<string> ParameterNames => signatures[0].Names;

    internal override FeelValue Invoke(Frame frame, Code at, FeelValue[] arguments)
    {
        var counted = false;
        (int Place, FeelValue Value)? misfit = null;
        foreach (var signature in signatures)
        {
            if (!signature.Takes(arguments.Length))
            {
                continue;
            }
            counted = true;
            if (Fit(signature, arguments, out var fitted, out var place))
            {
                return Call(frame, at, signature, fitted);
            }
            misfit ??= (place, arguments[place]);
        }
        if (misfit is { } wrong)
        {
            return at.Null(frame, $"`{name}` got a {wrong.Value.Kind.Name()} as argument {wrong.Place + 1}",
                $"`{name}` 的第 {wrong.Place + 1} 个参数不能是{wrong.Value.Kind.Chinese()}");
        }
        return counted ? FeelValue.Null : at.Null(frame, $"`{name}` does not take {arguments.Length} arguments",
            $"`{name}` 不接受 {arguments.Length} 个参数");
    }

    internal override FeelValue InvokeNamed(Frame frame, Code at, string[] names, FeelValue[] arguments)
    {
        // `before(range: …, point: …)` and `before(point: …, range: …)` have the same names: their order tells which.
        foreach (var signature in signatures.OrderByDescending(s => s.Names.AsSpan().StartsWith(names)))
        {
            if (Order(signature, names, arguments) is { } ordered && Fit(signature, ordered, out var fitted, out _))
            {
                return Call(frame, at, signature, fitted);
            }
        }
        return at.Null(frame, $"`{name}` takes no such named arguments: {string.Join(", ", names)}",
            $"`{name}` 不接受这样的命名参数：{string.Join("、", names)}");
    }

    private FeelValue Call(Frame frame, Code at, Signature signature, FeelValue[] arguments)
    {
        try
        {
            CountTexts(frame.Run, arguments);
            var result = signature.Body(new BuiltinCall(frame, at, name), arguments);
            frame.Run.StepText(result.StringOrNull?.Length ?? 0);
            return result;
        }
        catch (OverflowException)
        {
            return at.Null(frame, $"`{at.Text}` is outside the range of numbers", $"`{at.Text}` 超出数值范围");
        }
    }

    private static void CountTexts(Run run, FeelValue[] arguments)
    {
        foreach (var argument in arguments)
        {
            run.StepText(argument.StringOrNull?.Length ?? 0);
        }
    }

    private static bool Fit(Signature signature, FeelValue[] arguments, out FeelValue[] fitted, out int misfit)
    {
        fitted = arguments;
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = arguments[i];
            if (!signature.KindsAt(i).TryFit(ref value))
            {
                misfit = i;
                return false;
            }
            if (!ReferenceEquals(value.Reference, arguments[i].Reference))
            {
                if (ReferenceEquals(fitted, arguments))
                {
                    fitted = (FeelValue[])arguments.Clone();
                }
                fitted[i] = value;
            }
        }
        misfit = -1;
        return true;
    }

    // What is not given by name is null, which only some parameters take.
    private static FeelValue[]? Order(Signature signature, string[] names, FeelValue[] arguments)
    {
        if (signature.Variadic)
        {
            return null;
        }
        var places = Array.ConvertAll(names, n => Array.IndexOf(signature.Names, n));
        if (places.Contains(-1))
        {
            return null;
        }
        var ordered = new FeelValue[Math.Max(signature.Required, places.DefaultIfEmpty(-1).Max() + 1)];
        for (var i = 0; i < names.Length; i++)
        {
            ordered[places[i]] = arguments[i];
        }
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? ordered : null;
    }

    public override string ToString() => name;
}
