namespace Evaluation.Rules.RuleSets;

/// <summary>What the rows of a tabular file are.</summary>
public enum MappingTarget
{
    /// <summary>Metric observations, one or more a row.</summary>
    Observations,

    /// <summary>Service records (who used which instrument from when to when), one a row.</summary>
    ServiceRecords,

    /// <summary>The register of units, one a row.</summary>
    Units,

    /// <summary>The register of resources, one a row.</summary>
    Resources,

    /// <summary>Nobody reads these files; the profile says why, and so does the run. Nothing is skipped in silence.</summary>
    Ignored,
}

/// <summary>A column that is a metric.</summary>
/// <param name="Column">Header of the column; empty where every row adds the same (<see cref="EachRow"/>).</param>
/// <param name="Metric">Metric code.</param>
/// <param name="Unit">Unit of measure of the figures in the file.</param>
/// <param name="Times">The stored value is the figure times this (万元 → 元: 10000; percent → share: 0.01).</param>
/// <param name="MissingMarks">Texts that mean "no figure", besides the empty cell.</param>
/// <param name="Location">File and line.</param>
public sealed record MetricColumn(
    string Column,
    string Metric,
    string Unit,
    decimal Times,
    IReadOnlyList<string> MissingMarks,
    FileLocation Location)
{
    /// <summary>What every row adds, where the file has one row a thing and no column with a figure; else null.</summary>
    public decimal? EachRow { get; init; }

    /// <summary>Column → value a row must have for the metric to be taken from it.</summary>
    public IReadOnlyDictionary<string, string> When { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Further coordinates of its figures, so that several columns may be of one metric: <c>purpose → teaching</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Dimensions { get; init; } = new Dictionary<string, string>();
}

/// <summary>A unit as an import names it, and the one identity it has in the evaluation.</summary>
/// <param name="Alias">The name or code in the file.</param>
/// <param name="Unit">Unit id.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Province">Province or country, in both languages, or null.</param>
public sealed record UnitAlias(string Alias, string Unit, Bilingual Name, Bilingual? Province);

/// <summary>
/// A mapping profile (<c>imports/*.yaml</c>): which files it reads, and which column is what. Outside formats that are
/// recognised by content (COUNTER) have a profile too: it names the category and the units, and has no columns.
/// </summary>
/// <param name="Id">File name without extension.</param>
/// <param name="Files">File name patterns (<c>*</c> and <c>?</c>), e.g. <c>chongqing_*_units.csv</c>.</param>
/// <param name="Format">A name of <see cref="ImportFormats"/>: <c>csv</c>, or an outside format such as <c>counter-rd1</c>.</param>
/// <param name="Target">What the rows are.</param>
/// <param name="Category">Category of the units in it; empty where the column of the role <c>category</c> says it.</param>
/// <param name="Encoding"><c>auto</c> (UTF-8, then GB18030) or a named encoding.</param>
/// <param name="Delimiter">Column delimiter.</param>
/// <param name="Columns">Role → header: unit, resource, name_zh, name_en, province, class, value, start, end, scope, fee, record, user, period … (by target).</param>
/// <param name="Metrics">Columns that are metrics.</param>
/// <param name="Where">Column → value a row must have to be read (others are counted as skipped).</param>
/// <param name="Period">Period of the figures when no column gives it, or null.</param>
/// <param name="PeriodColumn">Column with a year or a day (yyyy, yyyy-MM, yyyy-MM-dd), or null.</param>
/// <param name="Units">Crosswalk of units; a unit not listed keeps its name as identity.</param>
/// <param name="Source">What the file is and who published it, in both languages; shown in reports.</param>
/// <param name="Location">File and line.</param>
public sealed record MappingProfile(
    string Id,
    IReadOnlyList<string> Files,
    string Format,
    MappingTarget Target,
    string Category,
    string Encoding,
    string Delimiter,
    IReadOnlyDictionary<string, string> Columns,
    IReadOnlyList<MetricColumn> Metrics,
    IReadOnlyDictionary<string, string> Where,
    Period? Period,
    string? PeriodColumn,
    IReadOnlyList<UnitAlias> Units,
    Bilingual Source,
    FileLocation Location)
{
    /// <summary>
    /// How the role of a column with identifiers of resources begins; the scheme follows: <c>identifier_doi</c>,
    /// <c>identifier_cstr</c>.
    /// </summary>
    public const string IdentifierRole = "identifier_";

    /// <summary>Why nobody reads the files of <see cref="MappingTarget.Ignored"/>; null for every other target.</summary>
    public Bilingual? Reason { get; init; }

    /// <summary>
    /// Dimension → header of the column that gives it (<c>recipient: Recipient</c>): further coordinates of the figures.
    /// </summary>
    public IReadOnlyDictionary<string, string> Dimensions { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What a format wants to know besides columns and units (<c>sheet</c>, <c>header_row</c> …); each format says which
    /// names it knows and refuses others.
    /// </summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}
