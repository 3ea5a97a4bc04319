using System.Globalization;
using System.Text.RegularExpressions;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Jobs.Collecting.Mcpd;

/// <summary>
/// Reads the passports of accessions (MCPD) from CSV, JSON or a workbook. Each is a resource of its institute and counts
/// 1 to what the institute holds, and to what it can hand out; a material that two institutes list counts once. Where the
/// rule folder has the descriptors as metrics (the passport data completeness index), they are observations too.
/// </summary>
internal sealed partial class McpdReader(RecognisedFile file, RuleSet rules)
{
    private const string Held = "bio_accessions_held";
    private const string Available = "bio_accessions_available";
    private const string MirroredOption = "mirrored";
    private const string UnitIsOption = "unit_is";

    private static readonly string[] Dates = ["ACQDATE", "COLLDATE"];
    private static readonly string[] Numbers = ["SAMPSTAT", "LATITUDE", "LONGITUDE", "ELEVATION", "COORDUNCERT", "COLLSRC"];

    private readonly MappingProfile profile = file.Profile;
    private readonly bool unitIsAccession = file.Profile.Options.GetValueOrDefault(UnitIsOption) == "accession";

    public static SourceFormat Mcpd { get; } =
        new("mcpd", ["passports"], LooksLikePassports, (file, rules) => new McpdReader(file, rules).Read())
        {
            Options = [MirroredOption, UnitIsOption],
        };

    public IEnumerable<Collected> Read()
    {
        var held = new MaterialsHeld();
        foreach (var (passport, _) in Passports())
        {
            if (passport is { Institute.Length: > 0, Number.Length: > 0 }) held.Add(passport);
        }

        held.Settle();
        var crosswalk = new UnitCrosswalk(profile);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (passport, broken) in Passports())
        {
            if ((broken ?? Refused(passport!, lines)) is { } refused)
            {
                yield return new CollectedReject(refused);
                continue;
            }

            foreach (var collected in Of(passport!, held, crosswalk)) yield return collected;
        }

