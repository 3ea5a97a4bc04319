using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Evaluation.Rules.Dmn;

/// <summary>A file that is no DMN model or test file; the message names file and line.</summary>
public sealed class DmnFormatException(string message) : FormatException(message);

/// <summary>Reads models from DMN XML, versions 1.1 to 1.5. Elements of other namespaces (diagrams, extensions) are
/// left aside.</summary>
public static partial class DmnReader
{
    private const int LongestFile = 20_000_000;

    private static readonly HashSet<string> Namespaces = new(StringComparer.Ordinal)
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
        "https://www.omg.org/spec/DMN/20240513/MODEL/",
    };

    /// <summary>Reads one model.</summary>
    /// <param name="xml">The file's text.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="DmnFormatException">The text is no DMN model.</exception>
    public static DmnModel Read(string xml, string file)
    {
        var root = Parse(xml, file);
        if (root.Name.LocalName != "definitions" || !Namespaces.Contains(root.Name.NamespaceName))
        {
            throw new DmnFormatException($"{file}:{LineOf(root)}: this is no DMN model: its first element is " +
                $"<{root.Name.LocalName}> of {root.Name.NamespaceName}; expected <definitions> of DMN 1.2 to 1.5.");
        }
        return new DmnReading(file, root.Name.Namespace).Model(root);
    }

    internal static XElement Parse(string xml, string file)
    {
        if (xml.Length > LongestFile)
        {
            throw new DmnFormatException($"{file}:1: the file has {xml.Length} characters; at most {LongestFile} are " +
                "read. Split the model.");
        }
        if (xml.Contains("<!DOCTYPE", StringComparison.Ordinal) && DocumentType.Match(xml) is { Success: true } found)
        {
            throw new DmnFormatException($"{file}:{found.Value.Count(c => c == '\n') + 1}: a document type (<!DOCTYPE) is " +
                "not allowed, because its entities could make a short file endless; delete it.");
        }
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException e)
        {
            throw new DmnFormatException($"{file}:{e.LineNumber}: this is not well-formed XML: {e.Message}");
        }
    }

    // A document type can only stand before the first element, among comments and instructions. What was read as one of
    // these is not read as another: a comment tried with every end there is would take for ever.
    [GeneratedRegex(@"^(?>\s|\uFEFF|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE", RegexOptions.Singleline)]
    private static partial Regex DocumentType { get; }

    internal static int LineOf(XObject node) => ((IXmlLineInfo)node).LineNumber;
}

/// <summary>Names in XML.</summary>
internal static class Names
{
    /// <summary>A name with its blanks made single, as FEEL compares names.</summary>
    public static string Clean(string name) =>
        string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
