using Evaluation.Jobs.Collecting.Counter;
using Evaluation.Jobs.Collecting.Gbif;
using Evaluation.Jobs.Collecting.Nemo;
using Evaluation.Jobs.Collecting.Nrii;
using Evaluation.Jobs.Collecting.OaiPmh;
using Evaluation.Jobs.Collecting.Ppms;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>Every protocol by which a source can be asked.</summary>
internal sealed class SourceProtocols(IReadOnlyList<ISourceProtocol> all)
{
    /// <summary>Those of this program.</summary>
    public static SourceProtocols Known { get; } = new(
    [
        new CounterProtocol(), new FileProtocol(), new GbifProtocol(), new NemoProtocol(), new NriiProtocol(),
        new OaiPmhProtocol(), new PpmsProtocol(),
    ]);

    public IReadOnlyList<ISourceProtocol> All => all;

    /// <summary>The protocol of a kind, or null.</summary>
    public ISourceProtocol? Of(string kind) => all.FirstOrDefault(protocol => protocol.Kind == kind);
}
