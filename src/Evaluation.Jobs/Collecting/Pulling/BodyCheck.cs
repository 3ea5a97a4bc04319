using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>Reads a body through once, streamed: is it whole, and is it what was asked for?</summary>
internal static class BodyCheck
{
    private const int Shown = 120;
    private const int Buffer = 1 << 16;
    private const int DeepestJson = 512;

    /// <exception cref="PassingTrouble">The body is cut or broken: asked again it may be whole.</exception>
    /// <exception cref="ImportException">It is something else altogether.</exception>
    public static void Check(PulledBody body, BodyKind kind)
    {
        if (kind == BodyKind.Any) return;
        var beginning = body.Beginning().TrimStart('\uFEFF', ' ', '\r', '\n', '\t');
        if (kind == BodyKind.Json && beginning is not (['{' or '[', ..] or [])) throw SomethingElse("JSON", body, beginning);
        if (IsWebPage(beginning)) throw SomethingElse(NameOf(kind), body, beginning);
        if (kind == BodyKind.Xml && beginning is not (['<', ..] or [])) throw SomethingElse("XML", body, beginning);
        try
        {
            using var stream = body.Open();
            if (kind == BodyKind.Json) ReadJson(stream);
            else if (kind == BodyKind.Xml) ReadXml(stream);
        }
        catch (Exception broken) when (broken is JsonException or XmlException or InvalidDataException)
        {
            throw new PassingTrouble(
                new Bilingual(
                    $"返回的 {NameOf(kind)} 不完整或已损坏（{body.Bytes} 字节）：{broken.Message}",
                    $"the {NameOf(kind)} it sent is cut or broken ({body.Bytes} bytes): {broken.Message}"),
                inner: broken);
        }
    }

    private static string NameOf(BodyKind kind) => kind switch
    {
        BodyKind.Json => "JSON",
        BodyKind.Xml => "XML",
        _ => "text",
    };

    private static bool IsWebPage(string beginning) =>
        beginning.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
        || beginning.StartsWith("<html", StringComparison.OrdinalIgnoreCase);

    private static ImportException SomethingElse(string expected, PulledBody body, string beginning)
    {
        var shown = new string(beginning.Take(Shown).Select(one => char.IsControl(one) ? ' ' : one).ToArray());
        return new ImportException(
            $"应为 {expected}，返回的却是：“{shown}”。未存入任何内容。请检查地址和凭据，或联系对方系统的管理员。请求：{body.Request}",
            $"It should have sent {expected}, and sent: \"{shown}\". Nothing was stored. Check the address and the "
            + $"credentials, or ask those who run the system. Request: {body.Request}");
    }

    private static void ReadJson(Stream stream)
    {
        var state = new JsonReaderState(new JsonReaderOptions { MaxDepth = DeepestJson });
        var buffer = ArrayPool<byte>.Shared.Rent(Buffer);
        var (held, first) = (0, true);
        try
        {
            while (true)
            {
                // A token longer than the buffer: make room for it.
                if (held == buffer.Length) buffer = Larger(buffer);
                var read = stream.Read(buffer, held, buffer.Length - held);
                held += read;
                var bytes = buffer.AsSpan(0, held);
                if (first && held >= 3 && bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[3..];
                first = false;
                var reader = new Utf8JsonReader(bytes, isFinalBlock: read == 0, state);
                while (reader.Read())
                {
                    // Only to see that it goes through to the end.
                }

                if (read == 0) return;
                state = reader.CurrentState;
                var rest = bytes[(int)reader.BytesConsumed..];
                rest.CopyTo(buffer);
                held = rest.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Larger(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static void ReadXml(Stream stream)
    {
        using var reader = XmlReader.Create(
            stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        while (reader.Read())
        {
            // Only to see that it is well-formed to the end.
        }
    }
}
