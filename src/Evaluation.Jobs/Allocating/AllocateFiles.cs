using System.Globalization;
using CsvHelper;
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
