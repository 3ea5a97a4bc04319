using System.Diagnostics;
using System.Globalization;
using Evaluation.Jobs.Demo;
using Evaluation.Rules.RuleSets;
using Xunit.Abstractions;

namespace Evaluation.Web.Tests.Commands;

public sealed class KillAndResumeTests(ITestOutputHelper log) : IDisposable
{
    private const int Seed = 20;
    private readonly TemporaryFolder folder = new();

    // The line a step leaves when it is done, and how long after it the program is killed: within the next step.
    private static readonly string[] KilledAfter = ["run ", "import ", "snapshot ", "grade ", "allocate "];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_that_is_killed_at_any_step_goes_on_and_gives_the_same_bytes()
    {
        var input = SmallInput();
        var whole = await Uninterrupted(input);

        var delays = new Random(Seed);
        foreach (var step in KilledAfter)
        {
            await StartAndKill(input, step, TimeSpan.FromMilliseconds(delays.Next(0, 400)));
        }

        var (exit, output, error) = await EvaluationProcess.Run(Arguments(input, "killed"));
        log.WriteLine(error);
        exit.ShouldBe(0, error);
        output.Replace(folder.Below("killed"), "", StringComparison.Ordinal)
            .ShouldBe(whole.Replace(folder.Below("whole"), "", StringComparison.Ordinal));
        Papers("killed").ShouldBe(Papers("whole"));
        foreach (var paper in Papers("whole"))
        {
            File.ReadAllBytes(folder.Below("killed", paper)).SequenceEqual(File.ReadAllBytes(folder.Below("whole", paper)))
                .ShouldBeTrue($"{paper} differs");
        }
    }

    [Fact]
    public async Task The_same_input_again_finds_the_finished_run_and_changes_nothing()
    {
        var input = SmallInput();
        var first = await Uninterrupted(input);
        var before = Papers("whole").ToDictionary(paper => paper, paper => File.GetLastWriteTimeUtc(folder.Below("whole", paper)));

        var (exit, output, error) = await EvaluationProcess.Run(Arguments(input, "whole"));

        exit.ShouldBe(0, error);
        output.ShouldBe(first);
        Papers("whole").ToDictionary(paper => paper, paper => File.GetLastWriteTimeUtc(folder.Below("whole", paper))).ShouldBe(before);

        var run = output.Split('\n')[0]["run ".Length..];
        var replay = await EvaluationProcess.Run("replay", run, "--data", folder.Below("whole"));
        replay.Exit.ShouldBe(0, replay.Error);
        replay.Output.Trim().Split('\n')[^1].ShouldBe("same");
        await MoneyIsAskedAboutAndListed(run);
        await PapersAreVerified(run, before.Keys.Where(paper => paper.EndsWith(".pdf", StringComparison.Ordinal)));
        var listed = await TextOf(before.Keys.Single(paper => paper.EndsWith("0001-data-01.pdf", StringComparison.Ordinal)));
        listed.ShouldContain("counter-data-01.json");
        listed.ShouldNotContain("counter-data-02.json", Case.Sensitive, "a report lists the documents its own figures come from");
        await AScenarioIsApprovedAndPaid(run);

        File.Delete(folder.Below("whole", before.Keys.First(paper => paper.EndsWith(".pdf", StringComparison.Ordinal))));
        (await EvaluationProcess.Run(Arguments(input, "whole"))).Output.ShouldBe(first);
        Papers("whole").ShouldBe(before.Keys);
    }

    private async Task PapersAreVerified(string run, IEnumerable<string> papers)
    {
        var held = folder.Below("held.pdf");
        foreach (var paper in new[] { papers.First(one => one.Contains("index")), papers.First(one => one.Contains("bio-01")) })
        {
            File.Copy(folder.Below("whole", paper), held, overwrite: true);
            var issued = await EvaluationProcess.Run("verify", held, "--data", folder.Below("whole"));
            issued.Exit.ShouldBe(0, issued.Error);
            issued.Output.ShouldContain($"run {run} number ");
            issued.Output.TrimEnd().ShouldEndWith("same");
        }

        var bytes = File.ReadAllBytes(held);
        bytes[^20] ^= 1;
        File.WriteAllBytes(held, bytes);
        var changed = await EvaluationProcess.Run("verify", held, "--data", folder.Below("whole"));
        changed.Exit.ShouldBe(1);
        changed.Output.ShouldContain("不是这里出具的报告");
        changed.Output.TrimEnd().ShouldEndWith("different");
        (await EvaluationProcess.Run("verify", folder.Below("none.pdf"), "--data", folder.Below("whole"))).Exit.ShouldBe(2);
    }

    private async Task MoneyIsAskedAboutAndListed(string run)
    {
        var data = folder.Below("whole");
        var asked = await EvaluationProcess.Run("what-if", run, "--category", "bio", "--set", "budget=1000000", "--data", data);
        asked.Exit.ShouldBe(0, asked.Error);
        var last = asked.Output.TrimEnd().Split('\n')[^1].Split(' ');
        var (approved, scenario, difference) = (Number(last[1]), Number(last[3]), Number(last[5]));
        scenario.ShouldBeLessThanOrEqualTo(1_000_000m);
        (scenario - approved).ShouldBe(difference);

        var list = folder.Below("payments.csv");
        var paid = await EvaluationProcess.Run("payments", run, "--out", list, "--data", data);
        paid.Exit.ShouldBe(0, paid.Error);
        paid.Error.ShouldContain("未核定，不得支付");
        var again = folder.Below("again.csv");
        await EvaluationProcess.Run("payments", run, "--out", again, "--data", data);
        (await File.ReadAllTextAsync(again)).ShouldBe(await File.ReadAllTextAsync(list));
        var sheet = folder.Below("payments.xlsx");
        (await EvaluationProcess.Run("payments", run, "--out", sheet, "--data", data)).Output.ShouldBe(paid.Output);
        (await File.ReadAllBytesAsync(sheet))[..2].ShouldBe("PK"u8.ToArray());
    }

