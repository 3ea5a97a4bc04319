using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>What a row means, by the profile: observations, a service record, a unit or a resource.</summary>
internal sealed class RowMapping(RecognisedFile file, RuleSet rules, CsvHeader header)
{
    private static readonly Dictionary<string, string> NoDimensions = [];

    private readonly MappingProfile profile = file.Profile;
    private readonly UnitCrosswalk crosswalk = new(file.Profile);

    /// <summary>
    /// What the row says. Each cell that cannot be taken is a reject of its own; the other cells of the row count.
    /// </summary>
    public IEnumerable<Collected> Map(CsvRow row)
    {
        var category = Category(row);
        var name = Needed(row, "unit");
        var unit = crosswalk.IdOf(name);
        if (profile.Target != MappingTarget.Units && crosswalk.FirstSight(category, name) is { } known)
        {
            yield return new CollectedUnit(known);
        }

        switch (profile.Target)
        {
            case MappingTarget.Units:
                yield return new CollectedUnit(UnitOf(row, category, name, unit));
                break;
            case MappingTarget.Resources:
                yield return new CollectedResource(ResourceOf(row, category, unit));
                break;
            case MappingTarget.ServiceRecords:
                var record = ServiceRecordOf(row, category, unit);
                yield return new CollectedServiceRecord(record);
                if (record.End is null) yield return new CollectedFlag(ServiceRecordStore.OpenSession);
                break;
        }

        if (profile.Metrics.Count == 0 && header.Column("value") is null) yield break;
        var period = PeriodOf(row, category);
        foreach (var metric in profile.Metrics) yield return Wide(row, metric, category, unit, period);
        if (header.Column("value") is { } value) yield return Long(row, value, category, unit, period);
    }

    private Collected Wide(CsvRow row, MetricColumn column, string category, string unit, Period period)
    {
        if (column.When.Any(condition => header.Text(row, condition.Key) != condition.Value)) return new CollectedNothing();
        if (column.EachRow is { } each)
        {
            var measure = rules.Metrics.GetValueOrDefault(column.Metric)?.Unit.Code ?? column.Unit;
            return new CollectedObservation(new MetricObservation(
                0, unit, header.Of(row, "resource"), category, column.Metric, period, each * column.Times, null, measure,
                DimensionsOf(row, column), file.Document, file.Name, header.Row(row), []));
        }

        var text = header.Text(row, column.Column);
        if (text.Length == 0 || column.MissingMarks.Contains(text, StringComparer.Ordinal)) return new CollectedNothing();
        return Take(
            row, column.Column, text, column.Metric, column.Times, column.Unit, category, unit, period, DimensionsOf(row, column));
    }

    private Collected Long(CsvRow row, string column, string category, string unit, Period period)
    {
        var metric = Needed(row, "metric");
        if (!rules.Metrics.TryGetValue(metric, out var known))
        {
            throw new CellException(
                header.Column("metric"), metric,
                $"没有名为“{metric}”的数据项。请改正，或在 metrics.yaml 中定义它。",
                $"There is no metric '{metric}'. Correct it, or define it in metrics.yaml.");
        }

        var measure = header.Of(row, "unit_of_measure") ?? known.Unit.Code;
        if (measure != known.Unit.Code)
        {
            throw new CellException(
                header.Column("unit_of_measure"), measure,
                $"“{known.Name.Zh}”的计量单位是 {known.Unit.Code}，此处是 {measure}。请换算后再报。",
                $"'{known.Name.En}' is measured in {known.Unit.Code}, here it is {measure}. Convert the figure.");
        }

        var text = header.Text(row, column);
        return text.Length == 0
            ? new CollectedNothing()
            : Take(row, column, text, metric, 1m, measure, category, unit, period, DimensionsOf(row));
    }

