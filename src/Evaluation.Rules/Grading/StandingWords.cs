using Evaluation.Rules.Feel;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <summary>The sentence on a card that says why the unit has its rank and grade, or why it has none.</summary>
internal sealed class StandingWords
{
    private const int IndicatorsNamed = 3;

    private readonly CompiledScheme _scheme;
    private readonly int _ranked;
    private readonly decimal[] _thresholds;

    public StandingWords(CompiledScheme scheme, int ranked)
    {
        (_scheme, _ranked) = (scheme, ranked);
        var slots = scheme.EmptySlots();
        _thresholds = [.. (scheme.Scheme.Grades?.Bands ?? [])
            .SelectMany(band => ConditionWords.Thresholds(scheme, slots, band.When)).Distinct()];
    }

    /// <summary>Why a ranked unit stands where it stands.</summary>
    public Bilingual Of(Placed placed, GradeDecision decision)
    {
        var zh = new List<string>();
        var en = new List<string>();
        Rank(placed, zh, en);
        if (placed.Candidate.Judged.SetGrade is { } set)
        {
            var grade = _scheme.GradeName(decision.Grade!);
            zh.Add($"因“{set.Name.Zh}”（{Citation.Of(set.Source).Zh}），等次定为{grade.Zh}，排在其他单位之后");
            en.Add($"because of \"{set.Name.En}\" ({Citation.Of(set.Source).En}) the grade is {grade.En} "
                + "and the unit ranks after all others");
        }
        else
        {
            Grade(placed, decision, zh, en);
        }

        return Sentence(placed.Candidate, zh, en);
    }

    /// <summary>Why a unit is not ranked.</summary>
    public Bilingual OfUnranked(Candidate candidate)
    {
        if (candidate.Judged.Excluded is { } excluded)
        {
            return Sentence(
                candidate,
                [$"因“{excluded.Name.Zh}”（{Citation.Of(excluded.Source).Zh}），不参加排名、评级和奖补"],
                [$"because of \"{excluded.Name.En}\" ({Citation.Of(excluded.Source).En}) "
                 + "the unit takes no part in ranks, grades and awards"]);
        }

        var withheld = candidate.Sheet.Lines.Where(line => line.Outcome == nameof(Withheld)).ToList();
        if (withheld.Count == 0)
        {
            return Sentence(
                candidate, ["没有适用的指标，不评分、不排名、不评级"], ["no indicator applies, so there is no score, rank or grade"]);
        }

        var more = withheld.Count > IndicatorsNamed;
        var zh = string.Join("、", withheld.Take(IndicatorsNamed).Select(line => line.Id + " " + line.Name.Zh));
        var en = string.Join(", ", withheld.Take(IndicatorsNamed).Select(line => line.Id + " " + line.Name.En));
        return Sentence(
            candidate,
            [$"{withheld.Count} 项指标暂不计分（{zh}{(more ? " 等" : "")}），总分待定，暂不排名、不评级；请先补齐数据"],
            [$"{withheld.Count} {(withheld.Count == 1 ? "indicator is" : "indicators are")} withheld "
             + $"({en}{(more ? ", …" : "")}), so there is "
             + "no total, rank or grade yet; please complete the data"]);
    }

    private void Rank(Placed placed, List<string> zh, List<string> en)
    {
        var total = NumberText.Points(placed.Candidate.Judged.Points, _thresholds).ToString();
        zh.Add($"总分 {total} 分，在 {_ranked} 个参加排名的单位中列第 {placed.Rank} 名");
        en.Add($"Total {total} points, rank {placed.Rank} of {_ranked}");
        if (placed.Tied > 0)
        {
            zh.Add($"与另外 {placed.Tied} 个单位并列");
            en.Add(placed.Tied == 1 ? "tied with 1 other unit" : $"tied with {placed.Tied} other units");
        }

        if (placed.KeyThatTold is { } key)
        {
            var name = KeyName(_scheme.Scheme.Grades!.TieKeys[key]);
            zh.Add($"总分相同的单位按“{name.Zh}”排序");
            en.Add($"units with the same total are ordered by \"{name.En}\"");
        }
    }

