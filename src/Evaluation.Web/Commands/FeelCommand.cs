using System.CommandLine;
using System.Text.Json;
using Evaluation.Rules.Feel;

namespace Evaluation.Web.Commands;

/// <summary><c>feel EXPRESSION [--context FILE.json]</c>: the value, written as FEEL.</summary>
internal static class FeelCommand
{
    private static readonly Argument<string> Expression = new("expression")
    {
        Description = "A FEEL expression, e.g. 'sum(hours) / count(hours)'",
    };

    private static readonly Option<FileInfo?> ContextFile = new("--context")
    {
        Description = "A JSON object whose members are the names the expression uses",
        HelpName = "FILE.json",
    };

    public static Command Create()
    {
        var command = new Command("feel", "Evaluate one FEEL expression and print its value as FEEL.")
        {
            Expression, ContextFile,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            var context = parsed.GetValue(ContextFile) is { } file ? ContextOf(file) : FeelContext.Empty;
            var trace = new FeelTrace();
            var value = FeelExpression.Parse(parsed.GetRequiredValue(Expression), context.Names).Evaluate(context, trace);
            output.WriteLine(value);
            foreach (var reason in trace.Reasons) error.WriteLine($"null because {reason.En}");
            return CommandLine.Ok;
        }
        catch (Exception refused) when (refused is FeelSyntaxException or FeelLimitException)
        {
            error.WriteLine($"Not evaluated: {refused.Message}");
            return CommandLine.FoundWrong;
        }
    }

    private static FeelContext ContextOf(FileInfo file)
    {
        if (!file.Exists) throw new WrongUseException($"There is no file {file}.");
        try
        {
            var value = FeelJson.Parse(File.ReadAllText(file.FullName));
            return value.Kind == FeelKind.Context
                ? value.AsContext()
                : throw new WrongUseException($"{file} is not a JSON object: its members are the names of the expression.");
        }
        catch (JsonException wrong)
        {
            throw new WrongUseException(
                $"{file}:{wrong.LineNumber + 1}: not JSON: {wrong.Message}");
        }
        catch (FormatException tooLarge)
        {
            throw new WrongUseException($"{file}: {tooLarge.Message}");
        }
    }
}
