using System.Globalization;
using CsvHelper;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;

namespace Evaluation.Jobs.Allocating;

/// <summary>Writes what a policy gave as files anybody can open.</summary>
public static class AllocateFiles
{
    /// <summary>The table of awards: <c>unit,award,because_zh,because_en</c>.</summary>
    public static void WriteAwards(PolicyOutcome outcome, Stream stream) => Table(
        stream,
        ["unit", "award", "because_zh", "because_en"],
        outcome.Units.Select(unit => new[] { unit.Unit, Number(unit.Amount.Yuan), unit.Because.Zh, unit.Because.En }));

    /// <summary>The table of payments: <c>unit,pool,instalment,month,gross,netted,amount</c>.</summary>
    public static void WritePayments(PolicyOutcome outcome, Stream stream) => Table(
        stream,
        ["unit", "pool", "instalment", "month", "gross", "netted", "amount"],
        from unit in outcome.Units
        from award in unit.Awards
        where award.Amount.Yuan > 0m
        from part in award.Instalments.Count > 0
            ? award.Instalments : [new Instalment(1, null, award.Amount, Money.Zero)]
        select new[]
        {
            unit.Unit, award.Pool, part.Number.ToString(CultureInfo.InvariantCulture),
            part.Month?.ToString(CultureInfo.InvariantCulture) ?? "", Number(part.Gross.Yuan), Number(part.Netted.Yuan),
            Number(part.Amount.Yuan),
        });

    /// <summary>The table of a scenario: <c>unit,grade_before,grade,approved,scenario,difference</c>.</summary>
    public static void WriteScenario(ScenarioResult result, Stream stream) => Table(
        stream,
        ["unit", "grade_before", "grade", "approved", "scenario", "difference"],
        result.Units.Select(unit => new[]
        {
            unit.Unit, unit.GradeBefore ?? "", unit.Grade ?? "", Number(unit.Before.Yuan), Number(unit.Amount.Yuan),
            Number(unit.Difference.Yuan),
        }));

    /// <summary>Several scenarios side by side: <c>unit,grade_before,approved</c>, then of every scenario its grade, award
    /// and difference, the scenario's name before each.</summary>
    /// <param name="scenarios">Scenarios beside the same awards, so that all of them know what each unit got.</param>
    /// <param name="stream">Where it goes.</param>
    public static void WriteScenarios(IReadOnlyList<(string Name, ScenarioResult Result)> scenarios, Stream stream)
    {
        var units = scenarios.SelectMany((one, place) => one.Result.Units.Select(unit => (Unit: unit, Place: place)))
            .ToLookup(each => each.Unit.Unit, StringComparer.Ordinal);
        Table(
            stream,
            [
                "unit", "grade_before", "approved",
                .. scenarios.SelectMany(one => new[] { $"{one.Name} grade", $"{one.Name} award", $"{one.Name} difference" }),
            ],
            units.OrderBy(unit => unit.Key, StringComparer.Ordinal).Select(unit => (string[])
            [
                unit.Key, unit.First().Unit.GradeBefore ?? "", Number(unit.First().Unit.Before.Yuan),
                .. Enumerable.Range(0, scenarios.Count).SelectMany(place => Cells(unit.FirstOrDefault(each => each.Place == place).Unit)),
            ]));
    }

    // Another policy may leave a unit out that the others know.
    private static string[] Cells(ScenarioUnit? unit) =>
        unit is null ? ["", "0", "0"] : [unit.Grade ?? "", Number(unit.Amount.Yuan), Number(unit.Difference.Yuan)];

    /// <summary>The payment list of a run: <c>payment,pool,unit,name_zh,name_en,instalment,month,gross,netted,amount</c> and
    /// the approval each payment rests on.</summary>
    /// <param name="payments">The list.</param>
    /// <param name="nameOf">What a unit is called.</param>
    /// <param name="stream">Where it goes.</param>
    public static void WritePaymentList(IReadOnlyList<OrderedPayment> payments, Func<string, Bilingual> nameOf, Stream stream) =>
        Table(stream, PaymentHead, payments.Select(payment => Cells(payment, nameOf)).Append(Totals(payments)));

    /// <summary>The columns of the payment list.</summary>
    internal static string[] PaymentHead { get; } =
    [
        "payment", "pool", "unit", "name_zh", "name_en", "instalment", "month", "gross", "netted", "amount", "approval_zh",
        "approval_en",
    ];

    /// <summary>The columns of the payment list that are amounts.</summary>
    internal static Range PaymentAmounts { get; } = 7..10;

    /// <summary>One line of the payment list.</summary>
    internal static string[] Cells(OrderedPayment payment, Func<string, Bilingual> nameOf)
    {
        var (line, name, standing) = (payment.Line, nameOf(payment.Line.Unit), PaymentWords.Standing(payment.Approval));
        return
        [
            line.Id, line.Pool, line.Unit, name.Zh, name.En,
            line.Payment.Number.ToString(CultureInfo.InvariantCulture),
            line.Payment.Month?.ToString(CultureInfo.InvariantCulture) ?? "",
            Number(line.Payment.Gross.Yuan), Number(line.Payment.Netted.Yuan), Number(line.Payment.Amount.Yuan),
            standing.Zh, standing.En,
        ];
    }

    /// <summary>The last line of the payment list.</summary>
    internal static string[] Totals(IReadOnlyList<OrderedPayment> payments)
    {
        var isApproved = payments.Count > 0 && payments.All(payment => payment.Approval is not null);
        return
        [
            "total", "", "", "合计", "Total", payments.Count.ToString(CultureInfo.InvariantCulture), "",
            Number(payments.Sum(payment => payment.Line.Payment.Gross.Yuan)),
            Number(payments.Sum(payment => payment.Line.Payment.Netted.Yuan)),
            Number(payments.Sum(payment => payment.Line.Payment.Amount.Yuan)),
            isApproved ? "" : PaymentWords.NotApproved.Zh, isApproved ? "" : PaymentWords.NotApproved.En,
        ];
    }

    /// <summary>A number without thousands separators and without trailing zeros.</summary>
    public static string Number(decimal number) =>
        number.ToString("0.############################", CultureInfo.InvariantCulture);

    private static void Table(Stream stream, string[] header, IEnumerable<string[]> rows)
    {
        using var csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" });
        foreach (var row in rows.Prepend(header))
        {
            foreach (var field in row) csv.WriteField(field);
            csv.EndRecord();
        }
    }
}