    private Collected Take(
        CsvRow row, string column, string text, string metric, decimal times, string measure, string category, string unit,
        Period period, IReadOnlyDictionary<string, string> dimensions)
    {
        try
        {
            var known = rules.Metrics.GetValueOrDefault(metric);
            var isAnswer = known?.Kind == MetricKind.Answer;
            var answer = isAnswer ? Answer(column, text, known!) : null;
            decimal? value = isAnswer ? null : Scaled(column, text, times);
            return new CollectedObservation(new MetricObservation(
                0, unit, header.Of(row, "resource"), category, metric, period, value, answer, known?.Unit.Code ?? measure,
                dimensions, file.Document, file.Name, header.Address(row, column), []));
        }
        catch (CellException refused)
        {
            return new CollectedReject(new RejectedCell(row.Line, header.Cell(row, column), refused.Value, refused.Reason));
        }
    }

    /// <summary>The coordinates that the row has and those that its column has.</summary>
    private Dictionary<string, string> DimensionsOf(CsvRow row, MetricColumn? metric = null)
    {
        if (profile.Dimensions.Count == 0 && metric is not { Dimensions.Count: > 0 }) return NoDimensions;
        var found = metric is null
            ? new Dictionary<string, string>(StringComparer.Ordinal)
            : new Dictionary<string, string>(metric.Dimensions, StringComparer.Ordinal);
        foreach (var (name, column) in profile.Dimensions)
        {
            if (UnitCrosswalk.Tidy(header.Text(row, column)) is { Length: > 0 } text) found[name] = text;
        }

        return found;
    }

    private static decimal Scaled(string column, string text, decimal times)
    {
        try
        {
            return CellText.Number(column, text) * times;
        }
        catch (OverflowException)
        {
            throw new CellException(
                column, text, $"“{text}”超出可表示的范围。请核对。", $"'{text}' is out of range. Check it.");
        }
    }

    private static string Answer(string column, string text, Metric metric)
    {
        if (metric.Answers.Count == 0 || metric.Answers.Contains(text, StringComparer.Ordinal)) return text;
        var allowed = string.Join(", ", metric.Answers);
        throw new CellException(
            column, text,
            $"“{text}”不在“{metric.Name.Zh}”的选项中：{allowed}。",
            $"'{text}' is not among the answers of '{metric.Name.En}': {allowed}.");
    }

    private UnitEntry UnitOf(CsvRow row, string category, string name, string unit)
    {
        var zh = header.Of(row, "name_zh") ?? header.Of(row, "name_en") ?? name;
        var province = header.Of(row, "province_zh") ?? header.Of(row, "province_en");
        return new UnitEntry(
            category, unit, new Bilingual(zh, header.Of(row, "name_en") ?? zh),
            province is null ? null : new Bilingual(province, header.Of(row, "province_en") ?? province));
    }

    private ResourceEntry ResourceOf(CsvRow row, string category, string unit)
    {
        var resource = Needed(row, "resource");
        var worth = header.Of(row, "original_value") is { } value
            ? NotNegative("original_value", value)
            : (decimal?)null;
        var since = DayOf(row, "in_service_from");
        return new ResourceEntry(
            category, unit, resource, header.Of(row, "name_zh") ?? header.Of(row, "name_en") ?? resource,
            header.Of(row, "class"), worth, since, CellText.Flag(header.Column("registered") ?? "", header.Of(row, "registered")),
            header.Address(row, header.Column("resource")!))
        {
            NameEn = header.Of(row, "name_en"),
            Kind = header.Of(row, "kind"),
            Status = header.Of(row, "status"),
            ShareMode = header.Of(row, "share_mode"),
            Included = CellText.Flag(header.Column("included") ?? "", header.Of(row, "included")),
            BookedOn = DayOf(row, "booked_on"),
            RegisteredOn = DayOf(row, "registered_on"),
            RetiredOn = DayOf(row, "retired_on"),
            Identifiers = IdentifiersOf(row),
        };
    }

    private DateOnly? DayOf(CsvRow row, string role) =>
        header.Of(row, role) is { } day ? CellText.Day(header.Column(role)!, day) : null;

