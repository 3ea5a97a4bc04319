using System.Globalization;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Scoring;

/// <summary>
/// Says of every finding that somebody decided on what was decided, and what it changed: the unit's score with the
/// treatment beside the score the reported data would have given.
/// </summary>
public sealed class MeasureTreatments(
    RuleSetsOnRecord rules, ObservationStore observations, ScoreStore scores, FindingStore findings, DecisionStore decisions)
{
    /// <returns>Findings with a decision.</returns>
    public async Task<int> Measure(string run, CancellationToken cancel)
    {
        var (found, ruleSet) = await rules.Of(run, cancel);
        var decided = await decisions.OfCycle(found.Cycle, cancel);
        var treated = (await findings.OfRun(run, cancel))
            .Where(finding => finding is { Category: not null, Unit: not null } && decided.ContainsKey(finding.NaturalKey))
            .ToList();
        var sentences = new List<Treatment>();
        foreach (var category in treated.GroupBy(finding => finding.Category!, StringComparer.Ordinal))
        {
            var sheets = (await scores.Sheets(run, category.Key, cancel)).ToDictionary(one => one.Unit, StringComparer.Ordinal);
            foreach (var unit in category.GroupBy(finding => finding.Unit!, StringComparer.Ordinal))
            {
                var effect = unit.All(finding => decided[finding.NaturalKey].Kind == FindingDecision.Keep)
                    ? null
                    : Effect(sheets[unit.Key], await AsReported(run, ruleSet, category.Key, unit.Key, cancel));
                sentences.AddRange(unit.Select(finding => new Treatment(
                    finding.NaturalKey, category.Key, unit.Key, Sentence(decided[finding.NaturalKey], effect))));
            }
        }

        await findings.Save(run, sentences, cancel);
        return sentences.Count;
    }

    private async Task<ScoreSheet> AsReported(
        string run, RuleSet ruleSet, string category, string unit, CancellationToken cancel)
    {
        var cycle = ruleSet.Cycle!;
        var reported = await observations.AsReported(run, category, unit, cancel).ToListAsync(cancel);
        var facts = FactAssembler.Assemble(ruleSet, cycle.Categories.Single(one => one.Id == category), reported);
        return Scorer.Create(ruleSet, ruleSet.SchemeOf(category), cycle.AsOf).Score(facts.Single());
    }

    private static Bilingual Sentence(FindingDecision decision, Bilingual? effect)
    {
        var (zh, en) = decision.Kind switch
        {
            FindingDecision.Keep => ("核实后照用", "Verified and used as reported"),
            FindingDecision.Exclude => ("该数据不予采用", "The figure is not used"),
            _ => ($"更正为 {Number(decision.Value!.Value)}", $"Corrected to {Number(decision.Value.Value)}"),
        };
        return new Bilingual(
            $"处理：{zh}（{decision.By}，{Day(decision.At)}：{decision.Reason}）。{effect?.Zh}",
            $"Decision: {en} ({decision.By}, {Day(decision.At)}: {decision.Reason}). {effect?.En}".TrimEnd());
    }

    private static Bilingual Effect(ScoreSheet treated, ScoreSheet reported)
    {
        var changed = treated.Lines.Zip(reported.Lines)
            .Where(pair => Points(pair.First) != Points(pair.Second))
            .Select(pair => $"{pair.First.Id} {Shown(Points(pair.Second))} → {Shown(Points(pair.First))}")
            .ToList();
        if (changed.Count == 0)
        {
            return new Bilingual("处理与否，得分相同。", "The score is the same with and without it.");
        }

        var list = string.Join("; ", changed);
        return new Bilingual(
            $"按报送数据计 {Total(reported, Language.Zh)}，处理后计 {Total(treated, Language.Zh)}（{list}）。",
            $"As reported: {Total(reported, Language.En)}; as decided: {Total(treated, Language.En)} ({list}).");
    }

    private static decimal? Points(LedgerLine line) => line.Outcome == nameof(Scored) ? line.Points : null;

    private static string Shown(decimal? points) => points is { } number ? Number(number) : "—";

    private static string Total(ScoreSheet sheet, Language language) => sheet.Complete
        ? language == Language.Zh ? $"{Number(sheet.Points)} 分" : $"{Number(sheet.Points)} points"
        : language == Language.Zh ? "待补数据" : "waiting for data";

    private static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
