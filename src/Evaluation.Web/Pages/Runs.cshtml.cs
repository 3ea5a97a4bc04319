using Evaluation.Jobs.Storage.Reading;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>Every run with its state.</summary>
public sealed class RunsModel(RunPages runs, PageFrame frame, Wording wording) : PageModel
{
    public IReadOnlyList<RunSummary> Runs { get; private set; } = [];

    public string? Year { get; private set; }

    public async Task OnGetAsync(string? year, CancellationToken cancel)
    {
        frame.Title = wording["运行记录", "Runs"];
        Year = string.IsNullOrEmpty(year) ? null : year;
        Runs = await runs.List(Year, cancel);
        frame.PartlyGenerated = Runs.Any(run => !run.Generated);
        frame.Generated = Runs.Any(run => run.Generated);
    }
}
