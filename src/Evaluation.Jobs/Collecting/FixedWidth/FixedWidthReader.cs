using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.FixedWidth;

/// <summary>
/// Reads a fixed-width text file by a mapping profile, like a CSV file whose header is the layout in the profile.
/// Figures of a period that the cycle does not evaluate (an academic year beside a calendar year) are kept and not
/// counted, and that is said.
/// </summary>
internal static class FixedWidthReader
{
    public const string Format = "fixed-width";

    public static SourceFormat FixedWidth { get; } = new(Format, ["sj3"], LooksLikeOne: null, Read)
    {
        Options = [FixedWidthLayout.Option],
    };

    private static IEnumerable<Collected> Read(RecognisedFile file, RuleSet rules)
    {
        foreach (var collected in new TabularReader(file, rules).Read()) yield return collected;
        if (OutsideTheCycle(file, rules) is { } note) yield return new CollectedNote(note);
    }

    private static Bilingual? OutsideTheCycle(RecognisedFile file, RuleSet rules)
    {
        var category = rules.Cycle?.Categories.FirstOrDefault(one => one.Id == file.Profile.Category);
        if (file.Profile.Period is not { } period || category is null || category.Periods.Any(one => one.Covers(period))) return null;
        var evaluated = string.Join(", ", category.Periods);
        return new Bilingual(
            $"{file.Name} 的期间是 {period}，本年度评价的期间是 {evaluated}：数值已保存，不计入本年度，也不按时间折算",
            $"{file.Name} is of {period}, the cycle evaluates {evaluated}: its figures are kept, they do not count in this cycle, "
            + "and they are not divided by time.");
    }
}
