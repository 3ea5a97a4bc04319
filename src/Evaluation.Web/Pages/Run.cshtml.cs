using Evaluation.Jobs.Storage.Reading;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>One run: steps with counts and times, documents with what was refused, hashes.</summary>
public sealed class RunModel(RunPages runs, ScoreCardPages cards, RuleSetShelf shelf, PageFrame frame, Wording wording)
    : PageModel
{
    /// <summary>So many refused rows of each document are listed; the rest is counted.</summary>
    public const int RejectsEach = 100;

    public RunSummary Run { get; private set; } = null!;

    public ShownRun Shown { get; private set; } = null!;

    public IReadOnlyList<StepSummary> Steps { get; private set; } = [];

    public IReadOnlyList<DocumentSummary> Documents { get; private set; } = [];

    public ILookup<string, RefusedCell> Rejects { get; private set; } = null!;

    public IReadOnlyList<FindingCount> Findings { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string run, CancellationToken cancel)
    {
        frame.Crumbs = [new(wording["运行记录", "Runs"], "/runs")];
        if (await runs.Find(PageAddress.Read(run), cancel) is not { } found)
        {
            frame.Missing = new(
                new($"没有编号为“{run}”的运行。", $"There is no run '{run}'."),
                [new(wording["查看全部运行记录", "See all runs"], "/runs")]);
            return NotFound();
        }

        Run = found;
        Shown = new ShownRun(found, await shelf.Take(found.RuleSetHash, cancel), Latest: false);
        frame.Title = wording[$"运行 {found.Run}", $"Run {found.Run}"];
        frame.Generated = found.Generated;
        Steps = await runs.Steps(found.Run, cancel);
        Documents = await runs.Documents(found.Run, cancel);
        Rejects = (await runs.Rejects(found.Run, RejectsEach, cancel)).ToLookup(
            reject => reject.Document, StringComparer.Ordinal);
        Findings = await cards.FindingsByKind(found.Run, cancel);
        return Page();
    }
}
