using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Records;

/// <summary>The variables of conditions about records and resources: their names, then the parameters.</summary>
internal static class RuleValues
{
    public static FeelLayout Layout(IReadOnlyList<string> names, IReadOnlyDictionary<string, Parameter> parameters) =>
        new([.. names, .. Codes(parameters)]);

    /// <summary>Places for the names, and the parameters in force on a day.</summary>
    public static FeelValue[] Slots(
        IReadOnlyList<string> names, IReadOnlyDictionary<string, Parameter> parameters, DateOnly asOf) =>
    [
        .. names.Select(_ => FeelValue.Null),
        .. Codes(parameters).Select(code => parameters[code].On(asOf) ?? FeelValue.Null),
    ];

    public static FeelValue Of(decimal? number) => number is { } value ? value : FeelValue.Null;

    public static FeelValue Of(bool? flag) => flag is { } value ? value : FeelValue.Null;

    public static FeelValue Of(DateOnly? day) => day is { } value ? value : FeelValue.Null;

    private static IEnumerable<string> Codes(IReadOnlyDictionary<string, Parameter> parameters) =>
        parameters.Keys.Order(StringComparer.Ordinal);
}
