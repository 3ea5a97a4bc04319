using System.Globalization;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>What a person says who approves.</summary>
/// <param name="By">Who approves.</param>
/// <param name="Reason">Why.</param>
/// <param name="Seen">The versions that held when the numbers were shown.</param>
public sealed record ApproveForm(string? By, string? Reason, string? Seen);

/// <summary>
/// A person approves the awards of a run, or of a scenario of it, for payment. First it is said in numbers what that
/// changes; the form then holds for these numbers only.
/// </summary>
// The token is looked at by hand, so that a form from before the server's last start comes back with what was typed.
[IgnoreAntiforgeryToken]
public sealed class ApproveModel(
    RunSelection selection, SealedShelf shelf, AwardPages awards, ApprovalStore approvals, ApproveAwards approve, IAntiforgery antiforgery,
    PageFrame frame, Wording wording) : PageModel
{
    /// <summary>Longest name of a person.</summary>
    public const int LongestName = 100;

    /// <summary>Longest reason.</summary>
    public const int LongestReason = 1000;

    /// <summary>So many units stand on the page; the scenario's page has all.</summary>
    public const int UnitsShown = 20;

    private const string SettingPrefix = "set.";

    private ILookup<(string Category, string Unit), Bilingual> names = null!;

    public ShownRun Shown { get; private set; } = null!;

    /// <summary>The category asked for, or null for all that have money.</summary>
    public string? Category { get; private set; }

    public Scenario Scenario { get; private set; } = Scenario.None;

    public IReadOnlyList<ProposedApproval> Proposed { get; private set; } = [];

    /// <summary>Why nothing can be approved, or null.</summary>
    public Bilingual? Refused { get; private set; }

    public ApproveForm Form { get; private set; } = new(null, null, null);

    /// <summary>What is wrong with the form: the field, and what to do.</summary>
    public List<(string Field, Bilingual Text)> Errors { get; } = [];

    /// <summary>What would change: nothing where everything is approved already.</summary>
    public IReadOnlyList<ProposedApproval> Pending => [.. Proposed.Where(one => !one.IsApproved)];

    /// <summary>The versions that hold while these numbers are shown.</summary>
    public string Seen => string.Join(' ', Proposed.Select(one => string.Create(
        CultureInfo.InvariantCulture, $"{one.Category}:{one.Newest?.Version ?? 0}")));

    public async Task<IActionResult> OnGetAsync(string year, string? run, string? category, CancellationToken cancel) =>
        await Load(year, run, category, cancel) ?? Page();

    public async Task<IActionResult> OnPostAsync(
        string year, string? run, string? category, [FromForm] ApproveForm form, CancellationToken cancel)
    {
        if (await Load(year, run, category, cancel) is { } missing) return missing;
        Form = form with { By = form.By?.Trim(), Reason = form.Reason?.Trim() };
        await Check();
        if (Errors.Count > 0 || Refused is not null) return Again(StatusCodes.Status400BadRequest);
        try
        {
            await approve.Approve(Proposed, Form.By!, Form.Reason!, cancel);
        }
        catch (OvertakenException overtaken)
        {
            Errors.Add(("", overtaken.Reason));
            await Propose(cancel);
            return Again(StatusCodes.Status409Conflict);
        }

        return Redirect(Shown.Address("awards") + "#approvals");
    }

    private PageResult Again(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private async Task Check()
    {
        if (!await antiforgery.IsRequestValidAsync(HttpContext))
        {
            Errors.Add(("", new(
                "这张表单是服务重新启动之前的，或浏览器没有送回凭证，没有存入任何内容；请再次核对数字并提交",
                "This form is from before the server's last start, or the browser did not send its token; nothing was stored. Look at the numbers again and submit")));
        }

        if (Form.Seen != Seen)
        {
            Errors.Add(("", new(
                "您看到数字之后，核定的版本有了变化，没有存入任何内容；下面是新的数字，请再次核对并提交",
                "Since the numbers were shown to you another version was approved; nothing was stored. Below are the new numbers: look at them and submit again")));
        }

        Required("by", Form.By, LongestName, new("核定人", "who approves"));
        Required("reason", Form.Reason, LongestReason, new("理由", "why"));
    }

    private void Required(string field, string? text, int longest, Bilingual what)
    {
        if (string.IsNullOrEmpty(text)) Errors.Add((field, new($"请填写{what.Zh}：它和核定一起存档", $"Say {what.En}: it is kept with the approval")));
        else if (text.Length > longest) Errors.Add((field, new($"{what.Zh}不超过 {longest} 个字，现为 {text.Length} 个", $"At most {longest} letters for {what.En}, not {text.Length}")));
    }

    private async Task<IActionResult?> Load(string year, string? run, string? category, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        Shown = shown;
        Category = string.IsNullOrEmpty(category) ? null : category;
        Scenario = new Scenario(Request.Query.Where(pair => pair.Key.StartsWith(SettingPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[SettingPrefix.Length..], pair => pair.Value.ToString(), StringComparer.Ordinal));
        var with = shown.Cycle.Categories.Where(known => shown.Scheme(known.Id) is { Awards.Count: > 0 }).ToList();
        if (with.Count == 0 || (Category is not null && with.All(known => known.Id != Category)))
        {
            frame.Missing = WhatIfModel.NoMoney(shown, Category, with, wording);
            return NotFound();
        }

        frame.Title = wording[$"核定补助，{shown.YearName.Zh}", $"Approve awards, {shown.YearName.En}"];
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()),
            new(wording["补助分配", "Awards"], shown.Address("awards")),
        ];
        await Propose(cancel);
        return null;
    }

    private async Task Propose(CancellationToken cancel)
    {
        try
        {
            if (Category is null && Scenario.Settings.Count > 0)
            {
                throw new ScenarioException(null, new("方案只针对一个类别，请在地址中写明类别", "A scenario is about one category: name it in the address"));
            }

            var newest = await approvals.Newest(Shown.Run.Cycle, cancel);
            names = (await awards.Awards(Shown.Run.Run, cancel)).ToLookup(row => (row.Category, row.Unit), row => row.Name);
            var given = (await awards.Pots(Shown.Run.Run, cancel)).Select(pot => pot.Category).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal).ToList();
            var proposed = new List<ProposedApproval>();
            foreach (var one in Category is { } only ? [only] : given)
            {
                proposed.Add(ApproveAwards.Proposed(await shelf.Take(Shown.Run.Run, one, cancel), Scenario, newest.GetValueOrDefault(one)));
            }

            Proposed = proposed;
        }
        catch (ScenarioException wrong)
        {
            Refused = wrong.SentenceOf(TitleOf(wrong.Setting ?? ""));
        }
        catch (AllocationException refused)
        {
            Refused = AskedScenario.CannotBeShared(refused, Shown.PoolName);
        }
        catch (EdgeTieException tie)
        {
            Refused = AskedScenario.Tied(tie);
        }
    }

    /// <summary>Units whose award changes, the greatest difference first.</summary>
    public IReadOnlyList<(ProposedApproval Of, ScenarioUnit Unit)> MostChanged =>
    [
        .. Pending.SelectMany(one => one.Change.Units.Select(unit => (Of: one, Unit: unit)))
            .Where(pair => pair.Unit.Difference != Money.Zero)
            .OrderByDescending(pair => Math.Abs(pair.Unit.Difference.Yuan))
            .ThenBy(pair => pair.Unit.Unit, StringComparer.Ordinal)
            .Take(UnitsShown),
    ];

    /// <summary>Name of a unit; its code where the run does not know it.</summary>
    public Bilingual NameOf(string category, string unit) => names[(category, unit)].FirstOrDefault() ?? new Bilingual(unit, unit);

    /// <summary>What a setting is called.</summary>
    public Bilingual TitleOf(string setting) => Category is { } category && Shown.Scheme(category) is { } scheme
        ? ScenarioSetting.Of(Shown.Rules, scheme).FirstOrDefault(known => known.Name == setting)?.Title ?? new Bilingual(setting, setting)
        : new Bilingual(setting, setting);

    /// <summary>The page of the scenario with every unit.</summary>
    public string WhatIfAddress(ProposedApproval proposed) => Shown.Address(
        PageAddress.Of("years", Shown.Run.Cycle, "awards", "what-if"),
        [new("category", proposed.Category), .. new AskedScenario(1, null, Scenario.Settings).Query()]);

    /// <summary>The command that approves the same.</summary>
    public string Command
    {
        get
        {
            var category = Category is null ? "" : $" --category {Category}";
            var settings = string.Concat(Scenario.Canonical.Settings.Select(setting => " --set " + InstitutionsModel.Quoted($"{setting.Key}={setting.Value}")));
            return $"./evaluation approve {Shown.Run.Run}{category}{settings} --by … --reason …";
        }
    }

    /// <summary>This page with everything that it is about.</summary>
    public string Here => Address(Shown, Category, Scenario);

    /// <summary>Where a scenario of a run is approved.</summary>
    public static string Address(ShownRun shown, string? category, Scenario scenario) => shown.Address(
        PageAddress.Of("years", shown.Run.Cycle, "awards", "approve"),
        [
            .. category is null ? Array.Empty<KeyValuePair<string, string>>() : [new("category", category)],
            .. scenario.Settings.Select(setting => new KeyValuePair<string, string>(SettingPrefix + setting.Key, setting.Value)),
        ]);
}
