using System.Text;

namespace Evaluation.Rules.Feel;

/// <summary>Values as text: FEEL literals, and what the built-in <c>string()</c> gives.</summary>
internal static class FeelText
{
    private const int MaxDepth = 64;

    // A value whose parts are shared may be short in memory and endless in writing: what is longer ends in "…".
    private const int MaxLength = 20_000_000;

    /// <summary>How to write: as a literal or bare, how long at most, and what counts the work.</summary>
    private readonly record struct Form(bool Literal, int Longest, Run? Run);

    public static string Literal(FeelValue value, int longest = MaxLength)
    {
        if (value.IsNumber)
        {
            return FeelValue.NumberText(value.Amount);
        }
        var text = new StringBuilder();
        Write(text, value, new Form(true, longest, null), 0);
        return text.ToString();
    }

    /// <summary>What <c>string(value)</c> gives: a top-level string is itself, temporal values are bare. Within an
    /// evaluation its limits hold.</summary>
    public static string Display(FeelValue value, Run? run = null)
    {
        if (value.Reference is string own)
        {
            return own;
        }
        var text = new StringBuilder();
        Write(text, value, new Form(false, MaxLength, run), 0);
        run?.CheckString(text.Length);
        return text.ToString();
    }

    private static void Write(StringBuilder text, FeelValue value, Form form, int depth)
    {
        form.Run?.Step();
        form.Run?.CheckString(text.Length);
        if (depth > MaxDepth || text.Length > form.Longest)
        {
            text.Append('…');
            return;
        }
        switch (value.Kind)
        {
            case FeelKind.Null: text.Append("null"); break;
            case FeelKind.Number: text.Append(FeelValue.NumberText(value.Amount)); break;
            case FeelKind.Boolean: text.Append(value.IsTrue ? "true" : "false"); break;
            case FeelKind.String: Quote(text, value.AsString()); break;
            case FeelKind.List: WriteList(text, value.AsList(), form, depth); break;
            case FeelKind.Context: WriteContext(text, value.AsContext(), form, depth); break;
            case FeelKind.Range: WriteRange(text, value.AsRange(), form, depth); break;
            case FeelKind.Function: text.Append(value.AsFunction()); break;
            default: WriteTemporal(text, value, form.Literal); break;
        }
    }

    private static void WriteTemporal(StringBuilder text, FeelValue value, bool literal)
    {
        var bare = value.Kind switch
        {
            FeelKind.Date => value.AsFeelDate().ToString(),
            FeelKind.Time => value.AsTime().ToString(),
            FeelKind.DateAndTime => value.AsDateAndTime().ToString(),
            FeelKind.DayTimeDuration => Durations.DayTimeText(value.AsSeconds()),
            _ => Durations.YearMonthText(value.AsMonths()),
        };
        if (literal)
        {
            text.Append("@\"").Append(bare).Append('"');
        }
        else
        {
            text.Append(bare);
        }
    }

    private static void WriteList(StringBuilder text, IReadOnlyList<FeelValue> items, Form form, int depth)
    {
        text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Write(text, items[i], form, depth + 1);
            if (text.Length > form.Longest)
            {
                text.Append('…');
                break;
            }
        }
        text.Append(']');
    }

    private static void WriteContext(StringBuilder text, FeelContext context, Form form, int depth)
    {
        text.Append('{');
        var first = true;
        foreach (var (name, value) in context)
        {
            text.Append(first ? "" : ", ");
            first = false;
            if (IsPlainName(name))
            {
                text.Append(name);
            }
            else
            {
                Quote(text, name);
            }
            text.Append(": ");
            Write(text, value, form, depth + 1);
        }
        text.Append('}');
    }

    private static void WriteRange(StringBuilder text, FeelRange range, Form form, int depth)
    {
        if (range.High.IsNull && !range.Low.IsNull && range.IsComparison)
        {
            text.Append(range.LowClosed ? "(>=" : "(>");
            Write(text, range.Low, form, depth + 1);
            text.Append(')');
        }
        else if (range.Low.IsNull && !range.High.IsNull && range.IsComparison)
        {
            text.Append(range.HighClosed ? "(<=" : "(<");
            Write(text, range.High, form, depth + 1);
            text.Append(')');
        }
        else
        {
            text.Append(range.LowClosed ? '[' : '(');
            Write(text, range.Low, form, depth + 1);
            text.Append("..");
            Write(text, range.High, form, depth + 1);
            text.Append(range.HighClosed ? ']' : ')');
        }
    }

    public static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }

    private static bool IsPlainName(string name)
    {
        if (name.Length == 0 || !Lexer.IsNameStart(name, 0, out _) || Lexer.Keywords.Contains(name))
        {
            return false;
        }
        for (var i = 0; i < name.Length;)
        {
            if (!Lexer.IsNamePart(name, i, out var length))
            {
                return false;
            }
            i += length;
        }
        return true;
    }
}
