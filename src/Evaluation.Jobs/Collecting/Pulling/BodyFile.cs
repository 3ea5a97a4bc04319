using System.Security.Cryptography;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>A body on its way to disk: hashed, its secrets veiled, cut off at a ceiling. Deleted unless it is finished.</summary>
internal sealed class BodyFile : IDisposable
{
    private readonly FileStream file;
    private readonly SecretVeil veil;
    private readonly long most;
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] held = [];
    private bool finished;

    public BodyFile(string path, SecretVeil veil, long most)
    {
        Path = path;
        this.veil = veil;
        this.most = most;
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
    }

    public string Path { get; }

    public long Bytes { get; private set; }

    public int Veiled { get; private set; }

    /// <exception cref="ImportException">The ceiling is reached.</exception>
    public async Task Write(ReadOnlyMemory<byte> chunk, CancellationToken cancel)
    {
        if (Bytes + held.Length + chunk.Length > most)
        {
            throw new ImportException(
                $"返回的内容超过上限 {most} 字节，已停止，未存入任何内容。请缩短期间，或用 --most-bytes 提高上限。",
                $"It sends more than the ceiling of {most} bytes; the pull stopped and nothing was stored. Ask for a shorter "
                + "period, or raise the ceiling by --most-bytes.");
        }

        byte[] bytes = [.. held, .. chunk.Span];
        Veiled += veil.Over(bytes);
        var whole = Math.Max(0, bytes.Length - veil.Reach);
        held = bytes[whole..];
        await Put(bytes.AsMemory(0, whole), cancel);
    }

    /// <summary>All of it is there: on disk, whatever happens to the machine.</summary>
    /// <returns>The hash.</returns>
    public async Task<string> Finish(CancellationToken cancel)
    {
        await Put(held, cancel);
        file.Flush(flushToDisk: true);
        finished = true;
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    public void Dispose()
    {
        file.Dispose();
        sha.Dispose();
        if (!finished) File.Delete(Path);
    }

    private async Task Put(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        sha.AppendData(bytes.Span);
        Bytes += bytes.Length;
        await file.WriteAsync(bytes, cancel);
    }
}
