using System.CommandLine;
using Evaluation.Jobs.Storage;

namespace Evaluation.Web.Commands;

/// <summary><c>serve</c>: the web pages on the loopback address, and a node that takes work.</summary>
internal static class ServeCommand
{
    public static Option<int> Port { get; } = new("--port")
    {
        Description = "Port on the loopback address; 0 takes a free one",
        HelpName = "N",
        DefaultValueFactory = _ => 5080,
    };

    public static Command Create()
    {
        var command = new Command("serve", "Serve the web pages on the loopback address.") { Port };
        command.SetAction(async (parsed, cancel) =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var data = Places.DataFolder(parsed);
            await using var year = await YearRun.Open(data, terminal, cancel);
            return await Serve(year, data, parsed.GetValue(Port), terminal, cancel);
        });
        return command;
    }

    public static async Task<int> Serve(
        YearRun year, string dataFolder, int port, Terminal terminal, CancellationToken cancel)
    {
        await year.Node.Work(cancel);
        try
        {
            await WebHost.Run(
                new WebSettings(year.Node.Get<Database>(), dataFolder, port)
                {
                    Serving = address => terminal.Result($"pages {address} (Ctrl-C ends)"),
                },
                cancel);
        }
        catch (OperationCanceledException)
        {
            terminal.Say("The pages are closed.");
        }

        return CommandLine.Ok;
    }
}
