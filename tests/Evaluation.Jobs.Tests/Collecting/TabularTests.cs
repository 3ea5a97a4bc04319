using System.Text;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class TabularTests : IDisposable
{
    private const string Header = "institution,instruments,utilisation_percent,external_share_percent\n";

    private readonly ImportRoom room = new(
        ImportRoom.Units, ImportRoom.Records, ImportRoom.Register, ImportRoom.LongForm);

    public void Dispose() => room.Dispose();

    [Fact]
    public void A_row_gives_one_observation_a_metric_in_the_unit_of_the_metric()
    {
        var (result, found) = room.Look(room.Put("a_units.csv", Header + "重庆大学,167,72.1,43.4\n"));
        result.Accepted.ShouldBe(2);
        var utilisation = Observations(found)[0];
        utilisation.Unit.ShouldBe("cq-university");
        utilisation.Value.ShouldBe(0.721m);
        utilisation.UnitOfMeasure.ShouldBe("share");
        utilisation.Period.ToString().ShouldBe("2017-01-01/2017-06-30");
        utilisation.Locator.ShouldBe("C2");
        found.OfType<CollectedUnit>().Single().Unit.Province!.En.ShouldBe("Chongqing");
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("*")]
    public void What_is_missing_stays_missing_and_is_not_zero(string cell)
    {
        var (result, found) = room.Look(room.Put("a_units.csv", Header + $"甲,153,{cell},50\n"));
        result.Rejected.ShouldBe(0);
        Observations(found).Select(observation => observation.Metric).ShouldBe(["external_share"]);
    }

    [Fact]
    public void The_same_table_in_every_encoding_gives_the_same_observations()
    {
        var text = Header + "重庆大学,167,72.1,43.4\n中科院重庆绿色智能技术研究院,34,91.01,60.4\n";
        var plain = Values(room.Put("1_units.csv", text));
        Values(room.Put("2_units.csv", text, Encoding.UTF8)).ShouldBe(plain);
        Values(room.Put("3_units.csv", text, ImportRoom.Gb18030)).ShouldBe(plain);
        Values(room.Put("4_units.csv", text, Encoding.Unicode)).ShouldBe(plain);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_the_line()
    {
        var path = room.Put("a_units.csv", Header + "甲,1,1,1\n");
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path), 0xFF, 0xFF, (byte)',', 0xFF, (byte)'\n']);
        var refused = Should.Throw<ImportException>(() => room.Look(path));
        refused.Reason.En.ShouldContain("line 3");
        refused.Reason.En.ShouldContain("Save the file as UTF-8");
    }

    [Theory]
    [InlineData("abc", "is not a number")]
    [InlineData("72.1%", "without the percent sign")]
    [InlineData("1970-01-01 08", "It is a date or time")]
    [InlineData("１２", "is not a number")]
    [InlineData("1,2,3", "is not a number")]
    [InlineData("99999999999999999999999999999999", "is not a number")]
    public void A_cell_that_is_not_a_number_is_refused_by_line_and_column_and_the_rest_of_the_row_counts(string cell, string said)
    {
        var (result, found) = room.Look(room.Put("a_units.csv", Header + $"甲,1,5,6\n乙,1,\"{cell}\",60\n"));
        result.Accepted.ShouldBe(3);
        var reject = found.OfType<CollectedReject>().Single().Cell;
        reject.Line.ShouldBe(3);
        reject.Cell.ShouldBe("utilisation_percent (C)");
        reject.Value.ShouldBe(cell);
        reject.Reason.En.ShouldContain(said);
        reject.Reason.Zh.ShouldContain("不是数值");
    }

    [Fact]
    public void Thousands_separators_are_read()
    {
        var (_, found) = room.Look(room.Put("a_units.csv", Header + "甲,1,\"1,234.5\",6\n"));
        Observations(found)[0].Value.ShouldBe(12.345m);
    }

    [Fact]
    public void A_row_that_repeats_another_is_refused_and_names_it()
    {
        var (result, found) = room.Look(room.Put("a_units.csv", Header + "甲,1,5,6\n乙,1,5,6\n甲,1,7,6\n"));
        result.Accepted.ShouldBe(4);
        result.Rejected.ShouldBe(2);
        found.OfType<CollectedReject>().First().Cell.Reason.En.ShouldContain("repeats line 2");
    }

    [Fact]
    public void A_header_that_lacks_a_column_is_refused_whole_and_names_what_was_expected()
    {
        var refused = Should.Throw<ImportException>(() =>
            room.Look(room.Put("a_units.csv", "institution,utilisation\n甲,1\n")));
        refused.Reason.En.ShouldContain("the header lacks utilisation_percent, external_share_percent");
        refused.Reason.En.ShouldContain("imports/units-table.yaml");
        refused.Reason.Zh.ShouldContain("缺少列");
    }

    [Fact]
    public void An_empty_file_and_a_column_that_stands_there_twice_are_refused()
    {
        Should.Throw<ImportException>(() => room.Look(room.Put("a_units.csv", ""))).Reason.En.ShouldContain("is empty");
        Should.Throw<ImportException>(() => room.Look(room.Put(
                "b_units.csv", "institution,utilisation_percent,utilisation_percent,external_share_percent\n")))
            .Reason.En.ShouldContain("more than once");
    }

    [Fact]
    public void A_row_with_too_few_cells_or_misplaced_quotes_is_refused_and_the_others_go_in()
    {
        var (result, found) = room.Look(room.Put(
            "a_units.csv", Header + "甲,1\n乙,1,5,6\n丙,1,5\"6\",7\n\"丁\n戊\",1,5,6\n己,1,x,6\n"));
        result.Accepted.ShouldBe(5);
        var rejects = found.OfType<CollectedReject>().Select(reject => reject.Cell).ToList();
        rejects[0].Line.ShouldBe(2);
        rejects[0].Reason.En.ShouldContain("has 2 cells, the header 4 columns");
        rejects[1].Line.ShouldBe(4);
        rejects[1].Reason.En.ShouldContain("Quotes are misplaced");
        // The row before spans two lines.
        rejects[2].Line.ShouldBe(7);
    }

    [Fact]
    public void A_service_record_that_ends_before_it_starts_is_refused_and_one_without_an_end_is_kept_as_open()
    {
        var (result, found) = room.Look(room.Put("records.csv",
            """
            record,unit,instrument,start,end,scope,user,fee
            1,u,i,2025-03-01 10:00,2025-03-01 12:00,external,A,100
            2,u,i,2025-03-01 10:00,,external,A,100
            3,u,i,2025-03-01 10:00,2025-03-01 09:00,internal,,
            4,u,i,2025-03-01T10:00:00+08:00,2025/3/1 12:30,外部用户,A,0
            5,u,i,soon,2025-03-01 12:00,external,A,100
            6,u,i,2025-03-01 10:00,2025-03-01 12:00,sideways,A,100
            7,u,i,2025-03-01 10:00,2025-03-01 12:00,,A,-1
            1,u,i,2025-03-01 10:00,2025-03-01 12:00,external,A,100
            """));
        result.Accepted.ShouldBe(3);
        result.Flags.ShouldBe(new Dictionary<string, int> { ["open-session"] = 1 });
        result.Flagged.ShouldBe(1);
        found.OfType<CollectedReject>().Select(reject => (reject.Cell.Line, reject.Cell.Cell)).ShouldBe(
        [
            (4, "end (E)"), (6, "start (D)"), (7, "scope (F)"), (8, "fee (H)"), (9, ""),
        ]);
        var records = found.OfType<CollectedServiceRecord>().Select(one => one.Record).ToList();
        records[1].End.ShouldBeNull();
        records[2].Start.Hour.ShouldBe(10);
        records.ShouldAllBe(record => record.Scope == ServiceScope.External);
    }

    [Fact]
    public void The_long_form_reads_figures_and_answers_and_leaves_out_what_the_profile_says()
    {
        var (result, found) = room.Look(room.Put("long.csv",
            """
            kind,unit,metric,value,measure,period
            unit,u,instruments_count,7,instrument,2024
            unit,u,rda_f1_01m,NA,,2024-03
            unit,u,rda_f1_01m,maybe,,2024-04
            unit,u,instruments_count,7,hour,2025
            unit,u,no_such_metric,7,,2025
            total,u,instruments_count,700,,2025
            unit,u,instruments_count,7,,20 25
            """));
        result.Accepted.ShouldBe(2);
        result.Skipped.ShouldBe(1);
        Observations(found)[1].Answer.ShouldBe("NA");
        Observations(found)[1].Period.ToString().ShouldBe("2024-03-01/2024-03-31");
        found.OfType<CollectedReject>().Select(reject => reject.Cell.Cell)
            .ShouldBe(["value (D)", "measure (E)", "metric (C)", "period (F)"]);
    }

    [Fact]
    public void The_register_of_units_gives_names()
    {
        var (result, found) = room.Look(room.Put("register.csv", "unit,name_zh,name_en\nu1,甲所,Institute A\nu2,乙所,\n,丙所,\n"));
        result.Accepted.ShouldBe(2);
        result.Rejected.ShouldBe(1);
        found.OfType<CollectedUnit>().Select(one => one.Unit.Name.En).ShouldBe(["Institute A", "乙所"]);
    }

    private static List<MetricObservation> Observations(IEnumerable<Collected> found) =>
        found.OfType<CollectedObservation>().Select(one => one.Observation).ToList();

    private List<string> Values(string path) => Observations(room.Look(path).Found)
        .Select(one => $"{one.Unit} {one.Metric} {one.Value} {one.Locator}").ToList();
}
