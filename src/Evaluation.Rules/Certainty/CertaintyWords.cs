using System.Globalization;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>Says in both languages how certain the result of a unit is.</summary>
internal sealed class CertaintyWords(CompiledScheme scheme, Robustness spec)
{
    private const int WeightsNamed = 2;
    private const int DecimalsOfPercent = 1;
    private const int DecimalsOfDistance = 4;

    private readonly string _draws = spec.Draws.ToString("N0", CultureInfo.InvariantCulture);
    private readonly string _noise = NumberText.Plain(spec.Noise * 100m, 0, 2);

    /// <summary>The unit with its sentences.</summary>
    public UnitCertainty Put(UnitCertainty unit) => unit with
    {
        Because = Because(unit),
        Edges = Edges(unit),
        Matters = Matters(unit),
    };

    private Bilingual Because(UnitCertainty unit)
    {
        if (unit.Ranks is not { } ranks || unit.Rank is null)
        {
            return new(
                "本单位没有参加排名，因此没有名次和等级的把握可言。",
                "The unit is not ranked, so there is no rank or grade to be sure of.");
        }

        var (zh, en) = (
            $"各项权重各自在上下 {_noise}% 之内随机变动 {_draws} 次，名次有九成" + (ranks.Low == ranks.High
                ? $"为第 {Rank(ranks.Low)} 名"
                : $"落在第 {Rank(ranks.Low)} 至第 {Rank(ranks.High)} 名之间"),
            $"With every weight varied at random by up to {_noise} % in {_draws} draws, nine ranks in ten " + (ranks.Low == ranks.High
                ? $"are {Rank(ranks.Low)}"
                : $"lie between {Rank(ranks.Low)} and {Rank(ranks.High)}"));
        if (unit.GradeHolds is { } holds)
        {
            var grade = scheme.GradeName(unit.Grade!);
            var chance = Percent(holds);
            zh += $"，等次仍为{grade.Zh}的占 {chance}";
            en += $", and the grade stays {grade.En} in {chance} of them";
        }

        if (unit is { Awards: { } awards, Paid: { } paid })
        {
            zh += paid == 0m ? "；任何一次都没有补助" : awards.Low == awards.High
                ? $"；补助有九成为 {Yuan(awards.Low)} 元"
                : $"；补助有九成落在 {Yuan(awards.Low)} 元至 {Yuan(awards.High)} 元之间";
            en += paid == 0m ? "; no draw gives an award" : awards.Low == awards.High
                ? $"; nine awards in ten are CNY {Yuan(awards.Low)}"
                : $"; nine awards in ten lie between CNY {Yuan(awards.Low)} and CNY {Yuan(awards.High)}";
        }

        if (unit.GradeHolds is null) return new(zh + "。", en + ".");
        var line = Percent(spec.FragileBelow);
        return unit.Fragile
            ? new($"{zh}。低于规则要求的 {line}，等次不稳。", $"{en}. That is below the {line} the rules ask for: the grade is fragile.")
            : new($"{zh}。达到规则要求的 {line}，等次稳固。", $"{en}. The rules ask for {line}: the grade is firm.");
    }

    private Bilingual? Edges(UnitCertainty unit)
    {
        var (zh, en) = (new List<string>(), new List<string>());
        if (unit.Better is { } better)
        {
            var (grade, points) = (scheme.GradeName(better.Grade), Distance(better));
            zh.Add(better.Beyond ? $"再得 {points} 分以上即升为{grade.Zh}" : $"再得 {points} 分即升为{grade.Zh}");
            en.Add($"{(better.Beyond ? "more than " : "")}{NumberText.EnglishPoints(points)} more would lift the grade to {grade.En}");
        }

        if (unit.Worse is { } worse)
        {
            var (grade, points) = (scheme.GradeName(worse.Grade), Distance(worse));
            zh.Add(worse.Beyond ? $"少得 {points} 分以上即降为{grade.Zh}" : $"少得 {points} 分即降为{grade.Zh}");
            en.Add($"{(worse.Beyond ? "more than " : "")}{NumberText.EnglishPoints(points)} less would lower it to {grade.En}");
        }

        if (zh.Count == 0) return null;
        var english = string.Join("; ", en);
        return new(
            $"其他单位得分不变时，{string.Join("；", zh)}。",
            $"With the points of all others as they are, {english}.");
    }

    private Bilingual? Matters(UnitCertainty unit)
    {
        if (unit.Rank is not { } rank) return null;
        var most = unit.Without
            .Where(without => !without.IsBlock && without.Rank is { } other && other != rank)
            .OrderByDescending(without => Math.Abs(without.Rank!.Value - rank))
            .Take(WeightsNamed)
            .ToList();
        if (most.Count == 0)
        {
            return unit.Without.Count == 0 ? null : new(
                "去掉任何一项指标，名次都不变。", "Leaving out any one indicator would not change the rank.");
        }

        var zh = most.Select(without => $"去掉“{NameOf(without.Id).Zh}”，名次由第 {rank} 变为第 {without.Rank}");
        var en = most.Select(without => $"without \"{NameOf(without.Id).En}\" the rank would go from {rank} to {without.Rank}");
        return new(
            $"对本单位名次影响最大的权重：{string.Join("；", zh)}。",
            $"The weights that matter most to this rank: {string.Join("; ", en)}.");
    }

    private Bilingual NameOf(string indicator) =>
        Array.Find(scheme.Indicators, compiled => compiled.Indicator.Id == indicator)!.Indicator.Name;

    private static string Rank(decimal rank) => NumberText.Plain(rank, 0, 1);

    // Never 100 % for what did not always hold, never 0 % for what sometimes did.
    private static string Percent(decimal share)
    {
        var decimals = DecimalsOfPercent;
        while (decimals < 4 && Math.Round(share * 100m, decimals) is 0m or 100m && share is not (0m or 1m)) decimals++;
        return NumberText.Plain(share * 100m, 0, decimals) + "%";
    }

    private static string Distance(GradeEdge edge) => NumberText.Plain(
        NumberText.Up(edge.Distance, Math.Min(DecimalsOfDistance, NumberText.DecimalsOf(edge.Distance))), 0, DecimalsOfDistance);

    private static string Yuan(decimal amount) => new Allocation.Money(amount).ToString();
}
