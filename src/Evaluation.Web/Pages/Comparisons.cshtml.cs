using Evaluation.Jobs.Storage;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>The comparisons made with runs of a year.</summary>
public sealed class ComparisonsModel(
    RunSelection selection, ComparisonStore comparisons, PageFrame frame, Wording wording) : PageModel
{
    public ShownRun Shown { get; private set; } = null!;

    public IReadOnlyList<ComparisonEntry> Comparisons { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string year, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        Shown = shown;
        frame.Title = wording["换一套规则会怎样", "What other rules would change"];
        frame.Crumbs = [new(wording[shown.Cycle.Name], shown.Address())];
        Comparisons = await comparisons.OfCycle(shown.Run.Cycle, cancel);
        return Page();
    }
}
