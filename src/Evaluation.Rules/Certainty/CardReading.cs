using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>How much of a score card a formula reads.</summary>
internal enum CardReading
{
    /// <summary>Nothing: its value is the same whatever the weights.</summary>
    Nothing,

    /// <summary>The total, rank or grade.</summary>
    Standing,

    /// <summary>Points of lines or blocks, or a figure made of them.</summary>
    Parts,
}

/// <summary>Tells how much of a score card formulas read.</summary>
internal static class CardReadings
{
    private static readonly string[] StandingMembers = ["total", "rank", "grade"];

    /// <summary>What a formula of a scheme reads.</summary>
    public static CardReading Of(Scheme scheme, Formula formula) => Of(scheme, formula.Expression.Root);

    /// <summary>What a part of a formula reads.</summary>
    public static CardReading Of(Scheme scheme, FeelNode node)
    {
        if (node is FeelPath { Source: FeelName { Name: CompiledScheme.CardName } } path)
        {
            return StandingMembers.Contains(path.Member) ? CardReading.Standing : CardReading.Parts;
        }

        if (node is FeelName name)
        {
            if (name.Name == CompiledScheme.CardName) return CardReading.Parts;
            var figure = scheme.Figures.FirstOrDefault(figure => figure.Id == name.Name);
            return figure is not null && Of(scheme, figure.Value) > CardReading.Nothing
                ? CardReading.Parts
                : CardReading.Nothing;
        }

        return node.Children.Select(child => Of(scheme, child)).DefaultIfEmpty(CardReading.Nothing).Max();
    }
}
