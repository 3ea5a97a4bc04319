namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>One thing that is otherwise in the newer rule set, told to a policy officer.</summary>
/// <param name="Sentence">The whole sentence in both languages.</param>
/// <param name="Location">Where it stands in the newer rule set, or in the older one where it is gone.</param>
public sealed record Difference(Bilingual Sentence, FileLocation Location);
