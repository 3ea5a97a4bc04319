using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>
/// Everything that reading files and pulling sources write data into: two databases that hold the same give the same.
/// </summary>
internal static class DatabaseContents
{
    public static async Task<string> Of(Database database)
    {
        await using var connection = await database.Connect();
        return await connection.Scalar<string>(
            """
            select string_agg(line, E'\n' order by line collate "C") from (
                select 'document ' || sha256 || ' ' || name || ' ' || accepted || ' ' || rejected as line from source_documents
                union all
                select 'observation ' || natural_key || ' ' || version || ' ' || coalesce(value::text, answer) || ' ' || document
                    || ' ' || locator from metric_observations
                union all
                select 'record ' || sha256 || ' ' || n.unit || ' ' || n.resource || ' ' || r.record || ' ' || r.started || ' '
                    || coalesce(r.ended::text, 'open')
                    from service_records r join source_documents on number = document_number
                    join service_resources n on n.id = r.resource
                union all
                select 'resource ' || sha256 || ' ' || r.unit || ' ' || r.resource
                    from resources r join source_documents on number = document_number
                union all
                select 'unit ' || sha256 || ' ' || u.category || ' ' || u.unit
                    from units u join source_documents on number = document_number
                union all
                select 'refused ' || sha256 || ' ' || ordinal || ' ' || line || ' ' || cell || ' ' || value
                    from rejected_rows join source_documents on number = document_number
                union all
                select 'pulled ' || source || ' ' || name || ' ' || document || ' ' || file || ' '
                    || row_number() over (order by ordinal) from pulled_documents
            ) everything
            """,
            default) ?? "";
    }
}
