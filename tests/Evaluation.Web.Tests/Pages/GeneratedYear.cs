using System.Globalization;
using System.Text;
using Evaluation.Jobs.Indexing;
using Evaluation.Jobs.Publishing;
using Evaluation.Jobs.Reports.Pdf;
using Evaluation.Jobs.Comparing;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Reform;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Tests.Pages;

/// <summary>
/// A small year in the database: the shipped rules, invented observations, and results made of them by the real scorer,
/// grader and allocator. One unit lacks a metric and is withheld.
/// </summary>
public sealed class GeneratedYear(Database database, string reports)
{
    public const string Latest = "run-latest";
    public const string Earlier = "run-earlier";
    public const string Failed = "run-failed";
    public const string Withheld = "unit-07";
    public const string Treated = "unit-04";

    private const int Units = 24;
    private static readonly DateTimeOffset Requested = new(2026, 7, 20, 1, 30, 0, TimeSpan.Zero);
    private static readonly (string Zh, string En)[] Provinces =
        [("北京市", "Beijing"), ("上海市", "Shanghai"), ("湖北省", "Hubei"), ("四川省", "Sichuan"), ("甘肃省", "Gansu")];

    /// <summary>Codes of GB/T 13745, as units report them.</summary>
    public static IReadOnlyList<string> Disciplines { get; } = ["140", "150", "170", "180", "210", "320"];

    private readonly string _document = new('a', 64);
    private readonly Clock _clock = new() { Now = Requested };
    private int _row = 1;

    public RuleSet Rules { get; private set; } = null!;

    public Dictionary<(string Category, string Unit), ScoreCard> Cards { get; } = [];

    public Dictionary<string, AllocationResult> Allocations { get; } = [];

    public (string Id, RuleComparison Comparison) Comparison { get; private set; }

    public (string Id, RuleComparison Comparison) Same { get; private set; }

    public Dictionary<string, CategoryCertainty> Certainty { get; } = [];

    public static string ShippedRules { get; } = FindUp("rules");

    public string Year => Rules.Cycle!.Id;

    public async Task Insert()
    {
        var folder = RuleFolder.Read(Directory.EnumerateDirectories(ShippedRules)
            .Where(candidate => int.TryParse(Path.GetFileName(candidate), CultureInfo.InvariantCulture, out _))
            .Max(StringComparer.Ordinal)!);
        Rules = RuleSetLoader.Load(folder);
        await new RuleSetStore(database, _clock).Record(folder);
        await InsertDocument();
        await InsertRun(Failed, Requested.AddHours(-3), "数据库连接中断");
        await InsertRun(Earlier, Requested.AddHours(-2));
        await InsertRun(Latest, Requested);
        await InsertFindings();
        await InsertComparison();
        await new UnitStore(database).LeaveOut(
            Latest,
            [new("instruments", UnitId(1), LeftOut, "below-value", new("原值低于纳入评价的下限", "Original value below the least value in scope"))]);
    }

    /// <summary>Compared with rules that ask forty points less for the best grade of one category.</summary>
    private async Task InsertComparison()
    {
        var files = Rules.Folder.Files.ToDictionary(StringComparer.Ordinal);
        files["bio/scheme.yaml"] = files["bio/scheme.yaml"].Replace("at_least: 80", "at_least: 40", StringComparison.Ordinal);
        var runs = new RunStore(database, _clock);
        var texts = new RuleSetStore(database, _clock);
        var onRecord = new RuleSetsOnRecord(texts, runs);
        var units = new UnitStore(database);
        var compare = new CompareRules(
            onRecord, new CategoryFacts(onRecord, new ObservationStore(database, _clock), units), units,
            new ComparedResults(new ScoreStore(database), new AllocationStore(database)),
            new ComparisonStore(database, _clock), texts);
        Comparison = await compare.Compare(Latest, new RuleFolder("reform", files), 1m, default);
        Same = await compare.Compare(Latest, Rules.Folder, 1m, default);
    }

