using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>A source with everything that is needed to ask it.</summary>
internal sealed record OpenedSource(
    Source Source, ISourceProtocol Protocol, Recognition Recognition, RuleSet Rules, MappingProfile Profile,
    SourceCredentials Credentials);
