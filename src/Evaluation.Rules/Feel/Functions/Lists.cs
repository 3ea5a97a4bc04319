namespace Evaluation.Rules.Feel;

/// <content>List functions (table 75) and sort (table 80).</content>
internal static partial class Builtins
{
    private static void AddLists(Registry r)
    {
        r.Add("list contains", "list: l, element: a", (c, a) => Position(c, a[0].AsList(), a[1]) > 0);
        r.Add("count", "list: l", (_, a) => (decimal)a[0].AsList().Count);
        Fold(r, "min", Smallest);
        Fold(r, "max", Largest);
        Fold(r, "sum", Sum);
        Fold(r, "mean", Mean);
        Fold(r, "product", Product);
        Fold(r, "median", Median);
        Fold(r, "stddev", StandardDeviation);
        Fold(r, "mode", Mode);
        r.Add("sublist", "list: l, start position: n, length: n?", Sublist);
        r.Add("append", "list: l, item: a*", (c, a) => List(c, [.. a[0].AsList(), .. a[1..]]));
        r.Add("concatenate", "list: l*", (c, a) =>
        {
            c.Run.CheckList(a.Sum(l => (long)l.AsList().Count));
            return List(c, [.. a.SelectMany(l => l.AsList())]);
        });
        r.Add("insert before", "list: l, position: n, newItem: a", InsertBefore);
        r.Add("remove", "list: l, position: n", Remove);
        r.Add("list replace", "list: l, position: n, newItem: a", ReplaceAt);
        r.Add("list replace", "list: l, match: f, newItem: a", ReplaceWhere);
        r.Add("reverse", "list: l", (c, a) => List(c, [.. a[0].AsList().Reverse()]));
        r.Add("index of", "list: l, match: a", IndexOf);
        r.Add("union", "list: l*", (c, a) => Distinct(c, a.SelectMany(l => l.AsList())));
        r.Add("distinct values", "list: l", (c, a) => Distinct(c, a[0].AsList()));
        r.Add("flatten", "list: l", Flatten);
        r.Add("sort", "list: l, precedes: f", Sort);
    }

    private static void Fold(Registry r, string name, Func<BuiltinCall, IReadOnlyList<FeelValue>, FeelValue> fold)
    {
        r.Add(name, "list: l", (c, a) =>
        {
            c.Run.Step(a[0].AsList().Count);
            return fold(c, a[0].AsList());
        });
        r.Add(name, "c: a*", (c, a) => a.Length < 2 ? FeelValue.Null : fold(c, a));
    }

    private static FeelValue List(BuiltinCall call, FeelValue[] items)
    {
        call.Run.CheckList(items.Length);
        call.Run.Step(items.Length);
        return FeelValue.List(items);
    }

    private static int Position(BuiltinCall call, IReadOnlyList<FeelValue> list, FeelValue value)
    {
        call.Run.Step(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (Equality.AreEqual(list[i], value, call.Run) == true)
            {
                return i + 1;
            }
        }
        return 0;
    }

    private static FeelValue Smallest(BuiltinCall call, IReadOnlyList<FeelValue> items) => Extreme(call, items, -1);
    private static FeelValue Largest(BuiltinCall call, IReadOnlyList<FeelValue> items) => Extreme(call, items, 1);

    private static FeelValue Extreme(BuiltinCall call, IReadOnlyList<FeelValue> items, int sign)
    {
        if (items.Count == 0)
        {
            return call.Null("the list is empty", "列表为空");
        }
        var best = items[0];
        for (var i = 0; i < items.Count; i++)
        {
            if (Comparison.Compare(items[i], best) is not { } order)
            {
                return Unfit(call, items[i], i);
            }
            best = order * sign > 0 ? items[i] : best;
        }
        return best;
    }

    private static FeelValue Unfit(BuiltinCall call, FeelValue item, int at) => item.IsNull
        ? call.Null($"item {at + 1} of the list has no value", $"列表第 {at + 1} 项没有值")
        : call.Null($"item {at + 1} of the list is a {item.Kind.Name()}", $"列表第 {at + 1} 项是{item.Kind.Chinese()}");

