using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Storage;

/// <summary>Every version of every rule folder that was ever used, with the text of its files.</summary>
public sealed class RuleSetStore(Database database, TimeProvider time)
{
    /// <summary>Keeps the texts of a rule folder under their hash. Doing it twice changes nothing.</summary>
    public Task Record(RuleFolder folder, CancellationToken cancel = default) => database.InTransaction(
        async (connection, token) =>
        {
            var added = await connection.Execute(
                "insert into rule_set_versions (hash, name, recorded_at) values ($1, $2, $3) on conflict do nothing",
                token,
                folder.Hash,
                folder.Name,
                time.GetUtcNow());
            if (added == 0) return;
            await connection.Execute(
                """
                insert into rule_files (rule_set_hash, path, content)
                select $1, file.path, file.content from unnest($2::text[], $3::text[]) as file (path, content)
                """,
                token,
                folder.Hash,
                folder.Files.Keys.ToArray(),
                folder.Files.Values.ToArray());
        },
        cancel);

    /// <summary>A rule folder as it was recorded.</summary>
    /// <exception cref="KeyNotFoundException">No rule folder with this hash was ever used.</exception>
    public async Task<RuleFolder> Load(string hash, CancellationToken cancel = default)
    {
        var name = await database.Single(
            "select name from rule_set_versions where hash = $1", row => row.GetString(0), cancel, hash)
            ?? throw new KeyNotFoundException($"No rule set {hash} is on record.");
        var files = await database.List(
            "select path, content from rule_files where rule_set_hash = $1",
            row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
            cancel,
            hash);
        var folder = new RuleFolder(name, files.ToDictionary(StringComparer.Ordinal));
        return folder.Hash == hash
            ? folder
            : throw new InvalidDataException($"The texts on record for rule set {hash} hash to {folder.Hash}.");
    }
}
