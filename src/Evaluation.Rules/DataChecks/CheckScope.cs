using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.DataChecks;

/// <summary>
/// The names a data check may use. Over a unit: the unit's metrics and resource lists, and <c>confirmed</c> (whether its
/// owner confirmed the data as they stand). Over a resource list: the list's metrics by their short codes, and
/// <c>id</c>. Over both: <c>previous</c>, the same thing in the last finished run before (null where there is none), and
/// <c>reported</c>, what outside systems report for the same metrics; <c>period_hours</c>, the hours of the period. Over
/// observations: the fields of one observation, <c>previous</c>, its value in that run, and <c>same_period</c>, the
/// fields of every observation of the same metric and period, whoever states it.
/// </summary>
public sealed class CheckScope
{
    /// <summary>A check of units.</summary>
    public const string Unit = "unit";

    /// <summary>A check of observations.</summary>
    public const string Observation = "observation";

    internal const string Previous = "previous";
    internal const string Reported = "reported";
    internal const string PeriodHours = "period_hours";
    internal const string Confirmed = "confirmed";
    internal const string Id = "id";
    internal const string SamePeriod = "same_period";

    private static readonly string[] ObservationFields =
    [
        "metric", "value", "answer", "unit", "resource", "days", "flags", "document", "dimensions", Previous,
        SamePeriod,
    ];

    private readonly IReadOnlyDictionary<string, Metric> _metrics;
    private readonly string _over;

    private CheckScope(IReadOnlyDictionary<string, Metric> metrics, string over) => (_metrics, _over) = (metrics, over);

    /// <summary>What checks may look over: units, observations, and every resource list.</summary>
    public static IReadOnlyList<string> Overs(IReadOnlyDictionary<string, Metric> metrics) =>
    [
        Unit, Observation,
        .. metrics.Values.Select(metric => metric.ResourceList).OfType<string>().Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>The names over one kind of thing.</summary>
    public static CheckScope Of(IReadOnlyDictionary<string, Metric> metrics, string over) => new(metrics, over);

    /// <summary>The names of one thing itself: what <c>previous</c> and <c>reported</c> have too.</summary>
    public IReadOnlyList<string> Own => _over switch
    {
        Unit => [.. _metrics.Keys.Where(code => !code.Contains('.')), .. Lists],
        Observation => ObservationFields,
        _ => [Id, .. Members(_over)],
    };

    /// <summary>Every name a check may begin with.</summary>
    public IReadOnlyList<string> Names => _over switch
    {
        Unit => [.. Own, Confirmed, Previous, Reported, PeriodHours],
        Observation => ObservationFields,
        _ => [.. Own, Previous, Reported, PeriodHours],
    };

    /// <summary>The resource lists.</summary>
    public IEnumerable<string> Lists => Overs(_metrics).Skip(2);

    /// <summary>The short codes of a resource list's metrics.</summary>
    public IEnumerable<string> Members(string list) =>
        _metrics.Values.Where(metric => metric.ResourceList == list).Select(metric => metric.ShortCode);

    /// <summary>What is wrong with a name or path that a check uses, or null: the name, and the names it may be.</summary>
    public (string Wrong, IReadOnlyList<string> Known)? ProblemOf(string path)
    {
        var parts = path.Split('.');
        if (!Names.Contains(parts[0], StringComparer.Ordinal)) return (parts[0], Names);
        if (parts.Length == 1 || _over == Observation) return null;
        if (parts[0] is Previous or Reported)
        {
            if (!Own.Contains(parts[1], StringComparer.Ordinal)) return (path, Own);
            parts = parts[1..];
        }

        if (parts.Length == 1 || _over != Unit || !Lists.Contains(parts[0], StringComparer.Ordinal)) return null;
        IReadOnlyList<string> members = [Id, .. Members(parts[0])];
        return members.Contains(parts[1], StringComparer.Ordinal) ? null : (path, members);
    }

    /// <summary>The metrics that paths speak of.</summary>
    public IEnumerable<string> Metrics(IEnumerable<string> paths)
    {
        foreach (var path in paths.Select(path => path.Split('.')))
        {
            var own = path[0] is Previous or Reported ? path[1..] : path;
            if (own.Length == 0) continue;
            if (_over is Unit or Observation)
            {
                if (_metrics.ContainsKey(own[0])) yield return own[0];
                if (own.Length > 1 && _metrics.ContainsKey($"{own[0]}.{own[1]}")) yield return $"{own[0]}.{own[1]}";
            }
            else if (_metrics.ContainsKey($"{_over}.{own[0]}")) yield return $"{_over}.{own[0]}";
        }
    }
}
