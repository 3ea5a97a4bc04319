namespace Evaluation.Web.Tests.Commands;

public sealed class WrongUseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("evaluate")]
    [InlineData("run")]
    [InlineData("run --cycle")]
    [InlineData("demo --scale enormous")]
    [InlineData("demo --seed one")]
    [InlineData("feel")]
    [InlineData("rules")]
    [InlineData("replay")]
    [InlineData("verify")]
    [InlineData("compare")]
    [InlineData("compare RUN")]
    [InlineData("compare RUN --rules x --cliff near")]
    [InlineData("score --rules x")]
    [InlineData("allocate --policy x")]
    [InlineData("score --rules x --facts y --out z --as-of yesterday")]
    [InlineData("import x.csv")]
    [InlineData("index")]
    [InlineData("index build")]
    [InlineData("sources")]
    [InlineData("sources add x")]
    [InlineData("sources pull")]
    [InlineData("sources backfill x --from 2024-01-01")]
    [InlineData("institutions confirm u --value x")]
    [InlineData("serve --port no")]
    [InlineData("what-if")]
    [InlineData("what-if RUN")]
    [InlineData("approve")]
    [InlineData("approve RUN --by somebody")]
    [InlineData("approve RUN --reason because")]
    public async Task Wrong_arguments_are_told_with_the_usage_and_exit_code_2(string line)
    {
        var (exit, output, error) = await Invoke(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        exit.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain("Usage:");
        error.ShouldContain("evaluation");
    }

    [Theory]
    [InlineData("run --cycle no/such/folder --input .")]
    [InlineData("run --cycle no/such/folder")]
    [InlineData("rules check no/such/folder")]
    [InlineData("score --rules no/such/folder --facts x.csv --out out")]
    [InlineData("allocate --policy no-such-file.yaml --units x.csv")]
    [InlineData("feel a --context no-such-file.json")]
    [InlineData("compare RUN --rules no/such/folder")]
    [InlineData("what-if RUN --category bio --policy no-such-file.yaml")]
    public async Task A_missing_folder_or_file_is_named(string line)
    {
        var (exit, _, error) = await Invoke(line.Split(' '));

        exit.ShouldBe(2);
        error.ShouldContain("no");
        error.ShouldContain("There is no");
    }

    [Theory]
    [InlineData("Say what to ask", "what-if", "RUN", "--category", "bio")]
    [InlineData("--scenario takes", "what-if", "RUN", "--category", "bio", "--scenario", "budget=1")]
    [InlineData("--scenario takes", "what-if", "RUN", "--category", "bio", "--scenario", "less:")]
    [InlineData("Two scenarios are called 'less'", "what-if", "RUN", "--category", "bio", "--scenario", "less: budget=1", "--scenario", "less: budget=2")]
    [InlineData("--set takes NAME=VALUE", "what-if", "RUN", "--category", "bio", "--set", "budget")]
    [InlineData("--set needs --category", "approve", "RUN", "--set", "budget=1", "--by", "somebody", "--reason", "because")]
    [InlineData("must not be empty", "approve", "RUN", "--by", " ", "--reason", "because")]
    public async Task What_is_asked_of_money_in_a_wrong_way_is_told_before_anything_is_opened(string says, params string[] arguments)
    {
        var (exit, output, error) = await Invoke([.. arguments, "--data", folder.Below("data")]);

        exit.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain(says);
        Directory.Exists(folder.Below("data")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_rule_folder_that_does_not_load_is_refused_with_file_and_line()
    {
        var cycle = Directory.CreateDirectory(folder.Below("year")).FullName;
        await File.WriteAllTextAsync(Path.Combine(cycle, "cycle.yaml"), "cycle: a\ncycle: b\n");

        var (exit, _, error) = await Invoke("run", "--cycle", cycle, "--input", cycle);

        exit.ShouldBe(1);
        error.ShouldContain("cycle.yaml:2");
    }

    [Theory]
    [InlineData("sum([1, 2, 3]) / 4", "1.5")]
    [InlineData("if 2 > 1 then \"yes\" else \"no\"", "\"yes\"")]
    [InlineData("-5 + 2", "-3")]
    [InlineData("@\"2000-01-31\" + @\"P1M\"", "@\"2000-02-29\"")]
    public async Task Feel_prints_the_value_as_feel(string expression, string value)
    {
        var (exit, output, _) = await Invoke("feel", expression);

        exit.ShouldBe(0);
        output.Trim().ShouldBe(value);
    }

    [Fact]
    public async Task Feel_takes_names_from_a_json_file()
    {
        var file = folder.Below("context.json");
        await File.WriteAllTextAsync(file, """{ "hours": [10, 20], "instrument class": "general" }""");

        var (exit, output, _) = await Invoke("feel", "if instrument class = \"general\" then mean(hours) else 0", "--context", file);

        exit.ShouldBe(0);
        output.Trim().ShouldBe("15");
    }

    [Fact]
    public async Task An_expression_that_is_not_feel_is_refused_with_its_place()
    {
        var (exit, output, error) = await Invoke("feel", "1 +");

        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("line 1");
    }

    [Fact]
    public async Task Every_command_explains_itself()
    {
        foreach (var command in Web.Commands.CommandLine.Root().Subcommands)
        {
            var (exit, output, _) = await Invoke(command.Name, "--help");
            exit.ShouldBe(0);
            output.ShouldContain("Usage:");
        }
    }

    private static async Task<(int Exit, string Output, string Error)> Invoke(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await Web.Commands.CommandLine.Invoke(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
