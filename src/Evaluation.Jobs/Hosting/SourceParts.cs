using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Microsoft.Extensions.DependencyInjection;

namespace Evaluation.Jobs.Hosting;

/// <summary>What a node is made of to pull outside sources.</summary>
internal static class SourceParts
{
    public static void Add(IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(new PulledFiles(dataFolder));
        services.AddSingleton(new CredentialSafe(dataFolder));
        services.AddSingleton(SourceProtocols.Known);
        services.AddSingleton(new SourceClientSettings());
        foreach (var part in new[]
        {
            typeof(SourceStore), typeof(PullStore), typeof(PulledDataStore), typeof(InstitutionStore), typeof(SourcePages),
            typeof(SourceOpening), typeof(PullWays), typeof(PullSource), typeof(PulledData), typeof(PullSchedule),
            typeof(PullJob),
        })
        {
            services.AddSingleton(part);
        }

        services.AddSingleton(parts => new SourceDesk(
            parts.GetRequiredService<SourceStore>(),
            parts.GetRequiredService<PullStore>(),
            parts.GetRequiredService<RuleSetStore>(),
            parts.GetRequiredService<CredentialSafe>(),
            parts.GetRequiredService<PullJob>(),
            parts.GetRequiredService<TimeProvider>()));
    }
}
