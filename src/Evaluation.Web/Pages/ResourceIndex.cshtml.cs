using Evaluation.Jobs.Indexing;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>The resource index of a year: rankings of provinces, disciplines and institutions, and how firm they are.</summary>
public sealed class ResourceIndexModel(
    RunSelection selection, ResourceIndexStore indices, PageFrame frame, Wording wording) : PageModel
{
    public ShownRun Shown { get; private set; } = null!;

    /// <summary>What the index is made of, or null where the rules of the year define none.</summary>
    public ResourceIndexDefinition? Definition => Shown.Rules.Index;

    /// <summary>The index, or null where the run has none.</summary>
    public ResourceIndexResult? Result { get; private set; }

    /// <summary>Its report, or null.</summary>
    public StoredIndexReport? Report { get; private set; }

    public async Task<IActionResult> OnGetAsync(string year, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        Shown = shown;
        frame.Title = Definition is { } definition ? wording[definition.Name] : wording["科技资源指数", "Resource index"];
        frame.Crumbs = [new(wording[shown.YearName], shown.Address())];
        Result = (await indices.Find(shown.Run.Run, cancel))?.Result;
        Report = await indices.Report(shown.Run.Run, cancel);
        return Page();
    }
}
