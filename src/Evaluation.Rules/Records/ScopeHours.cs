namespace Evaluation.Rules.Records;

/// <summary>What the records of one kind of user come to, measured over their records alone.</summary>
/// <param name="Records">Records that touch the period and that no rule excludes.</param>
/// <param name="Hours">Time counted: merged and clipped.</param>
/// <param name="Users">Different users named in them.</param>
/// <param name="Fees">Fees counted, yuan.</param>
/// <param name="Samples">Samples counted.</param>
public sealed record ScopeHours(long Records, TimeSpan Hours, int Users, decimal Fees, decimal Samples)
{
    /// <summary>No record at all.</summary>
    public static ScopeHours None { get; } = new(0, TimeSpan.Zero, 0, 0m, 0m);
}
