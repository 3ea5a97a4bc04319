using Evaluation.Rules.Grading;

namespace Evaluation.Rules.Certainty;

/// <summary>What came out of every draw, unit by unit.</summary>
internal sealed class DrawResults
{
    /// <summary>Stands for an award that could not be computed.</summary>
    public const long NoAward = -1;

    public DrawResults(int units, int draws)
    {
        Ranks = NewTable<int>(units, draws);
        Grades = NewTable<sbyte>(units, draws);
        Fen = NewTable<long>(units, draws);
        Undecided = new bool[draws];
        Infeasible = new bool[draws];
    }

    /// <summary>Rank by unit and draw; 0 where the unit took no part.</summary>
    public int[][] Ranks { get; }

    /// <summary>Place of the grade in the grade table by unit and draw; -1 for none.</summary>
    public sbyte[][] Grades { get; }

    /// <summary>Award in fen by unit and draw.</summary>
    public long[][] Fen { get; }

    /// <summary>Draws in which a tie across the edge of a quota is left to people.</summary>
    public bool[] Undecided { get; }

    /// <summary>Draws in which the pot could not be shared.</summary>
    public bool[] Infeasible { get; }

    /// <summary>Place of a grade in the table; -1 where there is none.</summary>
    public static sbyte PlaceOf(GradeTable? table, string? grade)
    {
        for (var i = 0; i < (table?.Grades.Count ?? 0); i++)
        {
            if (table!.Grades[i].Id == grade) return (sbyte)i;
        }

        return -1;
    }

    private static T[][] NewTable<T>(int units, int draws) => [.. Enumerable.Range(0, units).Select(_ => new T[draws])];
}
