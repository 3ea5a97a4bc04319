using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.RuleSets;
using Evaluation.Web.Downloads;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>The register of a unit: which of its resources count and why, and what they were measured as.</summary>
public sealed class ResourcesModel(
    RunSelection selection, ScoreCardPages cards, ResourcePages resources, PageFrame frame, Wording wording) : PageModel
{
    /// <summary>Name of the download beside the page.</summary>
    public const string CsvName = "resources.csv";

    public ShownRun Shown { get; private set; } = null!;

    public CycleCategory Category { get; private set; } = null!;

    public string Unit { get; private set; } = string.Empty;

    public IReadOnlyList<ResourceRow> Rows { get; private set; } = [];

    /// <summary>The scope rules of the category.</summary>
    public IEnumerable<ResourceExclusion> ScopeRules =>
        Shown.Rules.Records.Resources.Where(rule => rule.Category == Category.Id);

    public async Task<IActionResult> OnGetAsync(string year, string category, string unit, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        if (shown.Category(PageAddress.Read(category)) is not { } known)
        {
            frame.Missing = RankingModel.MissingCategory(shown, PageAddress.Read(category), wording);
            return NotFound();
        }

        (Shown, Category, Unit) = (shown, known, PageAddress.Read(unit));
        if (await cards.Find(shown.Run.Run, known.Id, Unit, cancel) is not { } card)
        {
            frame.Missing = CardModel.MissingUnit(shown, known, Unit, wording);
            return NotFound();
        }

        frame.Title = wording[$"资源登记表：{card.Name.Zh}", $"Register of resources: {card.Name.En}"];
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()), new(wording[known.Name], shown.Address(known.Id)),
            new(wording[card.Name], shown.Address(known.Id, Unit)),
        ];
        Rows = await resources.Register(shown.Run.Run, known.Id, Unit, cancel);
        return Request.Path.Value!.EndsWith(CsvName, StringComparison.Ordinal) ? Csv() : Page();
    }

    private FileContentResult Csv()
    {
        string[] head =
        [
            "resource", "name", "class", "status", "share_mode", "original_value_yuan", "in_service_from", "booked_on",
            "registered", "registered_on", "retired_on", "identifiers", "counts", "why_not", "records", "raw_hours",
            "merged_hours", "accepted_hours", "external_hours", "internal_hours", "unknown_hours",
        ];
        var rows = Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Entry.Resource, row.Entry.Name, row.Entry.Class ?? "", row.Entry.Status ?? "", row.Entry.ShareMode ?? "",
            CsvText.Number(row.Entry.OriginalValue), Day(row.Entry.InServiceFrom), Day(row.Entry.BookedOn),
            row.Entry.Registered switch { true => "yes", false => "no", null => "" }, Day(row.Entry.RegisteredOn),
            Day(row.Entry.RetiredOn), IdentifiersOf(row), row.LeftOut is null ? "yes" : "no",
            row.LeftOut is { } why ? wording[why] : "", CsvText.Number(row.Hours?.Records), CsvText.Number(row.Hours?.Raw),
            CsvText.Number(row.Hours?.Merged), CsvText.Number(row.Hours?.Accepted), CsvText.Number(row.Hours?.External),
            CsvText.Number(row.Hours?.Internal), CsvText.Number(row.Hours?.Unknown),
        ]);
        return File(CsvText.Of(rows.Prepend(head)), "text/csv; charset=utf-8", $"{Shown.Run.Cycle}-{Unit}-resources.csv");
    }

    /// <summary>Identifiers with their schemes.</summary>
    public static string IdentifiersOf(ResourceRow row) => string.Join(
        "; ", row.Entry.Identifiers.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}: {one.Value}"));

    private static string Day(DateOnly? day) => day is { } known ? Wording.Day(known) : "";
}
