using System.CommandLine;

namespace Evaluation.Web.Commands;

/// <summary><c>run --cycle DIR --input PATH…</c>: a whole year on given data.</summary>
internal static class RunCommand
{
    private static readonly Option<DirectoryInfo> Cycle = new("--cycle")
    {
        Description = "The rule folder of the year, with cycle.yaml",
        HelpName = "DIR",
        Required = true,
    };

    private static readonly Option<string[]> Input = new("--input")
    {
        Description = "A file, or a folder of files, to read besides what was pulled; may be given several times",
        HelpName = "PATH",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        var command = new Command("run", "Run a whole year on given data: import, check, snapshot, score, grade, allocate, reports.")
        {
            Cycle, Input,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var request = YearRequest.Of(parsed.GetRequiredValue(Cycle), parsed.GetValue(Input) ?? [], terminal);
            await using var year = await YearRun.Open(Places.DataFolder(parsed), terminal, cancel);
            return await year.Run(request, cancel);
        });
        return command;
    }
}
