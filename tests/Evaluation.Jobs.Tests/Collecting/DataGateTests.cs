using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Tests;
using Npgsql;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>The gate before the lock, with the rules of 2026: a repository that reports more accessions available than held.</summary>
public sealed class DataGateTests : IClassFixture<PostgresFixture>
{
    private static readonly Period Year = new(new(2025, 1, 1), new(2026, 1, 1));

    private readonly PostgresFixture postgres;
    private readonly RunStore runs;
    private readonly DocumentStore documents;
    private readonly ObservationStore observations;
    private readonly DecisionStore decisions;
    private readonly FindingStore findings;
    private readonly ScoreStore scores;
    private readonly RuleSetsOnRecord rules;
    private readonly CategoryFacts facts;
    private readonly DataGate gate;

    public DataGateTests(PostgresFixture postgres)
    {
        this.postgres = postgres;
        var (database, time) = (postgres.Database, TimeProvider.System);
        runs = new RunStore(database, time);
        documents = new DocumentStore(database, time);
        observations = new ObservationStore(database, time);
        decisions = new DecisionStore(database, time);
        findings = new FindingStore(database);
        scores = new ScoreStore(database);
        rules = new RuleSetsOnRecord(new RuleSetStore(database, time), runs);
        facts = new CategoryFacts(rules, observations, new UnitStore(database));
        var checks = new CheckObservations(
            rules, documents, new UnitStore(database), observations,
            new DataCheckFindings(rules, runs, observations, facts, decisions), findings);
        gate = new DataGate(rules, checks, observations, runs, decisions);
    }

    [Fact]
    public async Task A_blocking_finding_holds_the_lock_until_somebody_decides_and_the_decision_is_followed()
    {
        var run = await Request("held", available: 150m, held: 100m);

        var stopped = await Should.ThrowAsync<BlockingFindingsException>(() => gate.Pass(run, default));
        stopped.Message.ShouldContain("150 accessions are available, more than the 100 held");
        stopped.Message.ShouldContain("findings decide");

        await Decide(run, "held_below_available", FindingDecision.Correct, "accessions_available", 80m);
        await gate.Pass(run, default);

        (await Held(run, "accessions_available")).ShouldBe([80m]);
        (await observations.AsReported(run, "bio", "bio-held").ToListAsync())
            .Single(one => one.Metric == "accessions_available").Value.ShouldBe(150m);
    }

    [Fact]
    public async Task A_correction_that_is_impossible_itself_does_not_pass()
    {
        var run = await Request("again", available: 150m, held: 100m);
        await Should.ThrowAsync<BlockingFindingsException>(() => gate.Pass(run, default));
        await Decide(run, "held_below_available", FindingDecision.Correct, "accessions_total", 120m);

        (await Should.ThrowAsync<BlockingFindingsException>(() => gate.Pass(run, default))).Message
            .ShouldContain("150 accessions are available, more than the 120 held");

        await Decide(run, "held_below_available", FindingDecision.Correct, "accessions_total", 150m);
        await gate.Pass(run, default);
        (await Held(run, "accessions_total")).ShouldBe([150m]);
    }

    [Fact]
    public async Task An_excluded_figure_is_kept_on_record_and_not_used_and_the_score_is_told_with_and_without_it()
    {
        var run = await Request("excluded", available: 150m, held: 100m);
        await Should.ThrowAsync<BlockingFindingsException>(() => gate.Pass(run, default));
        await Decide(run, "held_below_available", FindingDecision.Exclude, "accessions_available", null);
        await gate.Pass(run, default);
        await Lock(run);

        (await Held(run, "accessions_available")).ShouldBeEmpty();
        await new MeasureTreatments(rules, observations, scores, findings, decisions).Measure(run, default);
        var treatment = (await findings.OfRun(run)).Single(one => one.Code == "held_below_available").Treatment.ShouldNotBeNull();
        treatment.Zh.ShouldContain("该数据不予采用");
        treatment.Zh.ShouldContain("B1 10 → —");
        treatment.En.ShouldContain("As reported:");
    }

