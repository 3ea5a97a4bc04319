using Spectre.Console;

namespace Evaluation.Web.Commands;

/// <summary>Results go to standard output, progress and problems to standard error; bars only where a person watches.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error)
{
    /// <summary>True when standard error is a terminal of this process.</summary>
    public bool IsWatched { get; } = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;

    public void Result(string line) => output.WriteLine(line);

    public void Say(string line) => error.WriteLine(line);

    /// <summary>The console that bars are drawn on.</summary>
    public IAnsiConsole Bars() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
}
