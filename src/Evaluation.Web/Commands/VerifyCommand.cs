using System.CommandLine;
using System.Security.Cryptography;
using Evaluation.Jobs.Hosting;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Web.Commands;

/// <summary><c>verify FILE.pdf</c>: whether a paper is, byte for byte, one that was issued, and what stands behind it.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<FileInfo> Paper = new("file") { Description = "A report as somebody holds it", HelpName = "FILE.pdf" };

    public static Command Create()
    {
        var command = new Command("verify", "Say whether a report is, byte for byte, one that was issued here, and name its evidence.") { Paper };
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var file = AllocateCommand.Existing(parsed.GetRequiredValue(Paper));
            await using var content = file.OpenRead();
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));
            await using var node = await EvaluationNode.Open(Places.DataFolder(parsed), cancel);
            var issued = await node.Get<ReportStore>().WithBytes(sha256, cancel);
            await output.WriteLineAsync($"file {sha256}");
            foreach (var paper in issued)
            {
                await output.WriteLineAsync($"run {paper.Run} number {paper.Number}{UnitOf(paper)}");
                SourcesCommand.Say(output, Told(paper));
            }

            if (issued.Count == 0) SourcesCommand.Say(output, Unknown(file.Name));
            await output.WriteLineAsync(issued.Count == 0 ? "different" : "same");
            return issued.Count == 0 ? CommandLine.FoundWrong : CommandLine.Ok;
        });
        return command;
    }

    private static string UnitOf(IssuedPaper paper) =>
        paper.Card is null ? "" : $" unit {paper.Category}/{paper.Unit} card {paper.Card} code {VerificationCode.Of(paper.Card)}";

    private static Bilingual Told(IssuedPaper paper) => new(
        $"这份文件与运行 {paper.Run} 出具的报告 {paper.Number} 逐字节相同；评分可用 replay {paper.Run} 复算。",
        $"This file is report {paper.Number} as run {paper.Run} issued it, byte for byte; replay {paper.Run} recomputes its score.");

    private static Bilingual Unknown(string name) => new(
        $"{name} 不是这里出具的报告，或出具之后内容有改动。请核对报告上的运行编号和数据目录，或重新下载原件。",
        $"{name} is no report that was issued here, or it was changed since. Compare the run it names with this data folder, or "
        + "download the original again.");
}
