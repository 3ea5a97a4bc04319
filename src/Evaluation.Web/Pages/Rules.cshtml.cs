using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>The rules of a category: blocks and indicators, parameters, judgements, grades, awards.</summary>
public sealed class RulesModel(RunSelection selection, PageFrame frame, Wording wording) : PageModel
{
    public ShownRun Shown { get; private set; } = null!;

    public CycleCategory Category { get; private set; } = null!;

    public Scheme Scheme { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string year, string category, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        if (shown.Category(PageAddress.Read(category)) is not { } known || shown.Scheme(known.Id) is not { } scheme)
        {
            frame.Missing = RankingModel.MissingCategory(shown, PageAddress.Read(category), wording);
            return NotFound();
        }

        (Shown, Category, Scheme) = (shown, known, scheme);
        frame.Title = wording[$"评分规则：{known.Name.Zh}", $"Rules: {known.Name.En}"];
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()), new(wording[known.Name], shown.Address(known.Id)),
        ];
        return Page();
    }

    /// <summary>What a judgement does, in words.</summary>
    public string Effect(JudgementEffect effect) => effect switch
    {
        CapGrade cap => wording[$"等级最高为“{GradeName(cap.Grade)}”", $"the grade can be at most '{GradeName(cap.Grade)}'"],
        CapTotal cap => wording[$"总分最高 {Wording.Plain(cap.Points)} 分", $"the total can be at most {Wording.Plain(cap.Points)} points"],
        SetGrade set => wording[
            $"等级定为“{GradeName(set.Grade)}”，名次排在其他单位之后",
            $"the grade is '{GradeName(set.Grade)}', ranked after all others"],
        AdjustPoints adjust => wording[$"加减分：{adjust.Points.Text}", $"points added or taken: {adjust.Points.Text}"],
        _ => wording["不参加排名、评等和补助", "no part in ranking, grades and awards"],
    };

    /// <summary>Name of a grade in the reader's language.</summary>
    public string GradeName(string grade) =>
        Scheme.Grades?.Grades.FirstOrDefault(known => known.Id == grade) is { } found ? wording[found.Name] : grade;
}
