using System.Text.Json;
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
            select category, unit, resource, name_zh, class, original_value, in_service_from, registered, locator,
                   name_en, kind, status, share_mode, included, booked_on, registered_on, retired_on, identifiers::text
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
                row.Day(6),
                row.Flag(7),
                row.GetString(8))
            {
                NameEn = row.Text(9),
                Kind = row.Text(10),
                Status = row.Text(11),
                ShareMode = row.Text(12),
                Included = row.Flag(13),
                BookedOn = row.Day(14),
                RegisteredOn = row.Day(15),
                RetiredOn = row.Day(16),
                Identifiers = JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(17))!,
            },
            cancel,
            run,
            category,
            unit);

    /// <summary>Resources that the scope rules leave out of a run; of one unit, if one is given.</summary>
    public Task<List<LeftOutResource>> LeftOut(
        string run, string category, string? unit = null, CancellationToken cancel = default) => database.List(
        """
        select category, unit, resource, rule, reason_zh, reason_en from resources_left_out
        where run = $1 and category = $2 and ($3::text is null or unit = $3)
        order by unit collate "C", resource collate "C"
        """,
        row => new LeftOutResource(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3),
            new Bilingual(row.GetString(4), row.GetString(5))),
        cancel,
        run,
        category,
        unit);

    /// <summary>Enters resources that are out of scope; those that are entered already stay as they are.</summary>
    public Task LeaveOut(string run, IReadOnlyList<LeftOutResource> resources, CancellationToken cancel = default) =>
        database.Execute(
            """
            insert into resources_left_out (run, category, unit, resource, rule, reason_zh, reason_en)
            select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
            on conflict do nothing
            """,
            cancel, run, resources.Select(one => one.Category).ToArray(), resources.Select(one => one.Unit).ToArray(),
            resources.Select(one => one.Resource).ToArray(), resources.Select(one => one.Rule).ToArray(),
            resources.Select(one => one.Reason.Zh).ToArray(), resources.Select(one => one.Reason.En).ToArray());

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
        await LoadIdentifiers(connection, documentNumber, resources, cancel);
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy resources (document_number, category, unit, resource, name_zh, class, original_value, in_service_from,
                            registered, locator, name_en, kind, status, share_mode, included, booked_on, registered_on,
                            retired_on) from stdin (format binary)
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
            foreach (var text in new[] { resource.NameEn, resource.Kind, resource.Status, resource.ShareMode })
            {
                await copy.WriteText(text, cancel);
            }

            await copy.WriteFlag(resource.Included, cancel);
            foreach (var day in new[] { resource.BookedOn, resource.RegisteredOn, resource.RetiredOn }) await copy.WriteDay(day, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private static async Task LoadIdentifiers(
        NpgsqlConnection connection, int documentNumber, IReadOnlyList<ResourceEntry> resources, CancellationToken cancel)
    {
        if (resources.All(resource => resource.Identifiers.Count == 0)) return;
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy resource_identifiers (document_number, category, unit, resource, scheme, identifier)
            from stdin (format binary)
            """,
            cancel);
        foreach (var resource in resources)
        {
            foreach (var (scheme, identifier) in resource.Identifiers)
            {
                await copy.WriteRowAsync(
                    cancel, documentNumber, resource.Category, resource.Unit, resource.Resource, scheme, identifier);
            }
        }

        await copy.CompleteAsync(cancel);
    }
}