    /// <summary>An instrument on the first unit's register that the scope rules leave out.</summary>
    public const string LeftOut = "instruments-9";

    /// <summary>An instrument with service records: overlapping ones, one of a rule, one that has not ended.</summary>
    public const string Used = "instruments-1";

    private async Task AddRegister(string unit, DocumentWriter writer)
    {
        foreach (var resource in new[] { Used, "instruments-2", LeftOut })
        {
            await writer.Add(new ResourceEntry(
                "instruments", unit, resource, "透射电子显微镜", "general", resource == LeftOut ? 90_000 : 880_000, new DateOnly(2020, 5, 4), true,
                $"row {++_row}")
            {
                RegisteredOn = new DateOnly(2020, 5, 20),
                Identifiers = new Dictionary<string, string> { ["asset"] = $"ZC-{_row}" },
            });
        }

        var begin = Rules.Cycle!.Period.From.ToDateTime(new TimeOnly(9, 0)).AddDays(30);
        ServiceRecord Use(string record, double from, double? to, ServiceScope scope) => new(
            "instruments", unit, Used, record, begin.AddHours(from), to is { } end ? begin.AddHours(end) : null, scope, "示例用户单位", 120.5m,
            ++_row);
        await writer.Add(Use("R1", 0, 3, ServiceScope.External));
        await writer.Add(Use("R2", 1.5, 4, ServiceScope.Internal));
        await writer.Add(Use("R3", 30, 40, ServiceScope.External) with { Purpose = "法定检测" });
        await writer.Add(Use("R4", 60, null, ServiceScope.Unknown));
    }

    private async Task InsertDocument()
    {
        var document = new NewDocument(
            _document, "unit_metrics.csv", "csv", Rules.Imports.FirstOrDefault()?.Id, Rules.Cycle!.Categories[0].Id, 123_456);
        await using var writer = (await new DocumentStore(database, _clock).Begin(document))!;
        foreach (var category in Rules.Cycle.Categories) await AddUnits(category, writer);
        await writer.Reject(new(17, "value", "n/a", new("不是数值，请填写数字或留空", "not a number: write a number or leave the cell empty")));
        await writer.Reject(new(230, "", "<b>x</b>", new("列数不足，请补齐", "too few columns: fill them in")));
        await writer.Finish([]);
    }

    private async Task AddUnits(CycleCategory category, DocumentWriter writer)
    {
        var random = new Random(20 + category.Id.Length);
        var needed = NeededMetrics(Rules.SchemeOf(category.Id));
        for (var number = 1; number <= Units; number++)
        {
            var unit = UnitId(number);
            var province = Provinces[number % Provinces.Length];
            await writer.Add(new UnitEntry(
                category.Id, unit, new($"模拟第{number}研究所", $"Generated Institute No. {number}"), new(province.Zh, province.En)));
            var quality = random.NextDouble();
            if (category.Id == "instruments") await AddRegister(unit, writer);
            await writer.Add(new MetricObservation(
                0, unit, null, category.Id, "discipline", category.Periods[0], null, Disciplines[number % Disciplines.Count],
                "answer", Rules.Metrics["discipline"].Only, _document, "unit_metrics.csv", $"row {++_row}", []));
            foreach (var metric in needed.Where(metric => unit != Withheld || metric != needed[^1]))
            {
                foreach (var observation in Observations(category, unit, metric, quality, random)) await writer.Add(observation);
            }
        }
    }

