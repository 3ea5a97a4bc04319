using Evaluation.Rules.DataChecks;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>What became of the rules about data: checks, records that do not count, imports, the index of
/// resources.</summary>
internal sealed class DataRuleDifferences(DifferenceList found)
{
    public void Find(RuleSet old, RuleSet now)
    {
        foreach (var (before, after) in found.Pair(old.DataChecks, now.DataChecks, check => check.Id,
            check => Named(check), check => check.Location))
        {
            Check(before, after);
        }

        Records(old.Records, now.Records);
        foreach (var (before, after) in found.Pair(old.Imports, now.Imports, profile => profile.Id,
            profile => Named(profile), profile => profile.Location))
        {
            Import(before, after);
        }

        if (old.Index is { } earlier && now.Index is { } later) Index(earlier, later);
        else if (now.Index is { } added) found.Added(Named(added), added.Location);
        else if (old.Index is { } gone) found.Removed(Named(gone), gone.Location);
    }

    private static Bilingual Named(DataCheck check) =>
        new($"数据核查“{check.Name.Zh}”", $"the data check \"{check.Name.En}\"");

    private void Check(DataCheck before, DataCheck after)
    {
        var (where, place) = (Headed(Named(after)), after.Location);
        found.Text(where, new("名称", "the name"), before.Name, after.Name, place);
        found.Changed(where, new("核查的类别", "the category"), Quoted(before.Category), Quoted(after.Category), place);
        found.Changed(where, new("核查对象", "what is looked at"), Quoted(before.Over), Quoted(after.Over), place);
        found.Formula(where, new("条件", "the condition"), before.When, after.When, place);
        found.Changed(where, new("后果", "what a finding means"), CodeWords.Severity(before.Severity),
            CodeWords.Severity(after.Severity), place);
        found.Text(where, new("说明文字", "the message"), before.Message.Template, after.Message.Template, place);
        found.Source(where, new("依据", "the source"), before.Source, after.Source, place);
    }

    private void Records(RecordRules old, RecordRules now)
    {
        new ParameterDifferences(found, new("记录与范围", "Records and scope")).Find(old.Parameters, now.Parameters);
        foreach (var (before, after) in found.Pair(old.Records, now.Records, rule => rule.Id,
            rule => Left(rule.Name, "服务记录", "service records that do not count"), rule => rule.Location))
        {
            Exclusion(Headed(Left(after.Name, "服务记录", "service records that do not count")),
                (before.Name, before.When, before.Source), (after.Name, after.When, after.Source), after.Location);
        }

        foreach (var (before, after) in found.Pair(old.Resources, now.Resources, rule => $"{rule.Category} {rule.Id}",
            rule => Left(rule.Name, "资源", "resources that do not count"), rule => rule.Location))
        {
            Exclusion(Headed(Left(after.Name, "资源", "resources that do not count")),
                (before.Name, before.When, before.Source), (after.Name, after.When, after.Source), after.Location);
        }
    }

    private void Exclusion(
        Bilingual where, (Bilingual Name, Formula When, Source Source) before,
        (Bilingual Name, Formula When, Source Source) after, FileLocation place)
    {
        found.Text(where, new("名称", "the name"), before.Name, after.Name, place);
        found.Formula(where, new("条件", "the condition"), before.When, after.When, place);
        found.Source(where, new("依据", "the source"), before.Source, after.Source, place);
    }

    private static Bilingual Left(Bilingual name, string zh, string en) => new($"不计入的{zh}“{name.Zh}”",
        $"{en}, \"{name.En}\"");

    private static Bilingual Named(MappingProfile profile) => new($"导入方式“{profile.Id}”",
        $"the import \"{profile.Id}\"");

