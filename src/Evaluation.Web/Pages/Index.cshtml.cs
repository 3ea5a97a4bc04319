using Evaluation.Jobs.Storage.Reading;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>One published year of the first page.</summary>
/// <param name="Shown">Its latest finished run.</param>
/// <param name="Grades">Units by category and grade.</param>
/// <param name="Runs">Number of runs of the year.</param>
public sealed record PublishedYear(ShownRun Shown, IReadOnlyList<GradeOfCategory> Grades, int Runs);

/// <summary>The first page: what this is, and the years that have a result.</summary>
public sealed class IndexModel(
    RunPages runs, RankingPages rankings, RuleSetShelf shelf, PageFrame frame, Wording wording) : PageModel
{
    public IReadOnlyList<PublishedYear> Years { get; private set; } = [];

    public int Unfinished { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        frame.Title = wording["科技资源共享后补助绩效评价", "Post-subsidy evaluation of shared research resources"];
        var all = await runs.List(null, cancel);
        Unfinished = all.Count(run => !run.Finished);
        var years = new List<PublishedYear>();
        foreach (var year in all.GroupBy(run => run.Cycle, StringComparer.Ordinal)
                     .OrderByDescending(year => year.Key, StringComparer.Ordinal))
        {
            var latest = year.Where(run => run.Finished).MaxBy(run => run.Version);
            if (latest is null) continue;
            var shown = new ShownRun(latest, await shelf.Take(latest.RuleSetHash, cancel), Latest: true);
            years.Add(new PublishedYear(shown, await rankings.Grades(latest.Run, cancel), year.Count()));
        }

        Years = years;
        frame.PartlyGenerated = years.Any(year => !year.Shown.Run.Generated);
        frame.Generated = years.Any(year => year.Shown.Run.Generated);
    }
}
