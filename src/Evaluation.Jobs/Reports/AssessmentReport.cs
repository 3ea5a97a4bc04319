using Evaluation.Rules;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Reports;

/// <summary>What became of the unit.</summary>
public enum ReportOutcome
{
    /// <summary>There is a total.</summary>
    Scored,

    /// <summary>An indicator waits for data: no total, no rank, no grade, no award.</summary>
    Withheld,

    /// <summary>A judgement took the unit out of ranking, grades and awards.</summary>
    Excluded,
}

/// <summary>
/// The assessment report of one unit, before anybody decides how it looks: pure values in both languages, made by
/// <see cref="Build"/> and drawn by an <see cref="IReportRenderer"/>.
/// </summary>
public sealed record AssessmentReport
{
    /// <summary>Who publishes.</summary>
    public required Bilingual Publisher { get; init; }

    /// <summary>Title of the evaluation.</summary>
    public required Bilingual Cycle { get; init; }

    /// <summary>Who was evaluated.</summary>
    public required ReportUnit Unit { get; init; }

    /// <summary>Category of the unit.</summary>
    public required Bilingual Category { get; init; }

    /// <summary>Name of the scheme it was scored by.</summary>
    public required Bilingual Scheme { get; init; }

    /// <summary>Periods whose data count.</summary>
    public required IReadOnlyList<Period> Periods { get; init; }

    /// <summary>
    /// What there is to know about those periods (other than the cycle's, partial ones); may be empty.
    /// </summary>
    public required IReadOnlyList<Bilingual> PeriodNotes { get; init; }

    /// <summary>Number, date and standing of the paper.</summary>
    public required ReportStamp Stamp { get; init; }

    /// <summary>Short code derived from the card's hash.</summary>
    public required string VerificationCode { get; init; }

    /// <summary>Scored, withheld or excluded.</summary>
    public required ReportOutcome Outcome { get; init; }

    /// <summary>Grade, total and rank.</summary>
    public required ReportResult Result { get; init; }

    /// <summary>The recommended award, or null when none was calculated.</summary>
    public required ReportAward? Award { get; init; }

    /// <summary>Why there is no award; null when there is one.</summary>
    public required Bilingual? WithoutAward { get; init; }

    /// <summary>How certain rank, grade and award are, or null where nothing was examined.</summary>
    public required UnitCertainty? Certainty { get; init; }

    /// <summary>How that was examined, or null where the cycle declares nothing.</summary>
    public required Robustness? Examination { get; init; }

    /// <summary>Three sentences that tell the whole.</summary>
    public required IReadOnlyList<Bilingual> Summary { get; init; }

    /// <summary>Blocks against the category, in scheme order.</summary>
    public required IReadOnlyList<BlockComparison> Blocks { get; init; }

    /// <summary>The block furthest above its maximum's share, or null when fewer than two can be compared.</summary>
    public required BlockComparison? Strongest { get; init; }

    /// <summary>The block with the least share of its maximum, or null when fewer than two can be compared.</summary>
    public required BlockComparison? Weakest { get; init; }

    /// <summary>The points ledger: indicators in scheme order.</summary>
    public required IReadOnlyList<ReportLine> Lines { get; init; }

    /// <summary>Every judgement of the scheme, held or not.</summary>
    public required IReadOnlyList<ReportJudgement> Judgements { get; init; }

    /// <summary>Figures shown, not scored.</summary>
    public required IReadOnlyList<ReportFigure> Figures { get; init; }

    /// <summary>Lines in the category's best quarter and above its median, furthest ahead first.</summary>
    public required IReadOnlyList<ReportLine> Strengths { get; init; }

    /// <summary>Lines below the category's median, most points behind first.</summary>
    public required IReadOnlyList<ReportLine> Weaknesses { get; init; }

    /// <summary>Lines that could have earned more, most points first.</summary>
    public required IReadOnlyList<ReportLine> Lifts { get; init; }

    /// <summary>Changes of one metric that would lift the grade, the smallest first; null where there is no grade.</summary>
    public IReadOnlyList<LiftLine>? GradeLifts { get; init; }

    /// <summary>The total that would lift the grade, or null.</summary>
    public LiftLine? PointsToNext { get; init; }

    /// <summary>What is to be said where no single change lifts the grade.</summary>
    public Bilingual? WithoutLift { get; init; }

    /// <summary>Lines that wait for data.</summary>
    public required IReadOnlyList<ReportLine> Missing { get; init; }

    /// <summary>The category.</summary>
    public required CategoryStatistics Statistics { get; init; }

    /// <summary>What the result rests on.</summary>
    public required ReportEvidence Evidence { get; init; }

    /// <summary>What data checks found.</summary>
    public required IReadOnlyList<ReportFinding> Findings { get; init; }

    /// <summary>How points, rank, grade and award are made.</summary>
    public required IReadOnlyList<ReportRule> Method { get; init; }

    /// <summary>Weights of the blocks and where they come from.</summary>
    public required IReadOnlyList<ReportWeight> Weights { get; init; }

    /// <summary>Documents the evaluation rests on.</summary>
    public required IReadOnlyList<Bilingual> LegalBasis { get; init; }

    /// <summary>How to object, and by when.</summary>
    public required ReportObjection Objection { get; init; }

