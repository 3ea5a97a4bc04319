using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Evaluation.Jobs.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evaluation.Jobs.Hosting;

/// <summary>The shards this node is at work on; says in the ledger, again and again, that it still is.</summary>
internal sealed partial class Claims(RunStore ledger, TimeProvider time, ILogger<Claims> log) : BackgroundService
{
    // The system counts a process's begin from the machine's own, which is known to a second or so.
    private const int SameMoment = 5;

    private readonly ConcurrentDictionary<ShardId, ShardProgress> held = new();

    /// <summary>Machine, process and the moment the process began: a name no other node has.</summary>
    public string Node { get; } = NameOfThisNode();

    /// <summary>
    /// True when a node of this machine is known to be gone: no process with its number began when it did. Nodes of
    /// other machines are judged by their silence alone.
    /// </summary>
    public static bool IsGone(string node)
    {
        var parts = node.Split('/');
        if (parts.Length != 3 || parts[0] != Environment.MachineName) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            var noted = long.Parse(parts[2], CultureInfo.InvariantCulture);
            return Math.Abs(BeginOf(process) - noted) > SameMoment;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static string NameOfThisNode()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(
            CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{BeginOf(process)}");
    }

    private static long BeginOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();

    /// <summary>Begins the heartbeat of a shard; it ends when the result is disposed.</summary>
    public IDisposable Hold(ShardId shard, ShardProgress progress)
    {
        held[shard] = progress;
        return new Release(this, shard);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Schedules.Heartbeat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (held.IsEmpty) continue;
            try
            {
                foreach (var (shard, progress) in held)
                {
                    await ledger.Heartbeat(
                        shard.Run, shard.Step, shard.Shard, Node, progress.Done, progress.Total, stoppingToken);
                }
            }
            catch (Exception problem) when (DatabaseTrouble.IsPassing(problem))
            {
                LogDatabaseAway(problem.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database went away; the heartbeat is tried again ({Problem})")]
    private partial void LogDatabaseAway(string problem);

    private sealed class Release(Claims claims, ShardId shard) : IDisposable
    {
        public void Dispose() => claims.held.TryRemove(shard, out _);
    }
}
