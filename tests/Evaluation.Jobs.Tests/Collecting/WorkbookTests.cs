using Evaluation.Jobs.Collecting;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>Tables in workbooks: read as CSV files are, refused by the address of a cell.</summary>
public sealed class WorkbookTests(ITestOutputHelper output) : IDisposable
{
    private const string Flows = "imports/flows.yaml";

    private readonly YearRoom room = new(more: (Flows, Profile()));

    public void Dispose() => room.Dispose();

    [Fact]
    public void A_sheet_is_read_like_a_csv_file_with_its_cells_as_locators()
    {
        var seen = room.Look(Save("flows_1.xlsx", new WorkbookFile().Sheet("Data",
        [
            ["bank", "to", "when", "samples"],
            ["A", "China", 2025, 1.5],
            [],
            [" B ", "China", "2025-03", 0.1 + 0.2],
        ])));
        seen.Result.Rejected.ShouldBe(0);
        seen.Observations.Select(one => (one.Unit, one.Value, one.Locator, one.Period.ToString())).ShouldBe(
        [
            ("A", 1.5m, "Data!D2", "2025-01-01/2025-12-31"), ("B", 0.3m, "Data!D4", "2025-03-01/2025-03-31"),
        ]);
        seen.Observations.ShouldAllBe(one => one.Dimensions["recipient"] == "China");
    }

    [Fact]
    public void A_wrong_cell_is_refused_by_its_address_and_the_rest_of_the_row_goes_in()
    {
        var seen = room.Look(Save("flows_1.xlsx", new WorkbookFile().Sheet("Data",
        [
            ["bank", "to", "when", "samples"],
            ["A", "China", 2025, "many"],
            ["A", "Peru", 2025, new WorkbookFile.Error("#DIV/0!")],
            [null, "Peru", 2025, 1],
            ["B", "Peru", 2025, new WorkbookFile.Formula("SUM(1,2)", 3)],
        ])));
        seen.Rejects.Select(cell => (cell.Line, cell.Cell, cell.Value)).ShouldBe(
        [
            (2, "Data!D2 (samples)", "many"), (3, "Data!D3 (samples)", "#DIV/0!"), (4, "Data!A4 (bank)", ""),
        ]);
        seen.Observations.Single().Value.ShouldBe(3);
    }

    [Theory]
    [InlineData("0", 45717.0)]
    [InlineData("false", 45717.0)]
    [InlineData("1", 44255.0)]
    [InlineData("true", 44255.0)]
    public void A_day_is_a_formatted_cell_a_serial_number_or_a_text(string from1904, double serial)
    {
        var seen = room.Look(Save("flows_1.xlsx", new WorkbookFile { From1904 = from1904 }.Sheet("Data",
        [
            ["bank", "to", "when", "samples"],
            ["A", "x", new WorkbookFile.Date(serial), 1],
            ["B", "x", serial, 1],
            ["C", "x", "2025-03-01", 1],
        ])));
        seen.Observations.ShouldAllBe(one => one.Period.ToString() == "2025-03-01/2025-03-01");
        seen.Observations.Count.ShouldBe(3);
    }

    [Fact]
    public void Texts_of_merged_cells_stand_in_each_of_their_rows_and_numbers_in_the_first_alone()
    {
        var seen = room.Look(Save("flows_1.xlsx", new WorkbookFile().Sheet("Data",
        [
            ["bank", "to", "when", "samples"],
            ["A", "China", 2025, 4],
            [null, "Peru", 2025, null],
            [null, "Chile", 2025, 6],
        ], ["A2:A4", "D2:D3"])));
        seen.Observations.Select(one => (one.Unit, one.Dimensions["recipient"], one.Value)).ShouldBe(
            [("A", "China", 4m), ("A", "Chile", 6m)]);
    }

    [Fact]
    public void Hidden_sheets_are_told_and_not_read_unless_the_profile_names_one()
    {
        var book = new WorkbookFile()
            .Sheet("Old", [["bank", "to", "when", "samples"], ["A", "x", 2025, 9]], state: "hidden")
            .Sheet("Data", [["bank", "to", "when", "samples"], ["A", "x", 2025, 1]]);
        var path = Save("flows_1.xlsx", book);
        var seen = room.Look(path);
        seen.Observations.Single().Value.ShouldBe(1);
        seen.Result.Notes.Single().En.ShouldContain("hidden sheets were not read: Old");
        room.Look(path, "flows", ("sheet", "Old")).Observations.Single().Value.ShouldBe(9);
    }

    [Fact]
    public void What_stands_above_the_header_row_is_passed_over()
    {
        var path = Save("flows_1.xlsx", new WorkbookFile().Sheet("Data",
            [["Distribution of the year"], [], ["bank", "to", "when", "samples"], ["A", "x", 2025, 1]]));
        room.Look(path, "flows", ("header_row", "3")).Observations.Single().Locator.ShouldBe("Data!D4");
    }