    private async Task<string> TextOf(string paper)
    {
        using var process = Process.Start(
            new ProcessStartInfo("pdftotext", ["-layout", folder.Below("whole", paper), "-"]) { RedirectStandardOutput = true })!;
        return await process.StandardOutput.ReadToEndAsync();
    }

    private async Task AScenarioIsApprovedAndPaid(string run)
    {
        var asked = await OnData("what-if", run, "--category", "bio", "--scenario", "less: budget=1,000,000; cap=none", "--scenario", "more: budget=9000000",
            "--policy", EvaluationProcess.RuleFolder("reference/shenyang/policy.yaml"));
        var lines = asked.Output.TrimEnd().Split('\n');
        lines[0].TrimEnd().ShouldStartWith("unit,grade_before,approved,less grade,less award,less difference,more grade,");
        lines[^3].ShouldStartWith("less: approved 2000000 scenario 1000000 difference -1000000 ");
        lines[^2].ShouldStartWith("more: approved 2000000 scenario ");
        lines[^1].ShouldContain(": approved 2000000 scenario ");

        string[] approval = ["approve", run, "--category", "bio", "--set", "budget=1000000", "--set", "cap=none", "--by", "王主任", "--reason", "压减"];
        var dry = await OnData([.. approval, "--dry-run"]);
        dry.Output.ShouldMatch("^bio version 1 units \\d+ total 1000000 before 2000000 difference -1000000 not stored");
        dry.Error.ShouldContain("运行的建议额为 2,000,000.00 元");
        dry.Error.ShouldContain("the differences sum to CNY −1,000,000.00");
        var approved = await OnData(approval);
        approved.Output.Trim().ShouldMatch("^bio version 1 units \\d+ total 1000000 before 2000000 difference -1000000 approved [0-9a-f]{64}$");
        (await OnData(approval)).Output.ShouldMatch("^bio version 1 .* approved before");

        var list = folder.Below("approved.csv");
        var paid = await OnData("payments", run, "--out", list);
        paid.Output.ShouldMatch("^payments \\d+ total 1000000\n$");
        paid.Error.ShouldContain("版，王主任 于 ");
        paid.Error.ShouldContain("not approved: not for payment");
        var rows = (await File.ReadAllLinesAsync(list)).Skip(1).SkipLast(1).ToList();
        rows.ShouldAllBe(row => row.Contains(",bio,", StringComparison.Ordinal) && row.Contains("version 1, approved by 王主任", StringComparison.Ordinal));

        var wrong = await EvaluationProcess.Run("approve", run, "--category", "bio", "--set", "speed=1", "--by", "a", "--reason", "b", "--data", folder.Below("whole"));
        wrong.Exit.ShouldBe(2);
        wrong.Error.ShouldContain("没有“speed”这一项");
        wrong.Error.ShouldContain("has no setting 'speed'");
        (await EvaluationProcess.Run("approve", run, "--category", "none", "--by", "a", "--reason", "b", "--data", folder.Below("whole")))
            .Error.ShouldContain("no category 'none', only: instruments, data, bio");

        var replay = await OnData("replay", run);
        replay.Output.ShouldContain("1 of 1 approvals the same");
        replay.Output.Trim().Split('\n')[^1].ShouldBe("same");
    }

    private async Task<(int Exit, string Output, string Error)> OnData(params string[] arguments)
    {
        var done = await EvaluationProcess.Run([.. arguments, "--data", folder.Below("whole")]);
        done.Exit.ShouldBe(0, done.Error);
        return done;
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private async Task<string> Uninterrupted(string input)
    {
        var (exit, output, error) = await EvaluationProcess.Run(Arguments(input, "whole"));
        exit.ShouldBe(0, error);
        return output;
    }

    private async Task StartAndKill(string input, string step, TimeSpan delay)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var process = EvaluationProcess.Start(
            Arguments(input, "killed"),
            line =>
            {
                if (line.StartsWith(step, StringComparison.Ordinal)) reached.TrySetResult();
            });
        var end = process.Exit();
        await Task.WhenAny(reached.Task, end);
        reached.Task.IsCompleted.ShouldBeTrue($"the program ended before the step '{step}':\n{process.Error}");
        await Task.Delay(delay);
        process.Kill();
        await end;
        log.WriteLine($"killed {delay.TotalMilliseconds} ms after '{step}'");
    }

    private string[] Arguments(string input, string data) =>
        ["run", "--cycle", Rules, "--input", input, "--data", folder.Below(data)];

    private string SmallInput()
    {
        var scale = new DemoScale("tiny", InstrumentUnits: 4, Instruments: 40, ServiceRecords: 2000, DataUnits: 2, BioUnits: 2);
        var period = RuleSetLoader.Load(RuleFolder.Read(Rules)).Cycle!.Period;
        return DemoFolder.Write(folder.Below("input"), scale, Seed, period);
    }

    private IReadOnlyList<string> Papers(string data) =>
    [
        .. Directory.EnumerateFiles(folder.Below(data, "out"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder.Below(data), path))
            .Order(StringComparer.Ordinal),
    ];

    private static string Rules { get; } = EvaluationProcess.RuleFolder("2026");
}
