namespace Evaluation.Rules.Index;

/// <summary>Two units whose order by score the pairwise comparison does not confirm.</summary>
/// <param name="Better">The unit with the higher score.</param>
/// <param name="Worse">The unit with the lower score.</param>
/// <param name="ScoreLead">Difference of the scores.</param>
/// <param name="Outranking">Share of the weight in which the worse one is better; above one half.</param>
public sealed record DisagreeingPair(string Better, string Worse, double ScoreLead, double Outranking);

/// <summary>The cross-check of the score order by outranking, which knows no normalisation and no compensation.</summary>
/// <param name="Matrix">The outranking matrix over the indicators with their effective weights, in the order of the units.</param>
/// <param name="Copeland">Copeland scores.</param>
/// <param name="CopelandRanks">Ranks by Copeland score.</param>
/// <param name="Pairs">Pairs in which the two orders disagree, the greatest lead in score first.</param>
public sealed record OrderCheck(double[,] Matrix, int[] Copeland, int[] CopelandRanks, IReadOnlyList<DisagreeingPair> Pairs)
{
    /// <summary>Compares the units of an index pair by pair.</summary>
    public static OrderCheck Of(CompositeIndex index)
    {
        var (rows, effective) = Compared(index);
        var matrix = Outranking.Matrix(rows, effective);
        var copeland = Outranking.Copeland(matrix);
        return new(matrix, copeland, Ranking.Of(Array.ConvertAll(copeland, score => (double)score)), Disagreeing(index, matrix));
    }

    /// <summary>How many pairs disagree, without the matrix: for as many units as there are.</summary>
    public static int Disagreements(CompositeIndex index)
    {
        var (rows, effective) = Compared(index);
        var disagreeing = 0;
        for (var one = 0; one < rows.Count; one++)
        {
            for (var other = one + 1; other < rows.Count; other++)
            {
                var lead = index.Scores[one] - index.Scores[other];
                var share = Outranking.Share(rows[one], rows[other], effective);
                if ((lead > 0 && Outranking.Beats(1 - share)) || (lead < 0 && Outranking.Beats(share))) disagreeing++;
            }
        }

        return disagreeing;
    }

    private static (List<double[]> Rows, double[] Weights) Compared(CompositeIndex index)
    {
        var columns = index.Counted.Values();
        return (
            index.Units.Select((_, unit) => columns.Select(column => column[unit]).ToArray()).ToList(),
            index.Aggregation.EffectiveWeights(index.Weights)[..columns.Length]);
    }

    private static IReadOnlyList<DisagreeingPair> Disagreeing(CompositeIndex index, double[,] matrix)
    {
        var pairs = new List<DisagreeingPair>();
        for (var one = 0; one < index.Units.Count; one++)
        {
            for (var other = 0; other < index.Units.Count; other++)
            {
                if (index.Scores[one] > index.Scores[other] && Outranking.Beats(matrix[other, one]))
                {
                    pairs.Add(new(
                        index.Units[one], index.Units[other], index.Scores[one] - index.Scores[other], matrix[other, one]));
                }
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.ScoreLead)
            .ThenBy(pair => pair.Better, StringComparer.Ordinal).ThenBy(pair => pair.Worse, StringComparer.Ordinal)];
    }
}
