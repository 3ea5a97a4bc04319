using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>A source cannot be entered or changed like that: what is wrong and how to mend it.</summary>
public sealed class SourceSetupException(string zh, string en) : Exception($"{zh}{Environment.NewLine}{en}")
{
    public Bilingual Reason { get; } = new(zh, en);
}
