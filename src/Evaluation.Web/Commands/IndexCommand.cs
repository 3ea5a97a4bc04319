using System.CommandLine;
using System.Globalization;
using Evaluation.Jobs.Indexing;
using Evaluation.Rules.Index;

namespace Evaluation.Web.Commands;

/// <summary><c>index build|robustness|drop-one|sobol</c>: a composite index and how firm it is, without a database.</summary>
internal static class IndexCommand
{
    private const int UsualDraws = 1000;
    private const int UsualBase = 512;

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Folder for the files; files of the same names are replaced",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<FileInfo?> Weights = new("--weights")
    {
        Description = "Sets of weights: rep, iCode, Weight; a code a set does not name keeps its weight",
        HelpName = "SETS.csv",
    };

    private static readonly Option<double?> Noise = new("--noise")
    {
        Description = "Draw sets: every weight ± this share, uniform, renormalised within its group",
        HelpName = "SHARE",
        CustomParser = result => IndexOptions.Number(result, 0, 1),
    };

    private static readonly Option<int?> Draws = Count("--draws", "Sets to draw. Default: 1000");

    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "The same seed draws the same. Default: 1",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<FileInfo?> Design = new("--design")
    {
        Description = "A Saltelli design with outputs: one column a factor, the output last, N(d + 2) rows in the order A, B, AB1 … ABd",
        HelpName = "DESIGN.csv",
    };

