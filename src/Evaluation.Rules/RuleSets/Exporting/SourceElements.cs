using System.Xml.Linq;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>The knowledge sources of a model: one for each article cited, whoever cites it.</summary>
internal sealed class SourceElements(XNamespace dmn)
{
    private readonly Dictionary<Source, XElement> _sources = [];

    /// <summary>The elements, in the order in which they were first cited.</summary>
    public IEnumerable<XElement> All => _sources.Values;

    /// <summary>A requirement that names the article as its authority.</summary>
    public XElement Cite(Source source)
    {
        if (!_sources.TryGetValue(source, out var element))
        {
            _sources.Add(source, element = Element(source, _sources.Count + 1));
        }

        return new XElement(dmn + "authorityRequirement",
            new XElement(dmn + "requiredAuthority", new XAttribute("href", $"#{element.Attribute("id")!.Value}")));
    }

    private XElement Element(Source source, int number) => new(dmn + "knowledgeSource",
        new XAttribute("id", $"source_{number}"),
        new XAttribute("name", Joined(source.Document, source.Item, source.Page)),
        source.Url is { } url ? new XAttribute("locationURI", url) : null,
        new XElement(dmn + "description", string.Join('\n', new[]
        {
            Joined(source.DocumentEn ?? source.Document, source.ItemEn ?? source.Item, source.Page),
            source.Note?.Zh,
            source.Note?.En,
        }.Where(line => !string.IsNullOrEmpty(line)))));

    private static string Joined(params string?[] parts) =>
        string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)));
}
