using Evaluation.Rules;
using Npgsql;
using NpgsqlTypes;

namespace Evaluation.Jobs.Storage;

/// <summary>The units of a run and their resources, as its documents state them; the later document holds.</summary>
public sealed class UnitStore(Database database)
{
    /// <summary>Units in ordinal order of their ids; of one category, if one is given.</summary>
    public Task<List<UnitEntry>> OfRun(string run, string? category = null, CancellationToken cancel = default) =>
        database.List(
            """
            select category, unit, name_zh, name_en, province_zh, province_en from run_units
            where run = $1 and ($2::text is null or category = $2)
            order by category collate "C", unit collate "C"
            """,
            row => new UnitEntry(
                row.GetString(0),
                row.GetString(1),
                new Bilingual(row.GetString(2), row.GetString(3)),
                row.Text(4) is { } province ? new Bilingual(province, row.Text(5) ?? province) : null),
            cancel,
            run,
            category);

    /// <summary>Resources in ordinal order of unit and id.</summary>
    public IAsyncEnumerable<ResourceEntry> ResourcesOfRun(
        string run, string category, string? unit = null, CancellationToken cancel = default) =>
        database.Stream(
            """
            select category, unit, resource, name_zh, class, original_value, in_service_from, registered, locator
            from run_resources
            where run = $1 and category = $2 and ($3::text is null or unit = $3)
            order by unit collate "C", resource collate "C"
            """,
            row => new ResourceEntry(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                row.Text(4),
                row.Number(5),
                row.IsDBNull(6) ? null : row.GetFieldValue<DateOnly>(6),
                row.IsDBNull(7) ? null : row.GetBoolean(7),
                row.GetString(8)),
            cancel,
            run,
            category,
            unit);

    internal static async Task Load(
        NpgsqlConnection connection, int documentNumber, IReadOnlyList<UnitEntry> units, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy units (document_number, category, unit, name_zh, name_en, province_zh, province_en)
            from stdin (format binary)
            """,
            cancel);
        foreach (var unit in units)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(documentNumber, NpgsqlDbType.Integer, cancel);
            await copy.WriteAsync(unit.Category, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(unit.Unit, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(unit.Name.Zh, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(unit.Name.En, NpgsqlDbType.Text, cancel);
            await copy.WriteText(unit.Province?.Zh, cancel);
            await copy.WriteText(unit.Province?.En, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    internal static async Task Load(
        NpgsqlConnection connection, int documentNumber, IReadOnlyList<ResourceEntry> resources, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy resources (document_number, category, unit, resource, name_zh, class, original_value, in_service_from,
                            registered, locator) from stdin (format binary)
            """,
            cancel);
        foreach (var resource in resources)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(documentNumber, NpgsqlDbType.Integer, cancel);
            await copy.WriteAsync(resource.Category, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(resource.Unit, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(resource.Resource, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(resource.Name, NpgsqlDbType.Text, cancel);
            await copy.WriteText(resource.Class, cancel);
            await copy.WriteNumber(resource.OriginalValue, cancel);
            await copy.WriteDay(resource.InServiceFrom, cancel);
            await copy.WriteFlag(resource.Registered, cancel);
            await copy.WriteAsync(resource.Locator, NpgsqlDbType.Text, cancel);
        }

        await copy.CompleteAsync(cancel);
    }
}
