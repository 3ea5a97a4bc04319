using Evaluation.Rules;

namespace Evaluation.Jobs.Storage.Reading;

/// <summary>The stored result of one unit.</summary>
/// <param name="Card">Canonical JSON of the score card.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Name">Name of the unit.</param>
/// <param name="Province">Province or country, or null.</param>
/// <param name="Report">The report, or null while none is rendered.</param>
public sealed record UnitCard(
    byte[] Card, string Sha256, Bilingual Name, Bilingual? Province, UnitReport? Report);

/// <summary>A rendered report.</summary>
/// <param name="Number">Number as printed.</param>
/// <param name="File">File, absolute or below the report folder.</param>
/// <param name="Pages">Number of pages.</param>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Hash of the file.</param>
public sealed record UnitReport(string Number, string File, int Pages, long Bytes, string Sha256);

/// <summary>One record behind a value.</summary>
/// <param name="Id">Number in the store.</param>
/// <param name="Resource">Resource id, or null.</param>
/// <param name="ResourceName">Resource name, or null.</param>
/// <param name="Metric">Metric code.</param>
/// <param name="From">First day of its period.</param>
/// <param name="To">Last day of its period.</param>
/// <param name="Value">The figure, or null for an answer.</param>
/// <param name="Answer">The answer, or null for a figure.</param>
/// <param name="UnitOfMeasure">Unit code.</param>
/// <param name="Document">Name of the source document.</param>
/// <param name="Locator">Where in the document.</param>
public sealed record RecordRow(
    long Id,
    string? Resource,
    string? ResourceName,
    string Metric,
    DateOnly From,
    DateOnly To,
    decimal? Value,
    string? Answer,
    string UnitOfMeasure,
    string Document,
    string Locator);

/// <summary>A finding of the data checks.</summary>
/// <param name="Code">Code of the check.</param>
/// <param name="Severity">info, warning, blocking.</param>
/// <param name="Category">Category, or null.</param>
/// <param name="Unit">Unit id, or null.</param>
/// <param name="UnitName">Name of the unit, or null.</param>
/// <param name="Resource">Resource id, or null.</param>
/// <param name="Metric">Metric code, or null.</param>
/// <param name="Message">What was found.</param>
public sealed record FindingRow(
    string Code,
    string Severity,
    string? Category,
    string? Unit,
    Bilingual? UnitName,
    string? Resource,
    string? Metric,
    Bilingual Message);

/// <summary>How many findings of a kind a run has.</summary>
/// <param name="Code">Code of the check.</param>
/// <param name="Severity">info, warning, blocking.</param>
/// <param name="Category">Category, or null.</param>
/// <param name="Count">How many.</param>
/// <param name="Units">Units touched.</param>
/// <param name="Example">Message of the first.</param>
public sealed record FindingCount(
    string Code, string Severity, string? Category, long Count, long Units, Bilingual Example);

/// <summary>What the score card page shows: the card, its report, findings, and the records behind a line.</summary>
public sealed class ScoreCardPages(Database database)
{
    /// <summary>The stored card of a unit, or null when the run has none.</summary>
    public async Task<UnitCard?> Find(string run, string category, string unit, CancellationToken cancel)
    {
        const string sql = """
            select c.card, c.sha256, coalesce(u.name_zh, c.unit), coalesce(u.name_en, c.unit),
                   u.province_zh, u.province_en, p.number, p.file, p.pages, p.bytes, p.sha256
            from score_cards c
            left join run_units u on u.run = c.run and u.category = c.category and u.unit = c.unit
            left join reports p on p.run = c.run and p.category = c.category and p.unit = c.unit
            where c.run = $1 and c.category = $2 and c.unit = $3
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(category);
        command.Parameters.AddWithValue(unit);
        var found = await command.Rows(
            row => new UnitCard(
                row.GetFieldValue<byte[]>(0), row.GetString(1), row.Bilingual(2), row.BilingualOrNull(4),
                row.IsDBNull(6)
                    ? null
                    : new UnitReport(
                        row.GetString(6), row.GetString(7), row.GetInt32(8), row.GetInt64(9), row.GetString(10))),
            cancel);
        return found.SingleOrDefault();
    }

    /// <summary>The stored cards of a category, for what units are compared with.</summary>
    public async Task<IReadOnlyList<byte[]>> OfCategory(string run, string category, CancellationToken cancel)
    {
        const string sql = """
            select card from score_cards where run = $1 and category = $2 order by unit collate "C"
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(category);
        return await command.Rows(row => row.GetFieldValue<byte[]>(0), cancel);
    }

