using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// A format of outside files: its names, how a file of it is told by its content, and how it is read. Each format has a
/// folder of its own under <c>Collecting/</c>, which describes itself in one static property.
/// </summary>
/// <param name="Name">Its name in mapping profiles, one of <see cref="ImportFormats"/>.</param>
/// <param name="Aliases">Other names people use for it on the command line.</param>
/// <param name="LooksLikeOne">
/// Whether a file begins like one; null where only the file name patterns of a profile can say so.
/// </param>
/// <param name="Read">What is found in a file, in its order; streamed, so that a large file needs little memory.</param>
internal sealed record SourceFormat(
    string Name,
    IReadOnlyList<string> Aliases,
    Func<FileHead, bool>? LooksLikeOne,
    Func<RecognisedFile, RuleSet, IEnumerable<Collected>> Read)
{
    /// <summary>Names under <c>options:</c> of a profile that the format knows.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public bool IsCalled(string name) =>
        Aliases.Prepend(Name).Contains(name, StringComparer.OrdinalIgnoreCase);
}
