using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>
/// How data are asked of an outside system: which addresses, in which order, with which credentials. A protocol keeps
/// nothing itself. It hands out page after page; after each page the framework imports it by the format's reader and
/// advances the resume mark, both in one transaction. So a pull that is killed goes on after its last whole page.
/// </summary>
/// <remarks>
/// <para>
/// To write one: implement this interface in the folder of the format, add an instance to <see cref="SourceProtocols"/>.
/// Fetch by <see cref="SourceClient.Fetch"/> only: it retries, waits, checks that a body is whole and of the expected
/// kind, and keeps secrets out of everything. Throw <see cref="ImportException"/> for what the source says in its own
/// way (an error text with HTTP 200, an exception code): the pull fails with that sentence, and is tried again at the
/// next schedule from the same mark.
/// </para>
/// <para>
/// An instance serves every source of its kind, also at the same time: it has no state. Pages of the same request must
/// come in the same order, and with the same <see cref="SourceRequest.Name"/>.
/// </para>
/// </remarks>
internal interface ISourceProtocol
{
    /// <summary>What people call it in <c>sources add --kind</c>: <c>counter</c>, <c>nemo</c>, <c>oai-pmh</c> …</summary>
    string Kind { get; }

    /// <summary>In words, for the list of kinds.</summary>
    Bilingual Name { get; }

    /// <summary>The format that reads its pages (<see cref="SourceFormat.Name"/>); null when any profile's format may.</summary>
    string? FormatName { get; }

    /// <summary>
    /// How far a scheduled pull reaches back behind its period, because the source still changes what is older. A source
    /// may set another. Zero where the source never changes the past.
    /// </summary>
    TimeSpan Overlap { get; }

    /// <summary>Credentials it knows; what is not listed is refused when a source is added.</summary>
    IReadOnlyList<CredentialField> Credentials => [];

    /// <summary>Names of the options it knows (<c>sources add --option NAME=VALUE</c>).</summary>
    IReadOnlyList<string> Options => [];

    /// <summary>
    /// The pages of a period, in order, from where <see cref="PullRequest.Mark"/> says on (null: from the beginning).
    /// The mark of a page must lead to the next one without the pages before it.
    /// </summary>
    /// <exception cref="ImportException">The source cannot or will not answer, in both languages.</exception>
    IAsyncEnumerable<PulledPage> Pages(PullRequest request, SourceClient client, CancellationToken cancel);

    /// <summary>
    /// Gets a session (a token) by the credentials, where the system has such a thing: its parts go with every further
    /// request. Asked for before the first request and once more when a token was found expired (HTTP 401). Null where
    /// the credentials themselves go with every request; a 401 is then told to people.
    /// </summary>
    Task<IReadOnlyList<RequestPart>?> SignIn(PullRequest request, SourceClient client, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<RequestPart>?>(null);
}