    private void Grade(Placed placed, GradeDecision decision, List<string> zh, List<string> en)
    {
        if (_scheme.Scheme.Grades is not { } table)
        {
            zh.Add("本方案不评等次");
            en.Add("this scheme gives no grades");
            return;
        }

        if (decision.TiedOut is { } missed)
        {
            var better = _scheme.GradeName(missed);
            zh.Add($"与其他单位并列跨越{better.Zh}名额的末位，按规则均不评为{better.Zh}");
            en.Add($"equal units stand across the last place for {better.En}, and by the rule none of them gets it");
        }

        if (placed.Candidate.Judged.CapGrade is { Effect: Judgements.CapGrade cap } judgement)
        {
            var most = _scheme.GradeName(cap.Grade);
            zh.Add($"因“{judgement.Name.Zh}”（{Citation.Of(judgement.Source).Zh}），等次最高为{most.Zh}");
            en.Add($"because of \"{judgement.Name.En}\" ({Citation.Of(judgement.Source).En}) "
                + $"the grade can be at most {most.En}");
        }

        if (decision.Grade is not { } id)
        {
            zh.Add("不在任何等次的范围内，不评等次");
            en.Add("no grade covers this total, so there is none");
            return;
        }

        var (name, source) = (_scheme.GradeName(id), Citation.Of(table.Source));
        var (why, whyEn) = Why(decision);
        zh.Add($"{why}评为{name.Zh}（{source.Zh}）");
        en.Add($"{whyEn}graded {name.En} ({source.En})");
    }

    private (string Zh, string En) Why(GradeDecision decision)
    {
        if (decision.Quota is { } places)
        {
            var least = places.Quota.AtLeast is { } points ? NumberText.Points(points, []).ToString() : null;
            var of = places.Percent is { } percent
                ? ($"（{_ranked} 个单位的 {NumberText.Plain(percent, 0, 4)}%）",
                    $" ({NumberText.Plain(percent, 0, 4)}% of {_ranked} units)")
                : ("", "");
            return (
                $"名额 {places.Count} 个{of.Item1}{(least is null ? "" : $"、总分不低于 {least} 分")}，在名额之内，",
                $"within the {places.Count} places{of.Item2}"
                + $"{(least is null ? "" : $" for totals of at least {least}")}, ");
        }

        if (decision.Band is { } band && band.Grade == decision.Grade)
        {
            var (slots, unit) = (_scheme.EmptySlots(), Schemes.UnitOfMeasure.All["point"]);
            return (
                ConditionWords.Of(_scheme, slots, Language.Zh, band.When, unit),
                ConditionWords.Of(_scheme, slots, Language.En, band.When, unit) + ", ");
        }

        return _scheme.Scheme.Grades!.Quotas.Count > 0
            ? ("未列入以上等次的名额，", "without a place in a better grade, ")
            : ("", "");
    }

    /// <summary>What a tie key is called; a plain metric by its own name.</summary>
    private Bilingual KeyName(TieKey key) =>
        key.By.Expression.Root is FeelName name && _scheme.Named(name.Name) is { } metric
            ? metric.Name
            : key.NameIn(_scheme.Scheme);

    private static Bilingual Sentence(Candidate candidate, List<string> zh, List<string> en)
    {
        foreach (var (judgement, reason) in candidate.Judged.Undecided)
        {
            zh.Add($"“{judgement.Name.Zh}”无法判断（{reason.Zh}），按不成立处理");
            en.Add($"\"{judgement.Name.En}\" cannot be decided ({reason.En}) and counts as not holding");
        }

        var english = string.Join("; ", en);
        return new Bilingual(string.Join("；", zh) + "。", char.ToUpperInvariant(english[0]) + english[1..] + ".");
    }
}
