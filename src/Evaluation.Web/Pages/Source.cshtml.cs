using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>One source: state, pulls, documents, what was refused, what came too late for a run.</summary>
public sealed class SourceModel(SourcePages sources, PullStore pulls, LateArrivals late, PageFrame frame, Wording wording)
    : PageModel
{
    /// <summary>So many documents are listed; the rest is counted.</summary>
    public const int DocumentsShown = 200;

    public SourceSummary Summary { get; private set; } = null!;

    public DateTimeOffset? NextRun { get; private set; }

    public IReadOnlyList<SourcePull> Pulls { get; private set; } = [];

    public IReadOnlyList<PulledSummary> Documents { get; private set; } = [];

    public IReadOnlyList<LateOfRun> Late { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string source, [FromServices] TimeProvider time, CancellationToken cancel)
    {
        frame.Crumbs = [new(wording["数据来源", "Sources"], "/sources")];
        frame.Generated = frame.PartlyGenerated = await late.AnyGenerated(cancel);
        var code = PageAddress.Read(source);
        if ((await sources.List(cancel)).FirstOrDefault(one => one.Source.Code == code) is not { } found)
        {
            frame.Missing = new(
                new($"没有名为“{code}”的来源。", $"There is no source '{code}'."),
                [new(wording["查看全部来源", "See all sources"], "/sources")]);
            return NotFound();
        }

        Summary = found;
        frame.Title = wording[$"来源 {code}", $"Source {code}"];
        NextRun = SourceWords.NextRun(found.Source, time);
        Pulls = await pulls.OfSource(code, cancel);
        Documents = await sources.Documents(code, DocumentsShown, cancel);
        Late = await late.Of(code, cancel);
        return Page();
    }
}
