using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>A run of some files under a rule folder on a database of a test, as far as the lock.</summary>
internal sealed class RunRoom
{
    private readonly RuleSet ruleSet;
    private readonly DocumentStore documents;
    private readonly RuleSetStore ruleSets;
    private readonly RunStore runs;
    private readonly UnitStore units;
    private readonly RuleSetsOnRecord onRecord;

    public RunRoom(Database database, RuleSet ruleSet)
    {
        this.ruleSet = ruleSet;
        var time = TimeProvider.System;
        Database = database;
        documents = new DocumentStore(database, time);
        ruleSets = new RuleSetStore(database, time);
        runs = new RunStore(database, time);
        units = new UnitStore(database);
        Observations = new ObservationStore(database, time);
        onRecord = new RuleSetsOnRecord(ruleSets, runs);
    }

    public Database Database { get; }

    public ObservationStore Observations { get; }

    /// <summary>Reads files, given by paths, and requests a run of them.</summary>
    public async Task<string> Request(params string[] files)
    {
        await ruleSets.Record(ruleSet.Folder);
        var read = new List<RunDocument>();
        foreach (var path in files)
        {
            var file = new Recognition(ruleSet).Look([path]).Files.Single();
            var result = await new Importer(ruleSet).Import(file, documents);
            read.Add(new RunDocument(result.File.Document, path));
        }

        var run = Guid.NewGuid().ToString("N");
        await runs.Request(
            new Run(
                run, ruleSet.Cycle!.Id, ruleSet.Folder.Hash, "1", false, null, null, "requested", null,
                DateTimeOffset.UnixEpoch, null),
            read);
        return run;
    }

    /// <summary>Which resources count, and the hours of their records.</summary>
    public async Task Measure(string run, string category)
    {
        await new ScopeResources(onRecord, units).Scope(run, category, default);
        var records = new ServiceRecordStore(Database);
        await new MeasureServiceHours(onRecord, runs, records, units, Observations).Measure(run, category, default);
    }

    public async Task<IReadOnlyList<Finding>> Check(string run)
    {
        var facts = new CategoryFacts(onRecord, Observations, units);
        var decisions = new DecisionStore(Database, TimeProvider.System);
        var dataChecks = new DataCheckFindings(onRecord, runs, Observations, facts, decisions);
        var findings = new FindingStore(Database);
        return await new CheckObservations(onRecord, documents, units, Observations, dataChecks, findings)
            .Check(run, default);
    }

    /// <summary>Locks a run and ends it, so that the next year has one before it.</summary>
    public async Task Finish(string run)
    {
        await new SnapshotStore(Database, Observations, TimeProvider.System).Seal(run);
        await runs.Finish(run, new string('0', 64));
    }

    /// <summary>What holds in the run of a metric, by resource, or by unit where there is none.</summary>
    public async Task<Dictionary<string, MetricObservation>> Of(string run, string metric) =>
        await Observations.OfRun(run).Where(one => one.Metric == metric)
            .ToDictionaryAsync(one => one.Resource ?? one.Unit);
}
