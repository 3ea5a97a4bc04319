using Evaluation.Jobs.Storage.Reading;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>Every source with its state.</summary>
public sealed class SourcesModel(SourcePages sources, RunPages runs, TimeProvider time, PageFrame frame, Wording wording)
    : PageModel
{
    public IReadOnlyList<SourceSummary> Sources { get; private set; } = [];

    public DateTimeOffset? NextRun(SourceSummary one) => SourceWords.NextRun(one.Source, time);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        frame.Title = wording["数据来源", "Sources"];
        frame.Generated = frame.PartlyGenerated = (await runs.List(null, cancel)).Any(run => run.Generated);
        Sources = await sources.List(cancel);
    }
}
