using Evaluation.Rules.Allocation;

namespace Evaluation.Web.Showing;

/// <summary>An award policy as the page of rules shows it.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="NameOf">What a grade or a class is called.</param>
public sealed record AwardPolicyView(AwardPolicy Policy, Func<string, string> NameOf);
