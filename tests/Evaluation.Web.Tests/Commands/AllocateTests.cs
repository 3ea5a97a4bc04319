using System.Globalization;
using System.Text;
using Evaluation.Web.Commands;
using Xunit.Abstractions;

namespace Evaluation.Web.Tests.Commands;

/// <summary>Published awards and profiles come out of the commands as they are typed.</summary>
public sealed class AllocateTests(ITestOutputHelper printed) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_table_of_awards_is_written_and_the_last_line_tells_pot_sum_and_units()
    {
        var units = await Csv("unit,points,previous,new_total", "a,4,500,1450", "b,0.5,500,1450");
        var (exit, output, error) = await Allocate("french-dsu/policy.yaml", units);

        exit.ShouldBe(0, error);
        var lines = output.TrimEnd().Split('\n');
        lines[0].ShouldBe("unit,award,because_zh,because_en");
        lines[1].ShouldStartWith("a,900,\"先从总额中支付 500.00 欧元；");
        lines[1].ShouldContain("the pot of 1,450.00 EUR is shared at one rate (100): award 900.00 EUR");
        lines[2].ShouldStartWith("b,550,");
        lines[^1].ShouldBe("pot 1450 spent 1450 units 2");
    }

    [Fact]
    public async Task With_out_the_table_goes_to_a_file_and_only_the_last_line_to_standard_output()
    {
        var units = await Csv("unit,service_amount,units_served", "甲,600000,5", "乙,3000000,30");
        var table = Path.Combine(folder.Path, "awards.csv");
        var (exit, output, _) = await Allocate("xiamen-2018-service-award/policy.yaml", units, "--out", table);

        exit.ShouldBe(0);
        output.ShouldBe("pot 460000 spent 460000 units 2\n");
        (await File.ReadAllLinesAsync(table)).Select(line => line.Split(',')[1]).ShouldBe(["award", "60000", "400000"]);
    }

    [Theory]
    [InlineData("a,ten,1", ":2:2: error: 'ten' is no number for service_amount")]
    [InlineData("a,,1", ":2:2: error: service_amount of a is empty: Amount of services")]
    [InlineData("a,-1,1", ":2:2: error: service_amount of a is -1, outside the range of the column")]
    [InlineData(",1,1", ":2:1: error: the row names no unit")]
    [InlineData("a,1", ":2:2: error: the row has 2 fields, the header 3")]
    public async Task A_bad_cell_is_refused_by_line_and_field(string row, string expected)
    {
        var (exit, output, error) = await Allocate(
            "xiamen-2018-service-award/policy.yaml", await Csv("unit,service_amount,units_served", row));

        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain(expected);
    }

    [Fact]
    public async Task Headers_are_known_by_their_other_names_and_numbers_by_their_separators()
    {
        var units = await Csv("单位;服务金额;服务单位数", "甲;1,500,000.00;25");
        var (exit, output, error) = await Allocate("xiamen-2018-service-award/policy.yaml", units);

        exit.ShouldBe(0, error);
        output.ShouldContain("\n甲,100000,");
    }

    [Fact]
    public async Task Guarantees_above_the_pot_stop_and_name_the_units_in_both_languages()
    {
        var (exit, output, error) = await Allocate(
            "french-dsu/policy.yaml", await Csv("unit,points,previous", "a,4,500", "b,1,600"), "--set", "budget=1000");

        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain("2 个单位先行支付的保障额合计 1,100.00 欧元，超过总额 1,000.00 欧元（a、b）");
        error.ShouldContain("what is paid first to 2 units adds up to 1,100.00 EUR, more than the pot of 1,000.00 EUR (a, b)");
    }

    [Fact]
    public async Task A_project_is_claimed_once()
    {
        var units = await Csv("unit,test_fees,member,project", "a,1000,yes,P-1", "b,2000,yes,P-1");
        var (exit, _, error) = await Allocate("chongqing/policy.yaml", units);

        exit.ShouldBe(1);
        error.ShouldContain(":3:4: error: project 'P-1' is claimed twice (first in line 2)");
    }

    [Fact]
    public async Task Payments_by_instalment_add_up_to_the_award_less_what_is_owed()
    {
        var payments = Path.Combine(folder.Path, "payments.csv");
        var (exit, _, error) = await Allocate(
            "canada-instalments/policy.yaml", await Csv("unit,grant,owed", "a,500000.01,150000"), "--payments", payments);

        exit.ShouldBe(0, error);
        var rows = (await File.ReadAllLinesAsync(payments)).Skip(1).Select(line => line.Split(',')).ToList();
        rows.Select(row => row[3]).ShouldBe(["7", "7", "10", "1"]);
        rows.Sum(row => Number(row[4])).ShouldBe(500000.01m);
        rows.Select(row => row[5]).ShouldBe(["125000.01", "24999.99", "0", "0"]);
        rows.Sum(row => Number(row[6])).ShouldBe(350000.01m);
    }

    [Theory]
    [InlineData("--set", "speed=1")]
    [InlineData("--set", "budget")]
    [InlineData("--where", "year")]
    public async Task A_setting_the_policy_does_not_know_is_wrong_use(string option, string value) =>
        (await Allocate("french-dsu/policy.yaml", await Csv("unit,points", "a,1"), option, value)).Exit.ShouldBe(2);

    [Fact]
    public async Task Every_published_overall_profile_of_REF_2021_comes_out()
    {
        if (Published("ref2021") is not { } published) return;
        var rows = new List<(string Unit, string[] Sub, string[] Overall)>();
        foreach (var file in Directory.EnumerateFiles(published, "*.csv"))
        {
            var table = File.ReadLines(file).Select(Fields).ToList();
            int At(string column) => Array.IndexOf(table[0], column);
            rows.AddRange(table.Skip(1).Select((row, i) => (
                $"{Path.GetFileName(file)}-{i}", row[At("out_4")..(At("env_u") + 1)], row[At("overall_4")..(At("overall_u") + 1)])));
        }

        string[] levels = ["4", "3", "2", "1", "u"];
        var columns = from part in new[] { "out", "imp", "env" } from level in levels select $"{part}_{level}";
        var facts = await Csv("unit," + string.Join(',', columns), [.. rows.Select(row => row.Unit + "," + string.Join(',', row.Sub))]);
        var result = Path.Combine(folder.Path, "ref");
        var (exit, _, error) = await Run(
            "score", "--rules", EvaluationProcess.RuleFolder("reference/ref-2021-profile"), "--facts", facts, "--out", result);

        exit.ShouldBe(0, error);
        var points = File.ReadLines(Path.Combine(result, "points.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(row => (row[0], row[1]), row => row[3]);
        foreach (var (unit, _, overall) in rows)
        {
            levels.Select(level => points[(unit, "overall_" + level)]).ShouldBe(overall, unit);
        }
    }

    // One unrounded rate a fund and year: any in the interval that all printed awards leave open.
    [Theory]
    [InlineData("charity")]
    [InlineData("business")]
    public async Task Every_published_award_of_UK_QR_comes_out_at_one_rate_a_fund_and_year(string fund)
    {
        if (Published("uk-qr") is not { } published) return;
        var rows = new List<(string Year, string Unit, string Row, decimal Award, decimal Income)>();
        foreach (var file in Directory.EnumerateFiles(published, "*.csv"))
        {
            var table = File.ReadLines(file).Select(Fields).ToList();
            string Cell(string[] row, string column) => row[Array.IndexOf(table[0], column)];
            foreach (var row in table.Skip(1))
            {
                var income = Enumerable.Range(1, 4).Select(year => Cell(row, $"{fund}_y{year}")).ToList();
                if (income.Contains("") || Cell(row, "qr_" + fund).Length == 0) continue;
                var weight = fund == "charity" ? Cell(row, "london_weight") : "1";
                rows.Add((Cell(row, "year"), Cell(row, "provider"), string.Join(',', [.. income, weight]),
                    Number(Cell(row, "qr_" + fund)), income.Sum(Number) / 4m * Number(weight)));
            }
        }

        foreach (var year in rows.GroupBy(row => row.Year))
        {
            var paid = year.Where(row => row.Income > 0m).ToList();
            var least = paid.Max(row => (row.Award - 0.5m) / row.Income);
            var most = paid.Min(row => (row.Award + 0.5m) / row.Income);
            least.ShouldBeLessThan(most, $"{fund} {year.Key}");
            var units = await Csv("provider,year_1,year_2,year_3,year_4,london_weight", [.. year.Select(row => $"\"{row.Unit}\",{row.Row}")]);
            var (exit, output, error) = await Allocate(
                $"uk-qr/{fund}.yaml", units, "--set", $"rate={((least + most) / 2m).ToString(CultureInfo.InvariantCulture)}");

            exit.ShouldBe(0, error);
            output.Split('\n').Skip(1).Take(year.Count()).Select(line => Number(Fields(line)[1])).ShouldBe(year.Select(row => row.Award));
        }
    }

    [Fact]
    public async Task Every_published_apportionment_comes_out()
    {
        if (Published("formula-vectors") is not { } published) return;
        var policies = new Dictionary<string, string>
        {
            ["largest_remainder"] = "largest-remainder", ["quota"] = "quota", ["dhondt"] = "dhondt",
            ["saintelague"] = "sainte-lague", ["huntington"] = "huntington-hill",
        };
        foreach (var row in File.ReadLines(Path.Combine(published, "apportionment_balinski_young.csv")).Skip(1).Select(Fields))
        {
            var units = await Csv("unit,votes", [.. row[2].Split(';').Select((votes, i) => $"u{i},{votes}")]);
            var (exit, output, error) = await Allocate($"apportionment/{policies[row[3]]}.yaml", units, "--set", "budget=" + row[1]);

            exit.ShouldBe(0, error);
            Awards(output).ShouldBe(row[4].Split(';').Select(Number), $"{row[0]} {row[3]}");
        }
    }

    [Fact]
    public async Task Every_published_guarantee_share_and_scale_comes_out()
    {
        if (Published("formula-vectors") is not { } published) return;
        foreach (var row in File.ReadLines(Path.Combine(published, "french_dsu_allocation.csv")).Skip(1).Select(Fields))
        {
            var parts = row[3..7].Select(cell => cell.Split(';')).ToList();
            var units = await Csv("unit,prev_award,points,eligible,guarantee_not_eligible,new_total",
                [.. parts[0].Select((_, i) => $"u{i},{parts[0][i]},{parts[1][i]},{parts[2][i]},{parts[3][i]},{row[2]}")]);
            Awards((await Allocate("french-dsu/policy.yaml", units)).Output).ShouldBe(row[7].Split(';').Select(Number), row[0]);
        }

        foreach (var row in File.ReadLines(Path.Combine(published, "norwegian_points.csv")).Skip(1).Select(Fields))
        {
            var units = await Csv("institution,weight,authors_institution,authors_total,international", $"{row[3]},{row[2]},{row[4]},{row[5]},{row[6]}");
            var points = Awards((await Allocate("norwegian-share/policy.yaml", units)).Output).Single();
            Math.Abs(points - Number(row[7])).ShouldBeLessThan(0.000000000000001m);
            Math.Round(points, 2, MidpointRounding.AwayFromZero).ShouldBe(Number(row[8]));
        }

        foreach (var row in File.ReadLines(Path.Combine(published, "openfisca_marginal_scale.csv")).Skip(1).Select(Fields))
        {
            var units = await Csv("unit,salary", $"a,{row[1]}");
            Awards((await Allocate("marginal-scale/policy.yaml", units, "--as-of", row[0] + "-01")).Output).ShouldBe([Number(row[4])]);
        }
    }

    private async Task<string> Csv(string header, params string[] rows)
    {
        var path = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllLinesAsync(path, rows.Prepend(header));
        return path;
    }

    private static IEnumerable<decimal> Awards(string output) =>
        output.TrimEnd().Split('\n').Skip(1).SkipLast(1).Select(line => Number(Fields(line)[1])).ToList();

    private static string[] Fields(string line) => Evaluation.Tests.Pages.Csv.Parse(Encoding.UTF8.GetBytes("\uFEFF" + line + "\n")).Single();

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private string? Published(string name)
    {
        var at = Directory.GetParent(EvaluationProcess.RuleFolder("."));
        for (; at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "shared", "data", name);
            if (Directory.Exists(path)) return path;
        }

        printed.WriteLine($"skipped: ../shared/data/{name} is not there");
        return null;
    }

    private static Task<(int Exit, string Output, string Error)> Allocate(string policy, string units, params string[] more) =>
        Run(["allocate", "--policy", Path.Combine(EvaluationProcess.RuleFolder("reference"), policy), "--units", units, .. more]);

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await CommandLine.Invoke(arguments, output, error);
        return (exit, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }
}
