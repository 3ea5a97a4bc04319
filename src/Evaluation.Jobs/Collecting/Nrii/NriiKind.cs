using System.Text.Json;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// The kinds of records of the national platform, by its numbers; and the product record of Shanghai's.
/// </summary>
internal enum NriiKind
{
    Centre = 1,
    Facility = 2,
    ServiceUnit = 3,
    Instrument = 4,
    Customs = 5,
    ServiceRecord = 6,
    Effect = 7,
    ProductRecord = 100,
}

/// <summary>How a record shows which kind it is, where nobody says it.</summary>
internal static class NriiKinds
{
    // Each kind by fields that only it has, the most telling first.
    private static readonly (NriiKind Kind, string[] Fields)[] Marks =
    [
        (NriiKind.ProductRecord, ["machineHour", "testMajor"]),
        (NriiKind.Effect, ["submittedRates", "serviceAmounts", "serviceIncome", "billNum", "billWorth", "instrNum"]),
        (NriiKind.ServiceRecord, ["recordInnerId", "serviceWay", "serviceAmount", "amounts"]),
        (NriiKind.Customs, ["declarationNumber", "codeCpd", "itemNumber"]),
        (NriiKind.Instrument, ["instrCategory", "instrSource", "instrBelongsType", "runMachine", "serviceMachine"]),
        (NriiKind.Facility, ["worth"]),
        (NriiKind.Centre, ["establish", "level", "centname"]),
    ];

    public static NriiKind? Of(IReadOnlyDictionary<string, JsonElement> fields)
    {
        foreach (var (kind, names) in Marks)
        {
            if (names.Any(fields.ContainsKey)) return kind;
        }

        return null;
    }

    public static bool IsNumber(int number) => number is >= (int)NriiKind.Centre and <= (int)NriiKind.Effect;
}
