using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Indexing;
using Evaluation.Rules.Index;

namespace Evaluation.Web.Commands;

/// <summary>The options by which the <c>index</c> commands are told what to build and how; each default is said in its help.</summary>
internal static class IndexOptions
{
    private static readonly Dictionary<string, NormalisationMethod> Normalisations = new(StringComparer.Ordinal)
    {
        ["minmax"] = NormalisationMethod.MinMax, ["zscore"] = NormalisationMethod.ZScore, ["rank"] = NormalisationMethod.Rank,
        ["borda"] = NormalisationMethod.Borda, ["prank"] = NormalisationMethod.PercentileRank,
        ["dist2max"] = NormalisationMethod.DistanceToMaximum, ["fracmax"] = NormalisationMethod.FractionOfMaximum,
        ["none"] = NormalisationMethod.None,
    };

    private static readonly Dictionary<string, AggregationMethod> Aggregations = new(StringComparer.Ordinal)
    {
        ["amean"] = AggregationMethod.ArithmeticMean, ["gmean"] = AggregationMethod.GeometricMean,
        ["hmean"] = AggregationMethod.HarmonicMean,
    };

    private static readonly Dictionary<string, ImputationMethod> Imputations = new(StringComparer.Ordinal)
    {
        ["group-mean"] = ImputationMethod.GroupMean, ["group-median"] = ImputationMethod.GroupMedian,
        ["mean"] = ImputationMethod.Mean, ["median"] = ImputationMethod.Median, ["none"] = ImputationMethod.None,
    };

    public static Option<FileInfo?> Framework { get; } = new("--framework")
    {
        Description = "The framework: columns iCode, Type, Level, Parent, Direction, Weight and, where given, iName, Unit, Denominator",
        HelpName = "iMeta.csv",
    };

    public static Option<FileInfo?> Data { get; } = new("--data")
    {
        Description = "The data: uCode, where given uName, and one column a code of the framework (NA or empty = missing)",
        HelpName = "iData.csv",
    };

    public static Option<double?> Screen { get; } = new("--screen")
    {
        Description = "Units with a smaller share of values are left out. Default: two thirds",
        HelpName = "SHARE",
        CustomParser = result => Number(result, 0, 1),
    };

    public static Option<string> Denominate { get; } = Choice("--denominate", "named",
        "Divide indicators by the columns their framework names, or not", "named", "none");

    public static Option<string> Impute { get; } = Choice("--impute", "group-mean",
        "What stands in for a missing value", [.. Imputations.Keys]);

    public static Option<string?> Group { get; } = new("--group")
    {
        Description = "The group column for imputation by group. Default: the one with the fewest groups, at least two",
        HelpName = "CODE",
    };

    public static Option<string> Treat { get; } = Choice("--treat", "winsorise",
        "Outliers (|skewness| > 2 and kurtosis > 3.5): winsorise at most 5 points, else take the logarithm; or leave them",
        "winsorise", "none");

    public static Option<string> Normalise { get; } = Choice("--normalise", "minmax",
        "How indicators are brought to one scale; none: the data are normalised already, and only aggregated",
        [.. Normalisations.Keys]);

    public static Option<Interval?> Range { get; } = new("--range")
    {
        Description = "The ends of minmax. Default: 0:100; 1:100 where a geometric or harmonic mean follows",
        HelpName = "LOW:HIGH",
        CustomParser = result =>
        {
            var ends = result.Tokens[0].Value.Split(':');
            if (ends.Length == 2
                && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
                && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var high)
                && double.IsFinite(low) && double.IsFinite(high) && low < high)
            {
                return new Interval(low, high);
            }

            result.AddError($"--range takes two numbers, the smaller first, such as 0:100, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    public static Option<AggregationMethod[]> Aggregate { get; } = new("--aggregate")
    {
        Description = "How parts are put together: amean, gmean or hmean; or one for each level, from below, with commas. Default: amean",
        HelpName = "amean|gmean|hmean",
        DefaultValueFactory = _ => [AggregationMethod.ArithmeticMean],
        CustomParser = result =>
        {
            var words = result.Tokens[0].Value.Split(',');
            if (words.All(Aggregations.ContainsKey)) return [.. words.Select(word => Aggregations[word])];
            result.AddError($"--aggregate takes amean, gmean or hmean, not '{result.Tokens[0].Value}'.");
            return [];
        },
    };

    /// <summary>The options of every command that builds an index.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [Framework, Data, Screen, Denominate, Impute, Group, Treat, Normalise, Range, Aggregate];

    /// <summary>A number in a range, or a problem of the command line.</summary>
    public static double? Number(System.CommandLine.Parsing.ArgumentResult result, double least, double most)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a number from {least} to {most}."));
        return null;
    }

    /// <summary>Builds the index the options describe, and says what it left out and chose.</summary>
    public static CompositeIndex Build(ParseResult parsed, TextWriter error)
    {
        var specification = Specification(parsed);
        var framework = IndexFiles.Framework(Existing(parsed, Framework));
        var data = IndexFiles.Data(Existing(parsed, Data), framework);
        var index = CompositeIndex.Build(framework, data.Data, specification);
        if (data.Unused.Count > 0) error.WriteLine($"Not in the framework, not used: {string.Join(", ", data.Unused)}");
        var left = index.Availability.Select(unit => unit.Unit).Except(index.Units).ToList();
        if (left.Count > 0) error.WriteLine($"Left out for lack of data: {string.Join(", ", left)}");
        if (index.Group is { } group) error.WriteLine($"Missing values were filled in by {group}");
        if (index.Silent.Count > 0) error.WriteLine($"Cannot tell units apart, take no part: {string.Join(", ", index.Silent)}");
        return index;
    }

    /// <summary>A file that an option must name and that is there.</summary>
    public static string Existing(ParseResult parsed, Option<FileInfo?> option)
    {
        var file = parsed.GetValue(option) ?? throw new WrongUseException($"Name a file by {option.Name}.");
        return file.Exists ? file.ToString() : throw new WrongUseException($"There is no file {file} ({option.Name}).");
    }

    private static IndexSpecification Specification(ParseResult parsed)
    {
        var normalise = Normalisations[parsed.GetRequiredValue(Normalise)];
        var aggregate = parsed.GetRequiredValue(Aggregate);
        if (parsed.GetValue(Range) is not null && normalise != NormalisationMethod.MinMax)
        {
            throw new WrongUseException("--range belongs to --normalise minmax.");
        }

        if (normalise == NormalisationMethod.None)
        {
            foreach (var option in new Option[] { Screen, Denominate, Impute, Group, Treat })
            {
                if (parsed.GetResult(option) is { Implicit: false })
                {
                    throw new WrongUseException(
                        $"{option.Name} does not go with --normalise none: data that are normalised already are only aggregated.");
                }
            }

            return IndexSpecification.Normalised with { Aggregate = aggregate };
        }

        return new IndexSpecification
        {
            Screen = parsed.GetValue(Screen) ?? new IndexSpecification().Screen,
            Denominate = parsed.GetRequiredValue(Denominate) == "named",
            Impute = Imputations[parsed.GetRequiredValue(Impute)],
            Group = parsed.GetValue(Group),
            Outliers = parsed.GetRequiredValue(Treat) == "winsorise" ? OutlierRule.Usual : null,
            Normalise = normalise,
            Range = parsed.GetValue(Range),
            Aggregate = aggregate,
        };
    }

    private static Option<string> Choice(string name, string usual, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description}. Default: {usual}",
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => usual,
        };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