    [Fact]
    public void Several_sheets_and_none_named_or_one_that_is_not_there_is_refused_with_their_names()
    {
        var path = Save("flows_1.xlsx", new WorkbookFile().Sheet("One", [["bank"]]).Sheet("Two", [["bank"]]));
        Refusal(() => room.Look(path)).ShouldContain("several sheets (One, Two)");
        Refusal(() => room.Look(path, "flows", ("sheet", "Three"))).ShouldContain("no sheet 'Three'. There are: One, Two");
        Refusal(() => room.Look(path, "flows", ("sheet", "One"))).ShouldContain("flows_1.xlsx[One], line 1: the header lacks");
        Refusal(() => room.Look(path, "flows", ("sheet", "One"), ("header_row", "none"))).ShouldContain("is no row");
        Refusal(() => room.Look(room.Put("flows_2.xlsx", "PK no workbook"))).ShouldContain("not a whole and valid Excel workbook");
    }

    [Fact]
    public void Rows_that_repeat_are_refused_or_added_as_the_profile_says()
    {
        var path = Save("flows_1.xlsx", new WorkbookFile().Sheet("Data",
        [
            ["bank", "to", "when", "samples"],
            ["A", "x", 2025, 1], ["A", "y", 2025, 2], ["A", "x", 2025, 4],
        ]));
        var refused = room.Look(path);
        refused.Rejects.Single().Reason.En.ShouldContain("repeats line 2");
        refused.Sum("bio_samples_distributed").ShouldBe(3);
        var added = room.Look(path, "flows", ("duplicates", "add"));
        added.Sum("bio_samples_distributed").ShouldBe(7);
        added.Observations.Single(one => one.Value == 5).Flags.ShouldBe(["rows-added"]);
        added.Result.Flags["rows-added"].ShouldBe(1);
        Refusal(() => room.Look(path, "flows", ("duplicates", "last"))).ShouldContain("Write add or refuse");
    }

    [Fact]
    public void Sheets_that_show_the_same_flows_are_compared_and_never_added()
    {
        var book = new WorkbookFile()
            .Sheet("Data", [["bank", "to", "when", "samples"], ["A", "x", 2025, 1], ["A", "y", 2025, 2], ["B", "x", 2025, 5]])
            .Sheet("Received", [["bank", "to", "when", "samples"], ["A", "x", 2025, 3], ["B", "x", 2025, 4.9]]);
        var seen = room.Look(Save("flows_1.xlsx", book), "flows", ("sheet", "Data"), ("reconcile", "Received"));
        seen.Sum("bio_samples_distributed").ShouldBe(8);
        seen.Observations.Where(one => one.Flags.Contains("sheets-disagree")).Select(one => one.Unit).ShouldBe(["B"]);
        seen.Result.Notes.ShouldContain(note => note.En.Contains("the totals of B differ: 5 on the sheet that is read, 4.9 on Received"));
        var path = Path.Combine(room.Folder, "flows_1.xlsx");
        var near = room.Look(path, "flows", ("sheet", "Data"), ("reconcile", "Received"), ("tolerance", "0.1"));
        near.Result.Flags.ContainsKey("sheets-disagree").ShouldBeFalse();
        Refusal(() => room.Look(path, "flows", ("sheet", "Data"), ("reconcile", "Received"), ("tolerance", "little")))
            .ShouldContain("'little'");
    }

    [Theory]
    [InlineData("Australia_AGG", 8_423.818)]
    [InlineData("CGIAR", 43_778.136)]
    [InlineData("Canada_AAFC", 3_420.667)]
    [InlineData("IPK", 22_298.471)]
    [InlineData("CGN", 5_848.286)]
    [InlineData("JIC", 675.932)]
    [InlineData("USDA", 287_500)]
    public void The_published_flows_of_genebanks_have_their_published_totals(string bank, double total)
    {
        if (SharedFile.Find("germplasm/genebank_distributions_2016.xlsx", output) is not { } path) return;
        var seen = Genebanks(path);
        var unit = seen.Observations.Select(one => one.Unit).Distinct().Single(one => one.Contains(bank, StringComparison.Ordinal));
        Math.Abs(seen.Sum("bio_samples_distributed", unit) - (decimal)total).ShouldBeLessThan(0.001m);
    }

    [Fact]
    public void The_published_flows_of_genebanks_repeat_45_keys_and_agree_on_all_three_sheets()
    {
        if (SharedFile.Find("germplasm/genebank_distributions_2016.xlsx", output) is not { } path) return;
        var seen = Genebanks(path);
        seen.Observations.Count.ShouldBe(28_577);
        seen.Result.Rejected.ShouldBe(0);
        seen.Result.Flags.ContainsKey("sheets-disagree").ShouldBeFalse();
        Math.Abs(seen.Sum("bio_samples_distributed") - 371_945.309m).ShouldBeLessThan(0.001m);
        Math.Abs(seen.Observations.Where(one => one.Dimensions["recipient"] == "China").Sum(one => one.Value ?? 0) - 373.044m)
            .ShouldBeLessThan(0.001m);
        // Without adding them, 45 rows would be lost.
        room.Look(path, "genebank-distributions", ("duplicates", "refuse")).Rejects.Count.ShouldBe(45);
    }

