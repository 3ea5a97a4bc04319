namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>One bar of a comparison.</summary>
/// <param name="Name">What is compared.</param>
/// <param name="Share">Share of the maximum, or null where there is none.</param>
/// <param name="Label">Figures at the right.</param>
/// <param name="Category">The category's spread, or null.</param>
/// <param name="LeadsTo">Key of the place the name leads to, or null.</param>
internal sealed record ComparisonBar(
    string Name, decimal? Share, string Label, Spread? Category, string? LeadsTo = null);

/// <summary>
/// Bars from 0 to 100 per cent of the maximum, each with the category's median as a tick and its best quarter as a
/// band. Every figure drawn stands in a table too.
/// </summary>
internal static class ComparisonChart
{
    private const double NameWidth = 142;
    private const double LabelWidth = 92;
    private const double BarLeft = NameWidth + 8;
    private const double BarWidth = Sheet.TextWidth - BarLeft - LabelWidth;
    private static readonly int[] Ticks = [0, 25, 50, 75, 100];

    internal static void Add(Story story, IReadOnlyList<ComparisonBar> bars, double rowHeight)
    {
        story.Add(Legend(story) with { Before = 8, KeepWithNext = true });
        Bars(story, bars, rowHeight, "%");
    }

    /// <summary>The bars alone, on an axis from 0 to 100 in a unit of its own.</summary>
    internal static void Bars(Story story, IReadOnlyList<ComparisonBar> bars, double rowHeight, string unit)
    {
        var axis = Axis(story, unit);
        story.Add(axis with { Before = 4, KeepWithNext = true });
        for (var index = 0; index < bars.Count; index++)
        {
            story.Add(Bar(story, bars[index], rowHeight) with
            {
                Head = axis,
                KeepWithNext = index == 0 || index == bars.Count - 2,
            });
        }
    }

    private static Strip Legend(Story story)
    {
        var own = story.Set(story.Say("本单位得分率", "This unit's share"), TextStyle.Label, 150);
        var median = story.Set(story.Say("本类别中位数", "Category median"), TextStyle.Label, 150);
        var best = story.Set(
            story.Say("本类别最好四分之一（上四分位数至最高）", "Best quarter (upper quartile to best)"), TextStyle.Label, 230);
        return new Strip(own.LineHeight, (canvas, x, y) =>
        {
            var middle = y + (own.LineHeight / 2);
            canvas.Fill(x, middle - 3, 16, 6, Ink.Accent);
            canvas.Text(own, x + 21, y, Ink.Quiet);
            var second = x + 21 + own.Width + 18;
            Median(canvas, second + 3, middle, 6);
            canvas.Text(median, second + 10, y, Ink.Quiet);
            var third = second + 10 + median.Width + 18;
            Band(canvas, third, middle, 16, 6);
            canvas.Text(best, third + 21, y, Ink.Quiet);
        });
    }

    private static Strip Axis(Story story, string unit)
    {
        var labels = Ticks
            .Select(tick => story.Set(ReportText.Whole(tick) + unit, TextStyle.Small, 40, Align.Center))
            .ToList();
        return new Strip(labels[0].Height + 2, (canvas, x, y) =>
        {
            for (var index = 0; index < Ticks.Length; index++)
            {
                canvas.Text(labels[index], x + BarLeft + (BarWidth * Ticks[index] / 100) - 20, y, Ink.Quiet);
            }
        });
    }

    private static Strip Bar(Story story, ComparisonBar bar, double rowHeight)
    {
        var name = story.Set(bar.Name, TextStyle.Cell, NameWidth);
        var label = story.Set(bar.Label, TextStyle.Figure, LabelWidth - 8, Align.Right);
        var height = Math.Max(rowHeight, Math.Max(name.Height, label.Height) + 6);
        return new Strip(height, (canvas, x, y) =>
        {
            var middle = y + (height / 2);
            canvas.Text(name, x, middle - (name.Height / 2), Ink.Text);
            if (bar.LeadsTo is { } key) canvas.Link(x, y, NameWidth, height, key);
            canvas.Text(label, x + BarLeft + BarWidth + 8, middle - (label.Height / 2), Ink.Text);
            Draw(canvas, bar, x + BarLeft, y, height);
        });
    }

    private static void Draw(Canvas canvas, ComparisonBar bar, double x, double y, double height)
    {
        var (middle, thick) = (y + (height / 2), Math.Min(height - 12, 10));
        canvas.Fill(x, middle - (thick / 2), BarWidth, thick, Ink.Track);
        foreach (var tick in Ticks) canvas.VerticalRule(x + (BarWidth * tick / 100), y, height, Ink.Rule, 0.3);
        if (bar.Category is { } category)
        {
            var left = Along(category.BestQuarter);
            Band(canvas, x + left, middle, Math.Max(Along(category.Best) - left, 2), thick + 6);
        }

        if (bar.Share is { } share) canvas.Fill(x, middle - (thick / 2), Along(share), thick, Ink.Accent);
        if (bar.Category is not null) Median(canvas, x + Along(bar.Category.Median), middle, thick + 6);
    }

    /// <summary>Positions are pictures, not scores: here, and only here, decimals become doubles.</summary>
    private static double Along(decimal share) => BarWidth * (double)Math.Clamp(share, 0m, 1m);

    private static void Band(Canvas canvas, double x, double middle, double width, double height)
    {
        canvas.Fill(x, middle - (height / 2), width, height, Ink.Band);
    }

    private static void Median(Canvas canvas, double x, double middle, double height)
    {
        canvas.Fill(x - 1.6, middle - (height / 2), 3.2, height, Ink.White);
        canvas.Fill(x - 0.8, middle - (height / 2), 1.6, height, Ink.Text);
    }
}
