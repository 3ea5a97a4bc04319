namespace Evaluation.Rules.Feel;

/// <content>Range functions (table 78): Allen's relations between points and ranges.</content>
internal static partial class Builtins
{
    private const string Point = "nsdtmDY";

    private static void AddRanges(Registry r)
    {
        Relation(r, "before", (c, x, y) =>
            Order(x.High, y.Low) is { } o ? o < 0 || (o == 0 && !(x.HighClosed && y.LowClosed)) : null);
        Relation(r, "after", (c, x, y) =>
            Order(x.Low, y.High) is { } o ? o > 0 || (o == 0 && !(x.LowClosed && y.HighClosed)) : null);
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

    private static bool? Meets(FeelRange x, FeelRange y) =>
        Order(x.High, y.Low) is { } order ? order == 0 && x.HighClosed && y.LowClosed : null;

    private static FeelRange Dot(FeelValue value) =>
        value.Reference as FeelRange ?? new FeelRange(value, true, value, true);

    private static void Between(Registry r, string name, Func<FeelRange, FeelRange, bool?> test) =>
        r.Add(name, "range1: r, range2: r", (c, a) => Answer(c, test(a[0].AsRange(), a[1].AsRange())));

    private static void Relation(Registry r, string name, Func<BuiltinCall, FeelRange, FeelRange, bool?> test)
    {
        r.Add(name, $"point1: {Point}, point2: {Point}", (c, a) => Answer(c, test(c, Dot(a[0]), Dot(a[1]))));
        r.Add(name, $"point: {Point}, range: r", (c, a) => Answer(c, test(c, Dot(a[0]), Dot(a[1]))));
        r.Add(name, $"range: r, point: {Point}", (c, a) => Answer(c, test(c, Dot(a[0]), Dot(a[1]))));
        r.Add(name, "range1: r, range2: r", (c, a) => Answer(c, test(c, Dot(a[0]), Dot(a[1]))));
    }

    private static bool? Overlaps(FeelRange x, FeelRange y)
    {
        if (Order(x.High, y.Low) is not { } a || Order(x.Low, y.High) is not { } b)
        {
            return null;
        }
        return (a > 0 || (a == 0 && x.HighClosed && y.LowClosed)) && (b < 0 || (b == 0 && x.LowClosed && y.HighClosed));
    }

    private static bool? OverlapsBefore(FeelRange x, FeelRange y)
    {
        if (Order(x.Low, y.Low) is not { } low || Order(x.High, y.Low) is not { } touch
            || Order(x.High, y.High) is not { } high)
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
        Order(x.High, y.High) is not { } high || Order(x.Low, y.Low) is not { } low
            ? null
            : high == 0 && x.HighClosed == y.HighClosed && (low > 0 || (low == 0 && (!x.LowClosed || y.LowClosed)));

    private static bool? Starts(FeelRange x, FeelRange y) =>
        Order(x.Low, y.Low) is not { } low || Order(x.High, y.High) is not { } high
            ? null
            : low == 0 && x.LowClosed == y.LowClosed && (high < 0 || (high == 0 && (!x.HighClosed || y.HighClosed)));

    private static bool? Includes(FeelRange x, FeelRange y) =>
        Order(x.Low, y.Low) is not { } low || Order(x.High, y.High) is not { } high
            ? null
            : (low < 0 || (low == 0 && (x.LowClosed || !y.LowClosed)))
                && (high > 0 || (high == 0 && (x.HighClosed || !y.HighClosed)));

    private static bool? Coincides(FeelRange x, FeelRange y) =>
        Order(x.Low, y.Low) is not { } low || Order(x.High, y.High) is not { } high
            ? null
            : low == 0 && high == 0 && x.LowClosed == y.LowClosed && x.HighClosed == y.HighClosed;

    // The text must be a range of literals; nothing in it is looked up or computed.
    private static FeelValue RangeOf(BuiltinCall call, FeelValue[] a)
    {
        var text = a[0].AsString();
        try
        {
            var node = new Parser(text, null, call.Run.Limits).ReadExpression();
            if (node is FeelInterval interval && IsConstant(interval.Low) && IsConstant(interval.High))
            {
                var range = new CodeBuilder(text, FeelLayout.Empty).Build(node).Eval(call.Frame);
                return range.IsNull ? NoSuch(call, a[0], "range", "区间") : range;
            }
        }
        catch (FeelSyntaxException)
        {
            // Falls through to the one answer for every text that is no range.
        }
        return NoSuch(call, a[0], "range", "区间");
    }

    private static bool IsConstant(FeelNode node) => node switch
    {
        FeelLiteral => true,
        FeelNegation negation => negation.Operand is FeelLiteral,
        FeelCall { Function: FeelName { Name: "date" or "time" or "date and time" or "duration" } } call =>
            call.Arguments.All(x => IsConstant(x.Value)),
        _ => false,
    };
}
