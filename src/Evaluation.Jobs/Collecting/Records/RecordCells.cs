using System.Buffers.Text;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Records;

/// <summary>
/// The commonest forms of cells, read from their bytes. Whatever has another form is not refused here: the general
/// reader looks at the row and says what it is, so that a row is taken or refused for the same reason on both ways.
/// </summary>
internal static class RecordCells
{
    private const int ToTheMinute = 16;
    private const int ToTheSecond = 19;
    private const int MostDigits = 12;

    /// <summary><c>yyyy-MM-dd HH:mm</c>, with seconds or without, with a blank or a T between.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length is not (ToTheMinute or ToTheSecond)) return false;
        if (text[4] != '-' || text[7] != '-' || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':') return false;
        var second = 0;
        if (text.Length == ToTheSecond && (text[16] != ':' || !TryTwo(text[17..], out second))) return false;
        if (!TryTwo(text, out var century) || !TryTwo(text[2..], out var year) || !TryTwo(text[5..], out var month)
            || !TryTwo(text[8..], out var day) || !TryTwo(text[11..], out var hour) || !TryTwo(text[14..], out var minute))
        {
            return false;
        }

        year += century * 100;
        if (year < 1 || month is < 1 or > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
        if (day > DateTime.DaysInMonth(year, month)) return false;
        ticks = new DateTime(year, month, day, hour, minute, second).Ticks;
        return true;
    }

    /// <summary>Digits, at most so many of them behind a point; scaled to a whole number of the last place.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, int places, out long scaled)
    {
        scaled = StagedRecord.Nothing;
        if (text.IsEmpty) return true;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var behind = point < 0 ? [] : text[(point + 1)..];
        if (whole.IsEmpty || whole.Length > MostDigits || (point >= 0 && behind.IsEmpty) || behind.Length > places) return false;
        long number = 0;
        if (!Append(whole, ref number) || !Append(behind, ref number)) return false;
        for (var rest = behind.Length; rest < places; rest++) number *= 10;
        scaled = number;
        return true;
    }

    public static bool TryScope(ReadOnlySpan<byte> text, out ServiceScope scope)
    {
        scope = ServiceScope.Unknown;
        if (text.IsEmpty) return true;
        if (text.SequenceEqual("internal"u8)) scope = ServiceScope.Internal;
        else if (text.SequenceEqual("external"u8)) scope = ServiceScope.External;
        return scope != ServiceScope.Unknown;
    }

    public static bool TryFlag(ReadOnlySpan<byte> text, out byte flag)
    {
        flag = 2;
        if (text.IsEmpty) return true;
        if (!Utf8Parser.TryParse(text, out bool value, out var used) || used != text.Length) return false;
        flag = value ? (byte)1 : (byte)0;
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, out int number)
    {
        var (tens, ones) = (text[0] - '0', text[1] - '0');
        number = tens * 10 + ones;
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9;
    }

    private static bool Append(ReadOnlySpan<byte> digits, ref long number)
    {
        foreach (var unit in digits)
        {
            var digit = unit - '0';
            if (digit is < 0 or > 9) return false;
            number = number * 10 + digit;
        }

        return true;
    }
}
