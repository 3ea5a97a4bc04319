using System.CommandLine;
using Evaluation.Jobs.Hosting;

namespace Evaluation.Web.Commands;

/// <summary><c>worker</c>: a node that takes part in the work on runs and sources, without web pages.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var command = new Command("worker", "Take part in the work on runs and sources, without web pages.");
        command.SetAction(async (parsed, cancel) =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
            await node.Work(cancel);
            terminal.Result("worker ready (Ctrl-C ends)");
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            }
            catch (OperationCanceledException)
            {
                terminal.Say("The worker puts down what it holds and leaves.");
            }

            return CommandLine.Ok;
        });
        return command;
    }
}
