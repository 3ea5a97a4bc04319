namespace Evaluation.Rules.Certainty;

/// <summary>How certain the results of one category are.</summary>
/// <param name="Category">Category.</param>
/// <param name="Scheme">Scheme id.</param>
/// <param name="Manifest">Every parameter and count the figures rest on.</param>
/// <param name="Units">One a unit of the category, in ordinal order.</param>
/// <param name="Weights">What each indicator and each block moves when it is left out, most first.</param>
/// <param name="Choices">What other choices of the method would move, or null where none is declared.</param>
/// <param name="Check">The cross-check by outranking.</param>
public sealed record CategoryCertainty(
    string Category,
    string Scheme,
    CertaintyManifest Manifest,
    IReadOnlyList<UnitCertainty> Units,
    IReadOnlyList<WeightInfluence> Weights,
    ChoiceUncertainty? Choices,
    CrossCheck Check)
{
    /// <summary>Ranked units whose grade is fragile.</summary>
    public int Fragile => Units.Count(unit => unit.Fragile);
}

/// <summary>Every parameter and count behind the figures, so that anybody can make them again.</summary>
/// <param name="Seed">Seed of the draws.</param>
/// <param name="Draws">Number of weight draws.</param>
/// <param name="Noise">Relative noise of the weights.</param>
/// <param name="FragileBelow">Share of draws below which a grade is fragile.</param>
/// <param name="Generator">Name of the random number generator.</param>
/// <param name="PointDecimals">Decimals to which totals are compared in a draw.</param>
/// <param name="Units">Units of the category.</param>
/// <param name="WithTotal">Units with a complete sheet: those that take part in the draws.</param>
/// <param name="UndecidedDraws">Draws in which equal units stood across the edge of a quota and the rule leaves the
/// decision to people; there none of them got the better grade.</param>
/// <param name="WithoutAwards">Draws in which the pot could not be shared as the policy says; they count in no
/// interval of money.</param>
public sealed record CertaintyManifest(
    long Seed,
    int Draws,
    decimal Noise,
    decimal FragileBelow,
    string Generator,
    int PointDecimals,
    int Units,
    int WithTotal,
    int UndecidedDraws,
    int WithoutAwards);

/// <summary>How certain the result of one unit is.</summary>
/// <param name="Unit">Unit id.</param>
/// <param name="Total">Total of the run, or null.</param>
/// <param name="Rank">Rank of the run, or null.</param>
/// <param name="Grade">Grade of the run, or null.</param>
/// <param name="Award">Award of the run in yuan, or null where the category has no money.</param>
/// <param name="Ranks">Ranks over the draws, or null where the unit took part in none.</param>
/// <param name="GradeHolds">Share of draws in which the grade stays, or null where there is none.</param>
/// <param name="Grades">Share of draws by grade, best grade first; grades that never came out are left out.</param>
/// <param name="Paid">Share of draws in which the award is above 0, or null where there is no money.</param>
/// <param name="Awards">Awards over the draws in yuan, or null.</param>
/// <param name="Better">Distance to a better grade, or null where points alone lead to none.</param>
/// <param name="Worse">Distance to a worse grade, or null.</param>
/// <param name="Fragile">Whether the grade holds in fewer draws than the rules ask for.</param>
/// <param name="Without">Rank of the unit without each indicator and block, in scheme order.</param>
/// <param name="Mean">Mean total of the ranked units, or null where the unit is not ranked.</param>
/// <param name="Parts">What each line adds to or takes from that mean; the parts sum to total − mean.</param>
/// <param name="Copeland">Units it outranks less units that outrank it, or null without a total.</param>
/// <param name="Because">How certain the result is, in one or two sentences.</param>
/// <param name="Edges">How far the next grades are, or null where points lead to none.</param>
/// <param name="Matters">Which weights matter most for this unit, or null where none does.</param>
public sealed record UnitCertainty(
    string Unit,
    decimal? Total,
    int? Rank,
    string? Grade,
    decimal? Award,
    DrawSpread? Ranks,
    decimal? GradeHolds,
    IReadOnlyList<GradeChance> Grades,
    decimal? Paid,
    DrawSpread? Awards,
    GradeEdge? Better,
    GradeEdge? Worse,
    bool Fragile,
    IReadOnlyList<RankWithout> Without,
    decimal? Mean,
    IReadOnlyList<AttributionPart> Parts,
    int? Copeland,
    Bilingual Because,
    Bilingual? Edges,
    Bilingual? Matters)
{
    /// <summary>The nearer of the two edges in points, or null.</summary>
    public decimal? NearestEdge => new UnitEdges(Better, Worse).Nearest;
}

