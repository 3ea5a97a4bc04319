namespace Evaluation.Rules.Feel;

/// <content>Range functions (table 78): Allen's relations between points and ranges.</content>
internal static partial class Builtins
{
    private const string Point = "nsdtmDY";

    private static void AddRanges(Registry r)
    {
        Relation(r, "before", Before);
        Relation(r, "after", (x, y) => Before(y, x));
        Between(r, "meets", Meets);
        Between(r, "met by", (x, y) => Meets(y, x));
        Between(r, "overlaps", Overlaps);
        Between(r, "overlaps before", (x, y) => OverlapsBefore(x, y));
        Between(r, "overlaps after", (x, y) => OverlapsBefore(y, x));
        r.Add("finishes", $"point: {Point}, range: r", (c, a) => Answer(c, EndIs(a[1].AsRange(), a[0])));
        Between(r, "finishes", Finishes);
        r.Add("finished by", $"range: r, point: {Point}", (c, a) => Answer(c, EndIs(a[0].AsRange(), a[1])));
        Between(r, "finished by", (x, y) => Finishes(y, x));
        r.Add("includes", $"range: r, point: {Point}", (c, a) => Answer(c, a[0].AsRange().Contains(a[1])));
        Between(r, "includes", Includes);
        r.Add("during", $"point: {Point}, range: r", (c, a) => Answer(c, a[1].AsRange().Contains(a[0])));
        Between(r, "during", (x, y) => Includes(y, x));
        r.Add("starts", $"point: {Point}, range: r", (c, a) => Answer(c, StartIs(a[1].AsRange(), a[0])));
        Between(r, "starts", Starts);
        r.Add("started by", $"range: r, point: {Point}", (c, a) => Answer(c, StartIs(a[0].AsRange(), a[1])));
        Between(r, "started by", (x, y) => Starts(y, x));
        r.Add("coincides", $"point1: {Point}, point2: {Point}", (c, a) =>
            Answer(c, Order(a[0], a[1]) is { } o ? o == 0 : null));
        Between(r, "coincides", Coincides);
        r.Add("range", "from: s", RangeOf);
    }

    private static FeelValue Answer(BuiltinCall call, bool? value) =>
        value is { } known ? known : call.Null("the two can't be compared", "两者无法比较");

    private static int? Order(FeelValue a, FeelValue b) => Comparison.Compare(a, b);

    /// <summary>An end of a range; one that a comparison leaves open, <c>(&gt; 5)</c>, lies beyond all values.</summary>
    private readonly record struct End(FeelValue Value, bool Closed, int Beyond);

    private static End Low(FeelRange range) =>
        new(range.Low, range.LowClosed, range.IsComparison && range.Low.IsNull ? -1 : 0);

    private static End High(FeelRange range) =>
        new(range.High, range.HighClosed, range.IsComparison && range.High.IsNull ? 1 : 0);

    private static int? Order(End a, End b) =>
        a.Beyond != 0 || b.Beyond != 0 ? a.Beyond.CompareTo(b.Beyond) : Order(a.Value, b.Value);

    private static bool? Before(FeelRange x, FeelRange y) => Order(High(x), Low(y)) is { } order
        ? order < 0 || (order == 0 && !(x.HighClosed && y.LowClosed))
        : null;

    private static bool? Meets(FeelRange x, FeelRange y) =>
        Order(High(x), Low(y)) is { } order ? order == 0 && x.HighClosed && y.LowClosed : null;

    private static FeelRange Dot(FeelValue value) =>
        value.Reference as FeelRange ?? new FeelRange(value, true, value, true);

    private static void Between(Registry r, string name, Func<FeelRange, FeelRange, bool?> test) =>
        r.Add(name, "range1: r, range2: r", (c, a) => Answer(c, test(a[0].AsRange(), a[1].AsRange())));

    private static void Relation(Registry r, string name, Func<FeelRange, FeelRange, bool?> test)
    {
        r.Add(name, $"point1: {Point}, point2: {Point}", (c, a) => Answer(c, test(Dot(a[0]), Dot(a[1]))));
        r.Add(name, $"point: {Point}, range: r", (c, a) => Answer(c, test(Dot(a[0]), Dot(a[1]))));
        r.Add(name, $"range: r, point: {Point}", (c, a) => Answer(c, test(Dot(a[0]), Dot(a[1]))));
        r.Add(name, "range1: r, range2: r", (c, a) => Answer(c, test(Dot(a[0]), Dot(a[1]))));
    }

    private static bool? Overlaps(FeelRange x, FeelRange y)
    {
        if (Order(High(x), Low(y)) is not { } a || Order(Low(x), High(y)) is not { } b)
        {
            return null;
        }
        return (a > 0 || (a == 0 && x.HighClosed && y.LowClosed)) && (b < 0 || (b == 0 && x.LowClosed && y.HighClosed));
    }