    private void Import(MappingProfile before, MappingProfile after)
    {
        var (where, place) = (Headed(Named(after)), after.Location);
        (Bilingual Name, Func<MappingProfile, string?> Of)[] parts =
        [
            (new("文件名", "the files"), profile => DifferenceList.Joined(profile.Files)),
            (new("格式", "the format"), profile => profile.Format),
            (new("读入内容", "what the rows are"), profile => profile.Target.ToString()),
            (new("类别", "the category"), profile => profile.Category),
            (new("编码和分隔符", "encoding and delimiter"), profile => DifferenceList.Joined([profile.Encoding, profile.Delimiter])),
            (new("列", "the columns"), profile => DifferenceList.Joined(profile.Columns)),
            (new("只读的行", "the rows that are read"), profile => DifferenceList.Joined(profile.Where)),
            (new("选项", "the options"), profile => DifferenceList.Joined(profile.Options)),
            (new("坐标", "the dimensions"), profile => DifferenceList.Joined(profile.Dimensions)),
            (new("数据所属期间", "the period"), profile => profile.Period?.ToString() ?? profile.PeriodColumn),
            (new("单位的别名", "the names of units"), profile => DifferenceList.Joined([.. profile.Units.Select(unit =>
                $"{unit.Alias} = {unit.Unit}")])),
        ];
        foreach (var (name, of) in parts) found.Changed(where, name, Quoted(of(before)), Quoted(of(after)), place);
        found.Text(where, new("来源", "the source"), before.Source, after.Source, place);
        found.Text(where, new("不读的理由", "why it is not read"), before.Reason, after.Reason, place);
        foreach (var (earlier, later) in found.Pair(before.Metrics, after.Metrics, column =>
            $"{column.Column} → {column.Metric}",
            column => new Bilingual($"{where.Zh}的列“{column.Column}”（{column.Metric}）",
                $"{where.En}, the column \"{column.Column}\" ({column.Metric})"),
            column => column.Location))
        {
            found.Changed(where, new($"列“{later.Column}”怎样换算", $"how the column \"{later.Column}\" is read"),
                Quoted(Reading(earlier)), Quoted(Reading(later)), later.Location);
        }
    }

    private static string Reading(MetricColumn column) => string.Join("; ", new[]
    {
        $"{column.Unit} × {DifferenceList.Written(column.Times).En}", DifferenceList.Joined(column.MissingMarks),
        column.EachRow is { } each ? DifferenceList.Written(each).En : null, DifferenceList.Joined(column.When),
            DifferenceList.Joined(column.Dimensions),
    }.OfType<string>());

    private static Bilingual Named(ResourceIndexDefinition index) => new($"资源指数“{index.Name.Zh}”",
        $"the index \"{index.Name.En}\"");

    private void Index(ResourceIndexDefinition before, ResourceIndexDefinition after)
    {
        var (where, place) = (Headed(Named(after)), after.Location);
        found.Text(where, new("名称", "the name"), before.Name, after.Name, place);
        found.Source(where, new("依据", "the source"), before.Source, after.Source, place);
        (Bilingual Name, Func<ResourceIndexDefinition, decimal> Of)[] numbers =
        [
            (new("指标齐全的最低比例", "the share of indicators a resource needs"), index => index.Screen),
            (new("最少资源数", "the least number of resources"), index => index.Least),
            (new("权重变动", "the noise of the weights"), index => index.Noise),
            (new("抽样次数", "the number of draws"), index => index.Draws),
            (new("基数样本", "the base of the sample"), index => index.Base),
            (new("随机种子", "the seed"), index => index.Seed),
        ];
        foreach (var (name, of) in numbers) found.Number(where, name, of(before), of(after), place);
        found.Changed(where, new("学科的数据项", "the metric of the discipline"), Quoted(before.Discipline?.Code),
            Quoted(after.Discipline?.Code), place);
        foreach (var (earlier, later) in found.Pair(before.Blocks, after.Blocks, block => block.Id,
            block => new Bilingual($"{where.Zh}的部分“{block.Name.Zh}”", $"{where.En}, the part \"{block.Name.En}\""),
                _ => place))
        {
            found.Number(where, new($"“{later.Name.Zh}”的权重", $"the weight of \"{later.Name.En}\""), earlier.Weight,
                later.Weight, place);
        }

        foreach (var (earlier, later) in found.Pair(before.Indicators, after.Indicators, one => one.Id,
            one => new Bilingual($"{where.Zh}的指标“{one.Name.Zh}”", $"{where.En}, the indicator \"{one.Name.En}\""),
                _ => place))
        {
            found.Number(where, new($"“{later.Name.Zh}”的权重", $"the weight of \"{later.Name.En}\""), earlier.Weight,
                later.Weight, place);
            found.Changed(where, new($"“{later.Name.Zh}”怎样取值", $"how \"{later.Name.En}\" is taken"),
                Quoted(Taken(earlier)),
                Quoted(Taken(later)), place);
        }
    }

    private static string Taken(ResourceIndexIndicator one) => (one.IsMean ? "mean " : "") + one.Metric.Code
        + (one.Per is { } per ? $" / {per.Code}" : one.PerUnit ? " / unit" : "") + (one.Higher ? " ↑" : " ↓");

    // At the head of a sentence.
    private static Bilingual Headed(Bilingual name) =>
        name with { En = char.ToUpperInvariant(name.En[0]) + name.En[1..] };

    private static Bilingual Quoted(string? text) => DifferenceList.Quoted(text);
}
