using Evaluation.Rules;

namespace Evaluation.Jobs.Storage;

/// <summary>A resource that the scope rules leave out of a run, with the rule and its reason.</summary>
public sealed record LeftOutResource(string Category, string Unit, string Resource, string Rule, Bilingual Reason);
