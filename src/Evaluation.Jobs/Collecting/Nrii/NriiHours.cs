using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>How many hours there are.</summary>
internal static class NriiHours
{
    public static decimal Of(Period period) => Of(period.To.ToDateTime(TimeOnly.MinValue) - period.From.ToDateTime(TimeOnly.MinValue));

    public static decimal Of(TimeSpan span) => span.Ticks / (decimal)TimeSpan.TicksPerHour;
}
