namespace Evaluation.Web.Tests.Commands;

/// <summary>A whole year on files that are not quite right, by the real program.</summary>
public sealed class RunTests : IDisposable
{
    private const string Header = "institution,instruments,utilisation_percent,external_share_percent\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_unit_that_no_profile_lists_is_evaluated_under_its_name_and_a_refused_cell_is_told_with_its_place()
    {
        var input = Input("chongqing_2017h1_units.csv", Header + "示例检测院,12,80,50\n重庆大学,167,about 72,43.4\n");

        var (exit, output, error) = await Run(input);

        exit.ShouldBe(0, error);
        output.ShouldContain("instruments: units 2,");
        error.ShouldContain("chongqing_2017h1_units.csv:3: utilisation_percent (C): ");
        var index = await File.ReadAllTextAsync(Directory.GetFiles(folder.Below("data"), "index.csv", SearchOption.AllDirectories).Single());
        index.ShouldContain("instruments,示例检测院,示例检测院,示例检测院,65,1,");
    }

    [Fact]
    public async Task Data_of_a_unit_that_is_not_on_the_register_stop_the_run_before_anything_is_locked()
    {
        var input = Input("units.csv", "unit,name_zh,name_en,province_zh,province_en,category\n"
            + "inst-01,示例研究所 01,Sample Institute 01,北京,Beijing,instruments\n");
        Input("unit_metrics.csv", "unit,category,metric,value,unit_of_measure,period\n"
            + "inst-99,instruments,service_income_external,1000,yuan,2025\n");

        var (exit, output, error) = await Run(input, "2026");

        exit.ShouldBe(1);
        error.ShouldContain("inst-99");
        error.ShouldContain("register");
        output.ShouldNotContain("reports");
        Directory.GetFiles(folder.Below("data"), "*.pdf", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Files_that_nobody_reads_end_with_a_message_that_names_them()
    {
        var input = Input("holiday.csv", "a,b\n1,2\n");

        var (exit, _, error) = await Run(input);

        exit.ShouldNotBe(0);
        error.ShouldContain("holiday.csv");
    }

    private string Input(string name, string text)
    {
        var input = folder.Below("input");
        Directory.CreateDirectory(input);
        File.WriteAllText(Path.Combine(input, name), text);
        return input;
    }

    private Task<(int Exit, string Output, string Error)> Run(string input, string cycle = "2017-published") =>
        EvaluationProcess.Run(
            "run", "--cycle", EvaluationProcess.RuleFolder(cycle), "--input", input, "--data", folder.Below("data"));
}
