using System.Buffers.Binary;
using System.IO.Compression;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>
/// Unpacks a gzip body and sees that it is whole. The framework's stream takes the end of the bytes for the end of the
/// packed text: a body that was cut would pass. The last four bytes of gzip say how long the text must be.
/// </summary>
internal sealed class GzipBody : Stream
{
    private readonly Tail packed;
    private readonly GZipStream unpacked;
    private long bytes;

    public GzipBody(Stream body)
    {
        packed = new Tail(body);
        unpacked = new GZipStream(packed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => bytes;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await unpacked.ReadAsync(buffer, cancellationToken);
        bytes += read;
        if (read == 0) RefuseCut();
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) unpacked.Dispose();
        base.Dispose(disposing);
    }

    private void RefuseCut()
    {
        var said = BinaryPrimitives.ReadUInt32LittleEndian(packed.LastFour);
        if (said == (uint)(bytes & uint.MaxValue)) return;
        throw new InvalidDataException($"the packed body ends after {bytes} bytes and is cut");
    }

    /// <summary>Passes bytes on and remembers the last four.</summary>
    private sealed class Tail(Stream body) : Stream
    {
        private const int Kept = sizeof(uint);

        public byte[] LastFour { get; private set; } = new byte[Kept];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await body.ReadAsync(buffer, cancellationToken);
            var seen = buffer.Span[..read];
            LastFour = [.. LastFour.AsSpan(Math.Min(read, Kept)), .. seen[^Math.Min(read, Kept)..]];
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) body.Dispose();
            base.Dispose(disposing);
        }
    }
}
