using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>Finds what belongs to a source: its protocol, its profile in the rule folder on record, its credentials.</summary>
internal sealed class SourceOpening(
    SourceStore sources, RuleSetsOnRecord rules, CredentialSafe safe, SourceProtocols protocols,
    InstitutionStore institutions)
{
    /// <exception cref="ImportException">The source is not there, or something that belongs to it is not.</exception>
    public async Task<OpenedSource> Open(string code, CancellationToken cancel)
    {
        var source = await sources.Find(code, cancel) ?? throw new ImportException(
            $"没有名为 {code} 的来源。", $"There is no source {code}.");
        var protocol = protocols.Of(source.Kind) ?? throw new ImportException(
            $"来源 {code} 的类型“{source.Kind}”没有对应的采集程序。",
            $"The source {code} is of the kind '{source.Kind}', which nothing pulls.");
        var ruleSet = await rules.Named(source.RuleSetHash, cancel);
        var profile = ruleSet.Imports.FirstOrDefault(one => one.Id == source.Profile) ?? throw new ImportException(
            $"来源 {code} 的导入配置 imports/{source.Profile}.yaml 不在已登记的规则目录中。",
            $"The import profile imports/{source.Profile}.yaml of the source {code} is not in the rule folder on record.");
        var secret = protocol.Credentials.Where(field => field.Secret).Select(field => field.Name);
        var credentials = new SourceCredentials(safe.Open(code, source.Credentials), secret);
        var recognition = new Recognition(ruleSet, await institutions.Confirmed(cancel));
        return new OpenedSource(source, protocol, recognition, ruleSet, profile, credentials);
    }
}
