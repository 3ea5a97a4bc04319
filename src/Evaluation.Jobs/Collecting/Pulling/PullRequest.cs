namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>What a protocol is asked for.</summary>
/// <param name="Source">Code of the source.</param>
/// <param name="Address">Base address of the source, as it was entered.</param>
/// <param name="From">First moment of the period, the overlap included.</param>
/// <param name="Until">First moment after the period. A protocol that knows only days or months rounds outward.</param>
/// <param name="Mark">Where an earlier attempt got to: the mark of its last page; null at the beginning.</param>
internal sealed record PullRequest(string Source, Uri Address, DateTimeOffset From, DateTimeOffset Until, string? Mark)
{
    /// <summary>Civil time of the evaluation: Beijing time, without daylight saving.</summary>
    public static readonly TimeSpan CivilOffset = TimeSpan.FromHours(8);

    /// <summary>Options of the source, by name; only names that the protocol knows.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public SourceCredentials Credentials { get; init; } = SourceCredentials.None;

    /// <summary>First civil day of the period.</summary>
    public DateOnly FirstDay => DateOnly.FromDateTime(From.ToOffset(CivilOffset).DateTime);

    /// <summary>Last civil day that the period touches.</summary>
    public DateOnly LastDay => DateOnly.FromDateTime(Until.ToOffset(CivilOffset).AddTicks(-1).DateTime);

    /// <summary>First days of the months that the period touches, in order.</summary>
    public IEnumerable<DateOnly> Months()
    {
        for (var month = new DateOnly(FirstDay.Year, FirstDay.Month, 1); month <= LastDay; month = month.AddMonths(1))
        {
            yield return month;
        }
    }

    /// <summary>An address below that of the source, whether it was entered with a slash at its end or without.</summary>
    public Uri Below(string path) => new($"{Address.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <summary>An option, or what holds without it.</summary>
    public string Option(string name, string otherwise) => Options.GetValueOrDefault(name, otherwise);
}
