using System.Globalization;
using System.Text.Json;
using Evaluation.Jobs.Collecting.Counter;
using Evaluation.Jobs.Collecting.Tabular;

namespace Evaluation.Jobs.Collecting.Nemo;

/// <summary>
/// The things in an answer of a NEMO server, one by one, whichever of its forms it has: a bare array (without
/// <c>page_size</c> the API gives everything at once), the envelope of one page, a Django fixture, or several answers
/// side by side under the names of their endpoints.
/// </summary>
internal sealed class NemoBody(string path, string name, string encoding)
{
    /// <summary>Property of several answers side by side that names the server.</summary>
    public const string Host = "nemo_host";

    /// <summary>
    /// Property of several answers side by side that holds what uses refer to; it is looked up and not read.
    /// </summary>
    public const string Registers = "registers";

    public const string UsageEvents = "usage_events";
    public const string Reservations = "reservations";
    public const string AdjustmentRequests = "adjustment_requests";
    public const string TrainingSessions = "training_sessions";
    public const string ScheduledOutages = "scheduled_outages";
    public const string Tasks = "tasks";
    public const string Tools = "tools";
    public const string Projects = "projects";
    public const string Accounts = "accounts";
    public const string AccountTypes = "account_types";
    public const string ProjectDisciplines = "project_disciplines";
    public const string Billing = "billing";

    /// <summary>Endpoints that are read. Others are counted and told.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        UsageEvents, Reservations, AdjustmentRequests, TrainingSessions, ScheduledOutages, Tasks, Tools, Projects, Accounts,
        AccountTypes, ProjectDisciplines, Billing,
    ];

    private const string Results = "results";

    // An answer does not say which endpoint it is of: fields that only one of them has do.
    private static readonly (string Model, string[] Fields)[] Marks =
    [
        (AdjustmentRequests, ["new_start", "item_type"]),
        (Reservations, ["missed", "cancelled"]),
        (TrainingSessions, ["trainee", "trainer"]),
        (Tasks, ["force_shutdown", "urgency"]),
        (UsageEvents, ["has_ended", "run_data", "operator"]),
        (Billing, ["item_id", "quantity"]),
        ("rates", ["rate_class", "table_id"]),
        (ScheduledOutages, ["start", "creator"]),
        (Projects, ["application_identifier"]),
        (Tools, ["_category"]),
        (Tools, ["visible", "category"]),
        (Accounts, ["type", "active"]),
    ];

    /// <summary>The server that the document names, or null.</summary>
    public string? HostName { get; private set; }

    public IEnumerable<NemoItem> Items()
    {
        using var parts = new JsonObjectStream(TextEncoding.OpenUtf8(path, encoding), name);
        if (parts.IsArray())
        {
            foreach (var part in parts.Elements()) yield return ItemOf(part.Value, null, Place(part.Index));
            yield break;
        }

        foreach (var part in parts.Parts(property => property == Results || Known.Contains(property)))
        {
            if (part.Property == Host) HostName = part.Value.GetString();
            if (part.Property == Registers)
            {
                foreach (var item in InRegisters(part.Value)) yield return item;
            }

            if (part.Property != Results && !Known.Contains(part.Property)) continue;
            var model = part.Property == Results ? null : part.Property;
            if (part.Index >= 0) yield return ItemOf(part.Value, model, $"{part.Property}{Place(part.Index)}");
            else foreach (var item in Page(part.Value, part.Property, model)) yield return item;
        }
    }

    private static IEnumerable<NemoItem> InRegisters(JsonElement registers)
    {
        foreach (var register in registers.EnumerateObject().Where(one => Known.Contains(one.Name)))
        {
            foreach (var item in Page(register.Value, register.Name, register.Name)) yield return item with { IsReference = true };
        }
    }

    private static IEnumerable<NemoItem> Page(JsonElement page, string property, string? model)
    {
        var results = page.ValueKind == JsonValueKind.Object && page.TryGetProperty(Results, out var inside) ? inside : page;
        if (results.ValueKind != JsonValueKind.Array)
        {
            throw new ImportException(
                $"{property} 既不是列表，也不是分页应答（results）。请重新取得。",
                $"{property} is neither a list nor a page with results. Fetch it again.");
        }

        return results.EnumerateArray().Select((one, index) => ItemOf(one, model, $"{property}.{Results}{Place(index)}"));
    }

    private static NemoItem ItemOf(JsonElement element, string? model, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ImportException(
                $"{place} 不是 JSON 对象。请重新取得。", $"{place} is no JSON object. Fetch it again.");
        }

        if (element.TryGetProperty("model", out var named) && element.TryGetProperty("fields", out var fields))
        {
            var hasId = element.TryGetProperty("pk", out var id) || fields.TryGetProperty("name", out id);
            return new NemoItem(OfFixture(named.GetString() ?? ""), hasId ? id.ToString() : "", fields, place);
        }

        model ??= Marks.FirstOrDefault(mark => mark.Fields.All(field => element.TryGetProperty(field, out _))).Model;
        var isNumbered = element.TryGetProperty(model == Billing ? "item_id" : "id", out var number);
        return new NemoItem(model ?? "?", isNumbered ? number.ToString() : "", element, place);
    }

    private static string OfFixture(string model) => model switch
    {
        "NEMO.usageevent" => UsageEvents,
        "NEMO.reservation" => Reservations,
        "NEMO.adjustmentrequest" => AdjustmentRequests,
        "NEMO.trainingsession" => TrainingSessions,
        "NEMO.scheduledoutage" => ScheduledOutages,
        "NEMO.task" => Tasks,
        "NEMO.tool" => Tools,
        "NEMO.project" => Projects,
        "NEMO.account" => Accounts,
        "NEMO.accounttype" => AccountTypes,
        "NEMO.projectdiscipline" => ProjectDisciplines,
        _ => model,
    };

    private static string Place(int index) => $"[{index.ToString(CultureInfo.InvariantCulture)}]";
}
