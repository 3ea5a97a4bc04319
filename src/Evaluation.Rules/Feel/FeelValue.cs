using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Evaluation.Rules.Feel;

/// <summary>
/// A FEEL value: one object reference and one decimal, so that numbers, booleans, dates and durations live without
/// an allocation. Immutable. The default is FEEL null.
/// </summary>
/// <remarks>
/// Numbers are .NET decimals: 28–29 significant digits, at most 28 of them behind the point, magnitude below 7.9e28.
/// The standard asks for decimal128 (34 digits). Where a result leaves decimal's range it becomes null with a reason
/// in the trace, never a wrong number; results are otherwise rounded half-even to what a decimal holds.
/// </remarks>
public readonly struct FeelValue : IEquatable<FeelValue>
{
    internal sealed class Tag(FeelKind kind)
    {
        internal readonly FeelKind Kind = kind;

        internal static readonly Tag Number = new(FeelKind.Number);
        internal static readonly Tag True = new(FeelKind.Boolean);
        internal static readonly Tag False = new(FeelKind.Boolean);
        internal static readonly Tag Date = new(FeelKind.Date);
        internal static readonly Tag DayTime = new(FeelKind.DayTimeDuration);
        internal static readonly Tag YearMonth = new(FeelKind.YearMonthDuration);
    }

    internal readonly object? Reference;
    internal readonly decimal Amount;

    private FeelValue(object? reference, decimal amount = 0m)
    {
        Reference = reference;
        Amount = amount;
    }

    /// <summary>FEEL null.</summary>
    public static readonly FeelValue Null;
    /// <summary>FEEL true.</summary>
    public static readonly FeelValue True = new(Tag.True);
    /// <summary>FEEL false.</summary>
    public static readonly FeelValue False = new(Tag.False);

    /// <summary>What kind of value this is.</summary>
    public FeelKind Kind => Reference switch
    {
        null => FeelKind.Null,
        Tag tag => tag.Kind,
        string => FeelKind.String,
        IReadOnlyList<FeelValue> => FeelKind.List,
        FeelContext => FeelKind.Context,
        FeelTime => FeelKind.Time,
        FeelDateAndTime => FeelKind.DateAndTime,
        FeelRange => FeelKind.Range,
        _ => FeelKind.Function,
    };

    /// <summary>Whether this is null.</summary>
    public bool IsNull => Reference is null;
    /// <summary>Whether this is a number.</summary>
    public bool IsNumber => ReferenceEquals(Reference, Tag.Number);
    /// <summary>Whether this is the boolean true.</summary>
    public bool IsTrue => ReferenceEquals(Reference, Tag.True);
    /// <summary>Whether this is the boolean false.</summary>
    public bool IsFalse => ReferenceEquals(Reference, Tag.False);
    internal bool IsBoolean => IsTrue || IsFalse;

    /// <summary>A number.</summary>
    public static FeelValue Number(decimal value) => new(Tag.Number, value);
    /// <summary>A boolean.</summary>
    public static FeelValue Boolean(bool value) => value ? True : False;
    /// <summary>A string; null gives FEEL null.</summary>
    public static FeelValue String(string? value) => new(value);
    /// <summary>A list; the list must not change afterwards.</summary>
    public static FeelValue List(IReadOnlyList<FeelValue> items) =>
        new(items ?? throw new ArgumentNullException(nameof(items)));
    /// <summary>A list of the given items.</summary>
    public static FeelValue ListOf(params FeelValue[] items) => new(items);
    /// <summary>A context.</summary>
    public static FeelValue Context(FeelContext context) =>
        new(context ?? throw new ArgumentNullException(nameof(context)));
    /// <summary>A date, also outside .NET's years 1 to 9999.</summary>
    public static FeelValue Date(FeelDate date) => new(Tag.Date, date.EpochDay);
    /// <summary>A time of day.</summary>
    public static FeelValue Time(FeelTime time) => new(time);
    /// <summary>A date and time.</summary>
    public static FeelValue DateAndTime(FeelDateAndTime value) => new(value);
    /// <summary>A days and time duration, in seconds.</summary>
    public static FeelValue DayTimeDuration(decimal seconds) => new(Tag.DayTime, seconds);
    /// <summary>A years and months duration, in months.</summary>
    public static FeelValue YearMonthDuration(long months) => new(Tag.YearMonth, months);
    /// <summary>A range.</summary>
    public static FeelValue Range(FeelRange range) => new(range ?? throw new ArgumentNullException(nameof(range)));
    /// <summary>A function.</summary>
    public static FeelValue Function(FeelFunction function) =>
        new(function ?? throw new ArgumentNullException(nameof(function)));

    /// <summary>A number.</summary>
    public static implicit operator FeelValue(decimal value) => Number(value);
    /// <summary>A string; null gives FEEL null.</summary>
    public static implicit operator FeelValue(string? value) => String(value);
    /// <summary>A boolean.</summary>
    public static implicit operator FeelValue(bool value) => Boolean(value);
    /// <summary>A date.</summary>
    public static implicit operator FeelValue(DateOnly value) => Date(FeelDate.From(value));

    /// <summary>The number; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public decimal AsNumber() => IsNumber ? Amount : throw Wrong(FeelKind.Number);
    /// <summary>The text; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public string AsString() => Reference as string ?? throw Wrong(FeelKind.String);
    /// <summary>The boolean; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public bool AsBoolean() => IsTrue || (IsFalse ? false : throw Wrong(FeelKind.Boolean));
    /// <summary>The list; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public IReadOnlyList<FeelValue> AsList() => Reference as IReadOnlyList<FeelValue> ?? throw Wrong(FeelKind.List);
    /// <summary>The context; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public FeelContext AsContext() => Reference as FeelContext ?? throw Wrong(FeelKind.Context);
    /// <summary>The date as .NET's; throws <see cref="InvalidOperationException"/> for any other kind and for years
    /// outside 1 to 9999 (use <see cref="AsFeelDate"/> for those).</summary>
    public DateOnly AsDate() => AsFeelDate().ToDateOnly();
    /// <summary>The date; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public FeelDate AsFeelDate() =>
        ReferenceEquals(Reference, Tag.Date) ? FeelDate.FromEpochDay((long)Amount) : throw Wrong(FeelKind.Date);
    /// <summary>The time; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public FeelTime AsTime() => Reference as FeelTime ?? throw Wrong(FeelKind.Time);
    /// <summary>The date and time; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public FeelDateAndTime AsDateAndTime() => Reference as FeelDateAndTime ?? throw Wrong(FeelKind.DateAndTime);
    /// <summary>The length in seconds of a days and time duration; throws for any other kind.</summary>
    public decimal AsSeconds() =>
        ReferenceEquals(Reference, Tag.DayTime) ? Amount : throw Wrong(FeelKind.DayTimeDuration);
    /// <summary>The length in months of a years and months duration; throws for any other kind.</summary>
    public long AsMonths() =>
        ReferenceEquals(Reference, Tag.YearMonth) ? (long)Amount : throw Wrong(FeelKind.YearMonthDuration);
    /// <summary>The range; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public FeelRange AsRange() => Reference as FeelRange ?? throw Wrong(FeelKind.Range);
    /// <summary>The function; throws <see cref="InvalidOperationException"/> for any other kind.</summary>
    public FeelFunction AsFunction() => Reference as FeelFunction ?? throw Wrong(FeelKind.Function);

    /// <summary>The number where this is one.</summary>
    public bool TryNumber(out decimal value)
    {
        value = Amount;
        return IsNumber;
    }

    internal IReadOnlyList<FeelValue>? ListOrNull => Reference as IReadOnlyList<FeelValue>;
    internal string? StringOrNull => Reference as string;

    private InvalidOperationException Wrong(FeelKind wanted) =>
        new($"A {wanted.Name()} was asked for, but the value is a {Kind.Name()}: {Short()}.");

    private string Short()
    {
        var text = FeelText.Literal(this, 60);
        return text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");
    }

    /// <summary>The value as FEEL text, cut where it is too long for a reason.</summary>
    internal string Brief(int longest = 500)
    {
        var text = FeelText.Literal(this, longest);
        return text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
    }

    /// <summary>FEEL equality of values of the same kind; values of different kinds are unequal here (where FEEL
    /// itself answers null).</summary>
    public bool Equals(FeelValue other) => Kind == other.Kind && Equality.AreEqual(this, other) == true;
    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is FeelValue other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => Equality.Hash(this);
    /// <summary>FEEL equality of values of the same kind.</summary>
    public static bool operator ==(FeelValue left, FeelValue right) => left.Equals(right);
    /// <summary>Not equal in kind or value.</summary>
    public static bool operator !=(FeelValue left, FeelValue right) => !left.Equals(right);

    /// <summary>The value as FEEL text that reads back as the same value (functions excepted): strings quoted,
    /// numbers without trailing zeros, whatever the culture.</summary>
    public override string ToString() => FeelText.Literal(this);

    /// <summary>The number as FEEL writes it: no exponent, no trailing zeros, whatever the culture.</summary>
    internal static string NumberText(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);
}