    private static bool? OverlapsBefore(FeelRange x, FeelRange y)
    {
        if (Order(Low(x), Low(y)) is not { } low || Order(High(x), Low(y)) is not { } touch
            || Order(High(x), High(y)) is not { } high)
        {
            return null;
        }
        return (low < 0 || (low == 0 && x.LowClosed && !y.LowClosed))
            && (touch > 0 || (touch == 0 && x.HighClosed && y.LowClosed))
            && (high < 0 || (high == 0 && (!x.HighClosed || y.HighClosed)));
    }

    private static bool? EndIs(FeelRange range, FeelValue point) =>
        Order(range.High, point) is { } order ? order == 0 && range.HighClosed : null;

    private static bool? StartIs(FeelRange range, FeelValue point) =>
        Order(range.Low, point) is { } order ? order == 0 && range.LowClosed : null;

    private static bool? Finishes(FeelRange x, FeelRange y) =>
        Order(High(x), High(y)) is not { } high || Order(Low(x), Low(y)) is not { } low
            ? null
            : high == 0 && x.HighClosed == y.HighClosed && (low > 0 || (low == 0 && (!x.LowClosed || y.LowClosed)));

    private static bool? Starts(FeelRange x, FeelRange y) =>
        Order(Low(x), Low(y)) is not { } low || Order(High(x), High(y)) is not { } high
            ? null
            : low == 0 && x.LowClosed == y.LowClosed && (high < 0 || (high == 0 && (!x.HighClosed || y.HighClosed)));

    private static bool? Includes(FeelRange x, FeelRange y) =>
        Order(Low(x), Low(y)) is not { } low || Order(High(x), High(y)) is not { } high
            ? null
            : (low < 0 || (low == 0 && (x.LowClosed || !y.LowClosed)))
                && (high > 0 || (high == 0 && (x.HighClosed || !y.HighClosed)));

    private static bool? Coincides(FeelRange x, FeelRange y) =>
        Order(Low(x), Low(y)) is not { } low || Order(High(x), High(y)) is not { } high
            ? null
            : low == 0 && high == 0 && x.LowClosed == y.LowClosed && x.HighClosed == y.HighClosed;

    // The text must be a range of literals (rule 66); nothing in it is looked up or computed.
    private static FeelValue RangeOf(BuiltinCall call, FeelValue[] a)
    {
        var text = a[0].AsString();
        try
        {
            var range = OpenRange(call, text) ?? (new Parser(text, null, call.Run.Limits).ReadExpression() is
                FeelInterval interval && IsConstant(interval.Low) && IsConstant(interval.High)
                ? new CodeBuilder(text, FeelLayout.Empty).Build(interval).Eval(call.Frame)
                : FeelValue.Null);
            return range.IsNull ? NoSuch(call, a[0], "range", "区间") : range;
        }
        catch (FeelSyntaxException)
        {
            return NoSuch(call, a[0], "range", "区间");
        }
    }

    /// <summary><c>(..2]</c> is <c>(&lt;= 2)</c> and <c>[2..)</c> is <c>(&gt;= 2)</c>: the side without an endpoint has
    /// an open bracket. Null where the text has an endpoint on both sides.</summary>
    private static FeelValue? OpenRange(BuiltinCall call, string text)
    {
        var tokens = Lexer.Read(text);
        var last = tokens.Count - 2;
        if (last < 3)
        {
            return null;
        }
        var (start, end) = (tokens[0], tokens[last]);
        if (tokens[1].Is("..") && (start.Is("(") || start.Is("]")))
        {
            var closed = end.Is("]");
            return (closed || end.Is(")") || end.Is("["))
                && Endpoint(call, text[tokens[1].End..end.Start]) is { IsNull: false } high
                ? FeelValue.Range(new FeelRange(FeelValue.Null, false, high, closed) { IsComparison = true })
                : FeelValue.Null;
        }
        if (tokens[last - 1].Is("..") && (end.Is(")") || end.Is("[")))
        {
            var closed = start.Is("[");
            return (closed || start.Is("(") || start.Is("]"))
                && Endpoint(call, text[start.End..tokens[last - 1].Start]) is { IsNull: false } low
                ? FeelValue.Range(new FeelRange(low, closed, FeelValue.Null, false) { IsComparison = true })
                : FeelValue.Null;
        }
        return null;
    }

    private static FeelValue Endpoint(BuiltinCall call, string text)
    {
        var node = new Parser(text, null, call.Run.Limits).ReadExpression();
        var value = IsConstant(node)
            ? new CodeBuilder(text, FeelLayout.Empty).Build(node).Eval(call.Frame)
            : FeelValue.Null;
        return ParameterKinds.Read(Point).Take(value.Kind) ? value : FeelValue.Null;
    }

    private static bool IsConstant(FeelNode node) => node switch
    {
        FeelLiteral literal => !literal.Value.IsNull,
        FeelNegation negation => negation.Operand is FeelLiteral,
        FeelCall { Function: FeelName { Name: "date" or "time" or "date and time" or "duration" } } call =>
            call.Arguments.All(x => IsConstant(x.Value)),
        _ => false,
    };
}
