namespace Evaluation.Jobs.Hosting;

/// <summary>How far a shard is. The node's heartbeat carries it to the ledger.</summary>
public sealed class ShardProgress
{
    private long done;
    private long total;

    public long Done => Interlocked.Read(ref done);

    public long Total => Interlocked.Read(ref total);

    /// <param name="nowDone">Pieces done.</param>
    /// <param name="ofTotal">Pieces there are; 0 where nobody knows yet.</param>
    public void Report(long nowDone, long ofTotal)
    {
        Interlocked.Exchange(ref done, nowDone);
        Interlocked.Exchange(ref total, ofTotal);
    }
}