    /// <summary>The records of the given numbers, in the order of metric, resource and period.</summary>
    public async Task<IReadOnlyList<RecordRow>> Records(string run, IReadOnlyList<long> ids, CancellationToken cancel)
    {
        const string sql = """
            select o.id, o.resource, r.name_zh, o.metric, o.period_from, o.period_to, o.value, o.answer,
                   o.unit_of_measure, d.name, o.locator
            from metric_observations o
            join source_documents d on d.sha256 = o.document
            left join lateral (
                select r.name_zh
                from run_documents t
                join source_documents n on n.sha256 = t.document
                join resources r on r.document_number = n.number
                    and r.category = o.category and r.unit = o.unit and r.resource = o.resource
                where t.run = $2
                order by t.ordinal desc
                limit 1) r on true
            where o.id = any($1)
            order by o.metric collate "C", o.resource collate "C" nulls first, o.period_from, o.id
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(ids.ToArray());
        command.Parameters.AddWithValue(run);
        return await command.Rows(
            row => new RecordRow(
                row.GetInt64(0), row.TextOrNull(1), row.TextOrNull(2), row.GetString(3),
                row.GetFieldValue<DateOnly>(4), row.GetFieldValue<DateOnly>(5).AddDays(-1), row.DecimalOrNull(6),
                row.TextOrNull(7), row.GetString(8), row.GetString(9), row.GetString(10)),
            cancel);
    }

    /// <summary>Findings that name a unit, gravest first.</summary>
    public async Task<IReadOnlyList<FindingRow>> Findings(
        string run, string category, string unit, CancellationToken cancel)
    {
        const string sql = """
            select f.code, f.severity, f.category, f.unit, u.name_zh, u.name_en, f.resource, f.metric,
                   f.message_zh || coalesce('；' || t.sentence_zh, ''), f.message_en || coalesce(' ' || t.sentence_en, '')
            from findings f
            left join finding_treatments t on t.run = f.run and t.finding = f.natural_key
            left join run_units u on u.run = f.run and u.category = f.category and u.unit = f.unit
            where f.run = $1 and f.category = $2 and f.unit = $3
            order by array_position(array['blocking', 'warning', 'info'], f.severity), f.code, f.id
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(category);
        command.Parameters.AddWithValue(unit);
        return await command.Rows(
            row => new FindingRow(
                row.GetString(0), row.GetString(1), row.TextOrNull(2), row.TextOrNull(3), row.BilingualOrNull(4),
                row.TextOrNull(6), row.TextOrNull(7), row.Bilingual(8)),
            cancel);
    }

    /// <summary>Findings of a run by kind, gravest first.</summary>
    public async Task<IReadOnlyList<FindingCount>> FindingsByKind(string run, CancellationToken cancel)
    {
        const string sql = """
            select code, severity, category, count(*), count(distinct unit),
                   (array_agg(message_zh order by id))[1], (array_agg(message_en order by id))[1]
            from findings
            where run = $1
            group by code, severity, category
            order by array_position(array['blocking', 'warning', 'info'], severity), code, category
            """;
        await using var command = database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(run);
        return await command.Rows(
            row => new FindingCount(
                row.GetString(0), row.GetString(1), row.TextOrNull(2), row.GetInt64(3), row.GetInt64(4),
                row.Bilingual(5)),
            cancel);
    }
}
