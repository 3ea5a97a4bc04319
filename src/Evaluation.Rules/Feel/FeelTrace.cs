namespace Evaluation.Rules.Feel;

/// <summary>Why something became null.</summary>
/// <param name="En">One English clause, such as <c>division by zero in `a / b`</c>.</param>
/// <param name="Zh">The same in Chinese.</param>
/// <param name="Offset">Where in the expression, from 0.</param>
/// <param name="Length">How many characters of it.</param>
public sealed record FeelReason(string En, string Zh, int Offset, int Length);

/// <summary>Collects why values became null while an expression is evaluated. Not for use by two threads at
/// once.</summary>
public sealed class FeelTrace
{
    // A loop over many resources repeats its reason; the first ones tell the story.
    private const int Most = 50;

    private readonly List<FeelReason> _reasons = [];

    /// <summary>The reasons in the order they came up, each once, at most fifty.</summary>
    public IReadOnlyList<FeelReason> Reasons => _reasons;

    /// <summary>Forgets everything, for another evaluation.</summary>
    public void Clear() => _reasons.Clear();

    internal void Add(FeelReason reason)
    {
        if (_reasons.Count < Most && !_reasons.Contains(reason))
        {
            _reasons.Add(reason);
        }
    }
}
