using Evaluation.Rules.RuleSets;

namespace Evaluation.Rules.Tests.RuleSets;

public sealed class RuleFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("rules-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Write(string path, byte[] bytes)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
        return Path.GetDirectoryName(file)!;
    }

    private RuleProblem Refused(string folder) =>
        Should.Throw<RuleSetException>(() => RuleFolder.Read(folder)).Problems.ShouldHaveSingleItem();

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Refused(Path.Combine(_root, "nowhere")).Message.ShouldBe("the rule folder does not exist");

    [Fact]
    public void A_folder_without_rule_files_is_named() =>
        Refused(_root).Message.ShouldBe("the folder holds no .yaml file");

    [Fact]
    public void A_file_that_is_not_utf8_is_named()
    {
        Write("metrics.yaml", [0xC4, 0xE3, 0xBA, 0xC3]);

        var problem = Refused(_root);
        problem.Location.Path.ShouldBe("metrics.yaml");
        problem.Mend.ShouldBe("save it as UTF-8 and try again");
    }

    [Fact]
    public void A_file_too_long_for_rules_is_not_read()
    {
        Write("metrics.yaml", [.. Enumerable.Repeat((byte)'#', 2_000_001)]);

        var problem = Refused(_root);
        problem.ToString().ShouldContain("metrics.yaml:1");
        problem.Message.ShouldBe("the file has 2000001 bytes; at most 2000000 are read");
    }

    [Fact]
    public void A_file_that_ends_in_yml_is_not_skipped_in_silence()
    {
        Write("metrics.yaml", "metrics: {}"u8.ToArray());
        Write("indicators/R1.yml", "indicator: R1"u8.ToArray());

        Refused(_root).ToString().ShouldBe("indicators/R1.yml:1: error: the file ends in .yml, so nothing reads it — rename it to end in .yaml");
    }

    [Fact]
    public void The_same_texts_are_the_same_version_whatever_the_machine_wrote_around_them()
    {
        var plain = Write("a/metrics.yaml", "metrics:\n  a: 1\n"u8.ToArray());
        var windows = Write("b/metrics.yaml", [0xEF, 0xBB, 0xBF, .. "metrics:\r\n  a: 1\r\n"u8.ToArray()]);
        var other = Write("c/metrics.yaml", "metrics:\n  a: 2\n"u8.ToArray());

        RuleFolder.Read(windows).Hash.ShouldBe(RuleFolder.Read(plain).Hash);
        RuleFolder.Read(other).Hash.ShouldNotBe(RuleFolder.Read(plain).Hash);
    }

    [Fact]
    public void A_folder_of_rule_folders_stands_for_all_of_them()
    {
        var first = Write("reference/a/metrics.yaml", []);
        var second = Write("reference/b/metrics.yaml", []);

        RuleFolder.Below(_root).ShouldBe([first, second]);
        RuleFolder.Below(first).ShouldBe([first]);
        RuleFolder.Below(Path.Combine(_root, "nowhere")).ShouldBe([Path.Combine(_root, "nowhere")]);
    }
}