    [Fact]
    public async Task A_decision_taken_back_before_the_lock_leaves_nothing_behind()
    {
        var run = await Request("undone", available: 150m, held: 100m);
        await Should.ThrowAsync<BlockingFindingsException>(() => gate.Pass(run, default));
        await Decide(run, "held_below_available", FindingDecision.Exclude, "accessions_available", null);
        await gate.Pass(run, default);
        await Decide(run, "held_below_available", FindingDecision.Keep, null, null);
        await gate.Pass(run, default);

        (await Held(run, "accessions_available")).ShouldBe([150m]);
    }

    [Fact]
    public async Task What_is_locked_no_decision_changes()
    {
        var run = await Request("locked", available: 90m, held: 100m);
        await gate.Pass(run, default);
        await Lock(run);
        var before = (await runs.Find(run))!.SnapshotHash;
        var finding = (await findings.OfRun(run)).First(one => one.Metric is not null);
        await decisions.Decide("2026", new FindingDecision(
            finding.NaturalKey, FindingDecision.Exclude, null, null, "too late", "tester", default));

        (await new SnapshotStore(postgres.Database, observations, TimeProvider.System).Seal(run)).ShouldBe(before);
    }

    [Fact]
    public async Task An_owner_confirms_its_data_as_they_stand_and_not_what_changes_later()
    {
        var run = await Request("confirmed", available: 90m, held: 100m);
        (await gate.Pass(run, default)).ShouldContain(one => one.Code == "unconfirmed" && one.Unit == "bio-confirmed");

        var data = await observations.AsReported(run, "bio", "bio-confirmed").ToListAsync();
        await decisions.Confirm("2026", "bio", "bio-confirmed", await DataCheckFindings.HashOf(data), "tester");
        (await gate.Pass(run, default)).ShouldNotContain(one => one.Code == "unconfirmed" && one.Unit == "bio-confirmed");

        var changed = await Request("confirmed", available: 91m, held: 100m);
        (await gate.Pass(changed, default)).ShouldContain(one => one.Code == "unconfirmed" && one.Unit == "bio-confirmed");
    }

    [Fact]
    public async Task Decisions_and_confirmations_are_never_changed()
    {
        await decisions.Decide("c", new FindingDecision("k", FindingDecision.Keep, null, null, "checked", "tester", default));

        (await Should.ThrowAsync<PostgresException>(
            () => postgres.Database.Execute("update finding_decisions set reason = 'x'", default))).MessageText.ShouldContain("never changed");
    }

    private async Task<string> Request(string unit, decimal available, decimal held)
    {
        var folder = RuleFolder.Read(Path.Combine(Repository(), "rules", "2026"));
        await new RuleSetStore(postgres.Database, TimeProvider.System).Record(folder);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Guid.NewGuid().ToByteArray()));
        await using (var writer = (await documents.Begin(new NewDocument(hash, "unit_metrics.csv", "csv", null, "bio", 1))).ShouldNotBeNull())
        {
            await writer.Add(new UnitEntry("bio", $"bio-{unit}", new("库", "Repository"), null));
            await writer.Add(Figure(unit, "accessions_total", held));
            await writer.Add(Figure(unit, "accessions_available", available));
            await writer.Finish([], acceptedUnits: 1);
        }

        var id = Guid.NewGuid().ToString("N");
        await runs.Request(
            new Run(id, "2026", folder.Hash, "1", false, null, null, "requested", null, DateTimeOffset.UnixEpoch, null),
            [new RunDocument(hash, "unit_metrics.csv")]);
        return id;
    }

    private async Task Decide(string run, string check, string kind, string? metric, decimal? value)
    {
        var finding = (await findings.OfRun(run)).Single(one => one.Code == check);
        await decisions.Decide("2026", new FindingDecision(finding.NaturalKey, kind, metric, value, "checked", "tester", default));
    }

    private async Task Lock(string run)
    {
        await new SnapshotStore(postgres.Database, observations, TimeProvider.System).Seal(run);
        await new ScoreUnits(rules, facts, scores).Score(run, new UnitRange("bio", 1, 1), default);
    }

    private Task<List<decimal?>> Held(string run, string metric) => observations.OfRun(run)
        .Where(one => one.Metric == metric).Select(one => one.Value).ToListAsync().AsTask();

    private static MetricObservation Figure(string unit, string metric, decimal value) => new(
        0, $"bio-{unit}", null, "bio", metric, Year, value, null, "accession", new Dictionary<string, string>(), "", "", "row 2", []);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evaluation.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
