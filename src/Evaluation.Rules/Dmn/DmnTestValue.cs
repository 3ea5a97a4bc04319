using System.Xml.Linq;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>Values as test files write them: typed after XML Schema, lists of items, components.</summary>
internal static class DmnTestValue
{
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The value below a node (<c>inputNode</c>, <c>expected</c>, <c>item</c>, <c>component</c>).</summary>
    public static FeelValue Read(XElement node)
    {
        if (IsNil(node))
        {
            return FeelValue.Null;
        }
        var parts = node.Elements().ToList();
        if (parts.Find(p => p.Name.LocalName == "value") is { } value)
        {
            return Simple(value);
        }
        if (parts.Find(p => p.Name.LocalName == "list") is { } list)
        {
            return IsNil(list)
                ? FeelValue.Null
                : FeelValue.List([.. list.Elements().Where(i => i.Name.LocalName == "item").Select(Read)]);
        }
        var components = parts.Where(p => p.Name.LocalName == "component").ToList();
        return components.Count == 0
            ? FeelValue.Null
            : FeelValue.Context(new FeelContext(components.Select(c => new KeyValuePair<string, FeelValue>(
                Names.Clean((string?)c.Attribute("name") ?? ""), Read(c)))));
    }

    private static bool IsNil(XElement node) => (string?)node.Attribute(Xsi + "nil") is "true" or "1";

    private static FeelValue Simple(XElement value)
    {
        if (IsNil(value))
        {
            return FeelValue.Null;
        }
        var type = (string?)value.Attribute(Xsi + "type") ?? "";
        var text = value.Value;
        return type[(type.IndexOf(':', StringComparison.Ordinal) + 1)..] switch
        {
            "boolean" => text.Trim() is "true" or "1",
            "decimal" or "double" or "float" or "integer" or "int" or "long" or "short" or "byte" =>
                NumberSyntax.Parse(text.Trim()) is { } number ? number : FeelValue.Null,
            "date" => TemporalSyntax.Date(text.Trim()) is { } date ? FeelValue.Date(date) : FeelValue.Null,
            "time" => TemporalSyntax.Time(text.Trim()) is { } time ? FeelValue.Time(time) : FeelValue.Null,
            "dateTime" => TemporalSyntax.DateAndTime(text.Trim()) is { } both
                ? FeelValue.DateAndTime(both)
                : FeelValue.Null,
            "duration" or "dayTimeDuration" or "yearMonthDuration" => Durations.Parse(text.Trim()),
            _ => text,
        };
    }
}
