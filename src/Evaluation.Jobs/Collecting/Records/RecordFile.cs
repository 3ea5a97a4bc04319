using System.Text.Unicode;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Records;

/// <summary>
/// A CSV file of service records, cut at the ends of lines so that its parts can be read side by side. Only a file in
/// which every line stands for itself can be cut: no cell over several lines, no quote out of place. Any other file is
/// read in one piece.
/// </summary>
internal static class RecordFile
{
    /// <summary>A part holds the lines that begin in so many bytes of the text.</summary>
    internal const int PartBytes = 1 << 24;

    private const int LongestLine = 1 << 22;
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a profile says nothing that needs the general reader row by row.</summary>
    public static bool IsFor(MappingProfile profile) =>
        profile is { Target: MappingTarget.ServiceRecords, Format: "csv", Metrics.Count: 0, Delimiter.Length: 1 }
        && profile.Delimiter[0] is not ('"' or '\r' or '\n' or ' ' or '\t') && char.IsAscii(profile.Delimiter[0]);

    /// <summary>How many parts a file of a length has, whatever is in it.</summary>
    public static int PartsOf(long bytes) => (int)Math.Max(1, (bytes + PartBytes - 1) / PartBytes);

    /// <summary>The parts of a file, or null when it cannot be cut.</summary>
    public static IReadOnlyList<RecordPart>? Cut(RecognisedFile file, int partBytes = PartBytes)
    {
        var delimiter = file.Profile.Delimiter[0];
        if (RecordText.MayBePlain(file) && Cut(RecordText.Plain(file), delimiter, partBytes) is { } parts) return parts;
        if (RecordText.Decoded(file) is not { } text || Cut(text, delimiter, partBytes) is not { } decoded) return null;
        return ArePlain(file, decoded) ? null : decoded;
    }

    /// <summary>
    /// Whether these are parts of the file as it is. Their end tells it: the parts of a plain file end where the file
    /// does, and a decoded text that is just as long as its file is not cut.
    /// </summary>
    public static bool ArePlain(RecognisedFile file, IReadOnlyList<RecordPart> parts) => parts[^1].To == file.Bytes;

    /// <summary>The text whose parts these are.</summary>
    public static RecordText TextOf(RecognisedFile file, IReadOnlyList<RecordPart> parts) =>
        ArePlain(file, parts) ? RecordText.Plain(file) : RecordText.Decoded(file)!;

    /// <summary>The parts of a text, or null when it cannot be cut.</summary>
    internal static IReadOnlyList<RecordPart>? Cut(RecordText text, char delimiter, int partBytes = PartBytes)
    {
        using var stream = text.Open();
        var cutter = new Cutter((byte)delimiter, partBytes);
        var buffer = new byte[LongestLine + Math.Min(partBytes, PartBytes)];
        var carried = 0;
        long at = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(carried), buffer.Length - carried, throwOnEndOfStream: false);
            var filled = buffer.AsSpan(0, carried + read);
            var ended = read < buffer.Length - carried;
            var whole = ended ? filled.Length : filled.LastIndexOf((byte)'\n') + 1;
            if (whole == 0 && !ended) return null;
            if (!cutter.Take(filled[..whole], at)) return null;
            at += whole;
            if (ended) return cutter.Parts(at);
            filled[whole..].CopyTo(buffer);
            carried = filled.Length - whole;
            if (carried > LongestLine) return null;
        }
    }

    private sealed class Cutter(byte delimiter, int partBytes)
    {
        private readonly List<(long From, int LinesBefore)> cuts = [];
        private int lines;
        private bool endsLine = true;

        public bool Take(ReadOnlySpan<byte> text, long at)
        {
            if (!Utf8.IsValid(text) || text.Contains((byte)0)) return false;
            if (text.Count((byte)'\r') != text.Count("\r\n"u8) || !QuotesAreInPlace(text)) return false;
            for (var from = 0; from < text.Length;)
            {
                if (at + from >= (long)cuts.Count * partBytes)
                {
                    // A mark in the middle is text, which a reader of that part would pass over.
                    if (at + from > 0 && text[from..].StartsWith(Mark)) return false;
                    cuts.Add((at + from, lines));
                }

                // Up to the first line that begins in the next part.
                var next = (int)Math.Min(text.Length, (long)cuts.Count * partBytes - at);
                var to = next >= text.Length || next <= from ? next : EndOfLine(text, next - 1);
                if (to <= from) to = EndOfLine(text, from);
                lines += text[from..to].Count((byte)'\n');
                from = to;
            }

            endsLine = text.IsEmpty ? endsLine : text[^1] == (byte)'\n';
            return true;
        }

        public IReadOnlyList<RecordPart> Parts(long bytes)
        {
            var all = lines + (endsLine ? 0 : 1);
            if (cuts.Count == 0) cuts.Add((0, 0));
            return
            [
                .. cuts.Select((cut, index) =>
                {
                    var last = index + 1 == cuts.Count;
                    var (to, linesTo) = last ? (bytes, all) : cuts[index + 1];
                    return new RecordPart(index + 1, cut.From, to, cut.LinesBefore, linesTo - cut.LinesBefore);
                }),
            ];
        }

        private static int EndOfLine(ReadOnlySpan<byte> text, int from) =>
            text[from..].IndexOf((byte)'\n') is var end and >= 0 ? from + end + 1 : text.Length;

        private bool QuotesAreInPlace(ReadOnlySpan<byte> text)
        {
            for (var at = 0; text[at..].IndexOf((byte)'"') is var found and >= 0;)
            {
                var quote = at + found;
                var begin = text[..quote].LastIndexOf((byte)'\n') + 1;
                var end = EndOfLine(text, quote);
                if (!IsWellQuoted(text[begin..end].TrimEnd("\r\n"u8))) return false;
                at = end;
            }

            return true;
        }

        /// <summary>Every cell with a quote is wholly in quotes, and every quote inside it stands twice.</summary>
        private bool IsWellQuoted(ReadOnlySpan<byte> line)
        {
            while (true)
            {
                var cell = line.TrimStart(" \t"u8);
                if (cell.IsEmpty || cell[0] != (byte)'"')
                {
                    var end = cell.IndexOf(delimiter);
                    if ((end < 0 ? cell : cell[..end]).Contains((byte)'"')) return false;
                    if (end < 0) return true;
                    line = cell[(end + 1)..];
                    continue;
                }

                var closing = ClosingQuote(cell);
                if (closing < 0) return false;
                var behind = cell[(closing + 1)..].TrimStart(" \t"u8);
                if (behind.IsEmpty) return true;
                if (behind[0] != delimiter) return false;
                line = behind[1..];
            }
        }

        private static int ClosingQuote(ReadOnlySpan<byte> cell)
        {
            for (var at = 1; at < cell.Length; at++)
            {
                if (cell[at] != (byte)'"') continue;
                if (at + 1 < cell.Length && cell[at + 1] == (byte)'"') at++;
                else return at;
            }

            return -1;
        }
    }
}
