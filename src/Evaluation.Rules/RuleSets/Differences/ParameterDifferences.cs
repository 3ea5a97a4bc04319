using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Differences;

/// <summary>What became of dated parameters.</summary>
/// <param name="found">Where differences go.</param>
/// <param name="where">The scheme, or the rules about records.</param>
internal sealed class ParameterDifferences(DifferenceList found, Bilingual where)
{
    public void Find(IReadOnlyDictionary<string, Parameter> old, IReadOnlyDictionary<string, Parameter> now)
    {
        foreach (var (before, after) in found.Pair(old.Values, now.Values, parameter => parameter.Code,
            parameter => new Bilingual($"{where.Zh}的参数“{parameter.Name.Zh}”",
                $"{where.En}, the parameter \"{parameter.Name.En}\""), parameter => parameter.Location))
        {
            Compare(before, after);
        }
    }

    private void Compare(Parameter before, Parameter after)
    {
        foreach (var day in before.Values.Concat(after.Values).Select(dated => dated.From).Distinct().Order())
        {
            if (before.On(day) == after.On(day)) continue;
            found.Changed(where,
                new($"参数“{after.Name.Zh}”自 {day:yyyy-MM-dd} 起的值",
                    $"the parameter \"{after.Name.En}\", from {day:yyyy-MM-dd} on"),
                Value(before, day), Value(after, day), after.Location);
        }

        found.Text(where, new($"参数“{after.Name.Zh}”的名称", $"the name of the parameter \"{after.Name.En}\""), before.Name,
            after.Name, after.Location);
        found.Changed(where, new($"参数“{after.Name.Zh}”的单位", $"the unit of the parameter \"{after.Name.En}\""),
            CodeWords.Unit(before.Unit), CodeWords.Unit(after.Unit), after.Location);
        found.Source(where, new($"参数“{after.Name.Zh}”的依据", $"the source of the parameter \"{after.Name.En}\""),
            before.Source, after.Source, after.Location);
    }

    private static Bilingual Value(Parameter parameter, DateOnly day) => parameter.On(day) switch
    {
        { IsNumber: true } number => DifferenceList.Written(number.AsNumber()),
        { } other => DifferenceList.Plain($" {other} "),
        null => DifferenceList.Written(null),
    };
}
