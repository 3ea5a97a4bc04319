using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Web.Downloads;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>What of the scenarios is shown.</summary>
/// <param name="Q">Part of a name or code.</param>
/// <param name="Grade">Grade id.</param>
/// <param name="Change">Which change.</param>
/// <param name="Sort">Column.</param>
/// <param name="Dir"><c>desc</c> or nothing.</param>
/// <param name="P">Number of the page.</param>
public sealed record WhatIfQuery(string? Q, string? Grade, string? Change, string? Sort, string? Dir, int? P);

/// <summary>Scenarios of a category's money side by side, beside the awards that hold. Nothing is stored.</summary>
public sealed class WhatIfModel(
    RunSelection selection, SealedShelf shelf, AwardPages awards, ApprovalStore approvals, PageFrame frame, Wording wording)
    : PageModel
{
    /// <summary>Last parts of the addresses of the downloads.</summary>
    public const string CsvName = "what-if.csv";

    /// <inheritdoc cref="CsvName"/>
    public const string WorkbookName = "what-if.xlsx";

    private const int RowsAPage = 200;

    public ShownRun Shown { get; private set; } = null!;

    /// <summary>Categories that have money.</summary>
    public IReadOnlyList<CycleCategory> Categories { get; private set; } = [];

    public CycleCategory Category { get; private set; } = null!;

    /// <summary>What may be set, as the rules have it.</summary>
    public IReadOnlyList<ScenarioSetting> Settings { get; private set; } = [];

    public IReadOnlyList<AskedScenario> Asked { get; private set; } = [];

    public ScenarioTable Table { get; private set; } = null!;

    public ScenarioFilter Filter { get; private set; } = new(null, null, null, null, null);

    public IReadOnlyList<ScenarioRow> Filtered { get; private set; } = [];

    public IReadOnlyList<ScenarioRow> OnThisPage { get; private set; } = [];

    public int PageNumber { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public async Task<IActionResult> OnGetAsync(
        string year, string? run, string? category, [FromQuery] WhatIfQuery asked, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        Shown = shown;
        Categories = [.. shown.Cycle.Categories.Where(known => shown.Scheme(known.Id) is { Awards.Count: > 0 })];
        var chosen = string.IsNullOrEmpty(category) ? Categories.FirstOrDefault() : Categories.FirstOrDefault(known => known.Id == category);
        if (chosen is null)
        {
            frame.Missing = NoMoney(shown, category, Categories, wording);
            return NotFound();
        }

        Category = chosen;
        frame.Title = wording[$"情景测算，{shown.YearName.Zh}", $"What if: awards, {shown.YearName.En}"];
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()),
            new(wording["补助分配", "Awards"], shown.Address("awards")),
        ];
        await Answer(new ScenarioFilter(asked.Q, asked.Grade, asked.Change, asked.Sort, asked.Dir), cancel);
        if (Request.Path.Value!.EndsWith(CsvName, StringComparison.Ordinal)) return Csv();
        if (Request.Path.Value.EndsWith(WorkbookName, StringComparison.Ordinal)) return Workbook();
        Pages = Math.Max(1, (Filtered.Count + RowsAPage - 1) / RowsAPage);
        PageNumber = Math.Clamp(asked.P ?? 1, 1, Pages);
        OnThisPage = [.. Filtered.Skip((PageNumber - 1) * RowsAPage).Take(RowsAPage)];
        return Page();
    }

    private async Task Answer(ScenarioFilter filter, CancellationToken cancel)
    {
        var open = await shelf.Take(Shown.Run.Run, Category.Id, cancel);
        Settings = ScenarioSetting.Of(open.Rules, open.Scheme);
        var newest = (await approvals.Newest(Shown.Run.Cycle, cancel)).GetValueOrDefault(Category.Id);
        var standing = new CategoryMoney(Category.Id, Shown.Run.Run, newest, open.Given);
        var before = newest?.Results ?? open.Given;
        Asked = [.. AskedScenario.Read(Request.Query).Select(one => one.Answered(open, before, TitleOf, Shown.PoolName))];
        var known = (await awards.Awards(Shown.Run.Run, cancel)).Where(row => row.Category == Category.Id).ToList();
        Table = ScenarioTable.Of(standing, Asked, known);
        Filter = filter;
        Filtered = filter.Apply(Table.Rows, [.. Table.Scenarios.Select(one => one.Number)], wording);
    }

    private FileContentResult Csv() => File(
        CsvText.Of(Table.Cells(Filtered, GradeName, wording).Prepend(Table.Head(wording))), "text/csv; charset=utf-8",
        $"{Shown.Run.Cycle}-{Category.Id}-{CsvName}");

    private FileContentResult Workbook()
    {
        using var stream = new MemoryStream();
        AmountsWorkbook.Write(
            wording[Category.Name], Table.Head(wording), Table.Cells(Filtered, GradeName, wording), ScenarioTable.IsAmount, stream);
        return File(stream.ToArray(), PaymentDownloads.Spreadsheet, $"{Shown.Run.Cycle}-{Category.Id}-{WorkbookName}");
    }

    /// <summary>A grade in words; nothing where there is none.</summary>
    public string GradeName(string? grade) => Shown.Grade(Category.Id, grade) is { } known ? wording[known.Name] : grade ?? "";

    /// <summary>What a setting is called.</summary>
    public Bilingual TitleOf(string setting) =>
        Settings.FirstOrDefault(known => known.Name == setting)?.Title ?? new Bilingual(setting, setting);

    /// <summary>Grades that have units in any version, best first; null for units without one.</summary>
    public IEnumerable<Grade?> Grades => (Shown.Scheme(Category.Id)?.Grades?.Grades ?? [])
        .Cast<Grade?>().Append(null)
        .Where(grade => Table.Rows.Any(row => row.Grade == grade?.Id || row.Scenarios.Any(unit => unit.Grade == grade?.Id)));

    /// <summary>What the column of what holds is called.</summary>
    public Bilingual NowName => Table.Standing.Approval is { } approval
        ? new($"现行核定（第 {approval.Version} 版）", $"Approved (version {approval.Version})")
        : new("运行建议（未核定）", "Recommended (not approved)");

    /// <summary>Address of this page with another filter, order or page.</summary>
    public string Address(ScenarioFilter filter, int page = 1) => Address("what-if", filter.Query(page));

    /// <summary>Address of a download of what is filtered now.</summary>
    public string Download(string name) => Address(name, Filter.Query());

    /// <summary>Address of this page for another category.</summary>
    public string Of(CycleCategory other) =>
        Shown.Address(PageAddress.Of("years", Shown.Run.Cycle, "awards", "what-if"), [new("category", other.Id)]);

    /// <summary>Address of this page with the approved settings as the first scenario; null where none are.</summary>
    public string? FromApproved => Table.Standing is { IsApproved: true, Approval.Scenario: { Settings.Count: > 0 } scenario }
        ? Shown.Address(
            PageAddress.Of("years", Shown.Run.Cycle, "awards", "what-if"),
            [new("category", Category.Id), .. new AskedScenario(1, null, scenario.Settings).Query()])
        : null;

    /// <summary>Where a scenario is approved.</summary>
    public string ApproveAddress(Scenario scenario) => ApproveModel.Address(Shown, Category.Id, scenario);

    private string Address(string last, IEnumerable<KeyValuePair<string, string>> more) => Shown.Address(
        PageAddress.Of("years", Shown.Run.Cycle, "awards", last),
        [new("category", Category.Id), .. Asked.SelectMany(one => one.Query()), .. more]);

    /// <summary>What to say when a year has no money in a category.</summary>
    public static MissingPage NoMoney(
        ShownRun shown, string? category, IReadOnlyList<CycleCategory> with, Wording wording) => new(
        with.Count == 0
            ? new($"{shown.YearName.Zh}的规则不分配资金。", $"The rules of {shown.YearName.En} give no money.")
            : new(
                $"{shown.YearName.Zh}没有分配资金的类别“{category}”。",
                $"{shown.YearName.En} has no category '{category}' with money."),
        [.. with.Select(known => new Crumb(
            wording[known.Name],
            shown.Address(PageAddress.Of("years", shown.Run.Cycle, "awards", "what-if"), [new("category", known.Id)])))]);
}
