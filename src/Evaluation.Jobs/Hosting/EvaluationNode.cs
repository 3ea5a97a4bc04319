using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Comparing;
using Evaluation.Jobs.Examining;
using Evaluation.Jobs.Indexing;
using Evaluation.Jobs.Publishing;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Reports.Pdf;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Quartz;

namespace Evaluation.Jobs.Hosting;

/// <summary>
/// A node of the cluster: opens the database of a data folder, brings its schema up to date, and takes part in the work
/// until it is disposed.
/// </summary>
public sealed class EvaluationNode : IAsyncDisposable
{
    private readonly LocalPostgres server;
    private readonly IHost host;
    private bool works;

    private EvaluationNode(LocalPostgres server, Database database, IHost host)
    {
        this.server = server;
        Database = database;
        this.host = host;
    }

    /// <summary>The open database.</summary>
    public Database Database { get; }

    /// <summary>A store, or what else the node is made of.</summary>
    public T Get<T>()
        where T : class => host.Services.GetRequiredService<T>();

    /// <summary>Opens a data folder. The node takes no work yet.</summary>
    public static async Task<EvaluationNode> Open(string dataFolder, CancellationToken cancel)
    {
        Directory.CreateDirectory(dataFolder);
        var server = await LocalPostgres.Start(dataFolder, cancel);
        Database? database = null;
        try
        {
            database = Database.Open(server.ConnectionString);
            await new Migrator(database, TimeProvider.System).Migrate(cancel);
            return new EvaluationNode(server, database, Build(dataFolder, server.ConnectionString, database));
        }
        catch
        {
            if (database is not null) await database.DisposeAsync();
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to take work: what was requested, and what dead nodes left.</summary>
    public async Task Work(CancellationToken cancel)
    {
        if (works) return;
        works = true;
        await host.StartAsync(cancel);
        await host.Services.GetRequiredService<YearChain>().Sweep(cancel);
    }

    /// <summary>Looks after what was just requested without waiting for the next round of the sweeper.</summary>
    public Task Advance(string run, CancellationToken cancel) =>
        host.Services.GetRequiredService<YearChain>().Advance(run, cancel);

    /// <summary>Puts down what is being worked on, so that it can be taken up at once, and leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        if (works) await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
        await Database.DisposeAsync();
        await server.DisposeAsync();
    }

    private static IHost Build(string dataFolder, string connectionString, Database database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // What the scheduler cannot do while the database is away, the jobs and the watcher say in plain words.
        builder.Logging.AddFilter("Quartz", LogLevel.Critical);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        AddJobs(builder.Services, dataFolder, database);
        SourceParts.Add(builder.Services, dataFolder);
        AddScheduler(builder.Services, connectionString);
        return builder.Build();
    }

    private static void AddJobs(IServiceCollection services, string dataFolder, Database database)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(database);
        services.AddSingleton(new ReportFiles(dataFolder));
        services.AddSingleton<IReportRenderer, CairoReportRenderer>();
        foreach (var store in new[]
        {
            typeof(RuleSetStore),
            typeof(DocumentStore),
            typeof(ObservationStore),
            typeof(UnitStore),
            typeof(ServiceRecordStore),
            typeof(RunStore),
            typeof(SnapshotStore),
            typeof(FindingStore),
            typeof(DecisionStore),
            typeof(ScoreStore),
            typeof(AllocationStore),
            typeof(ApprovalStore),
            typeof(ReportStore),
            typeof(CertaintyStore),
            typeof(ResourceIndexStore),
            typeof(ComparisonStore),
        })
        {
            services.AddSingleton(store);
        }

        foreach (var job in new[]
        {
            typeof(RuleSetsOnRecord),
            typeof(CategoryFacts),
            typeof(RunRequests),
            typeof(ImportDocument),
            typeof(ScopeResources),
            typeof(MeasureServiceHours),
            typeof(CheckObservations),
            typeof(DataCheckFindings),
            typeof(DataGate),
            typeof(MeasureTreatments),
            typeof(ScoreUnits),
            typeof(GradeCategory),
            typeof(AllocatePool),
            typeof(WhatIf),
            typeof(ApproveAwards),
            typeof(PaymentOrders),
            typeof(RenderReports),
            typeof(PublishRun),
            typeof(ReplayRun),
            typeof(ExamineCertainty),
            typeof(ComputeResourceIndex),
            typeof(RenderIndexReport),
            typeof(ComparedResults),
            typeof(CompareRules),
        })
        {
            services.AddSingleton(job);
        }
    }

    private static void AddScheduler(IServiceCollection services, string connectionString)
    {
        services.AddSingleton<YearSteps>();
        services.AddSingleton<YearChain>();
        services.AddSingleton<Claims>();
        services.AddHostedService(provider => provider.GetRequiredService<Claims>());
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = Schedules.Scheduler;
                scheduler.GenerateInstanceId = true;
                scheduler.IdleWaitTime = Schedules.IdleWait;
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
                // Several triggers in one round would wait for one another on a node whose threads are all at work.
                scheduler.MaxBatchSize = 1;
            });
            quartz.UseDefaultThreadPool(Schedules.ShardsANode + Schedules.PullsANode);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connectionString);
                store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
                store.UseClustering(cluster =>
                {
                    cluster.CheckinInterval = Schedules.ClusterCheckin;
                    cluster.CheckinMisfireThreshold = Schedules.ClusterPatience;
                });
            });
            Schedules.Register(quartz);
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }
}
