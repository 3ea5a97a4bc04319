using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Web.Showing;

/// <summary>What pages call the things of sources.</summary>
public static class SourceWords
{
    /// <summary>A kind of source in words.</summary>
    public static Bilingual Kind(string kind) =>
        SourceKind.All.FirstOrDefault(known => known.Kind == kind)?.Name ?? new Bilingual(kind, kind);

    /// <summary>Why a period is pulled.</summary>
    public static Bilingual Cause(string cause) => cause switch
    {
        "schedule" => new("定时", "schedule"),
        "backfill" => new("补采", "backfill"),
        _ => new("立即采集", "asked for"),
    };

    /// <summary>What was decided about a name or identifier.</summary>
    public static Bilingual Decision(string state) => state switch
    {
        "confirmed" => new("已确认", "confirmed"),
        "refused" => new("已否定", "refused"),
        _ => new("待确认", "to be decided"),
    };

    /// <summary>When a source is pulled next; null when it is paused.</summary>
    public static DateTimeOffset? NextRun(Source source, TimeProvider time) =>
        source.IsPaused ? null : SourceCalendar.Parse(source.Cron)?.Next(time.GetUtcNow());
}
