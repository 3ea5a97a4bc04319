using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// What a record is known by: the unit and its own number of the instrument or of the service record. The schema of
/// earlier years had one service record an instrument; a service record without a number is known by what it says.
/// </summary>
internal static class NriiKeys
{
    private static readonly string[] TellingOfAService =
        ["innerId", "serviceTime", "endTime", "serviceContent", "serviceWay", "subjectName", "applicant", "applicantUnit"];

    public static ReportedRecord Of(NriiRecord record, NriiKind kind, string unit, Period period) => new(
        $"nrii/{kind:D}",
        unit,
        kind switch
        {
            NriiKind.ServiceRecord => record.Text("recordInnerId") is { Length: > 0 } number ? number : ByContent(record),
            NriiKind.ProductRecord => record.Needed("id"),
            NriiKind.Effect => period.ToString(),
            _ => record.Needed("innerId"),
        });

    public static bool HasNumber(NriiRecord record) => record.Text("recordInnerId").Length > 0;

    private static string ByContent(NriiRecord record)
    {
        var text = string.Join('\n', TellingOfAService.Select(record.Text));
        return "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
