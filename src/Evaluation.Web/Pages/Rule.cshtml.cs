using Evaluation.Rules;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>A metric or parameter that a formula names.</summary>
/// <param name="Code">Code as the formula writes it.</param>
/// <param name="Name">Official name.</param>
/// <param name="Unit">Unit of measure.</param>
/// <param name="From">Where the figure comes from, or the parameter's value.</param>
public sealed record NamedInput(string Code, Bilingual Name, UnitOfMeasure Unit, Bilingual From);

/// <summary>One indicator: question, formula, points, source, worked cases, and how many units got how many points.</summary>
public sealed class RuleModel(RunSelection selection, ResultShelf results, PageFrame frame, Wording wording) : PageModel
{
    public ShownRun Shown { get; private set; } = null!;

    public CycleCategory Category { get; private set; } = null!;

    public Indicator Indicator { get; private set; } = null!;

    public Block Block { get; private set; } = null!;

    public IReadOnlyList<NamedInput> Inputs { get; private set; } = [];

    public Distribution Distribution { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(
        string year, string category, string indicator, string? run, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        if (shown.Category(PageAddress.Read(category)) is not { } known || shown.Scheme(known.Id) is not { } scheme)
        {
            frame.Missing = RankingModel.MissingCategory(shown, PageAddress.Read(category), wording);
            return NotFound();
        }

        var id = PageAddress.Read(indicator);
        if (scheme.Indicators.FirstOrDefault(known => known.Id == id) is not { } found)
        {
            frame.Missing = new(
                new($"{known.Name.Zh}的规则中没有指标“{id}”。", $"The rules of {known.Name.En} have no indicator '{id}'."),
                [new(wording["查看全部指标", "See all indicators"], shown.Address("rules", known.Id))]);
            return NotFound();
        }

        (Shown, Category, Indicator) = (shown, known, found);
        Block = scheme.Blocks.First(block => block.Indicators.Contains(found));
        Inputs = [.. found.Given.Select(code => Named(code, scheme))];
        var spread = (await results.Category(shown.Run.Run, known.Id, cancel)).Indicators.GetValueOrDefault(id);
        Distribution = Distribution.Of(spread ?? new IndicatorSpread([], 0, 0), found.Max);
        frame.Title = $"{found.Id} {wording[found.Name]}";
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()),
            new(wording[$"评分规则：{known.Name.Zh}", $"Rules: {known.Name.En}"], shown.Address("rules", known.Id)),
        ];
        return Page();
    }

    /// <summary>What a worked case is called: its own name where that is in the reader's language, its number otherwise.</summary>
    public string CaseName(int place)
    {
        var name = Indicator.Cases[place].Name;
        var chinese = name.Any(letter => letter is >= '\u4E00' and <= '\u9FFF');
        return chinese == (wording.Language == Language.Zh) ? name : wording[$"算例 {place + 1}", $"Case {place + 1}"];
    }

    private NamedInput Named(string code, Scheme scheme)
    {
        if (Shown.Rules.Metrics.TryGetValue(code, out var metric))
        {
            return new(code, metric.Name, metric.Unit, metric.ComesFrom);
        }

        if (!scheme.Parameters.TryGetValue(code, out var parameter))
        {
            return new(code, new(code, code), UnitOfMeasure.All["count"], new("方案的结果", "result of a scheme"));
        }

        var value = parameter.On(Shown.Cycle.AsOf);
        return new(
            code, parameter.Name, parameter.Unit,
            value is { } given
                ? new($"参数，现行值 {Jobs.Reports.ReportText.Input(given, parameter.Unit).Zh}",
                    $"parameter, in force: {Jobs.Reports.ReportText.Input(given, parameter.Unit).En}")
                : new("参数，当日无有效值", "parameter without a value on that day"));
    }
}