    private static readonly Option<FileInfo> OutFile = new("--out")
    {
        Description = "The file for the indices; it is replaced",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<int?> Base = Count(
        "--base", "N of the design over the choices (normalisation, aggregation, outliers, imputation, weights). Default: 512");

    private static readonly Option<int?> Bootstrap = Count("--bootstrap", "Draws of the bootstrap intervals. Default: 1000");

    private static readonly Dictionary<string, double> NoDraws = [];

    public static Command Create() => new("index", "A composite index: build it, and see how firm it is.")
    {
        Build(), Robustness(), DropOne(), Sobol(),
    };

    private static Command Build()
    {
        var command = Building("build",
            "Screen, denominate, impute, treat outliers, normalise, weight and aggregate; writes every stage and results.csv.");
        command.Options.Add(Out);
        command.SetAction(parsed =>
        {
            var index = IndexOptions.Build(parsed, parsed.InvocationConfiguration.Error);
            IndexOutput.Build(index, parsed.GetRequiredValue(Out).FullName);
            Manifest(parsed, "index build", index, NoDraws);
            return Say(parsed, $"{index.Ranks.Count(rank => rank > 0)} units ranked by {index.Framework.Indicators.Count} indicators");
        });
        return command;
    }

    private static Command Robustness()
    {
        var command = Building("robustness", "The index under other weights: given sets, or sets drawn around the nominal ones.");
        foreach (var option in new Option[] { Weights, Noise, Draws, Seed, Out }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(Weights) is null == parsed.GetValue(Noise) is null)
            {
                throw new WrongUseException("Give sets of weights by --weights SETS.csv, or draw them by --noise SHARE: one of the two.");
            }

            var index = IndexOptions.Build(parsed, parsed.InvocationConfiguration.Error);
            var sets = parsed.GetValue(Noise) is { } noise
                ? WeightNoise.Draw(index.Framework, noise, parsed.GetValue(Draws) ?? UsualDraws, parsed.GetValue(Seed))
                : IndexFiles.WeightSets(IndexOptions.Existing(parsed, Weights));
            IndexOutput.Robustness(index, RankRobustness.Of(index, sets), parsed.GetRequiredValue(Out).FullName);
            Manifest(parsed, "index robustness", index, parsed.GetValue(Noise) is { } drawn
                ? new() { ["noise"] = drawn, ["draws"] = sets.Count, ["seed"] = parsed.GetValue(Seed) }
                : NoDraws);
            return Say(parsed, $"{index.Ranks.Count(rank => rank > 0)} units under {sets.Count} sets of weights");
        });
        return command;
    }

    private static Command DropOne()
    {
        var command = Building("drop-one", "The mean absolute rank change if one indicator or block were left out.");
        command.Options.Add(Out);
        command.SetAction(parsed =>
        {
            var index = IndexOptions.Build(parsed, parsed.InvocationConfiguration.Error);
            var parts = DroppedPart.Of(index);
            IndexOutput.DropOne(index, parts, parsed.GetRequiredValue(Out).FullName);
            Manifest(parsed, "index drop-one", index, NoDraws);
            return Say(parsed, $"{parts.Count} indicators and blocks left out, one at a time");
        });
        return command;
    }

    private static Command Sobol()
    {
        var command = Building("sobol",
            "Sobol indices: of a given design with outputs, or of the choices behind an index (framework and data).");
        foreach (var option in new Option[] { Design, Base, Bootstrap, Seed, OutFile }) command.Options.Add(option);
        command.SetAction(parsed => parsed.GetValue(Design) is null ? OfChoices(parsed) : OfDesign(parsed));
        return command;
    }

    private static int OfDesign(ParseResult parsed)
    {
        if (parsed.GetValue(IndexOptions.Framework) is not null || parsed.GetValue(IndexOptions.Data) is not null)
        {
            throw new WrongUseException("Give a design by --design, or a framework and data: not both.");
        }

        var path = IndexOptions.Existing(parsed, Design);
        var design = IndexFiles.Design(path);
        IReadOnlyList<SobolIndex> indices;
        try
        {
            indices = SobolIndices.Estimate(
                design.Outputs, design.Factors.Count, parsed.GetValue(Bootstrap) ?? UsualDraws,
                CounterRandom.Seeded(parsed.GetValue(Seed)).For("bootstrap"));
        }
        catch (ArgumentException impossible)
        {
            throw new IndexSpecificationException($"{path}: {impossible.Message}");
        }

        IndexOutput.Sobol(design.Factors.Zip(indices), parsed.GetRequiredValue(OutFile).FullName);
        ManifestOfFile(parsed, null, new()
        {
            ["bootstrap"] = parsed.GetValue(Bootstrap) ?? UsualDraws, ["seed"] = parsed.GetValue(Seed),
        });
        return Say(parsed, $"{design.Factors.Count} factors, {design.Outputs.Length} runs");
    }

    private static int OfChoices(ParseResult parsed)
    {
        var index = IndexOptions.Build(parsed, parsed.InvocationConfiguration.Error);
        var choices = IndexChoices.For(index);
        var found = ChoiceUncertainty.Of(
            index, choices, parsed.GetValue(Base) ?? UsualBase, parsed.GetValue(Bootstrap) ?? UsualDraws,
            parsed.GetValue(Seed));
        IndexOutput.Sobol(
            found.Influences.Select(one => (one.Factor, one.Index)), parsed.GetRequiredValue(OutFile).FullName);
        ManifestOfFile(parsed, index, new()
        {
            ["base"] = parsed.GetValue(Base) ?? UsualBase, ["bootstrap"] = parsed.GetValue(Bootstrap) ?? UsualDraws,
            ["weight_noise"] = choices.WeightNoise, ["weight_sets"] = choices.WeightSets, ["seed"] = parsed.GetValue(Seed),
        });
        return Say(parsed, $"{found.Influences.Count} choices, {found.Runs} runs, mean rank change {found.MeanRankChange:0.###}");
    }

    private static void Manifest(ParseResult parsed, string command, CompositeIndex index, Dictionary<string, double> draws) =>
        IndexManifest.Write(
            Path.Combine(parsed.GetRequiredValue(Out).FullName, "manifest.json"), command, Inputs(parsed, Weights), index, draws);

    // Beside the file of the indices, under its name.
    private static void ManifestOfFile(ParseResult parsed, CompositeIndex? index, Dictionary<string, double> draws) =>
        IndexManifest.Write(
            Path.ChangeExtension(parsed.GetRequiredValue(OutFile).FullName, ".manifest.json"), "index sobol",
            Inputs(parsed, Design), index, draws);

    private static IEnumerable<string> Inputs(ParseResult parsed, Option<FileInfo?> further) =>
        new[] { IndexOptions.Framework, IndexOptions.Data, further }.Select(parsed.GetValue).OfType<FileInfo>().Select(file => file.FullName);

    private static Command Building(string name, string description)
    {
        var command = new Command(name, description);
        foreach (var option in IndexOptions.All) command.Options.Add(option);
        return command;
    }

    private static Option<int?> Count(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count < 1)
            {
                result.AddError($"{name} takes a number from 1 up.");
            }
        });
        return option;
    }

    private static int Say(ParseResult parsed, FormattableString line)
    {
        parsed.InvocationConfiguration.Output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        return CommandLine.Ok;
    }
}
