using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// An institution that reports by itself in the format of the national platform. Nothing can be asked of it: the source
/// is the channel of its unit code, with the token by which it is known (<see cref="ReceiveNrii"/>).
/// </summary>
internal sealed class NriiProtocol : ISourceProtocol
{
    public const string KindName = "nrii";
    public const string Token = "token";
    public const string UnitCode = "ins_code";

    public string Kind => KindName;

    public Bilingual Name { get; } = new("按国家网络管理平台格式报送的单位", "An institution that reports in the national platform's format");

    public string FormatName => "nrii";

    public TimeSpan Overlap => TimeSpan.Zero;

    public IReadOnlyList<CredentialField> Credentials { get; } = [new(Token)];

    public IReadOnlyList<string> Options { get; } = [UnitCode];

    /// <summary>One page with nothing in it: what there is comes by itself.</summary>
    public IAsyncEnumerable<PulledPage> Pages(PullRequest request, SourceClient client, CancellationToken cancel) =>
        new[] { new PulledPage(null, null) }.ToAsyncEnumerable();
}
