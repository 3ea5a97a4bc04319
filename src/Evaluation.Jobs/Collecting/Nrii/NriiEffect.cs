using System.Globalization;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// The service effect of a unit (kind 7), of one period. Earlier years write it in words: the numbers with their units
/// are taken out of the text, and somebody has to confirm them. Money is in 万元.
/// </summary>
internal sealed class NriiEffect(NriiBook book, NriiRecord record, string unit)
{
    // Fields that are told in words or have no metric; their text stays in the document.
    private static readonly string[] InWords =
    [
        "activatedRates", "totalShareRates", "externalShareRates", "innovation", "user", "book", "report", "output",
        "achievements", "socialBenefit", "remark", "billNum", "instrNum", "instrWorth", "intensityFileUrl",
        "specializationFileUrl",
    ];

    private static readonly (string Field, string Metric)[] Counts =
        [("thesis", "out_papers"), ("patent", "out_patents"), ("project", "out_projects")];

    private readonly List<Collected> found = [];

    public List<Collected> Read()
    {
        Share("submittedRates", "inst_online_ratio");
        foreach (var (clause, number, measure) in NriiText.Quantities(record.Text("serviceAmounts"))) Amount(clause, number, measure);
        foreach (var (field, metric) in Counts) Count(field, metric);
        Money("serviceIncome", "inst_income_external", needsConfirmation: true);
        Money("billWorth", "inst_income", needsConfirmation: false);
        Money("billWorthInstr", "inst_income_external", needsConfirmation: false);
        foreach (var field in InWords.Where(field => record.Text(field).Length > 0)) book.Unread(field);
        return found;
    }

    private void Amount(string clause, decimal number, string measure)
    {
        var training = clause.Contains("培训", StringComparison.Ordinal);
        var outside = clause.Contains('外');
        var (metric, unitOfMeasure) = measure.ToLowerInvariant() switch
        {
            "小时" or "机时" or "h" => (outside ? "inst_hours_external" : "inst_hours_effective", "hour"),
            "人次" or "人" or "名" when training => ("inst_trainees", "person"),
            "次" when training => ("inst_training_sessions", "time"),
            "次" => ("inst_uses", "time"),
            "个" or "份" or "件" or "样" or "样品" when clause.Contains('样') => ("inst_samples", "sample"),
            _ => ("", ""),
        };
        if (metric.Length == 0) book.Unread($"serviceAmounts: {clause.Trim()}");
        else Confirm(metric, number, unitOfMeasure, "serviceAmounts");
    }

    private void Count(string field, string metric)
    {
        var quantities = NriiText.Quantities(record.Text(field)).ToList();
        if (quantities.Count > 0) Confirm(metric, quantities.Sum(one => one.Number), "count", field);
        else if (record.Text(field).Length > 0) book.Unread(field);
    }

    private void Share(string field, string metric)
    {
        var text = record.Text(field);
        if (text.Length == 0) return;
        var digits = text.TrimEnd('%', '％');
        if (digits.Length < text.Length
            && decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent >= 0)
        {
            Confirm(metric, percent / 100m, "share", field);
            return;
        }

        found.Add(new NriiRefusal(
            NriiCodes.NotANumber, Place(field), text,
            $"“{text}”不是百分比。请写成 95% 的形式。", $"'{text}' is not a percentage. Write it like 95%.").Reject);
    }

    private void Money(string field, string metric, bool needsConfirmation)
    {
        try
        {
            if (record.Number(field) is not { } amount) return;
            var above = field == "billWorthInstr" && amount > record.Number("billWorth");
            List<string> flags = [.. needsConfirmation ? [NriiFlags.NeedsConfirmation] : Array.Empty<string>()];
            if (above) flags.Add(NriiFlags.ExternalAboveTotal);
            Add(metric, amount * NriiText.TenThousand, "yuan", field, flags);
        }
        catch (NriiRefusal refused)
        {
            found.Add(refused.Reject);
        }
    }

    private void Confirm(string metric, decimal value, string measure, string field) =>
        Add(metric, value, measure, field, [NriiFlags.NeedsConfirmation]);

    private void Add(string metric, decimal value, string measure, string field, IReadOnlyCollection<string> flags)
    {
        found.AddRange(NriiBook.Said(flags));
        found.Add(book.Figure(unit, null, metric, book.Period, value, measure, Place(field), flags: flags));
    }

    private string Place(string field) => $"{record.Place}.{field}";
}