    private Dictionary<string, string> IdentifiersOf(CsvRow row)
    {
        var identifiers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var role in profile.Columns.Keys.Where(role => role.StartsWith(MappingProfile.IdentifierRole, StringComparison.Ordinal)))
        {
            var scheme = role[MappingProfile.IdentifierRole.Length..];
            // A DOI is the same in capitals.
            if (header.Of(row, role) is { } text) identifiers[scheme] = scheme == "doi" ? text.ToLowerInvariant() : text;
        }

        return identifiers;
    }

    private ServiceRecord ServiceRecordOf(CsvRow row, string category, string unit)
    {
        var start = CellText.Time(header.Column("start")!, Needed(row, "start"));
        var end = header.Of(row, "end") is { } endText ? EndOf(endText, start) : (DateTime?)null;
        var quantity = header.Of(row, "quantity") is { } quantityText ? QuantityOf(quantityText) : (decimal?)null;
        var way = header.Of(row, "service_way");
        return new ServiceRecord(
            category, unit, Needed(row, "resource"), Needed(row, "record"), start, end,
            CellText.Scope(header.Column("scope") ?? "", header.Of(row, "scope")), header.Of(row, "user"), FeeOf(row), row.Line)
        {
            Quantity = quantity,
            Kind = CellText.KindOf(header.Column("quantity_unit") ?? "", header.Of(row, "quantity_unit"), way, quantity),
            Way = way,
            Purpose = header.Of(row, "purpose"),
            Related = CellText.Flag(header.Column("related") ?? "", header.Of(row, "related")),
            Invoice = header.Of(row, "invoice"),
        };
    }

    private DateTime EndOf(string text, DateTime start)
    {
        var end = CellText.Time(header.Column("end")!, text);
        return end > start
            ? end
            : throw new CellException(
                header.Column("end"), text,
                "结束时间不晚于开始时间。请核对两者。", "It ends no later than it starts. Check both times.");
    }

    // Kept in fen; nobody charges ten thousand times the national product for one use.
    private decimal? FeeOf(CsvRow row)
    {
        if (header.Of(row, "fee") is not { } text) return null;
        var fee = NotNegative("fee", text);
        return fee <= ServiceRecordStore.LargestFee
            ? fee
            : throw new CellException(
                header.Column("fee"), text, $"“{text}”超出可表示的范围。请核对。", $"'{text}' is out of range. Check it.");
    }

    private decimal QuantityOf(string text)
    {
        var column = header.Column("quantity")!;
        var quantity = CellText.Number(column, text);
        return quantity is >= 0 and <= int.MaxValue
            ? quantity
            : throw new CellException(
                column, text, $"“{text}”不是可能的数量。请核对。", $"'{text}' is no possible quantity. Check it.");
    }

    private decimal NotNegative(string role, string text)
    {
        var column = header.Column(role)!;
        var number = CellText.Number(column, text);
        return number >= 0
            ? number
            : throw new CellException(column, text, "金额不能为负。", "An amount of money cannot be negative.");
    }

    private string Category(CsvRow row) =>
        header.Column("category") is null ? profile.Category : KnownCategory(Needed(row, "category"));

    private string KnownCategory(string text)
    {
        if (rules.Cycle is not { } cycle || cycle.Categories.Any(category => category.Id == text)) return text;
        var known = string.Join(", ", cycle.Categories.Select(category => category.Id));
        throw new CellException(
            header.Column("category"), text,
            $"“{text}”不是本年度的类别。可用：{known}。", $"'{text}' is not a category of the cycle. There are: {known}.");
    }

    /// <summary>The period a column gives, or the profile, or else that of the category in this cycle.</summary>
    private Period PeriodOf(CsvRow row, string category)
    {
        if (profile.PeriodColumn is { } column)
        {
            var text = header.Text(row, column);
            return text.Length > 0
                ? CellText.Period(column, text)
                : throw new CellException(
                    column, "",
                    "没有期间。请填写年、月或日。", "The period is missing. Write a year, a month or a day.");
        }

        return DeclaredPeriod.Of(profile, rules, category);
    }

    private string Needed(CsvRow row, string role) =>
        header.Of(row, role) ?? throw new CellException(
            header.Column(role), "", "单元格是空的，此列必须填写。", "The cell is empty; this column must be filled in.");
}
