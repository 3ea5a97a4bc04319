using System.Globalization;
using System.Text;
using System.Text.Json;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;
using Npgsql;

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

    private const int Units = 24;
    private static readonly DateTimeOffset Requested = new(2026, 7, 20, 1, 30, 0, TimeSpan.Zero);
    private static readonly (string Zh, string En)[] Provinces =
        [("北京市", "Beijing"), ("上海市", "Shanghai"), ("湖北省", "Hubei"), ("四川省", "Sichuan"), ("甘肃省", "Gansu")];

    private readonly string _document = new('a', 64);
    private readonly List<MetricObservation> _observations = [];

    public RuleSet Rules { get; private set; } = null!;

    public Dictionary<(string Category, string Unit), ScoreCard> Cards { get; } = [];

    public Dictionary<string, AllocationResult> Allocations { get; } = [];

    public static string ShippedRules { get; } = FindUp("rules");

    public string Year => Rules.Cycle!.Id;

    public async Task Insert()
    {
        var folder = RuleFolder.Read(Directory.EnumerateDirectories(ShippedRules)
            .Where(candidate => int.TryParse(Path.GetFileName(candidate), CultureInfo.InvariantCulture, out _))
            .Max(StringComparer.Ordinal)!);
        Rules = RuleSetLoader.Load(folder);
        await new RuleSetStore(database, TimeProvider.System).Record(folder);
        await InsertDocuments();
        foreach (var category in Rules.Cycle!.Categories) await InsertUnits(category);
        await InsertRun(Failed, Requested.AddHours(-3), "failed", null, "数据库连接中断");
        await InsertRun(Earlier, Requested.AddHours(-2), "finished", Requested.AddHours(-1), null);
        await InsertRun(Latest, Requested, "finished", Requested.AddMinutes(1), null);
        await InsertResults(Earlier);
        await InsertResults(Latest);
        await InsertFindings();
    }

    private async Task InsertDocuments()
    {
        await Execute(
            """
            insert into source_documents (sha256, name, format, profile, category, bytes, accepted, rejected, flagged, state, recorded_at)
            values ($1, 'unit_metrics.csv', 'csv', $2, $3, 123456, 4000, 2, 1, 'read', $4)
            """,
            _document, Rules.Imports.FirstOrDefault()?.Id ?? "profile", Rules.Cycle!.Categories[0].Id, Requested);
        await Execute(
            """
            insert into rejected_rows (document_number, ordinal, line, cell, value, reason_zh, reason_en)
            select number, r.* from source_documents cross join (values
                (1, 17, 'value', 'n/a', '不是数值，请填写数字或留空', 'not a number: write a number or leave the cell empty'),
                (2, 230, '', '<b>x</b>', '列数不足，请补齐', 'too few columns: fill them in')) r
            where sha256 = $1
            """,
            _document);
    }

    private async Task InsertUnits(CycleCategory category)
    {
        var random = new Random(20 + category.Id.Length);
        var scheme = Rules.SchemeOf(category.Id);
        var needed = NeededMetrics(scheme);
        for (var number = 1; number <= Units; number++)
        {
            var unit = UnitId(number);
            var province = Provinces[number % Provinces.Length];
            await Execute(
                """
                insert into units (unit, category, name_zh, name_en, province_zh, province_en, document_number)
                select $1, $2, $3, $4, $5, $6, number from source_documents where sha256 = $7
                """,
                unit, category.Id, $"模拟第{number}研究所", $"Generated Institute No. {number}", province.Zh, province.En, _document);
            var quality = random.NextDouble();
            foreach (var metric in needed)
            {
                if (unit == Withheld && metric == needed[^1]) continue;
                AddObservations(category, unit, metric, quality, random);
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

    private void AddObservations(CycleCategory category, string unit, Metric metric, double quality, Random random)
    {
        var resources = metric.ResourceList is null ? 1 : 7;
        for (var resource = 1; resource <= resources; resource++)
        {
            _observations.Add(new MetricObservation(
                _observations.Count + 1, unit, metric.ResourceList is { } list ? $"{list}-{resource}" : null, category.Id,
                metric.Code, category.Periods[0], metric.Kind == MetricKind.Answer ? null : Value(metric, quality, random),
                metric.Kind == MetricKind.Answer ? Answer(metric, quality, random) : null, metric.Unit.Code, metric.Only,
                _document, "unit_metrics.csv", $"row {_observations.Count + 2}", []));
        }
    }

    private static string Answer(Metric metric, double quality, Random random)
    {
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

    private async Task InsertRun(string run, DateTimeOffset requested, string state, DateTimeOffset? finished, string? problem)
    {
        await Execute(
            """
            insert into runs (run, cycle, rule_set_hash, engine_version, generated, snapshot_hash, result_hash, state, problem, requested_at, finished_at)
            values ($1, $2, $3, '0.1.0', true, $4, $5, $6, $7, $8, $9)
            """,
            run, Year, Rules.Version, new string('b', 64), finished is null ? null : new string('c', 64), state, problem, requested, finished);
        await Execute("insert into run_documents (run, ordinal, document, path) values ($1, 1, $2, 'unit_metrics.csv')", run, _document);
        string[] steps = ["collect", "check", "snapshot", "score", "grade", "allocate", "publish"];
        for (var i = 0; i < steps.Length; i++)
        {
            var stepState = state == "finished" || i < 3 ? "done" : i == 3 ? "failed" : "requested";
            await Execute(
                """
                insert into run_steps (run, step, shard, ordinal, state, attempt, done, total, message, requested_at, started_at, finished_at)
                values ($1, $2, 'all', $3, $4, 1, $5, 72, $6, $7, $7, $8)
                """,
                run, steps[i], i, stepState, stepState == "done" ? 72L : 10L, stepState == "failed" ? "database gone" : null,
                requested.AddSeconds(i), stepState == "done" ? requested.AddSeconds(i).AddMilliseconds(700) : null);
        }
    }

    private async Task InsertResults(string run)
    {
        if (run == Earlier) await InsertObservations();
        foreach (var category in Rules.Cycle!.Categories)
        {
            var scorer = Scorer.Create(Rules, Rules.SchemeOf(category.Id), Rules.Cycle.AsOf);
            var facts = FactAssembler.Assemble(Rules, category, _observations);
            var cards = Grader.Grade(scorer.Compiled, [.. facts.Select(unit => (unit, scorer.Score(unit)))]);
            foreach (var card in cards) await InsertCard(run, card);
            if (scorer.Compiled.Scheme.Awards is not { } policy) continue;
            var byUnit = cards.ToDictionary(card => card.Unit, StringComparer.Ordinal);
            var pool = Rules.Cycle.Pools.Single(known => known.Id == policy.Pool);
            var allocation = Allocator.Allocate(scorer.Compiled, pool, [.. facts.Select(unit => (unit, byUnit[unit.Unit]))]);
            await InsertAllocation(run, category.Id, allocation);
        }
    }

    private async Task InsertObservations()
    {
        await using var connection = await database.Connect();
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy metric_observations (natural_key, unit, resource, category, metric, period_from, period_to, value, answer,
                unit_of_measure, dimensions, document, locator, recorded_at) from stdin (format binary)
            """);
        foreach (var one in _observations)
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(one.Id.ToString(CultureInfo.InvariantCulture));
            await copy.WriteAsync(one.Unit);
            await copy.WriteAsync(one.Resource);
            await copy.WriteAsync(one.Category);
            await copy.WriteAsync(one.Metric);
            await copy.WriteAsync(one.Period.From);
            await copy.WriteAsync(one.Period.To);
            await (one.Value is { } value ? copy.WriteAsync(value) : copy.WriteNullAsync());
            await copy.WriteAsync(one.Answer);
            await copy.WriteAsync(one.UnitOfMeasure);
            await copy.WriteAsync(JsonSerializer.Serialize(one.Dimensions), NpgsqlTypes.NpgsqlDbType.Jsonb);
            await copy.WriteAsync(one.Document);
            await copy.WriteAsync(one.Locator);
            await copy.WriteAsync(Requested, NpgsqlTypes.NpgsqlDbType.TimestampTz);
        }

        await copy.CompleteAsync();
    }

    private async Task InsertCard(string run, ScoreCard card)
    {
        var bytes = CanonicalJson.Write(card);
        await Execute(
            "insert into score_cards (run, category, unit, total, rank, ranked, grade, card, sha256) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            run, card.Category, card.Unit, card.Total, card.Rank, card.Ranked, card.Grade, bytes, CanonicalJson.Sha256(bytes));
        if (run != Latest) return;
        Cards[(card.Category, card.Unit)] = card;
        var file = $"{card.Category}-{card.Unit}.pdf";
        var pdf = Encoding.ASCII.GetBytes("%PDF-1.7\n%%EOF\n");
        Directory.CreateDirectory(reports);
        await File.WriteAllBytesAsync(Path.Combine(reports, file), pdf);
        await Execute(
            "insert into reports (run, category, unit, number, file, pages, bytes, sha256) values ($1, $2, $3, $4, $5, 8, $6, $7)",
            run, card.Category, card.Unit, $"{Year}-{card.Category}-{card.Unit}", file, (long)pdf.Length, CanonicalJson.Sha256(pdf));
    }

    private async Task InsertAllocation(string run, string category, AllocationResult allocation)
    {
        Allocations[category] = allocation;
        var bytes = CanonicalJson.Write(allocation);
        await Execute(
            "insert into allocations (run, pool, category, pot, spent, result, sha256) values ($1, $2, $3, $4, $5, $6, $7)",
            run, allocation.Pool, category, allocation.Pot.Yuan, allocation.Spent.Yuan, bytes, CanonicalJson.Sha256(bytes));
        foreach (var award in allocation.Awards)
        {
            await Execute(
                "insert into awards (run, pool, category, unit, grade, amount, award) values ($1, $2, $3, $4, $5, $6, $7)",
                run, award.Pool, category, award.Unit, award.Grade, award.Amount.Yuan, Array.Empty<byte>());
        }
    }

    private async Task InsertFindings()
    {
        var category = Rules.Cycle!.Categories[0].Id;
        var metric = Rules.SchemeOf(category).Indicators.First().Given[0];
        await Execute(
            """
            insert into findings (run, code, severity, category, unit, metric, message_zh, message_en, natural_key)
            values ($1, 'implausible', 'warning', $2, 'unit-03', $3, '数值比上年增加一倍以上，请核对', 'the value more than doubled against last year: please look', 'k1'),
                   ($1, 'missing', 'blocking', $2, $4, $5, '缺少数据，总分暂缓', 'data are missing, the total waits', 'k2')
            """,
            Latest, category, metric, Withheld, metric);
    }

    private static string UnitId(int number) => string.Create(CultureInfo.InvariantCulture, $"unit-{number:00}");

    private async Task Execute(string sql, params object?[] values)
    {
        await using var command = database.Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync();
    }

    private static string FindUp(string folder)
    {
        for (var here = new DirectoryInfo(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            if (File.Exists(Path.Combine(here.FullName, "Evaluation.sln"))) return Path.Combine(here.FullName, folder);
        }

        throw new DirectoryNotFoundException($"There is no {folder} beside Evaluation.sln above {AppContext.BaseDirectory}.");
    }
}
