using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// Brings the schema up to date. Tables change by numbered migrations that are never edited once they have landed;
/// views and functions are repeatable files, applied again whenever their text changes.
/// </summary>
public sealed class Migrator(Database database, TimeProvider time)
{
    /// <summary>Held while migrating, so that of two nodes that start at once one waits for the other.</summary>
    private const long AdvisoryLock = 0x4556_414C; // "EVAL"

    /// <summary>A file of SQL; its number orders migrations, its name orders repeatable files.</summary>
    public sealed record Script(string Name, string Text)
    {
        public string Checksum => Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\n"))));
    }

    /// <summary>What one run of the migrator did, by file name.</summary>
    public sealed record Outcome(IReadOnlyList<string> Applied, IReadOnlyList<string> Reapplied);

    public Task<Outcome> Migrate(CancellationToken cancel = default) =>
        Migrate(Embedded("Migrations"), Embedded("Repeatable"), cancel);

    internal async Task<Outcome> Migrate(
        IReadOnlyList<Script> migrations, IReadOnlyList<Script> repeatable, CancellationToken cancel)
    {
        await using var connection = await database.Connect(cancel);
        await connection.Execute("select pg_advisory_lock($1)", cancel, AdvisoryLock);
        try
        {
            await connection.Execute(
                """
                create table if not exists schema_scripts (
                    name       text primary key,
                    repeatable boolean not null,
                    checksum   text not null,
                    applied_at timestamptz not null
                )
                """,
                cancel);
            var known = await Known(connection, cancel);
            RefuseChanged(migrations, known);
            RefuseUnknown(migrations, known);

            var applied = new List<string>();
            foreach (var script in migrations.Where(script => !known.ContainsKey(script.Name)))
            {
                await Apply(connection, script, isRepeatable: false, cancel);
                applied.Add(script.Name);
            }

            var reapplied = new List<string>();
            var changed = repeatable.Where(script => known.GetValueOrDefault(script.Name) != script.Checksum).ToList();
            // A migration may have dropped a view with a table's column: then all views are made again.
            foreach (var script in applied.Count > 0 ? repeatable : changed)
            {
                await Apply(connection, script, isRepeatable: true, cancel);
                reapplied.Add(script.Name);
            }

            return new Outcome(applied, reapplied);
        }
        finally
        {
            // A connection that broke has let go of its lock already.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await connection.Execute("select pg_advisory_unlock($1)", CancellationToken.None, AdvisoryLock);
            }
        }
    }

    private async Task Apply(NpgsqlConnection connection, Script script, bool isRepeatable, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await connection.Execute(script.Text, cancel);
            await connection.Execute(
                """
                insert into schema_scripts (name, repeatable, checksum, applied_at) values ($1, $2, $3, $4)
                on conflict (name) do update set checksum = excluded.checksum, applied_at = excluded.applied_at
                """,
                cancel,
                script.Name,
                isRepeatable,
                script.Checksum,
                time.GetUtcNow());
        }
        catch (PostgresException refused)
        {
            throw new MigrationException(
                $"数据库结构文件 {script.Name} 执行失败，未作任何改动：{refused.MessageText}",
                $"The schema file {script.Name} failed and changed nothing: {refused.MessageText}",
                refused);
        }

        await transaction.CommitAsync(cancel);
    }

    private static async Task<Dictionary<string, string>> Known(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = connection.Command("select name, checksum from schema_scripts");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel)) known[reader.GetString(0)] = reader.GetString(1);
        return known;
    }

    private static void RefuseChanged(IReadOnlyList<Script> migrations, Dictionary<string, string> known)
    {
        foreach (var script in migrations)
        {
            if (!known.TryGetValue(script.Name, out var checksum) || checksum == script.Checksum) continue;
            throw new MigrationException(
                $"迁移 {script.Name} 在执行之后被改动过。请恢复原文，把改动写进一个新的迁移文件。",
                $"The migration {script.Name} was changed after it had been applied. Restore its text and put the "
                + "change into a new migration.");
        }
    }

    private static void RefuseUnknown(IReadOnlyList<Script> migrations, Dictionary<string, string> known)
    {
        var ours = migrations.Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        var newer = known.Keys
            .Where(name => char.IsAsciiDigit(name[0]) && !ours.Contains(name))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        if (newer is null) return;
        throw new MigrationException(
            $"数据库由更新版本的程序建立（迁移 {newer} 不在本程序中）。请升级本程序，或换一个数据库。",
            $"The database was made by a newer program (this one has no migration {newer}). Upgrade this program, or "
            + "use another database.");
    }

    private static List<Script> Embedded(string folder)
    {
        var assembly = typeof(Migrator).Assembly;
        var prefix = $"{typeof(Migrator).Namespace}.{folder}.";
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Script(name[prefix.Length..], Read(assembly, name)))
            .ToList();
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
