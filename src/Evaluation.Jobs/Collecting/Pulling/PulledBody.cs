using System.Net;
using System.Text;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>A body on disk: whole, of the expected kind, without secrets.</summary>
/// <param name="Path">Where the file is.</param>
/// <param name="Name">What the document is called: the name of its request.</param>
/// <param name="Bytes">Length, unpacked if it came packed.</param>
/// <param name="Sha256">Hash of the file.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="MediaType">What the source says it is, or null.</param>
/// <param name="Request">The request in one line; secrets are <c>***</c>.</param>
/// <param name="FetchedAt">When the answer was whole.</param>
/// <param name="Veiled">How many times a secret stood in the body and was overwritten by asterisks.</param>
internal sealed record PulledBody(
    string Path,
    string Name,
    long Bytes,
    string Sha256,
    HttpStatusCode Status,
    string? MediaType,
    string Request,
    DateTimeOffset FetchedAt,
    int Veiled)
{
    /// <summary>Headers of the answer (the last value of each), for protocols that page by them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body, unpacked if it is a gzip file.</summary>
    public Stream Open() => SourceFile.Open(Path);

    /// <summary>The first characters, for messages and for telling errors in plain text.</summary>
    public string Beginning(int characters = 200)
    {
        using var reader = new StreamReader(Open(), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = new char[characters];
        return new string(text, 0, reader.ReadBlock(text));
    }
}
