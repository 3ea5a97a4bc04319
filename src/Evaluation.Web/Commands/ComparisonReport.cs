using System.Globalization;
using Evaluation.Rules;
using Evaluation.Rules.Reform;

namespace Evaluation.Web.Commands;

/// <summary>Tells a comparison of rules on the command line, in one language.</summary>
internal sealed class ComparisonReport
{
    private const int Listed = 20;

    private readonly TextWriter _output;
    private readonly Language _language;

    private ComparisonReport(TextWriter output, Language language) => (_output, _language) = (output, language);

    private bool Zh => _language == Language.Zh;

    public static void Write(TextWriter output, RuleComparison comparison, Language language)
    {
        var report = new ComparisonReport(output, language);
        report.Rules(comparison);
        foreach (var category in comparison.Categories) report.Category(category);
        report.Groups(comparison);
        report.Cliffs(comparison);
        report.Budget(comparison);
    }

    private void Rules(RuleComparison comparison)
    {
        _output.WriteLine(Say(
            $"运行 {comparison.Run} 的数据，改用规则 {comparison.NewName}：",
            $"The data of run {comparison.Run} under the rules {comparison.NewName}:"));
        if (comparison.Differences.Count == 0) _output.WriteLine("  " + Say("规则没有不同。", "The rules do not differ."));
        foreach (var said in comparison.Differences) _output.WriteLine("  " + said.In(_language));
        foreach (var note in comparison.Notes) _output.WriteLine("  " + note.In(_language));
    }

    private void Category(ComparedCategory category)
    {
        _output.WriteLine();
        _output.WriteLine(Say(
            $"{category.Name.Zh}：等次变动（行为原等次，列为新等次）",
            $"{category.Name.En}: grades (rows before, columns after)"));
        var names = category.Grades.Select(grade => ((string?)grade.Id, grade.Name.In(_language)))
            .Append((null, Say("无等次", "no grade"))).ToList();
        _output.WriteLine("  " + string.Join('\t', names.Select(name => name.Item2).Prepend("")));
        foreach (var (from, name) in names)
        {
            var counts = names.Select(to => Whole(category.Count(from, to.Item1)));
            _output.WriteLine("  " + string.Join('\t', counts.Prepend(name)));
        }
    }

    private void Groups(RuleComparison comparison)
    {
        _output.WriteLine();
        _output.WriteLine(Say("升降与得失", "Winners and losers"));
        var moved = comparison.Groups.Where(group => group.By == GroupedBy.Category || group.Moves).ToList();
        foreach (var group in moved)
        {
            _output.WriteLine("  " + Say(
                $"{group.Name.Zh}：{Whole(group.Units)} 家，升等 {Whole(group.Better)}，降等 {Whole(group.Worse)}，"
                    + $"补助增加 {Whole(group.Winners)}，减少 {Whole(group.Losers)}，合计 {Signed(group.Difference)} 元",
                $"{group.Name.En}: {Whole(group.Units)} units, {Whole(group.Better)} better and {Whole(group.Worse)} worse grades, "
                    + $"{Whole(group.Winners)} greater and {Whole(group.Losers)} smaller awards, {Signed(group.Difference)} CNY in all"));
        }

        Still(comparison.Groups.Count - moved.Count);
    }

    private void Still(int groups)
    {
        if (groups == 0) return;
        _output.WriteLine("  " + Say(
            $"其余 {Whole(groups)} 个省份和规模分组没有变化", $"{Whole(groups)} other groups by province and size do not change"));
    }

    private void Cliffs(RuleComparison comparison)
    {
        var cliffs = comparison.Units.Where(unit => unit.OnCliff).OrderBy(unit => unit.Edge).ToList();
        var distance = comparison.Cliff.ToString("0.####", CultureInfo.InvariantCulture);
        _output.WriteLine();
        _output.WriteLine(Say(
            $"新规则下离另一等次不足 {distance} 分的单位：{Whole(cliffs.Count)} 家",
            $"Units that would be fewer than {distance} points from another grade: {Whole(cliffs.Count)}"));
        foreach (var unit in cliffs.Take(Listed))
        {
            var points = unit.Edge!.Value.ToString("0.####", CultureInfo.InvariantCulture);
            _output.WriteLine("  " + Say($"{unit.Name.Zh}（{unit.Unit}）：{points} 分", $"{unit.Name.En} ({unit.Unit}): {points} points"));
        }

        if (cliffs.Count > Listed)
        {
            _output.WriteLine("  " + Say(
                $"另有 {Whole(cliffs.Count - Listed)} 家，见 cliffs.csv（--out）",
                $"and {Whole(cliffs.Count - Listed)} more: see cliffs.csv (--out)"));
        }
    }

    private void Budget(RuleComparison comparison)
    {
        _output.WriteLine();
        _output.WriteLine(Say("资金", "Money"));
        if (comparison.Budget.Count == 0) _output.WriteLine("  " + Say("两套规则都不分配资金。", "Neither rule set allocates money."));
        foreach (var pot in comparison.Budget)
        {
            _output.WriteLine("  " + Say(
                $"{pot.Name.Zh}：总额 {Money(pot.OldPot)} → {Money(pot.NewPot)} 元，分配 {Money(pot.OldSpent)} → {Money(pot.NewSpent)} 元，"
                    + $"差额 {Signed(pot.Difference)} 元",
                $"{pot.Name.En}: pot CNY {Money(pot.OldPot)} → {Money(pot.NewPot)}, spent CNY {Money(pot.OldSpent)} → "
                    + $"{Money(pot.NewSpent)}, difference CNY {Signed(pot.Difference)}"));
        }

        _output.WriteLine("  " + Say(
            $"各单位差额合计 {Signed(comparison.Difference)} 元", $"The differences of all units sum to CNY {Signed(comparison.Difference)}"));
    }

    private string Say(string zh, string en) => Zh ? zh : en;

    private static string Whole(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Money(decimal? yuan) => yuan?.ToString("N2", CultureInfo.InvariantCulture) ?? "–";

    private static string Signed(decimal yuan) => yuan.ToString("+#,##0.00;-#,##0.00;0.00", CultureInfo.InvariantCulture);
}
