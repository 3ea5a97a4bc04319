using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Records;

/// <summary>
/// Measures the records of one instrument, in the order of their start: overlaps are merged, time is clipped to the
/// period, open sessions and what is no time give no hours, excluded records give nothing. One pass, so that a record
/// adds what no earlier one covers. Used for one instrument after the other.
/// </summary>
public sealed class HoursMeter
{
    private readonly DateTime _from;
    private readonly DateTime _to;
    private readonly ScopeMeter[] _scopes = [new(), new(), new()];
    private readonly Dictionary<UseReasons, LostTime> _lost = [];
    private readonly Dictionary<string, LostTime> _lostToRules = new(StringComparer.Ordinal);
    private DateTime _last = DateTime.MinValue;
    private DateTime _covered;
    private DateTime _coveredByAll;
    private long _records;
    private TimeSpan _raw;
    private TimeSpan _merged;
    private TimeSpan _accepted;
    private decimal _rawFees;
    private int _firstLine = int.MaxValue;
    private int _lastLine;

    /// <summary>A meter for one instrument and one period.</summary>
    public HoursMeter(Period period)
    {
        _from = period.From.ToDateTime(TimeOnly.MinValue);
        _to = period.To.ToDateTime(TimeOnly.MinValue);
        (_covered, _coveredByAll) = (_from, _from);
    }

    /// <summary>Whether a record touches the period at all: an open session does when it begins in it.</summary>
    public bool Touches(ServiceUse use) =>
        use.Start < _to && (use.End is { } end ? end > _from : use.Start >= _from);

    /// <summary>Adds the next record.</summary>
    /// <param name="use">A record that touches the period and begins no earlier than the one before it.</param>
    /// <param name="exclusion">The rule that excludes it, or null.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ArgumentException">It begins before the one added last, or does not touch the period.</exception>
    public CountedUse Add(ServiceUse use, RecordExclusion? exclusion = null)
    {
        if (use.Start < _last || !Touches(use))
        {
            throw new ArgumentException("records are added in the order of their start and touch the period", nameof(use));
        }

        _last = use.Start;
        _records++;
        _firstLine = Math.Min(_firstLine, use.Line);
        _lastLine = Math.Max(_lastLine, use.Line);
        _rawFees += use.Fee ?? 0m;
        var counted = Count(use, exclusion);
        _raw += counted.Stated;
        _accepted += counted.Counted;
        Note(counted);
        return counted;
    }

    /// <summary>What the records added so far come to.</summary>
    public InstrumentHours Total() => _records == 0
        ? InstrumentHours.Idle
        : new InstrumentHours(
            _records, _raw, _merged, _accepted, Of(ServiceScope.External), Of(ServiceScope.Internal),
            Of(ServiceScope.Unknown), _rawFees, _lost, _lostToRules, _firstLine, _lastLine);

    private ScopeHours Of(ServiceScope scope) => _scopes[(int)scope].Total();

    private CountedUse Count(ServiceUse use, RecordExclusion? exclusion)
    {
        var why = exclusion is null ? UseReasons.None : UseReasons.Excluded;
        if (use.InvoiceUsedBefore) why |= UseReasons.InvoiceUsed;
        var fee = why == UseReasons.None ? use.Fee ?? 0m : 0m;
        var isTime = use is { Kind: RecordKind.Hours, End: not null };
        if (!isTime)
        {
            why |= use.Kind switch
            {
                RecordKind.Samples => UseReasons.Samples,
                RecordKind.Count => UseReasons.Count,
                _ => UseReasons.Open,
            };
        }

        var (stated, inside, begin, end) = isTime ? Clip(use) : default;
        _merged += Uncovered(begin, end, ref _coveredByAll, inside);
        var time = exclusion is null
            ? Take(use, begin, end, inside, ref _covered)
            : (Free: TimeSpan.Zero, Counted: TimeSpan.Zero);
        if (exclusion is null) AddToScope(use, begin, end, inside, fee);
        var (overlapped, less) = exclusion is null
            ? (inside - time.Free, time.Free - time.Counted)
            : (TimeSpan.Zero, TimeSpan.Zero);
        if (stated > inside) why |= UseReasons.Clipped;
        if (overlapped > TimeSpan.Zero) why |= UseReasons.Overlapped;
        if (less > TimeSpan.Zero) why |= UseReasons.StatedLess;
        return new CountedUse(use, stated, stated - inside, overlapped, less, time.Counted, why, exclusion, fee);
    }

