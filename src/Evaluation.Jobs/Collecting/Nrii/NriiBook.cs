using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// What every record of a message needs to be booked: units, the declared period, how observations are made.
/// </summary>
internal sealed class NriiBook(RecognisedFile file, RuleSet rules)
{
    /// <summary>Scheme of the unit codes that the platform hands out.</summary>
    private const string Scheme = "nrii-insCode";

    private static readonly Dictionary<string, string> NoDimensions = [];

    private readonly UnitCrosswalk crosswalk = new(file.Profile);
    private readonly SortedSet<string> unread = new(StringComparer.Ordinal);

    public MappingProfile Profile { get; } = file.Profile;

    public string Category => Profile.Category;

    /// <summary>The period of what does not say when it was.</summary>
    public Period Period { get; } = DeclaredPeriod.Of(file.Profile, rules, file.Profile.Category);

    /// <summary>What the message says in words only.</summary>
    public IEnumerable<Bilingual> Notes => unread.Count == 0 ? [] :
    [
        new Bilingual(
            $"下列内容没有对应的数据项，只作为文字留在原始文件中：{string.Join("、", unread)}",
            $"No metric holds these, they stay in the source document as text: {string.Join(", ", unread)}."),
    ];

    public void Unread(string what) => unread.Add(what);

    /// <exception cref="NriiRefusal">Nobody says whose record it is.</exception>
    public string UnitOf(NriiRecord record, NriiKind kind)
    {
        if (kind == NriiKind.ProductRecord && crosswalk.Whole is null
            && Profile.Options.TryGetValue(NriiReader.ProductRecordUnit, out var booked))
        {
            return booked;
        }

        if (record.Code.Length == 0 && crosswalk.Whole is null)
        {
            throw new NriiRefusal(
                NriiCodes.UnitMissing, $"{record.Place}.insCode", "",
                "没有单位标识 insCode。请补填后重报。", "There is no unit code insCode. Add it and send the record again.");
        }

        if (record.CodeOfEnvelope is { } outer && record.Text("insCode") is { Length: > 0 } own && own != outer)
        {
            throw new NriiRefusal(
                NriiCodes.UnitMismatch, $"{record.Place}.insCode", own,
                $"记录的单位标识与报送的单位标识 {outer} 不同。", $"The record's unit code is not {outer}, whose message this is.");
        }

        return crosswalk.IdOf(Scheme, record.Code);
    }

    public IEnumerable<Collected> FirstSight(NriiRecord record) =>
        record.Code.Length > 0 && (crosswalk.FirstSight(Category, $"{Scheme}:{record.Code}")
            ?? crosswalk.FirstSight(Category, record.Code)) is { } unit
            ? [new CollectedUnit(unit)]
            : [];

    /// <summary>Whether this is a name of the unit itself.</summary>
    public bool IsNameOf(string unit, string name) => name.Length > 0 && Profile.Units.Any(known =>
        known.Unit == unit
        && new[] { known.Name.Zh, known.Name.En, known.Alias }.Select(UnitCrosswalk.Tidy).Contains(name));

    public CollectedObservation Figure(
        string unit, string? resource, string metric, Period period, decimal value, string measure, string locator,
        IReadOnlyDictionary<string, string>? dimensions = null, IReadOnlyCollection<string>? flags = null) =>
        Observation(unit, resource, metric, period, value, null, measure, locator, dimensions, flags);

    public CollectedObservation Answer(
        string unit, string resource, string metric, Period period, string answer, string locator) =>
        Observation(unit, resource, metric, period, null, answer, "answer", locator, null, null);

    private CollectedObservation Observation(
        string unit, string? resource, string metric, Period period, decimal? value, string? answer, string measure,
        string locator, IReadOnlyDictionary<string, string>? dimensions, IReadOnlyCollection<string>? flags) =>
        new(new MetricObservation(
            0, unit, resource, Category, metric, period, value, answer,
            rules.Metrics.GetValueOrDefault(metric)?.Unit.Code ?? measure, dimensions ?? NoDimensions, file.Document, file.Name,
            locator, [.. (flags ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));

    /// <summary>The flags of observations, each said once.</summary>
    public static IEnumerable<CollectedFlag> Said(IEnumerable<string> flags) => flags.Select(flag => new CollectedFlag(flag));
}
