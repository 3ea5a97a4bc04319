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

    /// <summary>The payment list of a run: <c>payment,pool,unit,name_zh,name_en,instalment,month,gross,netted,amount</c>.</summary>
    /// <param name="lines">The list.</param>
    /// <param name="nameOf">What a unit is called.</param>
    /// <param name="stream">Where it goes.</param>
    public static void WritePaymentList(IReadOnlyList<PaymentLine> lines, Func<string, Bilingual> nameOf, Stream stream) => Table(
        stream, PaymentHead, lines.Select(line => Cells(line, nameOf)).Append(Totals(lines)));

    /// <summary>The columns of the payment list.</summary>
    internal static string[] PaymentHead { get; } =
        ["payment", "pool", "unit", "name_zh", "name_en", "instalment", "month", "gross", "netted", "amount"];

    /// <summary>One line of the payment list.</summary>
    internal static string[] Cells(PaymentLine line, Func<string, Bilingual> nameOf) =>
    [
        line.Id, line.Pool, line.Unit, nameOf(line.Unit).Zh, nameOf(line.Unit).En,
        line.Payment.Number.ToString(CultureInfo.InvariantCulture),
        line.Payment.Month?.ToString(CultureInfo.InvariantCulture) ?? "",
        Number(line.Payment.Gross.Yuan), Number(line.Payment.Netted.Yuan), Number(line.Payment.Amount.Yuan),
    ];

    /// <summary>The last line of the payment list.</summary>
    internal static string[] Totals(IReadOnlyList<PaymentLine> lines) =>
    [
        "total", "", "", "合计", "Total", lines.Count.ToString(CultureInfo.InvariantCulture), "",
        Number(lines.Sum(line => line.Payment.Gross.Yuan)), Number(lines.Sum(line => line.Payment.Netted.Yuan)),
        Number(lines.Sum(line => line.Payment.Amount.Yuan)),
    ];

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
