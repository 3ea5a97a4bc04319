using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Rules.Facts;

namespace Evaluation.Jobs.Storage;

/// <summary>Snapshots: the set of observations a run uses, named by the SHA-256 of its canonical form.</summary>
public sealed class SnapshotStore(Database database, ObservationStore observations, TimeProvider time)
{
    /// <summary>
    /// Locks what holds in the run, and gives its hash. Sealing again gives the same hash and writes nothing; sealing
    /// when the data have changed since gives the run another snapshot only if it has none yet.
    /// </summary>
    /// <exception cref="InvalidOperationException">The run is sealed already, with other observations.</exception>
    public async Task<string> Seal(string run, CancellationToken cancel = default)
    {
        var (hash, count) = await Hash(observations.OfRun(run, cancel: cancel));
        await database.InTransaction(
            async (connection, token) =>
            {
                var added = await connection.Execute(
                    "insert into snapshots (hash, observations, sealed_at) values ($1, $2, $3) on conflict do nothing",
                    token,
                    hash,
                    count,
                    time.GetUtcNow());
                if (added > 0)
                {
                    var held = await connection.Execute(
                        """
                        insert into snapshot_observations (snapshot_hash, observation, document_number, locator)
                        select $1, id, document_number, locator from run_observations where run = $2
                        """,
                        token,
                        hash,
                        run);
                    if (held != count)
                    {
                        throw new InvalidOperationException(
                            $"The data of run {run} changed while they were locked: {count} observations, then {held}.");
                    }
                }

                var sealedRun = await connection.Execute(
                    "update runs set snapshot_hash = $2 where run = $1 and coalesce(snapshot_hash, $2) = $2",
                    token,
                    run,
                    hash);
                if (sealedRun == 0)
                {
                    throw new InvalidOperationException(
                        $"Run {run} is unknown, or was sealed with another snapshot than {hash}.");
                }
            },
            cancel);
        return hash;
    }

    /// <summary>
    /// The hash of observations in the order of their natural keys: one line each, the same on every machine and in
    /// every database (no number that a database gives is part of it).
    /// </summary>
    public static async Task<(string Hash, long Count)> Hash(IAsyncEnumerable<MetricObservation> observations)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        await foreach (var observation in observations)
        {
            sha.AppendData(Encoding.UTF8.GetBytes(CanonicalLine(observation)));
            count++;
        }

        return (Convert.ToHexStringLower(sha.GetHashAndReset()), count);
    }

    private static string CanonicalLine(MetricObservation observation) => string.Join(
        '\u001F',
        ObservationStore.NaturalKey(observation),
        observation.Value is { } value ? Canonical(value) : "",
        observation.Answer ?? "",
        observation.UnitOfMeasure,
        string.Join(',', observation.Flags),
        observation.Verification.ToString(),
        observation.Document,
        observation.Locator) + "\n";

    /// <summary>1.50 and 1.5 are the same number and give the same text.</summary>
    private static string Canonical(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
