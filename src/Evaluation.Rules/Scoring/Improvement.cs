using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// What would have given more: the nearest better band and the exact distance to it, in the unit of the one metric that
/// moves the value where there is one (还差 27 小时), else in the value's own unit.
/// </summary>
internal sealed class Improvement(
    CompiledScheme scheme, CompiledIndicator compiled, FeelValue[] slots, Verdict verdict)
{
    private FeelValue[]? _tried;

    private Indicator Indicator => compiled.Indicator;

    /// <summary>One sentence in both languages, or null where nothing can be said.</summary>
    public Bilingual? Of()
    {
        if (verdict.Finding == Finding.ZeroForLackOfData) return Supply();
        try
        {
            return Indicator.Points switch
            {
                BandPoints bands => verdict.Value.IsNumber ? NextBand(bands) : BetterAnswer(bands),
                GoalpostPoints posts => ToFull(posts),
                ChecklistPoints checklist => Unmet(checklist),
                PanelPoints panel => Each(panel),
                TablePoints table => InTable(table) ?? StillToEarn(),
                FormulaPoints formula => ToMaximum(formula) ?? StillToEarn(),
                _ => StillToEarn(),
            };
        }
        catch (OverflowException)
        {
            // A distance beyond what a decimal holds is no advice; the points still to earn are.
            return StillToEarn();
        }
    }

    private Bilingual Supply()
    {
        var name = scheme.Named(verdict.Missing!)?.Name ?? new Bilingual(verdict.Missing!, verdict.Missing!);
        var max = Bare(Indicator.Max);
        return new Bilingual(
            $"补报“{name.Zh}”后可重新计分，最高 {max} 分。",
            $"With data for \"{name.En}\" it can be scored again, up to {max} points.");
    }

    private Bilingual StillToEarn()
    {
        var (more, max) = (NumberText.Points(Indicator.Max - verdict.Points, Indicator.Max), Bare(Indicator.Max));
        return new Bilingual(
            $"距满分 {max} 分还差 {more} 分。", $"{NumberText.EnglishPoints(more)} short of the maximum of {max}.");
    }

    private Bilingual? BetterAnswer(BandPoints bands)
    {
        var better =
            bands.Bands.Where(band => band.Points > verdict.Points).OrderBy(band => band.Points).FirstOrDefault();
        if (better is null) return null;
        var zh = ConditionWords.Of(scheme, slots, Language.Zh, better.When, Indicator.Unit);
        var en = ConditionWords.Of(scheme, slots, Language.En, better.When, Indicator.Unit);
        return new Bilingual($"答复{zh}可得 {Bare(better.Points)} 分。",
            $"An answer of {en} would give {NumberText.EnglishPoints(Bare(better.Points))}.");
    }

    private Bilingual? Unmet(ChecklistPoints checklist)
    {
        var unmet = checklist.Items
            .Where(item => item.Points > 0m && !scheme.Formula(item.When).Evaluate(slots).IsTrue).ToList();
        if (unmet.Count == 0) return null;
        return new Bilingual(
            string.Join("；", unmet.Select(item => $"满足“{item.Name.Zh}”可再得 {Bare(item.Points)} 分")) + "。",
            string.Join("; ", unmet.Select(item =>
                $"meeting \"{item.Name.En}\" gives {Bare(item.Points)} more {(item.Points == 1m ? "point" : "points")}"))
                is var en ? Sentence(en) + "." : "");
    }

    private Bilingual Each(PanelPoints panel)
    {
        var each = NumberText.Plain(
            Indicator.Max / (panel.Maximum - panel.Minimum), 0, NumberText.MostDecimalsOfPoints);
        return new Bilingual(
            $"评分每提高 1 分可多得 {each} 分，满分 {Bare(Indicator.Max)} 分。",
            $"Each point more from the panel gives {each} more, up to {Bare(Indicator.Max)} points.");
    }

    private Bilingual? ToFull(GoalpostPoints posts)
    {
        if (!verdict.Value.TryNumber(out var value)) return null;
        var max = Bare(Indicator.Max);
        return Towards(
            new Goal(posts.Full, Closed: true, Up: posts.Full > value,
                (found, _) => posts.Full > posts.Zero ? found >= posts.Full : found <= posts.Full),
            value,
            new Bilingual($"可得满分 {max} 分", $"the maximum of {NumberText.EnglishPoints(max)}"));
    }

    /// <summary>How far one metric is from the maximum, where the points follow the value alone in a straight
    /// line.</summary>
    private Bilingual? ToMaximum(FormulaPoints rule)
    {
        var expression = rule.Formula.Expression;
        if (!verdict.Value.TryNumber(out var value)
            || !expression.FreeNames.All(name =>
                name == CompiledScheme.ValueName || scheme.Parameters.ContainsKey(name))
            || new Affine(scheme, slots, expression.Text, CompiledScheme.ValueName).Of(expression.Root)
                is not { Slope: not 0m } line)
        {
            return null;
        }

        var at = Math.Round((Indicator.Max - line.Constant) / line.Slope, 12, MidpointRounding.ToEven);
        var points = scheme.Formula(rule.Formula);
        var goal = new Goal(at, Closed: true, Up: at > value, (found, tried) =>
        {
            scheme.SetValue(tried, found);
            return points.TryNumber(tried, out var earned) && earned == Indicator.Max;
        });
        var max = Bare(Indicator.Max);
        return ByOneMetric(
            goal, new Bilingual($"可得满分 {max} 分", $"the maximum of {NumberText.EnglishPoints(max)}"));
    }

    private Bilingual? NextBand(BandPoints bands)
    {
        var value = verdict.Value.AsNumber();
        var next = Nearest(bands, value);
        if (next.Band is null) return null;
        var points = Bare(next.Band.Points);
        var zh = ConditionWords.Of(scheme, slots, Language.Zh, next.Band.When, Indicator.Unit);
        var en = ConditionWords.Of(scheme, slots, Language.En, next.Band.When, Indicator.Unit);
        var tests = scheme.Tests(next.Band.When);
        return Towards(
            new Goal(next.Edge.At, next.Edge.Closed, next.Edge.At >= value, (found, _) => tests.Test(found, slots) == true),
            value,
            new Bilingual($"可进入下一档（{zh}，得 {points} 分）", $"the next band ({en}: {NumberText.EnglishPoints(points)})"));
    }

    // Of edges equally near the one that earns most; of equals the first.
    private (Band? Band, (decimal At, bool Closed) Edge) Nearest(BandPoints bands, decimal value)
    {
        (Band? Band, (decimal At, bool Closed) Edge) nearest = default;
        foreach (var band in bands.Bands)
        {
            if (band.Points <= verdict.Points) continue;
            foreach (var edge in ConditionEdges.Facing(scheme, slots, band.When, value))
            {
                var order = nearest.Band is null ? -1
                    : Math.Abs(edge.At - value).CompareTo(Math.Abs(nearest.Edge.At - value));
                if (order < 0 || (order == 0 && band.Points > nearest.Band!.Points)) nearest = (band, edge);
            }
        }

        return nearest;
    }

    /// <summary>The nearest single change that earns more by the table, or a better rule.</summary>
    private Bilingual? InTable(TablePoints rule)
    {
        var table = new TableImprovement(scheme, compiled, rule, compiled.Table!, slots, verdict.Points);
        foreach (var edge in table.Edges())
        {
            if (table.Tested(edge.Column) is { } tested && ByEdge(table, rule, edge, tested) is { } told) return told;
        }

        return table.ByAnswer() ?? table.ByRule();
    }

    private Bilingual? ByEdge(TableImprovement table, TablePoints rule, TableImprovement.Edge edge, string tested)
    {
        var number = rule.Rows[edge.Row].Number;
        Bilingual Result(decimal earned) => new(
            $"，按表中第 {number} 条规则可得 {Bare(earned)} 分",
            $"{NumberText.EnglishPoints(Bare(earned))} by rule {number} of the table");
        if (tested != CompiledScheme.ValueName)
        {
            return ByTested(table, edge, tested) is { } way ? Told(way.Way, Result(way.Earned)) : null;
        }

        var earned = 0m;
        var goal = new Goal(edge.At, edge.Closed, edge.At >= verdict.Value.AsNumber(), (_, tried) =>
        {
            if (compiled.Judge(tried) is not { Finding: Finding.Scored } judged || judged.Points <= verdict.Points) return false;
            earned = judged.Points;
            return true;
        });
        return compiled.InputCodes.Select(code => ByMetric(goal, code)).FirstOrDefault(way => way is not null) is { } found
            ? Told(found, Result(earned))
            : null;
    }

    // A metric the table itself tests moves by itself.
    private ((Metric Metric, string Distance, bool More) Way, decimal Earned)? ByTested(
        TableImprovement table, TableImprovement.Edge edge, string code)
    {
        if (!scheme.Rules.Metrics.TryGetValue(code, out var metric)
            || !slots[scheme.Layout.IndexOf(code)].TryNumber(out var now)) return null;
        var decimals = NumberText.DecimalsOfDistance(Math.Abs(edge.At - now), metric.Unit);
        var step = new decimal(1, 0, 0, false, (byte)decimals);
        var more = edge.At >= now;
        var distance = NumberText.Up(Math.Abs(edge.At - now), decimals);
        for (var tries = 0; tries < 2; tries++, distance += step)
        {
            var target = more ? now + distance : now - distance;
            if (distance == 0m || target < (metric.Minimum ?? 0m) || target > (metric.Maximum ?? decimal.MaxValue)) continue;
            if (table.Earned(code, target) is { } earned && earned > verdict.Points)
            {
                return ((metric, NumberText.Plain(distance, 0, decimals), more), earned);
            }
        }

        return null;
    }

    /// <summary>Where the value has to get to.</summary>
    private sealed record Goal(decimal At, bool Closed, bool Up, Func<decimal, FeelValue[], bool> Reached);

    private Bilingual? ByOneMetric(Goal goal, Bilingual result)
    {
        foreach (var code in compiled.InputCodes)
        {
            if (ByMetric(goal, code) is { } way) return Told(way, result);
        }

        return null;
    }

    private static Bilingual Told((Metric Metric, string Distance, bool More) way, Bilingual result)
    {
        var zh = NumberText.With(way.Distance, way.Metric.Unit, Language.Zh);
        var en = NumberText.With(way.Distance, way.Metric.Unit, Language.En);
        return new Bilingual(
            $"“{way.Metric.Name.Zh}”{(way.More ? "还差" : "再减少")} {NumberText.Then(zh, result.Zh)}。",
            $"\"{way.Metric.Name.En}\" needs {en} {(way.More ? "more" : "less")} for {result.En}.");
    }

    private Bilingual Towards(Goal goal, decimal value, Bilingual result)
    {
        if (ByOneMetric(goal, result) is { } told) return told;

        // Without such a metric the distance is told in the value's own unit, with every digit it takes.
        var exact = Math.Abs(goal.At - value);
        var decimals = Math.Max(NumberText.DecimalsOfDistance(exact, Indicator.Unit), exact == 0m ? 0 : 1);
        var distance = NumberText.Plain(NumberText.Up(exact, decimals), 0, decimals);
        var (zhDistance, enDistance) = (
            NumberText.With(distance, Indicator.Unit, Language.Zh),
            NumberText.With(distance, Indicator.Unit, Language.En));
        var overZh = goal.Closed ? zhDistance : NumberText.Then(zhDistance, "以上");
        return new Bilingual(
            $"{(goal.Up ? "还差" : "再降低")} {NumberText.Then(overZh, result.Zh)}。",
            $"The value needs {(goal.Closed ? "" : "over ")}{enDistance} "
            + $"{(goal.Up ? "more" : "less")} for {result.En}.");
    }

    private (Metric Metric, string Distance, bool More)? ByMetric(Goal goal, string code)
    {
        if (!scheme.Rules.Metrics.TryGetValue(code, out var metric) || metric.ResourceList is not null) return null;
        var slot = scheme.Layout.IndexOf(code);
        if (slot < 0 || !slots[slot].TryNumber(out var now)) return null;
        var expression = Indicator.Value.Expression;
        var affine = new Affine(scheme, slots, expression.Text, code);
        if (affine.Of(expression.Root) is not { Slope: not 0m } line) return null;

        // Division leaves dust in the last digits; what it hides is found by trying.
        var change = Math.Round(((goal.At - line.Constant) / line.Slope) - now, 12, MidpointRounding.ToEven);
        var more = change > 0m || (change == 0m && goal.Up == line.Slope > 0m);
        var first = NumberText.DecimalsOfDistance(Math.Abs(change), metric.Unit);
        for (var decimals = first; decimals <= first + 6; decimals += 2)
        {
            var step = new decimal(1, 0, 0, false, (byte)decimals);
            var distance = NumberText.Up(Math.Abs(change), decimals);

            // A whole step more where division left the last digit short, or where the edge itself does not count.
            for (var tries = 0; tries < 2; tries++, distance += step)
            {
                var target = more ? now + distance : now - distance;
                if (distance == 0m || target < (metric.Minimum ?? 0m)) continue;
                if (target > (metric.Maximum ?? decimal.MaxValue)) continue;
                if (Reaches(goal, slot, target)) return (metric, NumberText.Plain(distance, 0, decimals), more);
            }
        }

        return null;
    }

    private bool Reaches(Goal goal, int slot, decimal target)
    {
        var tried = _tried ??= new FeelValue[slots.Length];
        Array.Copy(slots, tried, slots.Length);
        tried[slot] = target;
        return scheme.Formula(Indicator.Value).Evaluate(tried).TryNumber(out var found) && goal.Reached(found, tried);
    }

    private static string Sentence(string text) =>
        text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Bare(decimal number) => NumberText.Plain(number, 0, CompiledPoints.Decimals);
}
