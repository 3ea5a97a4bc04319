using System.Text;
using Evaluation.Jobs.Collecting;
using Evaluation.Rules.Facts;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class FixedWidthTests(ITestOutputHelper output) : IDisposable
{
    private const string Profile = "sj3";

    private static readonly int[] Widths =
        [5, 8, 8, 30, 12, 20, 200, 4, 4, 4, 4, 6, 4, 4, 4, 3, 3, 4, 2, 2, 2, 2, 3, 3, 8];

    private readonly SourceRoom room = new(output);

    public void Dispose() => room.Dispose();

    [Fact]
    public void The_layout_of_the_profile_is_the_published_one()
    {
        if (room.Real("nrii/moe_sj3_layout.csv") is not { } path) return;
        var published = File.ReadAllLines(path).Skip(1).Select(line => line.Split(','))
            .Select(column => $"{column[1]} {column[3]} {column[2]}");
        var ours = SourceRoom.Rules.Imports.Single(one => one.Id == Profile).Options["layout"]
            .Split(';', StringSplitOptions.TrimEntries);
        ours.ShouldBe(published);
    }

    [Fact]
    public void Fields_are_cut_by_bytes_so_that_Han_characters_do_not_move_what_stands_behind_them()
    {
        // 15 Han characters fill the 30 bytes of the name.
        var read = SourceRoom.Read(Put(Row("高分辨率场发射透射电子显微镜系")), Profile);
        read.Rejects.ShouldBeEmpty();
        read.One("instruments.original_value").Value.ShouldBe(1_250_000m);
        read.Observations.Where(one => one.Metric == "inst_hours_effective")
            .Select(one => (one.Dimensions["purpose"], one.Value))
            .ShouldBe([("teaching", 120), ("research", 1180), ("social-service", 95)]);
        read.One("inst_samples").Value.ShouldBe(3200);
        read.Observations.ShouldAllBe(one => one.Unit == "10001" && one.Resource == "20150001");
        read.Observations.ShouldNotContain(one => one.Metric == "inst_hours_open", "an asterisk is no figure");
    }

    [Fact]
    public void A_row_saved_again_as_UTF_8_does_not_fit_and_is_refused_with_its_line()
    {
        var text = Row("显微镜") + "\r\n" + Row("质谱仪");
        var path = room.Put("SJ310001.txt", text);
        var read = SourceRoom.Read(path, Profile);
        read.Observations.ShouldBeEmpty();
        read.Rejects.Select(reject => reject.Line).ShouldBe([1, 2]);
        read.Rejects[0].Reason.Zh.ShouldContain("GB18030");
    }

    [Fact]
    public void An_academic_year_is_kept_is_not_counted_in_a_calendar_year_and_that_is_said()
    {
        var read = SourceRoom.Read(Put(Row("显微镜")), Profile);
        read.One("inst_samples").Period.ToString().ShouldBe("2024-09-01/2025-08-31");
        read.Result.Notes.Single().En.ShouldContain("do not count in this cycle");
        var category = SourceRoom.Rules.Cycle!.Categories.Single(one => one.Id == "instruments");
        var facts = FactAssembler.Assemble(SourceRoom.Rules, category, read.Observations).Single();
        facts.Values.ShouldBeEmpty();
    }

    [Fact]
    public void A_repeated_instrument_is_refused_and_a_wrong_layout_says_what_is_wrong()
    {
        SourceRoom.Read(Put(Row("显微镜") + "\r\n" + Row("显微镜")), Profile).Rejects.ShouldNotBeEmpty();
        var overlapping = SourceRoom.With(
            "imports/sj3.yaml", text => text.Replace("仪器编号 6 8", "仪器编号 4 8", StringComparison.Ordinal));
        Should.Throw<ImportException>(() => SourceRoom.Read(Put(Row("显微镜")), Profile, overlapping))
            .Reason.En.ShouldContain("'仪器编号' overlapping '学校代码'");
    }

    private string Put(string text)
    {
        var path = Path.Combine(room.Folder, "SJ310001.txt");
        File.WriteAllBytes(path, ImportRoom.Gb18030.GetBytes(text + "\r\n"));
        return path;
    }

    private static string Row(string name)
    {
        string[] fields =
        [
            "10001", "20150001", "03030701", name, "1250000", "JEM-2100F", "加速电压200kV", "120", "1180", "95", "*", "3200", "35",
            "6", "*", "12", "8", "3", "*", "1", "0", "*", "5", "7", "李某",
        ];
        var row = new StringBuilder();
        foreach (var (field, width) in fields.Zip(Widths))
        {
            row.Append(field).Append(' ', width - ImportRoom.Gb18030.GetByteCount(field));
        }

        return row.ToString();
    }
}
