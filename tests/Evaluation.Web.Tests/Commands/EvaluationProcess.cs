using System.Diagnostics;
using System.Text;

namespace Evaluation.Web.Tests.Commands;

/// <summary>The real program in a process of its own, as a person starts it.</summary>
internal sealed class EvaluationProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private EvaluationProcess(Process process, Action<string>? onErrorLine)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            Keep(error, line.Data);
            if (line.Data is not null) onErrorLine?.Invoke(line.Data);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output => Text(output);

    public string Error => Text(error);

    public static EvaluationProcess Start(IEnumerable<string> arguments, Action<string>? onErrorLine = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Evaluation.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("EVALUATION_DB");
        return new EvaluationProcess(Process.Start(start)!, onErrorLine);
    }

    /// <summary>A rule folder of this repository.</summary>
    public static string RuleFolder(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder!.FullName, "rules"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "rules", name);
    }

    public static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        using var started = Start(arguments);
        var exit = await started.Exit();
        return (exit, started.Output, started.Error);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> Exit()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Kill -9: the program has no say in it.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself: nothing left to kill.
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