    private (TimeSpan Stated, TimeSpan Inside, DateTime Begin, DateTime End) Clip(ServiceUse use)
    {
        var begin = use.Start > _from ? use.Start : _from;
        var end = use.End!.Value < _to ? use.End.Value : _to;
        return (use.End.Value - use.Start, end - begin, begin, end);
    }

    // Records come in the order of their start: what is covered up to now is covered without a gap from any later start.
    private static TimeSpan Uncovered(DateTime begin, DateTime end, ref DateTime covered, TimeSpan inside)
    {
        if (inside == TimeSpan.Zero || end <= covered) return TimeSpan.Zero;
        var free = end - (begin > covered ? begin : covered);
        covered = end;
        return free;
    }

    /// <summary>Time no earlier record covers, and of it what the record claims.</summary>
    private static (TimeSpan Free, TimeSpan Counted) Take(
        ServiceUse use, DateTime begin, DateTime end, TimeSpan inside, ref DateTime covered)
    {
        var free = Uncovered(begin, end, ref covered, inside);
        return use.Quantity is { } hours && hours * TimeSpan.TicksPerHour < free.Ticks
            ? (free, new TimeSpan((long)(hours * TimeSpan.TicksPerHour)))
            : (free, free);
    }

    private void AddToScope(ServiceUse use, DateTime begin, DateTime end, TimeSpan inside, decimal fee)
    {
        var scope = _scopes[(int)use.Scope];
        if (scope.Covered < _from) scope.Covered = _from;
        scope.Hours += Take(use, begin, end, inside, ref scope.Covered).Counted;
        scope.Records++;
        scope.Fees += fee;
        if (use.Kind == RecordKind.Samples) scope.Samples += use.Quantity ?? 0m;
        if (use.User is not null) scope.Users.Add(use.User);
    }

    private void Note(CountedUse counted)
    {
        if (counted.Why == UseReasons.None) return;
        Note(UseReasons.Clipped, counted.Outside);
        Note(UseReasons.Overlapped, counted.Overlapped);
        Note(UseReasons.StatedLess, counted.StatedLess);
        Note(UseReasons.Open, TimeSpan.Zero);
        Note(UseReasons.Samples, TimeSpan.Zero);
        Note(UseReasons.Count, TimeSpan.Zero);
        Note(UseReasons.Excluded, counted.Excluded);
        Note(UseReasons.InvoiceUsed, TimeSpan.Zero);
        if (counted.Exclusion is { } rule) _lostToRules[rule.Id] = Plus(_lostToRules.GetValueOrDefault(rule.Id), counted.Excluded);

        void Note(UseReasons reason, TimeSpan time)
        {
            if (counted.Why.HasFlag(reason)) _lost[reason] = Plus(_lost.GetValueOrDefault(reason), time);
        }
    }

    private static LostTime Plus(LostTime? before, TimeSpan time) =>
        new((before?.Records ?? 0) + 1, (before?.Time ?? TimeSpan.Zero) + time);

    private sealed class ScopeMeter
    {
        public DateTime Covered = DateTime.MinValue;

        public long Records { get; set; }

        public TimeSpan Hours { get; set; }

        public decimal Fees { get; set; }

        public decimal Samples { get; set; }

        public HashSet<string> Users { get; } = new(StringComparer.Ordinal);

        public ScopeHours Total() => Records == 0 ? ScopeHours.None : new(Records, Hours, Users.Count, Fees, Samples);
    }
}