    [Theory]
    [InlineData("Origintogenebank")]
    [InlineData("genebanktoRecipient")]
    public void Each_other_sheet_has_the_totals_of_the_main_one_to_a_millionth(string sheet)
    {
        if (SharedFile.Find("germplasm/genebank_distributions_2016.xlsx", output) is not { } path) return;
        using var plain = new YearRoom(more: ("imports/one-sheet.yaml", $$"""
            files: [ "one_sheet.xlsx" ]
            format: xlsx
            target: observations
            category: bio
            source: { zh: 表, en: Table }
            period: { from: 2016-01-01, to: 2017-01-01 }
            columns: { unit: Genebank }
            metrics: [ { column: Average no samples per year, metric: bio_samples_distributed, unit: sample } ]
            options: { sheet: {{sheet}}, duplicates: add }
            """));
        var (main, other) = (Genebanks(path), plain.Look(path, "one-sheet"));
        foreach (var unit in main.Observations.Select(one => one.Unit).Distinct())
        {
            Math.Abs(main.Sum("bio_samples_distributed", unit) - other.Sum("bio_samples_distributed", unit))
                .ShouldBeLessThan(0.000001m);
        }
    }

    [Fact]
    public void Shipped_items_of_distribution_orders_count_and_split_orders_count_once()
    {
        var items = room.Look(room.Put("grin_order_items_1.csv",
            "order_request_item_id,order_request_id,order_type,site_code,status_code,quantity_shipped,unit_of_shipped,acted_date\n"
            + "1,10,DI,W6,SHIPPED,50,sd,2025-03-04 09:30:00\n2,10,DI,W6,SHIPPED,1,pk,2025-03-04\n3,10,DI,W6,CANCEL,50,sd,2025-03-04\n"
            + "4,11,RP,W6,SHIPPED,50,sd,2025-03-05\n2,12,DI,W6,SHIPPED,1,pk,2025-03-04\n5,12,DI,W6,SHIPPED,1,pk,\n"));
        items.Sum("bio_samples_distributed", "W6").ShouldBe(2);
        items.Result.Skipped.ShouldBe(2);
        items.Rejects.Select(cell => cell.Line).ShouldBe([6, 7]);
        items.Observations[0].Resource.ShouldBe("1");
        items.Observations[0].Locator.ShouldBe("2");

        var requests = room.Look(room.Put("grin_order_requests_1.csv",
            "order_request_id,original_order_request_id,order_type,site_code,is_completed,ordered_date\n"
            + "10,,DI,W6,Y,2025-03-01\n11,,DI,W6,N,2025-03-02\n12,10,DI,W6,Y,2025-03-01\n"));
        requests.Sum("bio_requests_received").ShouldBe(2);
        requests.Sum("bio_requests_fulfilled").ShouldBe(1);
    }

    [Fact]
    public void The_site_summary_of_a_real_system_is_read_by_its_header()
    {
        var seen = room.Look(room.Put("genee_sites_2025.csv",
            "所属站点,仪器总值 (万元),预约仪器比例,仪器运行机时,年平均对外服务机时,共享率,论文,获奖,专利,评价\n"
            + "物理学院,1200.5,85%,15000.5,273,17%,12,1,3,4.8\n化学学院,800,90%,9000,-,-,-,0,2,--\n", ImportRoom.Gb18030));
        seen.Result.Rejected.ShouldBe(0);
        seen.Observations.Select(one => (one.Unit, one.Metric, one.Value)).ShouldBe(
        [
            ("物理学院", "inst_hours_effective", 15_000.5m), ("物理学院", "out_papers", 12m), ("物理学院", "out_awards", 1m),
            ("物理学院", "out_patents", 3m), ("物理学院", "inst_satisfaction", 4.8m),
            ("化学学院", "inst_hours_effective", 9_000m), ("化学学院", "out_awards", 0m), ("化学学院", "out_patents", 2m),
        ]);
    }

    private YearRoom.Reading Genebanks(string path) => room.Look(path);

    private string Save(string name, WorkbookFile book) => book.Save(Path.Combine(room.Folder, name));

    private static string Refusal(Action read) => Should.Throw<ImportException>(read).Reason.En;

    private static string Profile() => """
        files: [ "flows_*.xlsx" ]
        format: xlsx
        target: observations
        category: bio
        source: { zh: 表, en: Table }
        period_column: when
        columns: { unit: bank }
        dimensions: { recipient: to }
        metrics: [ { column: samples, metric: bio_samples_distributed, unit: sample } ]
        """;
}