/// <summary>Where a figure lay over the draws: quantiles by linear interpolation (type 7 of R).</summary>
/// <param name="Least">Least.</param>
/// <param name="Low">5 per cent of the draws lie at or below.</param>
/// <param name="Median">Half of them.</param>
/// <param name="High">95 per cent of them.</param>
/// <param name="Greatest">Greatest.</param>
public sealed record DrawSpread(decimal Least, decimal Low, decimal Median, decimal High, decimal Greatest);

/// <summary>How often a grade came out.</summary>
/// <param name="Grade">Grade id.</param>
/// <param name="Share">Share of the draws.</param>
public sealed record GradeChance(string Grade, decimal Share);

/// <summary>An edge between two grades, others' points held.</summary>
/// <param name="Grade">The grade beyond it.</param>
/// <param name="Distance">Points to it, at least 0.</param>
/// <param name="Beyond">True where reaching it is not enough: it has to be passed.</param>
public sealed record GradeEdge(string Grade, decimal Distance, bool Beyond);

/// <summary>The rank of a unit when an indicator or a block is left out.</summary>
/// <param name="Id">Indicator or block id.</param>
/// <param name="IsBlock">Whether it is a block.</param>
/// <param name="Rank">The rank, or null where a judgement then excludes the unit.</param>
public sealed record RankWithout(string Id, bool IsBlock, int? Rank);

/// <summary>A part of the distance between a total and the mean total.</summary>
/// <param name="Id">Ledger line; <c>judgements</c> for what judgements added or took.</param>
/// <param name="Points">Points of the line less the mean points of the line.</param>
public sealed record AttributionPart(string Id, decimal Points);

/// <summary>What an indicator or block moves in the whole ranking.</summary>
/// <param name="Id">Indicator or block id.</param>
/// <param name="IsBlock">Whether it is a block.</param>
/// <param name="Name">Its name.</param>
/// <param name="MeanRankChange">Mean absolute change of rank when it is left out.</param>
public sealed record WeightInfluence(string Id, bool IsBlock, Bilingual Name, decimal MeanRankChange);

/// <summary>What the choices of the method move: the mean absolute change of rank, and the share of its variance that
/// goes back to each choice.</summary>
/// <param name="Spec">What was declared.</param>
/// <param name="Rankings">Number of rankings made.</param>
/// <param name="MeanRankChange">Mean absolute change of rank over all of them.</param>
/// <param name="Factors">Choices that were varied; empty where no ranking came out different.</param>
/// <param name="LeftOut">Choices that change nothing in this category, with the reason.</param>
public sealed record ChoiceUncertainty(
    ChoiceSpec Spec,
    int Rankings,
    decimal MeanRankChange,
    IReadOnlyList<ChoiceFactor> Factors,
    IReadOnlyList<(Choice Choice, Bilingual Reason)> LeftOut);

/// <summary>The Sobol indices of one choice.</summary>
/// <param name="Choice">The choice.</param>
/// <param name="First">Share of the variance it explains by itself.</param>
/// <param name="Total">Share of the variance it has any part in.</param>
public sealed record ChoiceFactor(Choice Choice, Estimate First, Estimate Total);

/// <summary>An estimate with its bootstrap interval, to six decimals.</summary>
/// <param name="Value">The estimate; a first-order index may come out slightly below 0.</param>
/// <param name="Low">5 per cent of the resamples lie at or below, or null where none varied.</param>
/// <param name="High">95 per cent of them, or null.</param>
public sealed record Estimate(decimal Value, decimal? Low, decimal? High);

/// <summary>Units compared two by two: one outranks another when the indicators in which it is better carry more than
/// half of the weight.</summary>
/// <param name="Pairs">Number of pairs compared.</param>
/// <param name="Disagreeing">Pairs in which score order and outranking disagree.</param>
public sealed record CrossCheck(long Pairs, IReadOnlyList<DisagreeingPair> Disagreeing);

/// <summary>A pair in which the unit with the lower score outranks the other and has the greater Copeland
/// score.</summary>
/// <param name="Above">The unit with the greater score.</param>
/// <param name="Below">The unit with the lower score.</param>
/// <param name="Weight">Share of the weight in which <paramref name="Below"/> is better, ties counted half.</param>
public sealed record DisagreeingPair(string Above, string Below, decimal Weight);
