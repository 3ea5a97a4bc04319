using Evaluation.Jobs.Collecting.Counter;
using Evaluation.Jobs.Collecting.Gbif;
using Evaluation.Jobs.Collecting.Mcpd;
using Evaluation.Jobs.Collecting.Nemo;
using Evaluation.Jobs.Collecting.Nrii;
using Evaluation.Jobs.Collecting.Ppms;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>What people call a check and a flag; programs call them by their codes.</summary>
public static class FindingNames
{
    /// <summary>Before the code of a flag, the code of the finding that counts it.</summary>
    internal const string OfFlag = "flag:";

    private static readonly Dictionary<string, Bilingual> Checks = new(StringComparer.Ordinal)
    {
        ["no-units"] = new("没有参评单位", "No unit to evaluate"),
        ["category-empty"] = new("类别没有数据", "Category without data"),
        ["cells-refused"] = new("未被接受的单元格或行", "Cells or rows refused"),
        ["credit-code"] = new("统一社会信用代码校验", "Unified social credit code"),
        ["unit-unknown"] = new("单位不在名册上", "Unit not on the register"),
        ["unit-unlisted"] = new("单位未列入映射方案", "Unit not listed in a profile"),
        ["metric-missing"] = new("缺少数据", "Missing data"),
        ["implausible"] = new("超出合理范围", "Outside the plausible range"),
        ["period-partial"] = new("未覆盖整个期间", "Period not covered"),
    };

    private static readonly Dictionary<string, Bilingual> Flags = new(StringComparer.Ordinal)
    {
        [ServiceRecordStore.OpenSession] = new("使用尚未结束", "Session not ended"),
        [OtherViews.Flag] = new("工作表之间不一致", "Sheets disagree"),
        [RepeatedFigures.Flag] = new("由多行相加", "Added up from several rows"),
        [PpmsReader.UserUnresolved] = new("用户不在用户名单中", "User not on the list of users"),
        [GbifFlags.Outlier] = new("远低于前后各月", "Far below the months around it"),
        [CounterFlags.PeriodConflict] = new("报告头与数值的期间不同", "Header and figures name different periods"),
        [CounterFlags.Partial] = new("未覆盖整个期间", "Does not cover the whole period"),
        [CounterFlags.PublisherPlaceholder] = new("出版者是占位文字", "Publisher is a placeholder"),
        [CounterFlags.CountrySum] = new("各国之和与总数不符", "Countries do not add up to the count"),
        [CounterFlags.MissingUnique] = new("缺少去重计数", "Unique count missing"),
        [CounterFlags.RequestsExceedInvestigations] = new("下载多于查看", "More requests than investigations"),
        [CounterFlags.AccessMethodMissing] = new("未写明人或机器访问", "People or machines not stated"),
        [McpdFlags.Mirrored] = new("另一机构也列有同一材料", "Listed by another institute too"),
        [McpdFlags.AvailabilityDiffers] = new("各机构对可否索取说法不一", "Institutes differ on availability"),
        [McpdFlags.YearOnly] = new("日期只有年", "Date with a year only"),
        [McpdFlags.MonthOnly] = new("日期只有年月", "Date with year and month only"),
        [NemoFlags.Corrected] = new("按批准的更正计", "Times of an approved correction"),
        [NemoFlags.CorrectionWithoutReviewer] = new("更正未写明批准人", "Correction names no reviewer"),
        [NemoFlags.CorrectionPending] = new("更正尚未审定", "Correction not decided"),
        [NemoFlags.CorrectionDenied] = new("更正未获批准", "Correction denied"),
        [NemoFlags.CorrectionUnresolved] = new("更正对象不明", "Correction of something unknown"),
        [NemoFlags.Training] = new("培训使用，不计有效机时", "Training: no effective hours"),
        [NemoFlags.Waived] = new("已免除，不计有效机时", "Waived: no effective hours"),
        [NemoFlags.FaultWindow] = new("与停机时段重叠", "Within an outage"),
        [NemoFlags.FaultOpen] = new("停机尚未恢复", "Outage without an end"),
        [NemoFlags.MissedReservation] = new("预约未使用", "Missed reservation"),
        [NemoFlags.MissedInOutage] = new("停机期间的预约", "Reservation during an outage"),
        [NriiFlags.NeedsConfirmation] = new("摘自文字，待确认", "Read from free text, to be confirmed"),
        [NriiFlags.DateUnknown] = new("未写明日期", "Date not stated"),
        [NriiFlags.RecordNumberMissing] = new("记录没有编号", "Record without a number"),
        [NriiFlags.HoursAboveSpan] = new("机时超过起止时间", "More hours than from start to end"),
        [NriiFlags.HoursAboveDay] = new("机时超过每日二十四小时", "More hours than its days have"),
        [NriiFlags.HoursAbovePeriod] = new("机时超过评价期", "More hours than the period has"),
        [NriiFlags.ExternalAboveTotal] = new("对外多于总数", "More for outside users than in all"),
        [NriiFlags.ScopeByName] = new("按名称判定为本单位用户", "Taken as an inside user by name"),
        [NriiFlags.UnitNotSaid] = new("未写明所属单位", "Unit not stated"),
    };

    /// <summary>The name of the check that found something: of the rule set's own, of the built-in ones, of a flag; the code
    /// itself where nobody named it.</summary>
    public static Bilingual OfCheck(RuleSet rules, string code)
    {
        if (rules.DataChecks.FirstOrDefault(check => check.Id == code) is { } check) return check.Name;
        if (code.StartsWith(OfFlag, StringComparison.Ordinal)) return FlagName(code[OfFlag.Length..]);
        return Checks.GetValueOrDefault(code, new Bilingual(code, code));
    }

    /// <summary>The name of a flag that an importer sets.</summary>
    internal static Bilingual FlagName(string flag) => Flags.GetValueOrDefault(flag, new Bilingual(flag, flag));
}
