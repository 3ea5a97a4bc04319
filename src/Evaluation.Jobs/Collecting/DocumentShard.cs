using System.Globalization;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// A shard of the import: a document, or a part of a large file of service records that is read before it:
/// <c>DOCUMENT#3/40</c>.
/// </summary>
/// <param name="Document">Identity of the document.</param>
/// <param name="Part">Number of the part, from 1; 0 for the document itself.</param>
/// <param name="Parts">How many parts there are.</param>
public sealed record DocumentShard(string Document, int Part = 0, int Parts = 0)
{
    public static DocumentShard Parse(string text)
    {
        if (text.Split('#', '/') is not [var document, var part, var parts]) return new DocumentShard(text);
        return new DocumentShard(
            document, int.Parse(part, CultureInfo.InvariantCulture), int.Parse(parts, CultureInfo.InvariantCulture));
    }

    /// <summary>The parts of a document may be read at once; the document follows them, and the next document follows it.</summary>
    public static string Turn(string text) => text.IndexOf('#', StringComparison.Ordinal) is var sign and >= 0 ? text[..(sign + 1)] : text;

    public override string ToString() =>
        Part == 0 ? Document : string.Create(CultureInfo.InvariantCulture, $"{Document}#{Part}/{Parts}");
}