    /// <summary>The report of one unit.</summary>
    /// <exception cref="ArgumentException">The card's category is not in the cycle.</exception>
    public static AssessmentReport Build(ReportMaterial material) => ReportBuilding.Of(material);
}

/// <summary>Grade, total and rank with the reason.</summary>
/// <param name="Grade">The grade, or null.</param>
/// <param name="GradePlace">Place of the grade in the grade table from 0 (best), or null.</param>
/// <param name="Grades">
/// Every grade with the number of units that have it, best first; empty where there are none.
/// </param>
/// <param name="Points">Sum of the ledger.</param>
/// <param name="Total">The total, or null.</param>
/// <param name="OutOf">Greatest possible total.</param>
/// <param name="Rank">Rank, or null.</param>
/// <param name="Ranked">Units ranked.</param>
/// <param name="Because">The card's sentence.</param>
public sealed record ReportResult(
    Grade? Grade,
    int? GradePlace,
    IReadOnlyList<GradeShare> Grades,
    decimal Points,
    decimal? Total,
    decimal OutOf,
    int? Rank,
    int Ranked,
    Bilingual Because);

/// <summary>A grade and how many units have it.</summary>
/// <param name="Grade">The grade.</param>
/// <param name="Units">Number of units.</param>
public sealed record GradeShare(Grade Grade, int Units);

/// <summary>The recommended award.</summary>
/// <param name="Amount">Amount in yuan, with its unit.</param>
/// <param name="Pool">Name of the pool.</param>
/// <param name="Pot">What the pool had.</param>
/// <param name="Steps">The calculation, step by step.</param>
/// <param name="Because">The award's sentence.</param>
public sealed record ReportAward(
    Bilingual Amount, Bilingual Pool, Bilingual Pot, IReadOnlyList<ReportFigure> Steps, Bilingual Because);

/// <summary>A named figure, written out.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The figure with its unit.</param>
public sealed record ReportFigure(Bilingual Name, Bilingual Value);

/// <summary>A block against the category.</summary>
/// <param name="Id">Block id.</param>
/// <param name="Name">Name.</param>
/// <param name="Points">Points earned.</param>
/// <param name="Max">Maximum of what applies.</param>
/// <param name="Share">Points ÷ maximum; null when the block waits for data or does not apply.</param>
/// <param name="Category">The category's spread, or null when no unit can be compared.</param>
public sealed record BlockComparison(
    string Id, Bilingual Name, decimal Points, decimal Max, decimal? Share, Spread? Category);

/// <summary>One indicator line of the ledger, ready to be shown.</summary>
/// <param name="Line">The line of the card, unchanged.</param>
/// <param name="Block">Name of its block.</param>
/// <param name="Question">What the indicator asks, or null when the scheme no longer has it.</param>
/// <param name="Value">Its value with unit.</param>
/// <param name="Share">Points ÷ maximum; null when nothing was scored.</param>
/// <param name="Category">The category's spread, or null.</param>
/// <param name="Inputs">What was put in.</param>
/// <param name="Source">Document, item, page.</param>
/// <param name="Findings">Findings that touch it.</param>
public sealed record ReportLine(
    LedgerLine Line,
    Bilingual Block,
    Bilingual? Question,
    Bilingual Value,
    decimal? Share,
    Spread? Category,
    IReadOnlyList<ReportInput> Inputs,
    Bilingual Source,
    IReadOnlyList<ReportFinding> Findings)
{
    /// <summary>Points the line did not earn.</summary>
    public decimal Open => Line.Max - Line.Points;
}

/// <summary>A value put into a formula.</summary>
/// <param name="Code">Metric or parameter code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Value with unit, as exact as it went in.</param>
/// <param name="Records">Where it came from.</param>
public sealed record ReportInput(string Code, Bilingual Name, Bilingual Value, Bilingual Records);

/// <summary>A judgement of the scheme and whether it held.</summary>
/// <param name="Id">Judgement id.</param>
/// <param name="Name">Name.</param>
/// <param name="Effect">What it does when it holds.</param>
/// <param name="Source">Article.</param>
/// <param name="Held">Whether it held.</param>
/// <param name="Points">Points it added or took.</param>
/// <param name="Because">The ledger's sentence when it held.</param>
public sealed record ReportJudgement(
    string Id, Bilingual Name, Bilingual Effect, Bilingual Source, bool Held, decimal Points, Bilingual? Because);

/// <summary>One rule of the method in words.</summary>
/// <param name="Name">What it decides.</param>
/// <param name="Text">How.</param>
public sealed record ReportRule(Bilingual Name, Bilingual Text);

/// <summary>The weight of a block and its source.</summary>
/// <param name="Block">Name of the block.</param>
/// <param name="Weight">Points.</param>
/// <param name="Source">Document, item, page.</param>
/// <param name="Note">What the source leaves open, or null.</param>
public sealed record ReportWeight(Bilingual Block, decimal Weight, Bilingual Source, Bilingual? Note);

/// <summary>How to object.</summary>
/// <param name="WorkingDays">Length of the window.</param>
/// <param name="By">Last day, when the cycle names one.</param>
/// <param name="How">What to do.</param>
public sealed record ReportObjection(int WorkingDays, DateOnly? By, Bilingual How);
