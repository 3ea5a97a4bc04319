using System.Globalization;
using System.Text;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// Writes JSON of one form only: properties in the order in which they are written here, no blanks, decimals without
/// trailing zeros, and no escapes but those JSON requires, so that Han characters stay readable.
/// </summary>
internal sealed class CanonicalWriter
{
    // A FEEL value that JSON has no type for is an object with this one property, holding its FEEL literal.
    internal const string FeelProperty = "$feel";

    private readonly StringBuilder _text = new();
    private bool _needsComma;

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.Append('\n').ToString());

    public void Object(Action properties)
    {
        Open('{');
        properties();
        Close('}');
    }

    public void Array<T>(IEnumerable<T> items, Action<T> item)
    {
        Open('[');
        foreach (var one in items) item(one);
        Close(']');
    }

    public void Property(string name, Action value)
    {
        Comma();
        Quote(name);
        _text.Append(':');
        _needsComma = false;
        value();
    }

    public void Property(string name, string? value) => Property(name, () => Value(value));

    public void Property(string name, decimal value) => Property(name, () => Value(value));

    public void Property(string name, Bilingual? value) => Property(name, () => Value(value));

    public void Property<T>(string name, IEnumerable<T> items, Action<T> item) =>
        Property(name, () => Array(items, item));

    public void Value(string? value)
    {
        if (value is null) Raw("null");
        else
        {
            Comma();
            Quote(value);
            _needsComma = true;
        }
    }

    public void Value(decimal value) => Raw(Number(value));

    public void Value(bool value) => Raw(value ? "true" : "false");

    public void Value(Bilingual? value)
    {
        if (value is null) Raw("null");
        else
        {
            Object(() =>
            {
                Property("zh", value.Zh);
                Property("en", value.En);
            });
        }
    }

    public void Value(FeelValue value)
    {
        switch (value.Kind)
        {
            case FeelKind.Null: Raw("null"); break;
            case FeelKind.Number: Value(value.AsNumber()); break;
            case FeelKind.Boolean: Value(value.IsTrue); break;
            case FeelKind.String: Value(value.AsString()); break;
            case FeelKind.List: Array(value.AsList(), Value); break;
            case FeelKind.Context:
                Object(() =>
                {
                    foreach (var (name, entry) in value.AsContext()) Property(name, () => Value(entry));
                });
                break;
            default: Object(() => Property(FeelProperty, value.ToString())); break;
        }
    }

    internal static string Number(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    private void Raw(string text)
    {
        Comma();
        _text.Append(text);
        _needsComma = true;
    }

    private void Open(char bracket)
    {
        Comma();
        _text.Append(bracket);
        _needsComma = false;
    }

    private void Close(char bracket)
    {
        _text.Append(bracket);
        _needsComma = true;
    }

    private void Comma()
    {
        if (_needsComma) _text.Append(',');
        _needsComma = false;
    }

    private void Quote(string value)
    {
        _text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': _text.Append("\\\""); break;
                case '\\': _text.Append("\\\\"); break;
                case '\n': _text.Append("\\n"); break;
                case '\r': _text.Append("\\r"); break;
                case '\t': _text.Append("\\t"); break;
                case < ' ': _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)); break;
                default: _text.Append(c); break;
            }
        }

        _text.Append('"');
    }
}
