namespace Evaluation.Rules.Feel;

/// <summary>A text that is not FEEL. The message says what was found, what was expected and how to mend it.</summary>
public sealed class FeelSyntaxException : FormatException
{
    /// <summary>Creates the exception for a place in a text.</summary>
    public FeelSyntaxException(string text, int offset, string problem)
        : this(problem, Place(text, offset))
    {
        Problem = problem;
    }

    private FeelSyntaxException(string problem, (int Offset, int Line, int Column) place)
        : base($"{problem} (line {place.Line}, column {place.Column})")
    {
        Problem = problem;
        (Offset, Line, Column) = place;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }
    /// <summary>Where in the text, from 0.</summary>
    public int Offset { get; }
    /// <summary>The line in the text, from 1.</summary>
    public int Line { get; }
    /// <summary>The column in the line, from 1.</summary>
    public int Column { get; }

    private static (int, int, int) Place(string text, int offset)
    {
        offset = Math.Clamp(offset, 0, text.Length);
        var line = 1;
        var start = 0;
        for (var i = 0; i < offset; i++)
        {
            if (text[i] == '\n')
            {
                line++;
                start = i + 1;
            }
        }
        return (offset, line, offset - start + 1);
    }
}
