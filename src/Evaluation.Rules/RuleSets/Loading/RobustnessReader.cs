using System.Globalization;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.RuleSets.Yaml;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads <c>robustness</c> of <c>cycle.yaml</c>. Whoever declares it declares every figure of it.</summary>
internal static class RobustnessReader
{
    private const int LeastDraws = 1_000;
    private const int MostDraws = 100_000;
    private const int LeastSample = 16;
    private const int MostSample = 10_000;
    private const int LeastBootstrap = 100;
    private const int MostBootstrap = 10_000;
    private const long GreatestSeed = 999_999_999_999_999;

    private static readonly Dictionary<string, Choice> Words = Enum.GetValues<Choice>()
        .ToDictionary(choice => choice.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>The examination a cycle declares, or null where it declares none.</summary>
    public static Robustness? Read(MapReader file)
    {
        if (file.Optional("robustness") is not { } node) return null;
        var map = new MapReader(node, "'robustness' of the cycle", file.Problems,
            "seed", "draws", "noise", "fragile_below", "choices", "source");
        return new Robustness(
            Whole(map, "seed", 0, GreatestSeed),
            (int)Whole(map, "draws", LeastDraws, MostDraws),
            Share(map, "noise", upToOne: false),
            Share(map, "fragile_below", upToOne: true),
            map.Optional("choices") is { } choices ? Choices(choices, map.Problems) : null,
            map.Source("the robustness examination"),
            map.Location);
    }

    private static ChoiceSpec Choices(YamlNode node, ProblemList problems)
    {
        var map = new MapReader(node, "'choices' of the robustness examination", problems,
            "vary", "sample", "bootstrap", "geometric_floor");
        var places = new List<(string, FileLocation)>();
        var vary = new List<Choice>();
        foreach (var word in map.Texts("vary", required: true))
        {
            places.Add((word.Text, word.Location));
            if (Words.TryGetValue(word.Text, out var choice)) vary.Add(choice);
            else
            {
                problems.Add(word.Location, $"'{word.Text}' is no choice that can be varied",
                    $"use some of: {string.Join(", ", Words.Keys)}");
            }
        }

        CommonParts.RefuseRepeats(problems, places, "the choice");
        return new ChoiceSpec(
            vary,
            (int)Whole(map, "sample", LeastSample, MostSample),
            (int)Whole(map, "bootstrap", LeastBootstrap, MostBootstrap),
            Share(map, "geometric_floor", upToOne: false));
    }

    private static long Whole(MapReader map, string key, long least, long most)
    {
        if (map.Required(key) is not { } node || map.DecimalOf(node, key) is not { } number) return least;
        if (decimal.IsInteger(number) && number >= least && number <= most) return (long)number;
        map.Problems.Add(node.Location, string.Create(
                CultureInfo.InvariantCulture, $"'{key}' is not a whole number from {least} to {most}"),
            "write digits only");
        return least;
    }

    private static decimal Share(MapReader map, string key, bool upToOne)
    {
        if (map.Required(key) is not { } node || map.DecimalOf(node, key) is not { } number) return 0m;
        if (number >= 0m && (upToOne ? number <= 1m : number < 1m)) return number;
        map.Problems.Add(node.Location, $"'{key}' is not a share from 0 to {(upToOne ? "1" : "below 1")}",
            "write it as a decimal, e.g. 0.25 for a quarter");
        return 0m;
    }
}
