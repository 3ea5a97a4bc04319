using System.Security.Cryptography;
using System.Text;

namespace Evaluation.Rules.Allocation;

/// <summary>One payment of the list that goes to finance.</summary>
/// <param name="Id">Derived from run, pool, unit and instalment: the same payment has the same id in every list, so that
/// paying it twice is noticed.</param>
/// <param name="Pool">Pool it is paid from.</param>
/// <param name="Unit">Unit id.</param>
/// <param name="Payment">Number, month, amount.</param>
public sealed record PaymentLine(string Id, string Pool, string Unit, Instalment Payment);

/// <summary>The payments of a run: every award with its instalments, in the order of pools and units.</summary>
public static class PaymentList
{
    private const int DigitsOfId = 16;
    private const int DigitsOfGroup = 4;

    /// <summary>The list. An award without a payment plan is one payment; awards of nothing are left out.</summary>
    /// <param name="run">Run id.</param>
    /// <param name="pools">What every pool gave.</param>
    public static IReadOnlyList<PaymentLine> Of(string run, IEnumerable<AllocationResult> pools) =>
    [
        .. from pool in pools.OrderBy(pool => pool.Pool, StringComparer.Ordinal)
           from award in pool.Awards.OrderBy(award => award.Unit, StringComparer.Ordinal)
           where award.Amount > Money.Zero
           from payment in award.Instalments.Count > 0
               ? award.Instalments : [new Instalment(1, null, award.Amount, Money.Zero)]
           select new PaymentLine(IdOf(run, pool.Pool, award.Unit, payment.Number), pool.Pool, award.Unit, payment),
    ];

    /// <summary>The id of a payment, in four groups of four digits.</summary>
    public static string IdOf(string run, string pool, string unit, int instalment)
    {
        // With their lengths before them no two rows of fields give the same text.
        var text = string.Concat(new[] { run, pool, unit, instalment.ToString(System.Globalization.CultureInfo.InvariantCulture) }
            .Select(field => $"{field.Length}:{field}"));
        var digits = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigitsOfId];
        return string.Join('-', digits.Chunk(DigitsOfGroup).Select(group => new string(group)));
    }
}
