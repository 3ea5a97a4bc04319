using System.Data.Common;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;
using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>The crosswalk of institutions: identities, names and identifiers, proposals and decisions.</summary>
public sealed class InstitutionStore(Database database, TimeProvider time)
{
    public const string NameScheme = "name";

    private const string AliasColumns =
        """
        scheme, value, unit, state, rule, because_zh, because_en, proposed_at, decided_by, decided_at, reason
        """;

    /// <summary>Enters an institution, or corrects its names.</summary>
    public Task Put(Institution institution, CancellationToken cancel = default) => database.Execute(
        """
        insert into institutions (unit, name_zh, name_en, province_zh, province_en, added_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (unit) do update
        set name_zh = excluded.name_zh, name_en = excluded.name_en,
            province_zh = excluded.province_zh, province_en = excluded.province_en
        """,
        cancel, institution.Unit, institution.Name.Zh, institution.Name.En, institution.Province?.Zh,
        institution.Province?.En, time.GetUtcNow());

    /// <summary>Every institution, by unit id.</summary>
    public Task<List<Institution>> List(CancellationToken cancel = default) => database.List(
        "select unit, name_zh, name_en, province_zh, province_en from institutions order by unit collate \"C\"",
        row => new Institution(
            row.GetString(0),
            new Bilingual(row.GetString(1), row.GetString(2)),
            row.Text(3) is { } province ? new Bilingual(province, row.Text(4) ?? province) : null),
        cancel);

    /// <summary>Aliases of a state, or all, by scheme and value.</summary>
    public Task<List<InstitutionAlias>> Aliases(string? state = null, CancellationToken cancel = default) => database.List(
        $"""
        select {AliasColumns} from institution_aliases where $1::text is null or state = $1
        order by scheme collate "C", value collate "C", unit collate "C"
        """,
        ReadAlias, cancel, state);

    /// <summary>Enters proposals; what was proposed or decided before stays as it is.</summary>
    /// <returns>How many are new.</returns>
    public Task<int> Propose(IEnumerable<InstitutionAlias> proposals, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                var added = 0;
                foreach (var alias in proposals)
                {
                    added += await Enter(connection, alias, token);
                }

                return added;
            },
            cancel);

    /// <summary>A person decides about a name or identifier. It may overrule an earlier decision; both are on record.</summary>
    /// <returns>False when another institution has it already, confirmed.</returns>
    public async Task<bool> Decide(
        InstitutionAlias alias, bool confirmed, string who, string reason, CancellationToken cancel = default)
    {
        var state = confirmed ? "confirmed" : "refused";
        try
        {
            await database.InTransaction(
                async (connection, token) =>
                {
                    await Enter(connection, alias, token);
                    await connection.Execute(
                        """
                        update institution_aliases set state = $4, decided_by = $5, decided_at = $6, reason = $7
                        where scheme = $1 and value = $2 and unit = $3
                        """,
                        token, alias.Scheme, alias.Value, alias.Unit, state, who, time.GetUtcNow(), reason);
                    await connection.Execute(
                        """
                        insert into institution_decisions (scheme, value, unit, state, decided_by, decided_at, reason)
                        values ($1, $2, $3, $4, $5, $6, $7)
                        """,
                        token, alias.Scheme, alias.Value, alias.Unit, state, who, time.GetUtcNow(), reason);
                },
                cancel);
            return true;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>
    /// What readers of files go by: each confirmed name and identifier with its institution. An identifier is listed
    /// alone and with its scheme before it (<c>ror:…</c>).
    /// </summary>
    public async Task<IReadOnlyList<UnitAlias>> Confirmed(CancellationToken cancel = default)
    {
        var rows = await database.List(
            """
            select a.scheme, a.value, a.unit, i.name_zh, i.name_en, i.province_zh, i.province_en
            from institution_aliases a join institutions i using (unit)
            where a.state = 'confirmed' order by a.scheme collate "C", a.value collate "C"
            """,
            row => (Scheme: row.GetString(0), Alias: new UnitAlias(
                row.GetString(1), row.GetString(2), new Bilingual(row.GetString(3), row.GetString(4)),
                row.Text(5) is { } province ? new Bilingual(province, row.Text(6) ?? province) : null)),
            cancel);
        return
        [
            .. rows.Select(row => row.Alias),
            .. rows.Where(row => row.Scheme != NameScheme)
                .Select(row => row.Alias with { Alias = $"{row.Scheme}:{row.Alias.Alias}" }),
        ];
    }

    /// <summary>
    /// The names of units in what was imported, with the documents they stand in: those that a register names, and those
    /// that are known by the name in their file.
    /// </summary>
    public Task<List<(string Name, string Document)>> NamesInDocuments(CancellationToken cancel = default) => database.List(
        """
        select distinct name, document from (
            select name_zh as name, d.sha256 as document from units u join source_documents d on d.number = u.document_number
            union all
            select o.unit, d.sha256 from metric_observations o
            join document_observations s on s.observation = o.id join source_documents d on d.number = s.document_number
            where not exists (select from units u where u.unit = o.unit)
        ) named order by name, document
        """,
        row => (row.GetString(0), row.GetString(1)),
        cancel);

    private Task<int> Enter(NpgsqlConnection connection, InstitutionAlias alias, CancellationToken cancel) =>
        connection.Execute(
            """
            insert into institution_aliases (scheme, value, unit, state, rule, because_zh, because_en, proposed_at)
            values ($1, $2, $3, 'proposed', $4, $5, $6, $7) on conflict do nothing
            """,
            cancel, alias.Scheme, alias.Value, alias.Unit, alias.Rule, alias.Because.Zh, alias.Because.En,
            time.GetUtcNow());

    private static InstitutionAlias ReadAlias(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
        new Bilingual(row.GetString(5), row.GetString(6)), row.GetFieldValue<DateTimeOffset>(7), row.Text(8),
        row.Instant(9), row.Text(10));
}
