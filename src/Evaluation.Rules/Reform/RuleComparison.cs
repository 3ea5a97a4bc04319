namespace Evaluation.Rules.Reform;

/// <summary>The results of a run beside those of the same data under other rules.</summary>
/// <param name="Run">Run id.</param>
/// <param name="Cycle">Cycle of the run.</param>
/// <param name="Snapshot">Hash of the data snapshot both rest on.</param>
/// <param name="OldRules">Rule-set version of the run.</param>
/// <param name="NewRules">Rule-set version it is compared with.</param>
/// <param name="NewName">Name of the folder of the other rules.</param>
/// <param name="Cliff">Units whose grade under the other rules hangs on fewer points than this are listed.</param>
/// <param name="Notes">What has to be known to read the figures: categories, data and periods that differ.</param>
/// <param name="Differences">What the other rules do otherwise, in sentences.</param>
/// <param name="Categories">Category by category, those of the run first.</param>
/// <param name="Groups">Winners and losers by category, province and size.</param>
/// <param name="Budget">Pots and what is spent of them.</param>
public sealed record RuleComparison(
    string Run,
    string Cycle,
    string Snapshot,
    string OldRules,
    string NewRules,
    string NewName,
    decimal Cliff,
    IReadOnlyList<Bilingual> Notes,
    IReadOnlyList<Bilingual> Differences,
    IReadOnlyList<ComparedCategory> Categories,
    IReadOnlyList<ComparedGroup> Groups,
    IReadOnlyList<ComparedPot> Budget)
{
    /// <summary>Every unit of every category.</summary>
    public IEnumerable<ComparedUnit> Units => Categories.SelectMany(category => category.Units);

    /// <summary>Units whose grade is another.</summary>
    public int GradesChanged => Units.Count(unit => unit.OldGrade != unit.NewGrade);

    /// <summary>Sum of all differences of award in yuan; 0 when the pots stay and are spent both times.</summary>
    public decimal Difference => Units.Sum(unit => unit.Difference);
}

/// <summary>A category under both rule sets.</summary>
/// <param name="Category">Category code.</param>
/// <param name="Name">Its name.</param>
/// <param name="InOld">Whether the run evaluated it.</param>
/// <param name="InNew">Whether the other rules evaluate it.</param>
/// <param name="Grades">Grades of either table, best first, those of the run first.</param>
/// <param name="Units">Every unit, in the order of the old ranking.</param>
/// <param name="Transitions">Units by old and new grade.</param>
public sealed record ComparedCategory(
    string Category,
    Bilingual Name,
    bool InOld,
    bool InNew,
    IReadOnlyList<ComparedGrade> Grades,
    IReadOnlyList<ComparedUnit> Units,
    IReadOnlyList<GradeTransition> Transitions)
{
    /// <summary>How many units went from one grade to another; null stands for no grade.</summary>
    public int Count(string? from, string? to) =>
        Transitions.FirstOrDefault(found => found.From == from && found.To == to)?.Units ?? 0;
}

/// <summary>A grade of a category.</summary>
/// <param name="Id">Grade id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Mark">Its mark.</param>
public sealed record ComparedGrade(string Id, Bilingual Name, string Mark);

/// <summary>Units that went from one grade to another.</summary>
/// <param name="From">Grade of the run, or null for none.</param>
/// <param name="To">Grade under the other rules, or null for none.</param>
/// <param name="Units">Number of units.</param>
public sealed record GradeTransition(string? From, string? To, int Units);

/// <summary>How large a unit is beside the others of its category.</summary>
public enum SizeClass
{
    /// <summary>Nothing tells its size.</summary>
    Unknown,

    /// <summary>In the smallest third.</summary>
    Small,

    /// <summary>In the middle third.</summary>
    Medium,

    /// <summary>In the largest third.</summary>
    Large,
}

/// <summary>One unit under both rule sets.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Province">Province or country, or null.</param>
/// <param name="Size">How large it is.</param>
/// <param name="OldTotal">Total of the run, or null.</param>
/// <param name="NewTotal">Total under the other rules, or null.</param>
/// <param name="OldRank">Rank of the run, or null.</param>
/// <param name="NewRank">Rank under the other rules, or null.</param>
/// <param name="OldGrade">Grade of the run, or null.</param>
/// <param name="NewGrade">Grade under the other rules, or null.</param>
/// <param name="OldAward">Award of the run in yuan, or null where the category has no money.</param>
/// <param name="NewAward">Award under the other rules, or null.</param>
/// <param name="Way">1: a better grade, -1: a worse one, 0: the same, or grades that cannot be compared.</param>
/// <param name="Edge">Points to the nearest other grade under the other rules, or null.</param>
/// <param name="OnCliff">Whether that is less than the stated distance.</param>
/// <param name="Why">Why there is no total under the other rules; null where there is one or the unit is not
/// evaluated.</param>
public sealed record ComparedUnit(
    string Unit,
    Bilingual Name,
    Bilingual? Province,
    SizeClass Size,
    decimal? OldTotal,
    decimal? NewTotal,
    int? OldRank,
    int? NewRank,
    string? OldGrade,
    string? NewGrade,
    decimal? OldAward,
    decimal? NewAward,
    int Way,
    decimal? Edge,
    bool OnCliff,
    Bilingual? Why)
{
    /// <summary>New award less old award in yuan; no award counts as 0.</summary>
    public decimal Difference => (NewAward ?? 0m) - (OldAward ?? 0m);
}

/// <summary>What a group is made by.</summary>
public enum GroupedBy
{
    /// <summary>Category.</summary>
    Category,

    /// <summary>Province or country.</summary>
    Province,

    /// <summary>Size within the category.</summary>
    Size,
}

/// <summary>Winners and losers of a group.</summary>
/// <param name="By">What it is made by.</param>
/// <param name="Name">Name of the group.</param>
/// <param name="Units">Units in it.</param>
/// <param name="Better">Units with a better grade.</param>
/// <param name="Worse">Units with a worse grade.</param>
/// <param name="Winners">Units with a greater award.</param>
/// <param name="Losers">Units with a smaller award.</param>
/// <param name="OldAwards">Sum of the old awards in yuan.</param>
/// <param name="NewAwards">Sum of the new awards in yuan.</param>
public sealed record ComparedGroup(
    GroupedBy By, Bilingual Name, int Units, int Better, int Worse, int Winners, int Losers, decimal OldAwards,
    decimal NewAwards)
{
    /// <summary>Whether any unit of it changes grade or award.</summary>
    public bool Moves => Better + Worse + Winners + Losers > 0;

    /// <summary>New awards less old awards in yuan.</summary>
    public decimal Difference => NewAwards - OldAwards;
}

/// <summary>A pot under both rule sets.</summary>
/// <param name="Pool">Pool id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Category">Category it is spent on.</param>
/// <param name="OldPot">What there was in the run, in yuan; null where the run had no such pot.</param>
/// <param name="NewPot">What there is under the other rules; null where there is no such pot.</param>
/// <param name="OldSpent">What was spent.</param>
/// <param name="NewSpent">What would be spent.</param>
public sealed record ComparedPot(
    string Pool, Bilingual Name, string Category, decimal? OldPot, decimal? NewPot, decimal OldSpent, decimal NewSpent)
{
    /// <summary>What would be spent less what was spent, in yuan.</summary>
    public decimal Difference => NewSpent - OldSpent;
}