        for (var i = 0; i < held.Disagreements; i++) yield return new CollectedFlag(McpdFlags.AvailabilityDiffers);
        if (held.Materials < held.Passports && CountsOnce) yield return new CollectedNote(Mirrors(held));
    }

    private bool CountsOnce => profile.Options.GetValueOrDefault(MirroredOption, "once") == "once";

    private IEnumerable<(Passport? Passport, RejectedCell? Refused)> Passports()
    {
        var head = FileHead.Of(file.Path);
        return head.Text.StartsWith('[') || head.Text.StartsWith('{')
            ? PassportJson.Read(file).Select(passport => ((Passport?)passport, (RejectedCell?)null))
            : PassportTable.Read(file, WorkbookHead.IsWorkbook(head));
    }

    private IEnumerable<Collected> Of(Passport passport, MaterialsHeld held, UnitCrosswalk crosswalk)
    {
        var unit = unitIsAccession ? passport.Key : crosswalk.IdOf(passport.Institute);
        if (!unitIsAccession && crosswalk.FirstSight(profile.Category, passport.Institute) is { } known)
        {
            yield return new CollectedUnit(known);
        }

        yield return new CollectedResource(new ResourceEntry(
            profile.Category, unit, passport.Key, NameOf(passport),
            passport.Field("SAMPSTAT") is { Length: > 0 } status ? status : null, null,
            PassportDate.Read(passport.Field("ACQDATE"))?.Period.From, null, passport.Place));
        var flags = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in passport.Fields.Where(field => Dates.Contains(field.Key)))
        {
            if (PassportDate.Read(text) is not { } date)
            {
                yield return Reject(passport, name, text,
                    "不是 MCPD 日期。请写成 YYYYMMDD，不知道的月、日写 -- 或 00。",
                    "It is no MCPD date. Write YYYYMMDD, with -- or 00 for a month or day that nobody knows.");
                continue;
            }

            if (date.Precision == DatePrecision.Year) flags.Add(McpdFlags.YearOnly);
            if (date.Precision == DatePrecision.Month) flags.Add(McpdFlags.MonthOnly);
        }

        foreach (var (name, text) in passport.Fields)
        {
            if (!Numbers.Contains(name) || NumberOf(text) is not null) continue;
            yield return Reject(
                passport, name, text, "不是数值。没有数据则留空。", "It is not a number. Leave it empty where there is none.");
        }

        foreach (var collected in Counted(passport, held, unit, flags)) yield return collected;
        foreach (var descriptor in Descriptors(passport, unit)) yield return descriptor;
    }

    private IEnumerable<Collected> Counted(Passport passport, MaterialsHeld held, string unit, SortedSet<string> flags)
    {
        var holds = !CountsOnce || held.HolderOf(passport) == passport.Name;
        if (!holds) flags.Add(McpdFlags.Mirrored);
        foreach (var flag in flags) yield return new CollectedFlag(flag);
        if (!rules.Metrics.ContainsKey(Held)) yield break;
        yield return Observed(Held, holds ? 1 : 0);
        if (passport.IsAvailable is { } available) yield return Observed(Available, holds && available ? 1 : 0);

        CollectedObservation Observed(string metric, decimal value) => new(new MetricObservation(
            0, unit, passport.Key, profile.Category, metric, PeriodOf(), value, null,
            rules.Metrics.GetValueOrDefault(metric)?.Unit.Code ?? "accession", new Dictionary<string, string>(),
            file.Document, file.Name, passport.Place, [.. flags]));
    }

    /// <summary>The descriptors that the rule folder asks for, under their own names.</summary>
    private IEnumerable<Collected> Descriptors(Passport passport, string unit)
    {
        foreach (var (name, text) in passport.Fields)
        {
            if (!rules.Metrics.TryGetValue(name.ToLowerInvariant(), out var metric)) continue;
            if (Dates.Contains(name) && PassportDate.Read(text) is null) continue;
            var number = metric.Kind == MetricKind.Answer ? null : NumberOf(text);
            if (metric.Kind != MetricKind.Answer && number is null) continue;
            yield return new CollectedObservation(new MetricObservation(
                0, unit, unitIsAccession ? null : passport.Key, profile.Category, metric.Code, PeriodOf(), number,
                number is null ? text : null, metric.Unit.Code, new Dictionary<string, string>(), file.Document, file.Name,
                passport.Cell(name), []));
        }
    }

    private static RejectedCell? Refused(Passport passport, Dictionary<string, int> lines)
    {
        var missing = passport.Institute.Length == 0 ? PassportTable.InstituteColumn
            : passport.Number.Length == 0 ? PassportTable.NumberColumn
            : null;
        if (missing is not null)
        {
            return new RejectedCell(passport.Line, missing, "", new Bilingual(
                $"没有 {missing}，不知道是哪一份资源。请补填。",
                $"{missing} is missing, so it is not known which accession it is. Add it."));
        }

        if (lines.TryAdd(passport.Key, passport.Line)) return null;
        return new RejectedCell(passport.Line, passport.Cell("ACCENUMB"), passport.Key, new Bilingual(
            $"与第 {lines[passport.Key]} 行重复：一份资源只能有一行。请删去其中一行。",
            $"It repeats line {lines[passport.Key]}: an accession may have one row only. Delete one of them."));
    }

    private static CollectedReject Reject(Passport passport, string name, string text, string zh, string en) =>
        new(new RejectedCell(
            passport.Line, passport.Cell(name), text,
            new Bilingual($"“{text}”（{name}）：{zh}", $"'{text}' ({name}): {en}")));

    private static string NameOf(Passport passport)
    {
        string[] parts = ["GENUS", "SPECIES", "SUBTAXA", "ACCENAME"];
        var name = string.Join(' ', parts.Select(passport.Field).Where(part => part.Length > 0));
        return name.Length > 0 ? name : passport.Number;
    }

    private Period PeriodOf() => DeclaredPeriod.Of(profile, rules, profile.Category);

    private static decimal? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private Bilingual Mirrors(MaterialsHeld held) => new(
        $"{file.Name}：{held.Passports} 份护照是 {held.Materials} 份材料；{held.Passports - held.Materials} 份由两个机构同时列出，"
        + "只在可分发的机构计一次（标记 mirrored）",
        $"{file.Name}: {held.Passports} passports are {held.Materials} materials; {held.Passports - held.Materials} of them "
        + "are listed by two institutes and count once, where they are handed out (flag mirrored).");

    private static bool LooksLikePassports(FileHead head) =>
        WorkbookHead.IsWorkbook(head)
            ? WorkbookHead.FirstRow(head) is { } row
                && row.Contains(PassportTable.InstituteColumn) && row.Contains(PassportTable.NumberColumn)
            : head.Text.StartsWith('[') ? JsonMark().IsMatch(head.Text) : HeaderMark().IsMatch(head.Text);

    [GeneratedRegex("\"(instituteCode|INSTCODE)\"\\s*:")]
    private static partial Regex JsonMark();

    [GeneratedRegex("^[^\\r\\n]*\\bINSTCODE\\b[^\\r\\n]*\\bACCENUMB\\b", RegexOptions.IgnoreCase)]
    private static partial Regex HeaderMark();
}
