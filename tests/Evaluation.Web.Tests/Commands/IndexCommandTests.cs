using System.Globalization;

namespace Evaluation.Web.Tests.Commands;

/// <summary>The index commands on a small table worked out by hand.</summary>
public sealed class IndexCommandTests : IDisposable
{
    private const string Framework = """
        iCode,iName,Type,Level,Parent,Direction,Weight,Unit,Denominator
        a,Hours,Indicator,1,X,1,1,h,people
        b,Faults,Indicator,1,X,-1,3,,
        c,Users,Indicator,1,Y,1,1,,
        X,Use,Aggregate,2,Index,1,2,,
        Y,Reach,Aggregate,2,Index,1,1,,
        Index,Index,Aggregate,3,,1,1,,
        region,Region,Group,,,,,,
        people,People,Denominator,,,,,,
        """;

    private const string Data = """
        uCode,uName,region,people,a,b,c
        p,Unit P,n,1,10,4,0
        q,Unit Q,n,2,20,NA,5
        r,Unit R,m,3,30,8,10
        s,"Unit S, Ltd",m,2,40,6,
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // a / people: 10 10 10 20; b filled by region: 4 4 8 6; c: 0 5 10 10.
    // Scaled: a 0 0 0 100; b (less is better) 100 100 0 50; c 0 50 100 100.
    // X = (a + 3 b) / 4: 75 75 0 62.5; Index = (2 X + c) / 3: 50, 66.667, 33.333, 75.
    [Fact]
    public async Task Build_writes_scores_and_ranks_worked_out_by_hand()
    {
        var (exit, output, error) = await Index("build --treat none", "out");

        exit.ShouldBe(0, error);
        output.ShouldContain("4 units ranked by 3 indicators");
        error.ShouldContain("region");
        var results = Rows("results.csv");
        results[0].ShouldBe("unit,name,score,rank");
        results.Skip(1).Select(row => row.Split(',')[0]).ShouldBe(["s", "q", "p", "r"]);
        results[1].ShouldBe("s,\"Unit S, Ltd\",75,1");
        Score(results[2]).ShouldBe(200 / 3.0, 1e-12);
        Score(results[3]).ShouldBe(50, 1e-12);
        Score(results[4]).ShouldBe(100 / 3.0, 1e-12);
        Rows("aggregated.csv")[0].ShouldBe("uCode,a,b,c,X,Y,Index");
    }

    [Fact]
    public async Task Screening_at_one_keeps_the_units_with_every_value_and_says_what_that_leaves_out()
    {
        var (exit, _, error) = await Index("build --screen 1 --treat none", "out");

        exit.ShouldBe(0, error);
        Rows("results.csv").Skip(1).Select(row => row.Split(',')[0]).ShouldBe(["p", "r"]);
        error.ShouldContain("Left out for lack of data: q, s");
        // Of p and r, hours a head are the same: the indicator tells nobody apart, and that is said.
        error.ShouldContain("Cannot tell units apart, take no part: a");
    }

    [Fact]
    public async Task Seeded_noise_writes_the_same_bytes_twice_and_others_for_another_seed()
    {
        foreach (var (name, seed) in new[] { ("one", 5), ("two", 5), ("three", 6) })
        {
            (await Index($"robustness --treat none --noise 0.25 --draws 50 --seed {seed}", name)).Exit.ShouldBe(0);
        }

        foreach (var file in new[] { "rank_intervals.csv", "scores_by_weight_set.csv", "weight_sets.csv" })
        {
            Bytes("one", file).ShouldBe(Bytes("two", file));
        }

        Bytes("one", "weight_sets.csv").ShouldNotBe(Bytes("three", "weight_sets.csv"));
        Rows("rank_intervals.csv", "one")[0].ShouldBe("unit,nominal,rank5,median,rank95,min,max");
    }

    [Fact]
    public async Task The_sets_that_were_drawn_can_be_given_back_and_say_the_same()
    {
        await Index("robustness --treat none --noise 0.5 --draws 20 --seed 1", "drawn");
        var sets = Path.Combine(folder.Below("drawn"), "weight_sets.csv");

        (await Index($"robustness --treat none --weights {sets}", "given")).Exit.ShouldBe(0);

        Bytes("given", "rank_intervals.csv").ShouldBe(Bytes("drawn", "rank_intervals.csv"));
    }

    [Fact]
    public async Task Without_one_part_the_ranks_are_those_worked_out_by_hand()
    {
        (await Index("drop-one --treat none", "out")).Exit.ShouldBe(0);

        // Without Y the index is X: p and q share rank 1, s has 3, r 4; changes 2, 1, 2, 0.
        var rows = Rows("drop_one.csv").Select(row => row.Split(',')).ToDictionary(row => row[0]);
        double.Parse(rows["Y"][3], CultureInfo.InvariantCulture).ShouldBe(5 / 4.0);
        double.Parse(rows["X"][3], CultureInfo.InvariantCulture).ShouldBe(
            (Math.Abs(3 - 4) + Math.Abs(2 - 3) + Math.Abs(4 - 1) + Math.Abs(1 - 1)) / 4.0);
    }

    [Fact]
    public async Task Normalised_data_are_read_back_as_they_were_written()
    {
        await Index("build --treat none", "out");
        var (exit, _, error) = await Invoke(
            "index", "build", "--framework", File("framework.csv", Framework), "--data",
            Path.Combine(folder.Below("out"), "normalised.csv"), "--normalise", "none", "--out", folder.Below("again"));

        exit.ShouldBe(0, error);
        Bytes("again", "aggregated.csv").ShouldBe(Bytes("out", "aggregated.csv"));
    }

    [Fact]
    public async Task Sobol_of_a_design_writes_first_and_total_indices()
    {
        var design = File("design.csv", "X1,X2,y\n0,0,1\n0,0,3\n0,0,5\n0,0,7\n0,0,2\n0,0,5\n0,0,1\n0,0,4\n");
        (await Invoke("index", "sobol", "--design", design, "--out", folder.Below("indices.csv"))).Exit.ShouldBe(0);

        var rows = System.IO.File.ReadAllLines(folder.Below("indices.csv")).Select(row => row.Split(',')).ToList();
        rows[0][..3].ShouldBe(["Variable", "Si", "STi"]);
        double.Parse(rows[1][1], CultureInfo.InvariantCulture).ShouldBe(9.5 / (20 / 3.0), 1e-12);
        double.Parse(rows[2][2], CultureInfo.InvariantCulture).ShouldBe(1 / (80 / 3.0), 1e-12);
    }

    [Theory]
    [InlineData("a,Hours,Indicator,1,X,1,1,h,people", "a,Hours,Indicator,1,Z,1,1,h,people", "framework.csv:2", "Parent")]
    [InlineData("b,Faults,Indicator,1,X,-1,3,,", "b,Faults,Indicator,1,X,-2,3,,", "framework.csv:3", "Direction")]
    [InlineData("c,Users,Indicator,1,Y,1,1,,", "c,Users,Indicator,1,Y,1,much,,", "framework.csv:4", "Weight")]
    [InlineData("c,Users,Indicator,1,Y,1,1,,", "c,Users,Indicater,1,Y,1,1,,", "framework.csv:4", "Type")]
    public async Task A_wrong_framework_is_refused_with_line_and_column(string right, string wrong, string place, string column)
    {
        var (exit, _, error) = await Index(
            "build", "out", Framework.Replace(right, wrong, StringComparison.Ordinal), Data);

        exit.ShouldBe(1);
        error.ShouldContain(place);
        error.ShouldContain($"(column {column})");
        Directory.Exists(folder.Below("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("q,Unit Q,n,2,20,NA,5", "q,Unit Q,n,2,twenty,NA,5", "data.csv:3")]
    [InlineData("q,Unit Q,n,2,20,NA,5", "p,Unit Q,n,2,20,NA,5", "data.csv:3")]
    [InlineData("q,Unit Q,n,2,20,NA,5", "q,Unit Q,n,2,20,NA", "data.csv:3")]
    [InlineData("uCode,uName", "code,uName", "data.csv:1")]
    [InlineData("q,Unit Q,n,2,20,NA,5", "q,Unit Q,n,0,20,NA,5", "denominator people")]
    public async Task Wrong_data_are_refused_with_line_and_column(string right, string wrong, string place)
    {
        var (exit, _, error) = await Index("build", "out", Framework, Data.Replace(right, wrong, StringComparison.Ordinal));

        exit.ShouldBe(1);
        error.ShouldContain(place);
        Directory.Exists(folder.Below("out")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("build --normalise zscore --aggregate gmean --treat none")]
    [InlineData("build --aggregate amean,gmean,hmean")]
    [InlineData("build --group district")]
    public async Task Steps_that_do_not_go_together_stop_the_build(string line)
    {
        var (exit, output, error) = await Index(line, "out");

        exit.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldNotContain("Unexpected");
    }

    [Theory]
    [InlineData("build --normalise none --impute mean")]
    [InlineData("build --normalise rank --range 1:2")]
    [InlineData("build --range 2:1")]
    [InlineData("build --screen 2")]
    [InlineData("robustness")]
    [InlineData("robustness --noise 0.1 --draws 0")]
    public async Task Options_that_do_not_go_together_are_wrong_use(string line) =>
        (await Index(line, "out")).Exit.ShouldBe(2);

    private static double Score(string row) => double.Parse(row.Split(',')[2], CultureInfo.InvariantCulture);

    private string[] Rows(string file, string below = "out") => System.IO.File.ReadAllLines(Path.Combine(folder.Below(below), file));

    private byte[] Bytes(string below, string file) => System.IO.File.ReadAllBytes(Path.Combine(folder.Below(below), file));

    private string File(string name, string text)
    {
        System.IO.File.WriteAllText(folder.Below(name), text);
        return folder.Below(name);
    }

    private Task<(int Exit, string Output, string Error)> Index(
        string line, string below, string framework = Framework, string data = Data) => Invoke(
        ["index", .. line.Split(' '), "--framework", File("framework.csv", framework), "--data", File("data.csv", data),
            "--out", folder.Below(below)]);

    private static async Task<(int Exit, string Output, string Error)> Invoke(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await Web.Commands.CommandLine.Invoke(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
