using System.Text.Json;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// Walks through a JSON object of any length: its properties one by one, and, of a property that is a long list, the
/// elements one by one; or through a JSON array, element by element. Never more than one of them is in memory.
/// </summary>
internal sealed class JsonObjectStream(Stream stream, string name) : IDisposable
{
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool begun;
    private bool ended;
    private JsonReaderState state;

    /// <summary>A property (Index −1), or an element of the long list.</summary>
    public readonly record struct Part(string Property, int Index, JsonElement Value);

    /// <summary>The parts of the object.</summary>
    /// <param name="isLongList">Says which property is taken element by element.</param>
    public IEnumerable<Part> Parts(Func<string, bool> isLongList)
    {
        SkipMark();
        Expect(JsonTokenType.StartObject);
        while (NextName() is { } property)
        {
            if (!isLongList(property) || !Next(JsonTokenType.StartArray))
            {
                yield return new Part(property, -1, Value(inList: false)!.Value);
                continue;
            }

            for (var index = 0; Value(inList: true) is { } element; index++)
            {
                yield return new Part(property, index, element);
            }
        }
    }

    /// <summary>Whether the text is an array; asked before anything else.</summary>
    public bool IsArray()
    {
        SkipMark();
        return PeekIs((byte)'[');
    }

    /// <summary>The elements of an array that is the whole text.</summary>
    public IEnumerable<Part> Elements()
    {
        SkipMark();
        Expect(JsonTokenType.StartArray);
        for (var index = 0; Value(inList: true) is { } element; index++) yield return new Part("", index, element);
    }

    public void Dispose() => stream.Dispose();

    private bool PeekIs(byte wanted)
    {
        while (true)
        {
            foreach (var next in buffer.AsSpan(start, end - start))
            {
                if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return next == wanted;
            }

            if (ended) return false;
            Fill();
        }
    }

    private void SkipMark()
    {
        if (begun) return;
        begun = true;
        Fill();
        if (end - start >= 3 && buffer[start] == 0xEF && buffer[start + 1] == 0xBB && buffer[start + 2] == 0xBF) start += 3;
    }

    private void Expect(JsonTokenType type)
    {
        if (!Next(type)) throw Broken($"{type} expected", 0);
    }

    /// <summary>Takes the next token if it is of this type.</summary>
    private bool Next(JsonTokenType type) => Try((ref Utf8JsonReader reader) =>
    {
        if (!reader.Read()) return (false, false, false);
        var found = reader.TokenType == type;
        return (true, found, found);
    });

    private string? NextName() => Try((ref Utf8JsonReader reader) =>
    {
        if (!reader.Read()) return (false, false, (string?)null);
        return (true, true, reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null);
    });

    /// <summary>The next value; null at the end of the list.</summary>
    private JsonElement? Value(bool inList) => Try((ref Utf8JsonReader reader) =>
    {
        if (!reader.Read()) return (false, false, (JsonElement?)null);
        if (inList && reader.TokenType == JsonTokenType.EndArray) return (true, true, null);
        if (!JsonDocument.TryParseValue(ref reader, out var document)) return (false, false, null);
        using (document) return (true, true, document.RootElement.Clone());
    });

    /// <summary>Reads, with more and more of the file in the buffer, until the step says it has all it needs.</summary>
    private T Try<T>(Step<T> step)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), ended, state);
            try
            {
                var (complete, consume, result) = step(ref reader);
                if (complete)
                {
                    if (!consume) return result;
                    start += (int)reader.BytesConsumed;
                    state = reader.CurrentState;
                    return result;
                }
            }
            catch (JsonException wrong)
            {
                throw Broken(wrong.Message, (wrong.LineNumber ?? 0) + 1, wrong);
            }

            if (ended) throw Broken("the file ends in the middle", 0);
            Fill();
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        try
        {
            var read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            ended = read == 0;
        }
        catch (InvalidDataException damaged)
        {
            throw Broken(damaged.Message, 0, damaged);
        }
    }

    private ImportException Broken(string what, long line, Exception? inner = null)
    {
        var (zh, en) = line > 0 ? ($"第 {line} 行", $", line {line}") : ("", "");
        return new ImportException(
            $"{name}{zh}不是完整有效的 JSON：文件可能被截断或损坏（{what}）。请重新取得该文件。",
            $"{name}{en} is not whole and valid JSON ({what}). It may be cut short or damaged: fetch it again.",
            inner);
    }

    private delegate (bool Complete, bool Consume, T Result) Step<T>(ref Utf8JsonReader reader);
}
