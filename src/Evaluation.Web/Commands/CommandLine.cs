using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Grading;
using Evaluation.Rules.Index;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Web.Commands;

/// <summary>
/// The command line, a contract: results on standard output, progress and problems on standard error; exit code 0 when
/// all is well, 1 when something was found wrong, 2 for wrong use.
/// </summary>
internal static class CommandLine
{
    public const int Ok = 0;
    public const int FoundWrong = 1;
    public const int WrongUse = 2;

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    public static async Task<int> Invoke(string[] args, TextWriter output, TextWriter error)
    {
        // An argument that begins with @ is FEEL (@"…" is a date), never a file of further arguments.
        var parsed = Root().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction) return RefuseArguments(parsed, error);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            });
        }
        catch (Exception problem)
        {
            return await Report(problem, error);
        }
    }

    public static RootCommand Root() => new("""
        科技资源共享服务后补助绩效评价。
        Post-subsidy evaluation of shared science and technology resources: rules, scores, grades, awards, reports.
        """)
    {
        HelpName = "evaluation",
        Options = { Places.DataOption },
        Subcommands =
        {
            DemoCommand.Create(),
            RunCommand.Create(),
            RulesCommand.Create(),
            FeelCommand.Create(),
            DmnCommand.Create(),
            ScoreCommand.Create(),
            IndexCommand.Create(),
            AllocateCommand.Create(),
            WhatIfCommand.Create(),
            ApproveCommand.Create(),
            PaymentsCommand.Create(),
            ImportCommand.Create(),
            SourcesCommand.Create(),
            InstitutionsCommand.Create(),
            IntakeCommand.Create(),
            ServeCommand.Create(),
            WorkerCommand.Create(),
            MigrateCommand.Create(),
            ReplayCommand.Create(),
            VerifyCommand.Create(),
            CompareCommand.Create(),
            FindingsCommand.Create(),
            ConfirmCommand.Create(),
        },
    };

    // The library prints what is wrong and the usage; its exit code for that is 1, the contract's is 2.
    private static int RefuseArguments(ParseResult parsed, TextWriter error)
    {
        parsed.Invoke(new InvocationConfiguration { Output = error, Error = error });
        return WrongUse;
    }

    private static async Task<int> Report(Exception problem, TextWriter error)
    {
        switch (problem)
        {
            case WrongUseException:
                await error.WriteLineAsync(problem.Message);
                return WrongUse;
            case ScenarioException wrong:
                await error.WriteLineAsync(wrong.Sentence.Zh);
                await error.WriteLineAsync(wrong.Sentence.En);
                return WrongUse;
            case OvertakenException overtaken:
                await error.WriteLineAsync(overtaken.Reason.Zh);
                await error.WriteLineAsync(overtaken.Reason.En);
                return FoundWrong;
            case OperationCanceledException:
                await error.WriteLineAsync("Stopped. Nothing is lost: the same command goes on where this one ended.");
                return FoundWrong;
            case RuleSetException rules:
                foreach (var found in rules.Problems) await error.WriteLineAsync(found.ToString());
                return FoundWrong;
            case IndexInputException or IndexSpecificationException:
                await error.WriteLineAsync(problem.Message);
                return FoundWrong;
            case LocalPostgresException or MigrationException or ImportException or FactFileException or EdgeTieException
                or ReportRenderingException or IOException or UnauthorizedAccessException:
                await error.WriteLineAsync(problem.Message);
                return FoundWrong;
            case AllocationException refused:
                await error.WriteLineAsync($"{refused.Pool}: 不能分配：{refused.Reason.Zh}。");
                await error.WriteLineAsync($"{refused.Pool}: the money cannot be shared out: {refused.Reason.En}.");
                return FoundWrong;
            case DbException:
                await error.WriteLineAsync(
                    $"The database refused or went away: {problem.Message} Nothing is lost: when it is back, the same "
                    + "command goes on where this one ended.");
                return FoundWrong;
            default:
                await error.WriteLineAsync($"Unexpected: {problem}");
                return FoundWrong;
        }
    }
}
