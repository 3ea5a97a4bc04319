using System.CommandLine;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Storage;

namespace Evaluation.Web.Commands;

/// <summary><c>migrate</c>: brings the database's schema up to date.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the schema of the database up to date.");
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            await using var server = await LocalPostgres.Start(Places.DataFolder(parsed), cancel);
            await using var database = Database.Open(server.ConnectionString);
            var outcome = await new Migrator(database, TimeProvider.System).Migrate(cancel);
            foreach (var script in outcome.Applied.Concat(outcome.Reapplied)) await output.WriteLineAsync($"applied {script}");
            await output.WriteLineAsync($"{outcome.Applied.Count} migrations, {outcome.Reapplied.Count} views and functions applied");
            return CommandLine.Ok;
        });
        return command;
    }
}
