using System.Runtime.InteropServices;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// A service record on its way into the database: names are places in the lists of its <see cref="StagedRecords"/>,
/// texts are places in its bytes.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct StagedRecord
{
    /// <summary>Stands for what the record does not say.</summary>
    public const long Nothing = long.MinValue;

    /// <summary>Ticks of civil time.</summary>
    public long Start;

    /// <summary>Ticks of civil time, or nothing: the session has not ended.</summary>
    public long End;

    public long FeeFen;

    public long QuantityMillionths;

    /// <summary>Fingerprint of the unit and the record's number.</summary>
    public ulong Key;

    public int Line;

    /// <summary>Where its row begins in the part.</summary>
    public int At;

    public int Resource;

    /// <summary>Place of the text, or -1.</summary>
    public int User;

    public int Way;

    public int Purpose;

    public (int Offset, int Length) Record;

    /// <summary>Length 0 where the record names no invoice.</summary>
    public (int Offset, int Length) Invoice;

    public byte Scope;

    public byte Kind;

    /// <summary>0, 1, or 2 where the record does not say.</summary>
    public byte Related;
}
