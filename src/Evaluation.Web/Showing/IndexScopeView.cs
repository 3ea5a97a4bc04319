using Evaluation.Jobs.Indexing;
using Evaluation.Rules;
using Evaluation.Rules.Index;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Web.Showing;

/// <summary>One ranking of the resource index as a page shows it.</summary>
/// <param name="Shown">The run.</param>
/// <param name="Definition">What the index is made of.</param>
/// <param name="Scope">The ranking.</param>
/// <param name="EarlierCycle">The year it is compared with, or null.</param>
public sealed record IndexScopeView(
    ShownRun Shown, ResourceIndexDefinition Definition, ResourceIndexScope Scope, string? EarlierCycle)
{
    private const int MostBars = 40;
    private const int MostRows = 200;

    /// <summary>What is compared.</summary>
    public Bilingual Name => IndexWords.NameOf(Scope, Shown.Cycle);

    /// <summary>Those with a rank, as many as a drawing can show.</summary>
    public IReadOnlyList<IndexedSubject> Drawn => [.. Scope.Subjects.Where(subject => subject.Rank is not null).Take(MostBars)];

    /// <summary>The rows of the table; the download has all.</summary>
    public IReadOnlyList<IndexedSubject> Rows => [.. Scope.Subjects.Take(MostRows)];

    /// <summary>The blocks that took part.</summary>
    public IReadOnlyList<ResourceIndexBlock> Blocks =>
        [.. Definition.Blocks.Where(block => Scope.Parts.Any(part => part.Code == block.Id))];

    /// <summary>The worst rank of any interval drawn.</summary>
    public decimal LastRank => Math.Max((decimal)Drawn.Max(subject => subject.Rank95 ?? 1), 2);

    /// <summary>Where the score card of an institution is; null for provinces and disciplines.</summary>
    public string? CardOf(IndexedSubject subject) => Scope.Category is { } category ? Shown.Address(category, subject.Code) : null;

    /// <summary>Name of a block or an indicator.</summary>
    public Bilingual PartName(string code) =>
        Definition.Blocks.FirstOrDefault(block => block.Id == code)?.Name
        ?? Definition.Indicators.FirstOrDefault(indicator => indicator.Id == code)?.Name
        ?? new Bilingual(code, code);

    /// <summary>A share of the way from the first to the last rank.</summary>
    public decimal Along(double rank) => ((decimal)rank - 1) / (LastRank - 1);
}
