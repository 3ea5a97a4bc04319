using System.Collections.Concurrent;
using Npgsql;

namespace Evaluation.Jobs.Storage;

/// <summary>
/// The numbers of resources and texts that service records carry. A name is given a number once and for all, in a
/// transaction of its own: a name that nobody uses in the end does no harm.
/// </summary>
internal sealed class ServiceNames(Database database)
{
    private readonly ConcurrentDictionary<(string Category, string Unit, string Resource), int> resources = new();
    private readonly ConcurrentDictionary<string, int> texts = new(StringComparer.Ordinal);

    /// <summary>Numbers of resources, in the order of the list.</summary>
    public async Task<int[]> OfResources(
        IReadOnlyList<(string Category, string Unit, string Resource)> names, CancellationToken cancel)
    {
        // In one order everywhere: two nodes that enter the same names wait for one another, and never in a circle.
        var unknown = names.Where(name => !resources.ContainsKey(name)).Distinct().Order().ToList();
        if (unknown.Count > 0)
        {
            await using var connection = await database.Connect(cancel);
            await EnterResources(connection, unknown, cancel);
        }

        return [.. names.Select(name => resources[name])];
    }

    /// <summary>Numbers of texts, in the order of the list.</summary>
    public async Task<int[]> OfTexts(IReadOnlyList<string> names, CancellationToken cancel)
    {
        var unknown = names.Where(name => !texts.ContainsKey(name)).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            await database.Execute(
                "insert into service_texts (content) select * from unnest($1::text[]) on conflict do nothing", cancel, (object)unknown);
            await foreach (var (id, content) in database.Stream(
                "select id, content from service_texts where content = any($1)",
                row => (row.GetInt32(0), row.GetString(1)), cancel, (object)unknown))
            {
                texts[content] = id;
            }
        }

        return [.. names.Select(name => texts[name])];
    }

    private async Task EnterResources(
        NpgsqlConnection connection, List<(string Category, string Unit, string Resource)> unknown, CancellationToken cancel)
    {
        object?[] columns =
        [
            unknown.Select(name => name.Category).ToArray(), unknown.Select(name => name.Unit).ToArray(),
            unknown.Select(name => name.Resource).ToArray(),
        ];
        await connection.Execute(
            """
            insert into service_resources (category, unit, resource)
            select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing
            """,
            cancel, columns);
        await using var command = connection.Command(
            """
            select r.id, r.category, r.unit, r.resource
            from unnest($1::text[], $2::text[], $3::text[]) n (category, unit, resource)
            join service_resources r using (category, unit, resource)
            """,
            columns);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            resources[(reader.GetString(1), reader.GetString(2), reader.GetString(3))] = reader.GetInt32(0);
        }
    }
}
