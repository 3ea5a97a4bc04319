using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>How certain the results of a category are: weights, choices, the cross-check, and how all that was made.</summary>
public sealed class CertaintyModel(
    RunSelection selection, CertaintyStore studies, RankingPages rankings, PageFrame frame, Wording wording) : PageModel
{
    /// <summary>Disagreeing pairs on the page; the download has them all.</summary>
    public const int PairsShown = 20;

    private IReadOnlyDictionary<string, Bilingual> _names = new Dictionary<string, Bilingual>();

    public ShownRun Shown { get; private set; } = null!;

    public CycleCategory Category { get; private set; } = null!;

    public Scheme Scheme { get; private set; } = null!;

    public CategoryCertainty? Study { get; private set; }

    public string Sha256 { get; private set; } = string.Empty;

    public async Task<IActionResult> OnGetAsync(string year, string category, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        var (known, scheme) = (shown.Category(PageAddress.Read(category)), shown.Scheme(PageAddress.Read(category)));
        if (known is null || scheme is null)
        {
            frame.Missing = RankingModel.MissingCategory(shown, PageAddress.Read(category), wording);
            return NotFound();
        }

        (Shown, Category, Scheme) = (shown, known, scheme);
        frame.Title = wording[$"{known.Name.Zh}：结果有多稳", $"{known.Name.En}: how certain the results are"];
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()), new(wording[known.Name], shown.Address(known.Id)),
        ];
        if ((await studies.OfRun(shown.Run.Run, known.Id, cancel)).SingleOrDefault() is { } stored)
        {
            (Study, Sha256) = (stored.Study, stored.Sha256);
            _names = (await rankings.Ranking(shown.Run.Run, known.Id, cancel))
                .ToDictionary(row => row.Unit, row => row.Name, StringComparer.Ordinal);
        }

        return Page();
    }

    /// <summary>Name of a unit.</summary>
    public Bilingual NameOf(string unit) => _names.GetValueOrDefault(unit) ?? new Bilingual(unit, unit);

    /// <summary>Address of a download.</summary>
    public string File(string ending) => PageAddress.Of("reports", Shown.Run.Run, Category.Id) + "/certainty." + ending;

    /// <summary>An index with its interval.</summary>
    public static string Told(Estimate estimate) => estimate is { Low: { } low, High: { } high }
        ? $"{ReportText.Points(estimate.Value)} [{ReportText.Points(low)}; {ReportText.Points(high)}]"
        : ReportText.Points(estimate.Value);
}
