using Evaluation.Rules;

namespace Evaluation.Jobs.Storage;

/// <summary>Something a data check found.</summary>
/// <param name="Code">Code of the check.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>blocking</c>: a blocking one stops the run.</param>
/// <param name="Metric">Metric it touches, or null.</param>
/// <param name="Document">SHA-256 of the document it was found in, or null.</param>
/// <param name="Locator">Where in the document, or null.</param>
public sealed record Finding(
    string Code,
    string Severity,
    string? Category,
    string? Unit,
    string? Resource,
    string? Metric,
    string? Document,
    string? Locator,
    Bilingual Message)
{
    /// <summary>What was decided on it and what that changed, in one sentence; null where nobody decided.</summary>
    public Bilingual? Treatment { get; init; }

    /// <summary>Its number in the store, by which people name it; 0 when it has none.</summary>
    public long Number { get; init; }

    /// <summary>The same finding of the same thing is one finding, however often it is looked for.</summary>
    public string NaturalKey => string.Join('|', Code, Category, Unit, Resource, Metric, Document, Locator);
}

/// <summary>What was decided on a finding when a run locked its data.</summary>
/// <param name="Finding">Natural key of the finding.</param>
public sealed record Treatment(string Finding, string Category, string Unit, Bilingual Sentence);

/// <summary>Findings of the data checks of a run.</summary>
public sealed class FindingStore(Database database)
{
    public Task Save(string run, IReadOnlyList<Finding> findings, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                foreach (var finding in findings)
                {
                    await connection.Execute(
                        """
                        insert into findings (run, code, severity, category, unit, resource, metric, document, locator,
                                              message_zh, message_en, natural_key)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                        on conflict do nothing
                        """,
                        token, run, finding.Code, finding.Severity, finding.Category, finding.Unit, finding.Resource,
                        finding.Metric, finding.Document, finding.Locator, finding.Message.Zh, finding.Message.En,
                        finding.NaturalKey);
                }
            },
            cancel);

    /// <summary>What was decided and what it changed, once a run.</summary>
    public Task Save(string run, IReadOnlyList<Treatment> treatments, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                foreach (var one in treatments)
                {
                    await connection.Execute(
                        """
                        insert into finding_treatments (run, finding, category, unit, sentence_zh, sentence_en)
                        values ($1, $2, $3, $4, $5, $6) on conflict do nothing
                        """,
                        token, run, one.Finding, one.Category, one.Unit, one.Sentence.Zh, one.Sentence.En);
                }
            },
            cancel);

    /// <summary>The gravest first, then in the order of their keys.</summary>
    public Task<List<Finding>> OfRun(string run, CancellationToken cancel = default) => database.List(
        """
        select code, severity, f.category, f.unit, resource, metric, document, locator, message_zh, message_en,
               sentence_zh, sentence_en, id
        from findings f
        left join finding_treatments t on t.run = f.run and t.finding = f.natural_key
        where f.run = $1
        order by array_position(array['blocking', 'warning', 'info'], severity), natural_key collate "C"
        """,
        row => new Finding(
            row.GetString(0), row.GetString(1), row.Text(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6),
            row.Text(7), new Bilingual(row.GetString(8), row.GetString(9)))
        {
            Treatment = row.Text(10) is { } zh ? new Bilingual(zh, row.GetString(11)) : null,
            Number = row.GetInt64(12),
        },
        cancel,
        run);
}
