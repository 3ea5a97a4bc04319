using System.Globalization;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>What the items of a resource list are called and counted in: 12 台（套）, 12 instruments.</summary>
internal sealed record ResourceNoun(string Zh, string En)
{
    /// <summary>The noun of a list; a unit of measure of the same name gives it (<c>instruments</c> →
    /// <c>instrument</c>).</summary>
    public static ResourceNoun Of(string list) =>
        UnitOfMeasure.All.TryGetValue(list.TrimEnd('s'), out var unit)
            ? new ResourceNoun(unit.Name.Zh, unit.Name.En)
            : new ResourceNoun("项资源", list.Replace('_', ' '));

    /// <summary>So many of them.</summary>
    public string Count(int count, Language language)
    {
        var number = count.ToString("N0", CultureInfo.InvariantCulture);
        if (language == Language.Zh) return number + " " + Zh;
        return number + " " + (count == 1 && En.EndsWith('s') ? En[..^1] : En);
    }
}
