using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Collecting;

/// <summary>The version of the program that scores, as runs and reports name it.</summary>
public static class Engine
{
    public static string Version { get; } = typeof(Scorer).Assembly.GetName().Version!.ToString(3);
}