    private static FeelValue Sum(BuiltinCall call, IReadOnlyList<FeelValue> items)
    {
        if (items.Count == 0)
        {
            return call.Null("the list is empty", "列表为空");
        }
        if (items[0].Kind is FeelKind.DayTimeDuration or FeelKind.YearMonthDuration)
        {
            return SumOfDurations(call, items);
        }
        decimal sum = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (!items[i].IsNumber)
            {
                return Unfit(call, items[i], i);
            }
            sum += items[i].Amount;
        }
        return sum;
    }

    private static FeelValue SumOfDurations(BuiltinCall call, IReadOnlyList<FeelValue> items)
    {
        decimal sum = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Kind != items[0].Kind)
            {
                return Unfit(call, items[i], i);
            }
            sum += items[i].Amount;
        }
        return items[0].Kind == FeelKind.DayTimeDuration
            ? FeelValue.DayTimeDuration(sum)
            : FeelValue.YearMonthDuration((long)sum);
    }

    private static FeelValue Mean(BuiltinCall call, IReadOnlyList<FeelValue> items)
    {
        var sum = Sum(call, items);
        return sum.IsNull ? sum : Arithmetic.Divide(sum, items.Count) ?? FeelValue.Null;
    }

    private static FeelValue Product(BuiltinCall call, IReadOnlyList<FeelValue> items)
    {
        FeelValue product = 1m;
        for (var i = 0; i < items.Count; i++)
        {
            if (!items[i].IsNumber)
            {
                return Unfit(call, items[i], i);
            }
            if (Arithmetic.Multiply(product, items[i]) is not { } next)
            {
                return call.Null("the product is too small for a number", "乘积太小，无法表示");
            }
            product = next;
        }
        return items.Count == 0 ? call.Null("the list is empty", "列表为空") : product;
    }

    /// <summary>The numbers of a list, or null (with the reason noted) when it has anything else.</summary>
    private static decimal[]? Numbers(BuiltinCall call, IReadOnlyList<FeelValue> items)
    {
        var numbers = new decimal[items.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!items[i].TryNumber(out numbers[i]))
            {
                Unfit(call, items[i], i);
                return null;
            }
        }
        return numbers;
    }

    private static FeelValue Median(BuiltinCall call, IReadOnlyList<FeelValue> items)
    {
        if (Numbers(call, items) is not { } numbers)
        {
            return FeelValue.Null;
        }
        if (numbers.Length == 0)
        {
            return call.Null("the list is empty", "列表为空");
        }
        Array.Sort(numbers);
        var middle = numbers.Length / 2;
        return numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    // The sample's deviation: the squares are divided by n - 1.
    private static FeelValue StandardDeviation(BuiltinCall call, IReadOnlyList<FeelValue> items)
    {
        if (Numbers(call, items) is not { } numbers)
        {
            return FeelValue.Null;
        }
        if (numbers.Length < 2)
        {
            return call.Null("a deviation needs two numbers or more", "标准差至少需要两个数");
        }
        var mean = numbers.Sum() / numbers.Length;
        return DecimalMath.Sqrt(numbers.Sum(n => (n - mean) * (n - mean)) / (numbers.Length - 1)) is { } root
            ? root
            : FeelValue.Null;
    }

    private static FeelValue Mode(BuiltinCall call, IReadOnlyList<FeelValue> items)
    {
        if (Numbers(call, items) is not { } numbers)
        {
            return FeelValue.Null;
        }
        var groups = numbers.GroupBy(n => n).ToList();
        var most = groups.Count == 0 ? 0 : groups.Max(g => g.Count());
        var modes = groups.Where(g => g.Count() == most).Select(g => g.Key).Order();
        return FeelValue.List([.. modes.Select(FeelValue.Number)]);
    }

    /// <summary>The place in the list from 0, or -1 where the position is none (0, a fraction, beyond the
    /// ends).</summary>
    private static int PlaceOf(decimal position, int count)
    {
        var whole = decimal.Truncate(position);
        return whole == 0 || Math.Abs(whole) > count ? -1 : (int)(whole > 0 ? whole - 1 : count + whole);
    }

    private static FeelValue NoPosition(BuiltinCall call, decimal position) => call.Null(
        $"the list has no position {FeelValue.NumberText(position)}", $"列表没有位置 {FeelValue.NumberText(position)}");

    private static FeelValue Sublist(BuiltinCall call, FeelValue[] a)
    {
        var list = a[0].AsList();
        var start = PlaceOf(a[1].Amount, list.Count);
        if (start < 0)
        {
            return NoPosition(call, a[1].Amount);
        }
        var length = a.Length > 2 ? decimal.Truncate(a[2].Amount) : list.Count - start;
        return length < 0 || start + length > list.Count
            ? call.Null("the length goes beyond the list", "长度超出列表")
            : List(call, [.. list.Skip(start).Take((int)length)]);
    }

    private static FeelValue InsertBefore(BuiltinCall call, FeelValue[] a)
    {
        var list = a[0].AsList();
        var place = PlaceOf(a[1].Amount, list.Count);
        return place < 0 ? NoPosition(call, a[1].Amount) : List(call, [.. list.Take(place), a[2], .. list.Skip(place)]);
    }

    private static FeelValue Remove(BuiltinCall call, FeelValue[] a)
    {
        var list = a[0].AsList();
        var place = PlaceOf(a[1].Amount, list.Count);
        return place < 0 ? NoPosition(call, a[1].Amount) : List(call, [.. list.Take(place), .. list.Skip(place + 1)]);
    }

    private static FeelValue ReplaceAt(BuiltinCall call, FeelValue[] a)
    {
        var list = a[0].AsList();
        var place = PlaceOf(a[1].Amount, list.Count);
        return place < 0
            ? NoPosition(call, a[1].Amount)
            : List(call, [.. list.Take(place), a[2], .. list.Skip(place + 1)]);
    }

    private static FeelValue ReplaceWhere(BuiltinCall call, FeelValue[] a)
    {
        var list = a[0].AsList();
        var result = new FeelValue[list.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var holds = call.Apply(a[1].AsFunction(), list[i], a[2]);
            if (!holds.IsBoolean)
            {
                return call.Null("the function does not answer true or false", "函数没有给出真或假");
            }
            result[i] = holds.IsTrue ? a[2] : list[i];
        }
        return List(call, result);
    }

    private static FeelValue IndexOf(BuiltinCall call, FeelValue[] a)
    {
        var list = a[0].AsList();
        call.Run.Step(list.Count);
        var found = new List<FeelValue>();
        for (var i = 0; i < list.Count; i++)
        {
            if (Equality.AreEqual(list[i], a[1], call.Run) == true)
            {
                found.Add((decimal)(i + 1));
            }
        }
        return FeelValue.List(found);
    }

    private static FeelValue Distinct(BuiltinCall call, IEnumerable<FeelValue> items)
    {
        var seen = new HashSet<FeelValue>(new CountedEquality(call.Run));
        var result = new List<FeelValue>();
        foreach (var item in items)
        {
            call.Run.Step();
            if (seen.Add(item))
            {
                result.Add(item);
            }
        }
        call.Run.CheckList(result.Count);
        return FeelValue.List(result);
    }

    private static FeelValue Flatten(BuiltinCall call, FeelValue[] a)
    {
        var result = new List<FeelValue>();
        Flatten(call, a[0].AsList(), result);
        call.Run.CheckList(result.Count);
        return FeelValue.List(result);
    }

    private static void Flatten(BuiltinCall call, IReadOnlyList<FeelValue> list, List<FeelValue> result)
    {
        call.Run.EnterCall();
        foreach (var item in list)
        {
            call.Run.Step();
            if (item.ListOrNull is { } inner)
            {
                Flatten(call, inner, result);
            }
            else
            {
                result.Add(item);
            }
        }
        call.Run.LeaveCall();
    }

    // A merge sort of our own: the order an expression defines may contradict itself, which a library's sort may
    // answer with an exception, and equal items must keep their order.
    private static FeelValue Sort(BuiltinCall call, FeelValue[] a)
    {
        var precedes = a[1].AsFunction();
        call.Run.Step(a[0].AsList().Count);
        // An item stays before a later one unless the later one precedes it.
        return FeelValue.List(MergeSort([.. a[0].AsList()], (x, y) => !call.Apply(precedes, y, x).IsTrue));
    }

    private static FeelValue[] MergeSort(FeelValue[] items, Func<FeelValue, FeelValue, bool> staysBefore)
    {
        var (from, to) = (items, new FeelValue[items.Length]);
        for (var width = 1; width < items.Length; width *= 2)
        {
            for (var start = 0; start < items.Length; start += 2 * width)
            {
                Merge(from, to, start, Math.Min(start + width, items.Length), Math.Min(start + 2 * width, items.Length),
                    staysBefore);
            }
            (from, to) = (to, from);
        }
        return from;
    }

    private static void Merge(FeelValue[] from, FeelValue[] to, int start, int middle, int end,
        Func<FeelValue, FeelValue, bool> staysBefore)
    {
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takeLeft = left < middle && (right >= end || staysBefore(from[left], from[right]));
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
