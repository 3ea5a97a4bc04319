using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Web.Downloads;

namespace Evaluation.Web.Showing;

/// <summary>Money of one version: what there is, what is given, what is left.</summary>
public sealed record VersionMoney(Money Pot, Money Spent)
{
    /// <summary>What is left.</summary>
    public Money Left => Pot - Spent;

    /// <summary>The sums of the pools of a version.</summary>
    public static VersionMoney Of(IReadOnlyList<AllocationResult> pools) =>
        new(new Money(pools.Sum(pool => pool.Pot.Yuan)), new Money(pools.Sum(pool => pool.Spent.Yuan)));
}

/// <summary>Units and money of one grade in one version.</summary>
public sealed record GradeMoney(int Units, Money Amount);

/// <summary>The awards that hold and the scenarios beside them, as pages and downloads show them.</summary>
/// <param name="Standing">What holds: an approved version, or what the run gave.</param>
/// <param name="Scenarios">The scenarios that could be worked out.</param>
/// <param name="Rows">Every unit.</param>
public sealed record ScenarioTable(
    CategoryMoney Standing, IReadOnlyList<AskedScenario> Scenarios, IReadOnlyList<ScenarioRow> Rows)
{
    /// <summary>The awards that hold: those of the newest approval, whichever run it rests on.</summary>
    public IReadOnlyList<AllocationResult> Now => Standing.Newest?.Results ?? Standing.Given;

    /// <summary>Sum of the awards that hold.</summary>
    public Money Sum => new(Rows.Sum(row => row.Amount.Yuan));

    /// <summary>The table.</summary>
    /// <param name="standing">Where the category stands.</param>
    /// <param name="asked">The scenarios, answered.</param>
    /// <param name="known">Name and rank of the run's units.</param>
    public static ScenarioTable Of(CategoryMoney standing, IReadOnlyList<AskedScenario> asked, IReadOnlyList<AwardRow> known)
    {
        var names = known.DistinctBy(row => row.Unit).ToDictionary(row => row.Unit, StringComparer.Ordinal);
        var answered = asked.Where(one => one.Result is not null).ToList();
        var results = answered.ConvertAll(one => one.Result!.Units.ToDictionary(unit => unit.Unit, StringComparer.Ordinal));
        var now = ScenarioResult.Of([], standing.Newest?.Results ?? standing.Given).Units
            .ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        // Every scenario stands beside what holds, so that each knows all of these units.
        var rows = now.Keys.Union(results.SelectMany(result => result.Keys)).Select(unit =>
        {
            var (name, rank) = names.TryGetValue(unit, out var row) ? (row.Name, row.Rank) : (new Bilingual(unit, unit), null);
            var holds = now.GetValueOrDefault(unit);
            return new ScenarioRow(
                unit, name, rank, holds?.Grade, holds?.Amount ?? Money.Zero,
                results.ConvertAll(result => result[unit]));
        });
        return new ScenarioTable(standing, answered, [.. rows]);
    }

    /// <summary>Units and money of a grade in the version that holds.</summary>
    public GradeMoney NowOf(string? grade)
    {
        var of = Rows.Where(row => row.Grade == grade).ToList();
        return new(of.Count, new Money(of.Sum(row => row.Amount.Yuan)));
    }

    /// <summary>Units and money of a grade in a scenario, by its place.</summary>
    public GradeMoney ScenarioOf(int place, string? grade)
    {
        var of = Rows.Where(row => row.Scenarios[place].Grade == grade).ToList();
        return new(of.Count, new Money(of.Sum(row => row.Scenarios[place].Amount.Yuan)));
    }

    /// <summary>Whether a scenario adds up: the differences of the units to the difference of the sums, its awards to what its
    /// pools spend.</summary>
    public bool Reconciles(int place)
    {
        var result = Scenarios[place].Result!;
        return Rows.Sum(row => row.Scenarios[place].Difference.Yuan) == (result.Amount - Sum).Yuan
            && result.Amount == VersionMoney.Of(result.Pools).Spent
            && Sum == VersionMoney.Of(Now).Spent;
    }

    /// <summary>The head of the download.</summary>
    public IReadOnlyList<string> Head(Wording wording) =>
    [
        wording["名次", "rank"], wording["单位代码", "unit"], wording["单位", "name"], wording["现行等次", "grade now"],
        Standing.Approval is null ? wording["运行建议（元，未核定）", "recommended (CNY, not approved)"] : wording["现行核定（元）", "approved (CNY)"],
        .. Scenarios.SelectMany(one => new[]
        {
            wording[$"{one.Title.Zh}：等次", $"{one.Title.En}: grade"], wording[$"{one.Title.Zh}：补助（元）", $"{one.Title.En}: award (CNY)"],
            wording[$"{one.Title.Zh}：差额（元）", $"{one.Title.En}: difference (CNY)"],
        }),
    ];

    /// <summary>Whether a column of the download holds amounts.</summary>
    public static bool IsAmount(int column) => column == FirstAmount || (column > FirstAmount && (column - FirstAmount) % ColumnsAScenario != 1);

    /// <summary>Rows of the download, their sums last.</summary>
    public IEnumerable<IReadOnlyList<string>> Cells(IReadOnlyList<ScenarioRow> shown, Func<string?, string> gradeName, Wording wording) =>
        shown.Select(row => (IReadOnlyList<string>)
        [
            CsvText.Number(row.Rank), row.Unit, wording[row.Name], gradeName(row.Grade), CsvText.Number(row.Amount.Yuan),
            .. row.Scenarios.SelectMany(unit => new[]
            {
                gradeName(unit.Grade), CsvText.Number(unit.Amount.Yuan), CsvText.Number(unit.Difference.Yuan),
            }),
        ]).Append(
        [
            "", "", wording["合计", "total"], "", CsvText.Number(shown.Sum(row => row.Amount.Yuan)),
            .. Scenarios.SelectMany((_, place) => new[]
            {
                "", CsvText.Number(shown.Sum(row => row.Scenarios[place].Amount.Yuan)),
                CsvText.Number(shown.Sum(row => row.Scenarios[place].Difference.Yuan)),
            }),
        ]);

    private const int FirstAmount = 4;
    private const int ColumnsAScenario = 3;
}
