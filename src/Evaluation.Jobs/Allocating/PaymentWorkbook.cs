using Evaluation.Rules;

namespace Evaluation.Jobs.Allocating;

/// <summary>The payment list as a spreadsheet: the last row adds up.</summary>
public static class PaymentWorkbook
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="payments">The list.</param>
    /// <param name="nameOf">What a unit is called.</param>
    /// <param name="title">Name of the sheet.</param>
    /// <param name="stream">Where it goes; it must be able to seek.</param>
    public static void Write(
        IReadOnlyList<OrderedPayment> payments, Func<string, Bilingual> nameOf, string title, Stream stream) => AmountsWorkbook.Write(
        title,
        AllocateFiles.PaymentHead,
        payments.Select(payment => AllocateFiles.Cells(payment, nameOf)).Append(AllocateFiles.Totals(payments)),
        column => column >= AllocateFiles.PaymentAmounts.Start.Value && column < AllocateFiles.PaymentAmounts.End.Value,
        stream);
}
