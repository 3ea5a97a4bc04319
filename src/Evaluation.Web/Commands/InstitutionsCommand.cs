using System.CommandLine;
using Evaluation.Jobs.Collecting.Institutions;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Web.Commands;

/// <summary><c>institutions add|propose|list|confirm|refuse|check-code</c>: one identity an institution.</summary>
internal static class InstitutionsCommand
{
    private const string CodeScheme = "uscc";

    private static readonly Argument<string> Unit = new("unit") { Description = "Unit id of the institution" };
    private static readonly Argument<string[]> Codes = new("code") { Description = "Codes to look at", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string> NameZh = new("--name-zh") { Description = "Official name, Chinese", Required = true };
    private static readonly Option<string?> NameEn = new("--name-en") { Description = "Official name, English; default: the Chinese one" };
    private static readonly Option<string?> Province = new("--province") { Description = "Province or country", HelpName = "ZH/EN" };

    private static readonly Option<string?> State = new("--state")
    {
        Description = "Only those proposed, confirmed or refused", HelpName = "STATE",
    };

    private static readonly Option<string> Scheme = new("--scheme")
    {
        Description = "name, or an identifier's: uscc, ror, grid, nrii-insCode, FAO-WIEWS, gbif-org, ppms-core, nemo-account …",
        DefaultValueFactory = _ => InstitutionStore.NameScheme,
    };

    private static readonly Option<string> Value = new("--value")
    {
        Description = "The name or identifier as outside systems write it", HelpName = "TEXT", Required = true,
    };

    private static readonly Option<string> By = new("--by") { Description = "Who decides", HelpName = "PERSON", Required = true };
    private static readonly Option<string> Why = new("--why") { Description = "Why", HelpName = "TEXT", Required = true };

    private static readonly Option<FileInfo[]> Names = new("--names")
    {
        Description = "A text file with one name a line, each file one list; default: the names in what was imported",
        HelpName = "FILE",
    };

    public static Command Create() => new("institutions", "One identity an institution: names and identifiers that drift.")
    {
        SourcesCommand.Of("add", "Enter an institution, or correct its names.", Add, Unit, NameZh, NameEn, Province),
        SourcesCommand.Of("propose", "Propose institutions for names nobody knows; a person decides.", Propose, Names),
        SourcesCommand.Of("list", "List names and identifiers with what was decided.", List, State),
        SourcesCommand.Of("confirm", "Confirm that a name or identifier is an institution's.",
            (parsed, node, cancel) => Decide(parsed, node, true, cancel), Unit, Scheme, Value, By, Why),
        SourcesCommand.Of("refuse", "Refuse it.",
            (parsed, node, cancel) => Decide(parsed, node, false, cancel), Unit, Scheme, Value, By, Why),
        CheckCode(),
    };

    private static Command CheckCode()
    {
        var command = new Command("check-code", "Check unified social credit codes (GB 32100).") { Codes };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var wrong = 0;
            foreach (var code in parsed.GetRequiredValue(Codes))
            {
                var warnings = UnifiedCreditCode.Warnings(code);
                if (warnings.Count == 0) output.WriteLine($"{code}: ok");
                else wrong++;
                foreach (var warning in warnings) SourcesCommand.Say(output, warning);
            }

            return wrong == 0 ? CommandLine.Ok : CommandLine.FoundWrong;
        });
        return command;
    }

    private static async Task<int> Add(ParseResult parsed, EvaluationNode node, CancellationToken cancel)
    {
        var (unit, zh) = (parsed.GetRequiredValue(Unit), parsed.GetRequiredValue(NameZh));
        var province = parsed.GetValue(Province)?.Split('/', 2);
        await node.Get<InstitutionStore>().Put(
            new Institution(
                unit, new Bilingual(zh, parsed.GetValue(NameEn) ?? zh),
                province is null ? null : new Bilingual(province[0], province[^1])),
            cancel);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{unit} entered");
        return CommandLine.Ok;
    }

    private static async Task<int> Propose(ParseResult parsed, EvaluationNode node, CancellationToken cancel)
    {
        var store = node.Get<InstitutionStore>();
        var seen = await Seen(parsed.GetValue(Names) ?? [], store, cancel);
        var proposals = AliasProposals.Of(await store.List(cancel), await store.Aliases(cancel: cancel), seen);
        var added = await store.Propose(proposals, cancel);
        foreach (var one in proposals) Print(parsed, one);
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"proposed {added}");
        return CommandLine.Ok;
    }

    private static async Task<List<SeenName>> Seen(FileInfo[] files, InstitutionStore store, CancellationToken cancel)
    {
        if (files.Length == 0)
        {
            return [.. (await store.NamesInDocuments(cancel)).Select(one => new SeenName(one.Name, one.Document))];
        }

        var seen = new List<SeenName>();
        foreach (var file in files)
        {
            if (!file.Exists) throw new WrongUseException($"There is no file {file}.");
            var lines = await File.ReadAllLinesAsync(file.FullName, cancel);
            seen.AddRange(lines.Where(line => line.Trim().Length > 0).Select(line => new SeenName(line, file.FullName)));
        }

        return seen;
    }

    private static async Task<int> List(ParseResult parsed, EvaluationNode node, CancellationToken cancel)
    {
        var state = parsed.GetValue(State);
        if (state is not (null or "proposed" or "confirmed" or "refused"))
        {
            throw new WrongUseException($"--state {state}: there are proposed, confirmed and refused.");
        }

        foreach (var alias in await node.Get<InstitutionStore>().Aliases(state, cancel)) Print(parsed, alias);
        return CommandLine.Ok;
    }

    private static async Task<int> Decide(ParseResult parsed, EvaluationNode node, bool confirm, CancellationToken cancel)
    {
        var store = node.Get<InstitutionStore>();
        var (unit, scheme, value) = (
            parsed.GetRequiredValue(Unit), parsed.GetRequiredValue(Scheme), parsed.GetRequiredValue(Value));
        var (who, why) = (parsed.GetRequiredValue(By), parsed.GetRequiredValue(Why));
        if (who.Trim().Length == 0 || why.Trim().Length == 0) throw new WrongUseException("--by and --why say who decides, and why.");
        if ((await store.List(cancel)).All(one => one.Unit != unit))
        {
            throw new WrongUseException($"There is no institution {unit}: enter it first by ./evaluation institutions add {unit} --name-zh ….");
        }

        if (scheme == CodeScheme)
        {
            foreach (var warning in UnifiedCreditCode.Warnings(value)) SourcesCommand.Say(parsed.InvocationConfiguration.Error, warning);
        }

        var given = new InstitutionAlias(
            scheme, value, unit, "proposed", "given", new Bilingual("由人录入", "entered by a person"), default, null, null, null);
        if (!await store.Decide(given, confirm, who, why, cancel))
        {
            SourcesCommand.Say(parsed.InvocationConfiguration.Error, new Bilingual(
                $"“{value}”已确认属于另一单位；请先对那一单位作出 refuse 决定。",
                $"'{value}' is confirmed for another institution: refuse it there first."));
            return CommandLine.FoundWrong;
        }

        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{scheme} {value} {(confirm ? "confirmed" : "refused")} for {unit}");
        return CommandLine.Ok;
    }

    private static void Print(ParseResult parsed, InstitutionAlias alias)
    {
        var decided = alias.DecidedBy is null ? "" : $"\t{alias.DecidedBy}\t{alias.DecidedAt:yyyy-MM-dd}\t{alias.Reason}";
        parsed.InvocationConfiguration.Output.WriteLine(
            $"{alias.State}\t{alias.Scheme}\t{alias.Value}\t{alias.Unit}\t{alias.Rule}\t{alias.Because.Zh} / {alias.Because.En}{decided}");
    }
}
