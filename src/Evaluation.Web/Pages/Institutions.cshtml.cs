using Evaluation.Jobs.Storage;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>Names and identifiers of institutions: what is proposed, what was decided by whom and why.</summary>
public sealed class InstitutionsModel(InstitutionStore store, LateArrivals runs, PageFrame frame, Wording wording) : PageModel
{
    public IReadOnlyDictionary<string, Institution> Institutions { get; private set; } = new Dictionary<string, Institution>();

    public IReadOnlyList<InstitutionAlias> Proposed { get; private set; } = [];

    public IReadOnlyList<InstitutionAlias> Decided { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        frame.Title = wording["单位名称与标识对照", "Names and identifiers of institutions"];
        frame.Crumbs = [new(wording["数据来源", "Sources"], "/sources")];
        frame.Generated = frame.PartlyGenerated = await runs.AnyGenerated(cancel);
        Institutions = (await store.List(cancel)).ToDictionary(one => one.Unit, StringComparer.Ordinal);
        var all = await store.Aliases(cancel: cancel);
        Proposed = [.. all.Where(alias => alias.State == "proposed")];
        Decided = [.. all.Where(alias => alias.State != "proposed")];
    }

    /// <summary>An argument as a shell takes it.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
