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
    // Division leaves dust behind these.
    private const int DecimalsOfChange = 12;

    private readonly IndicatorParts _parts = compiled.Parts;

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
        var (more, max) = (NumberText.Points(Indicator.Max - verdict.Points, Indicator.Max).ToString(), Bare(Indicator.Max));
        return new Bilingual(
            $"距满分 {max} 分还差 {more} 分。", $"{NumberText.EnglishPoints(more)} short of the maximum of {max}.");
    }

    private Bilingual? BetterAnswer(BandPoints bands)
    {
        var better = -1;
        for (var i = 0; i < bands.Bands.Count; i++)
        {
            var points = bands.Bands[i].Points;
            if (points > verdict.Points && (better < 0 || points < bands.Bands[better].Points)) better = i;
        }

        return better < 0 ? null : _parts.Band(better, slots).Answer;
    }

    private Bilingual? Unmet(ChecklistPoints checklist)
    {
        using var text = SentenceWriter.Start();
        if (Unmet(text, checklist, Language.Zh) is not { } zh) return null;
        return new Bilingual(zh, Unmet(text, checklist, Language.En)!);
    }

    private string? Unmet(SentenceWriter text, ChecklistPoints checklist, Language language)
    {
        for (var i = 0; i < checklist.Items.Count; i++)
        {
            if (checklist.Items[i].Points <= 0m || compiled.Meets(i, slots)) continue;
            var further = text.Length > 0;
            if (further) text.Add(language == Language.Zh ? "；" : "; ");
            text.Add((further ? _parts.Items[i].Further : _parts.Items[i].First).In(language));
        }

        if (text.Length == 0) return null;
        text.Add(language == Language.Zh ? "。" : ".");
        return text.Take();
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
        return Towards(
            new Goal(posts.Full, Closed: true, Up: posts.Full > value, posts.Full > posts.Zero
                ? (found, _) => found >= posts.Full
                : (found, _) => found <= posts.Full),
            value, _parts.Maximum);
    }

    /// <summary>How far one metric is from the maximum, where the points follow the value alone in a straight
    /// line.</summary>
    private Bilingual? ToMaximum(FormulaPoints rule)
    {
        if (!verdict.Value.TryNumber(out var value) || _parts.PointsOverValue?.Of(slots) is not { } line) return null;
        var at = Math.Round(line.Where(Indicator.Max), DecimalsOfChange, MidpointRounding.ToEven);
        var points = scheme.Formula(rule.Formula);
        var goal = new Goal(at, Closed: true, Up: at > value, (found, tried) =>
        {
            scheme.SetValue(tried, found);
            return points.TryNumber(tried, out var earned) && earned == Indicator.Max;
        });
        return ByOneMetric(goal) is { } way ? Told(way, _parts.Maximum) : null;
    }

    private Bilingual? NextBand(BandPoints bands)
    {
        var value = verdict.Value.AsNumber();
        var (band, edge) = Nearest(bands, value);
        if (band < 0) return null;
        var parts = _parts.Band(band, slots);
        return Towards(new Goal(edge.At, edge.Closed, edge.At >= value, parts.Holds), value, parts.Next);
    }

    // Of edges equally near the one that earns most; of equals the first.
    private (int Band, (decimal At, bool Closed) Edge) Nearest(BandPoints bands, decimal value)
    {
        (int Band, (decimal At, bool Closed) Edge) nearest = (-1, default);
        var least = 0m;
        for (var i = 0; i < bands.Bands.Count; i++)
        {
            var band = bands.Bands[i];
            if (band.Points <= verdict.Points) continue;
            foreach (var interval in _parts.Band(i, slots).Intervals)
            {
                if (interval.Facing(value) is not { } edge) continue;
                var distance = Math.Abs(edge.At - value);
                var order = nearest.Band < 0 ? -1 : distance.CompareTo(least);
                if (order > 0 || (order == 0 && band.Points <= bands.Bands[nearest.Band].Points)) continue;
                (nearest, least) = ((i, edge), distance);
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
        return ByOneMetric(goal) is { } found ? Told(found, Result(earned)) : null;
    }

    // A metric the table itself tests moves by itself.
    private (Way Way, decimal Earned)? ByTested(
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
                return (new Way(metric, distance, decimals, more), earned);
            }
        }

        return null;
    }

    /// <summary>Where the value has to get to.</summary>
    private readonly record struct Goal(decimal At, bool Closed, bool Up, Func<decimal, FeelValue[], bool> Reached);

    /// <summary>How far one metric has to move.</summary>
    private readonly record struct Way(Metric Metric, decimal Distance, int Decimals, bool More);

    private Way? ByOneMetric(in Goal goal)
    {
        foreach (var lever in _parts.Levers)
        {
            if (By(lever, goal) is { } way) return way;
        }

        return null;
    }

    private static Bilingual Told(in Way way, Bilingual result)
    {
        using var text = SentenceWriter.Start();
        text.Add($"“{way.Metric.Name.Zh}”{(way.More ? "还差" : "再减少")} ");
        NumberText.WriteWith(text, way.Distance, 0, way.Decimals, way.Metric.Unit, Language.Zh);
        text.Then(result.Zh);
        text.Add("。");
        var zh = text.Take();
        text.Add($"\"{way.Metric.Name.En}\" needs ");
        NumberText.WriteWith(text, way.Distance, 0, way.Decimals, way.Metric.Unit, Language.En);
        text.Add($" {(way.More ? "more" : "less")} for {result.En}.");
        return new Bilingual(zh, text.Take());
    }

    private Bilingual Towards(in Goal goal, decimal value, Bilingual result)
    {
        if (ByOneMetric(goal) is { } way) return Told(way, result);

        // Without such a metric the distance is told in the value's own unit, with every digit it takes.
        var exact = Math.Abs(goal.At - value);
        var decimals = Math.Max(NumberText.DecimalsOfDistance(exact, Indicator.Unit), exact == 0m ? 0 : 1);
        var distance = NumberText.Up(exact, decimals);
        using var text = SentenceWriter.Start();
        text.Add(goal.Up ? "还差 " : "再降低 ");
        NumberText.WriteWith(text, distance, 0, decimals, Indicator.Unit, Language.Zh);
        if (!goal.Closed) text.Then("以上");
        text.Then(result.Zh);
        text.Add("。");
        var zh = text.Take();
        text.Add(goal.Closed ? "The value needs " : "The value needs over ");
        NumberText.WriteWith(text, distance, 0, decimals, Indicator.Unit, Language.En);
        text.Add($" {(goal.Up ? "more" : "less")} for {result.En}.");
        return new Bilingual(zh, text.Take());
    }

    private Way? By(Lever lever, in Goal goal)
    {
        if (!slots[lever.Slot].TryNumber(out var now) || lever.Line.Of(slots) is not { } line) return null;

        // Division leaves dust in the last digits; what it hides is found by trying.
        var change = Math.Round(line.Where(goal.At) - now, DecimalsOfChange, MidpointRounding.ToEven);
        var more = change > 0m || (change == 0m && goal.Up == line.Slope / line.Divisor > 0m);
        var metric = lever.Metric;
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
                if (Reaches(goal, lever.Slot, target)) return new Way(metric, distance, decimals, more);
            }
        }

        return null;
    }

    private bool Reaches(in Goal goal, int slot, decimal target)
    {
        var now = slots[slot];
        try
        {
            slots[slot] = target;
            return compiled.Value(slots).TryNumber(out var found) && goal.Reached(found, slots);
        }
        finally
        {
            slots[slot] = now;
            scheme.SetValue(slots, verdict.Value);
        }
    }

    private static string Bare(decimal number) => NumberText.Plain(number, 0, CompiledPoints.Decimals);
}
