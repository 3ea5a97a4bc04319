using System.Globalization;

namespace Evaluation.Jobs.Collecting.Nemo;

/// <summary>A correction of a use.</summary>
internal sealed record NemoCorrection(
    string Status, DateTimeOffset? Start, DateTimeOffset? End, bool Waive, bool HasReviewer, DateTimeOffset? Updated);

/// <summary>
/// What the uses of a document refer to: who pays (project → account → type), corrections, times of shutdown and of
/// outage. Projects and the rest are found by number and by name, because fixtures refer by name.
/// </summary>
internal sealed class NemoRegisters
{
    public const string Approved = "1";
    public const string Denied = "2";

    private readonly Dictionary<string, NemoItem> projects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NemoItem> accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> accountTypes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> disciplines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<NemoCorrection>> corrections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Stretch>> shutdowns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Stretch>> outages = new(StringComparer.Ordinal);

    /// <summary>Corrections of which it is not known what they correct.</summary>
    public int Unresolved { get; private set; }

    /// <param name="item">What may be referred to.</param>
    /// <param name="usageContentType">Number of the content type "usage event" on that server, or null.</param>
    public void Take(NemoItem item, string? usageContentType)
    {
        switch (item.Model)
        {
            case NemoBody.Projects: Put(projects, item, item); break;
            case NemoBody.Accounts: Put(accounts, item, item); break;
            case NemoBody.AccountTypes: Put(accountTypes, item, item.Text("name")); break;
            case NemoBody.ProjectDisciplines: Put(disciplines, item, item.Text("name")); break;
            case NemoBody.AdjustmentRequests: TakeCorrection(item, usageContentType); break;
            case NemoBody.Tasks when item.IsTrue("force_shutdown") && !item.IsTrue("cancelled"):
                Add(shutdowns, item, "creation_time", "resolution_time");
                break;
            case NemoBody.ScheduledOutages: Add(outages, item, "start", "end"); break;
        }
    }

    public IReadOnlyList<NemoCorrection> CorrectionsOf(string usage) => corrections.GetValueOrDefault(usage) ?? [];

    public IReadOnlyList<Stretch> ShutdownsOf(string tool) => shutdowns.GetValueOrDefault(tool) ?? [];

    public IReadOnlyList<Stretch> OutagesOf(string tool) => outages.GetValueOrDefault(tool) ?? [];

    /// <summary>
    /// Account, its type, and the discipline of a project; each empty where the document does not say.
    /// </summary>
    public (string Account, string Type, string Discipline) PayerOf(string project, string accountNamed)
    {
        var known = projects.GetValueOrDefault(project);
        var account = known?.Text("account") is { Length: > 0 } of ? of : accountNamed;
        var payer = accounts.GetValueOrDefault(account);
        var type = payer?.Text("type") ?? "";
        var discipline = known?.Text("discipline") ?? "";
        return (
            payer?.Text("name") is { Length: > 0 } name ? name : account,
            accountTypes.GetValueOrDefault(type, IsNumber(type) ? "" : type),
            disciplines.GetValueOrDefault(discipline, IsNumber(discipline) ? "" : discipline));
    }

    private void TakeCorrection(NemoItem item, string? usageContentType)
    {
        if (item.IsTrue("deleted")) return;
        var about = item.Text("item_type");
        if (IsNumber(about) && usageContentType is null)
        {
            Unresolved++;
            return;
        }

        if (about != "NEMO usageevent" && about != usageContentType) return;
        var of = item.Text("item_id");
        if (!corrections.TryGetValue(of, out var known)) corrections[of] = known = [];
        known.Add(new NemoCorrection(
            item.Text("status"), item.Instant("new_start"), item.Instant("new_end"), item.IsTrue("waive"),
            item.Text("reviewer").Length > 0, item.Instant("last_updated")));
    }

    // A shutdown that nobody ended goes on.
    private static void Add(Dictionary<string, List<Stretch>> stretches, NemoItem item, string from, string to)
    {
        if (item.Text("tool") is not { Length: > 0 } tool || item.Instant(from) is not { } start) return;
        if (!stretches.TryGetValue(tool, out var known)) stretches[tool] = known = [];
        known.Add(new Stretch(start, item.Instant(to) ?? DateTimeOffset.MaxValue));
    }

    private static void Put<T>(Dictionary<string, T> register, NemoItem item, T value)
    {
        if (item.Id.Length > 0) register[item.Id] = value;
        if (item.Text("name") is { Length: > 0 } name) register.TryAdd(name, value);
    }

    private static bool IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
