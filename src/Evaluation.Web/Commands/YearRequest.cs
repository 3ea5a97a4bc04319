using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Demo;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Web.Commands;

/// <summary>What a run is asked to do: rules, files, and whether the files are generated.</summary>
internal sealed record YearRequest(RuleSet Rules, IReadOnlyList<RecognisedFile> Files, bool Generated)
{
    /// <summary>Looks at rules and inputs; says which files nobody reads.</summary>
    /// <exception cref="WrongUseException">A folder or input is not there, or nothing in it can be read.</exception>
    public static YearRequest Of(DirectoryInfo cycle, IReadOnlyList<string> inputs, Terminal terminal)
    {
        var rules = RulesOf(cycle);
        var recognised = new Recognition(rules).Look([.. inputs.Select(Path.GetFullPath)]);
        if (recognised.Problems.Count > 0)
        {
            throw new WrongUseException(string.Join(
                Environment.NewLine, recognised.Problems.Select(problem => $"{problem.Path}: {problem.Remark.Zh}{Environment.NewLine}{problem.Remark.En}")));
        }

        var marked = recognised.LeftOut.Where(left => Path.GetFileName(left.Path) == DemoFolder.Marker).ToList();
        foreach (var left in recognised.LeftOut.Except(marked))
        {
            terminal.Say($"not read  {left.Path}: {left.Remark.Zh}{Environment.NewLine}          {left.Remark.En}");
        }

        if (recognised.Files.Count == 0 && inputs.Count > 0)
        {
            throw new WrongUseException(
                $"There is nothing to read in {string.Join(", ", inputs)}: no file there matches a mapping profile in "
                + Path.Combine(cycle.ToString(), "imports") + ".");
        }

        return new YearRequest(rules, recognised.Files, marked.Count > 0);
    }

    /// <summary>A rule set, of a year or not.</summary>
    /// <exception cref="RuleSetException">It does not load.</exception>
    public static RuleSet AnyRulesOf(DirectoryInfo folder) => folder.Exists
        ? RuleSetLoader.Load(RuleFolder.Read(folder.FullName))
        : throw new WrongUseException($"There is no folder {folder}: name the rule folder of a year, such as one in rules/.");

    /// <summary>The rule set of a year.</summary>
    /// <exception cref="RuleSetException">It does not load.</exception>
    public static RuleSet RulesOf(DirectoryInfo cycle)
    {
        var rules = AnyRulesOf(cycle);
        return rules.Cycle is not null
            ? rules
            : throw new WrongUseException($"{cycle} has no cycle.yaml: it is a reference scheme, not a year that can be run.");
    }
}