    private List<Metric> NeededMetrics(Scheme scheme)
    {
        var given = scheme.Indicators.SelectMany(indicator => indicator.Given).ToHashSet(StringComparer.Ordinal);
        var lists = given.Select(code => code.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Rules.Metrics.Values.Where(metric => given.Contains(metric.Code) || (metric.ResourceList is { } list && lists.Contains(list)))
                .OrderBy(metric => metric.Code == scheme.Indicators.First(indicator => indicator.Missing == MissingPolicy.Withhold).Given[0])
                .ThenBy(metric => metric.Code, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<MetricObservation> Observations(
        CycleCategory category, string unit, Metric metric, double quality, Random random)
    {
        var resources = metric.ResourceList is null ? 1 : 7;
        for (var resource = 1; resource <= resources; resource++)
        {
            var isAnswer = metric.Kind == MetricKind.Answer;
            yield return new MetricObservation(
                0, unit, metric.ResourceList is { } list ? $"{list}-{resource}" : null, category.Id, metric.Code,
                category.Periods[0], isAnswer ? null : Value(metric, quality, random),
                isAnswer ? Answer(metric, quality, random) : null, metric.Unit.Code, metric.Only, _document,
                "unit_metrics.csv", $"row {++_row}", []);
        }
    }

    private static string Answer(Metric metric, double quality, Random random)
    {
        // Without a list of answers any text is one.
        if (metric.Answers.Count == 0) return "1";
        if (metric.Code.StartsWith("veto", StringComparison.Ordinal)) return metric.Answers[^1];
        return random.NextDouble() < 0.4 + (quality / 2) ? metric.Answers[0] : metric.Answers[^1];
    }

    private static decimal Value(Metric metric, double quality, Random random)
    {
        var level = (decimal)Math.Round((quality * 0.6) + (random.NextDouble() * 0.4), 3);
        return metric switch
        {
            { ShortCode: "original_value" } => 600_000 + (decimal.Round(level * 40) * 50_000),
            { ShortCode: "effective_hours" } => decimal.Round(level * 1900),
            { ShortCode: "external_hours" } => decimal.Round(level * 480),
            { Minimum: { } least, Maximum: { } most } => decimal.Round(least + (level * (most - least)), 3),
            { Kind: MetricKind.Ratio } => level,
            _ => decimal.Round(level * 240),
        };
    }

    private async Task InsertRun(string run, DateTimeOffset requested, string? problem = null)
    {
        var store = new RunStore(database, _clock);
        var snapshots = new SnapshotStore(database, new ObservationStore(database, _clock), _clock);
        _clock.Now = requested;
        await store.Request(
            new Run(run, Year, Rules.Version, "0.1.0", true, null, null, "requested", null, requested, null),
            [new RunDocument(_document, "unit_metrics.csv")]);
        await store.Started(run);
        string[] steps = ["import", "scope", "measure", "check", "snapshot", "score", "grade", "allocate", "certainty", "render", "index", "publish"];
        foreach (var step in steps)
        {
            await store.RequestStep(run, step, ["all"]);
            await store.Claim(run, step, "all", "node");
            _clock.Now += TimeSpan.FromMilliseconds(700);
            if (problem is not null && step == "score")
            {
                await store.Failed(run, step, "all", problem);
                return;
            }

            await store.Done(run, step, "all", step switch
            {
                "import" => "unit_metrics.csv: accepted 4000 rejected 2 replaced 0 flagged 0",
                "snapshot" => new string('b', 64),
                "certainty" => "3 fragile",
                "allocate" => "pot 12,000,000.00 spent 12,000,000.00",
                _ => "72 units",
            });
        }

        await snapshots.Seal(run);
        await InsertResults(run);
        await InsertIndex(run);
        await store.Finish(run, new string('c', 64));
    }

    private async Task InsertResults(string run)
    {
        var observations = await new ObservationStore(database, _clock).OfRun(run).ToListAsync();
        foreach (var category in Rules.Cycle!.Categories)
        {
            var scorer = Scorer.Create(Rules, Rules.SchemeOf(category.Id), Rules.Cycle.AsOf);
            var facts = FactAssembler.Assemble(Rules, category, observations);
            var sheets = facts.Select(unit => (unit, scorer.Score(unit))).ToList();
            var cards = CategoryCards.Of(scorer, sheets);
            await new ScoreStore(database).Save(run, sheets.ConvertAll(unit => unit.Item2));
            await new ScoreStore(database).Save(run, cards);
            if (run == Latest) await InsertReports(cards);
            Certainty[category.Id] = CertaintyStudy.Of(scorer, Rules.Cycle.Robustness!, Rules.Cycle.Pools, facts);
            await new CertaintyStore(database).Save(run, Certainty[category.Id]);
            if (scorer.Compiled.Scheme.Awards is not [var policy]) continue;
            var byUnit = cards.ToDictionary(card => card.Unit, StringComparer.Ordinal);
            var pool = Rules.Cycle.Pools.Single(known => known.Id == policy.Pool);
            Allocations[category.Id] = Allocator.Allocate(
                scorer.Compiled, policy, pool, [.. facts.Select(unit => (unit, byUnit[unit.Unit]))]);
            await new AllocationStore(database).Save(run, category.Id, Allocations[category.Id]);
        }
    }

    private async Task InsertIndex(string run)
    {
        var runs = new RunStore(database, _clock);
        var rules = new RuleSetsOnRecord(new RuleSetStore(database, _clock), runs);
        var units = new UnitStore(database);
        var facts = new CategoryFacts(rules, new ObservationStore(database, _clock), units);
        var indices = new ResourceIndexStore(database, _clock);
        await new ComputeResourceIndex(rules, facts, units, indices).Compute(run, CancellationToken.None);
        using var renderer = new CairoReportRenderer();
        await new RenderIndexReport(rules, indices, renderer, new ReportFiles(reports)).Render(run, CancellationToken.None);
    }

    private async Task InsertReports(IReadOnlyList<ScoreCard> cards)
    {
        var pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n%%EOF\n");
        Directory.CreateDirectory(reports);
        foreach (var card in cards)
        {
            Cards[(card.Category, card.Unit)] = card;
            var file = $"{card.Category}-{card.Unit}.pdf";
            await File.WriteAllBytesAsync(Path.Combine(reports, file), pdf);
            await new ReportStore(database).Save(Latest, new StoredReport(
                card.Category, card.Unit, $"{Year}-{card.Category}-{card.Unit}", file, 8, pdf.Length, CanonicalJson.Sha256(pdf)));
        }
    }

    private async Task InsertFindings()
    {
        var category = Rules.Cycle!.Categories[0].Id;
        var metric = Rules.SchemeOf(category).Indicators.First().Given[0];
        var doubled = new Finding("implausible", "warning", category, "unit-03", null, metric, null, null,
            new("数值比上年增加一倍以上，请核对", "the value more than doubled against last year: please look"));
        var changed = new Finding("held_below_available", "blocking", category, Treated, null, metric, null, null,
            new("可分发多于保藏", "more available than held"));
        var findings = new FindingStore(database);
        await findings.Save(
            Latest,
            [
                doubled, changed,
                new Finding("metric-missing", "warning", category, Withheld, null, metric, null, null,
                    new("缺少数据，总分暂缓", "data are missing, the total waits")),
            ]);
        await findings.Save(
            Latest,
            [
                new Treatment(changed.NaturalKey, category, Treated, new(
                    "处理：更正为 80（李某，2026-07-20：盘点单）。按报送数据计 61.5 分，处理后计 58 分（B1 10 → 6.5）。",
                    "Decision: Corrected to 80 (李某, 2026-07-20: 盘点单). As reported: 61.5 points; as decided: 58 points (B1 10 → 6.5).")),
            ]);
        var decisions = new DecisionStore(database, _clock);
        await decisions.Decide(
            Year, new FindingDecision(changed.NaturalKey, FindingDecision.Correct, null, 80, "盘点单", "李某", default));
        await decisions.Decide(
            Year, new FindingDecision(doubled.NaturalKey, FindingDecision.Keep, null, null, "原始记录核对无误", "数据管理员", default));
    }

    public static string UnitId(int number) => string.Create(CultureInfo.InvariantCulture, $"unit-{number:00}");

    private static string FindUp(string folder)
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Evaluation.sln"))) return Path.Combine(here.FullName, folder);
        }

        throw new DirectoryNotFoundException($"There is no {folder} beside Evaluation.sln above {AppContext.BaseDirectory}.");
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
