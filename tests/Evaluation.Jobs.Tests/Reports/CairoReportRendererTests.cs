using System.Diagnostics;
using System.Text.RegularExpressions;
using Evaluation.Jobs.Reports;
using Evaluation.Jobs.Reports.Pdf;
using Evaluation.Jobs.Reports.Pdf.Native;

namespace Evaluation.Jobs.Tests.Reports;

public sealed partial class CairoReportRendererTests : IDisposable
{
    private readonly CairoReportRenderer _renderer = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("evaluation-report-").FullName;

    public void Dispose()
    {
        _renderer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_same_report_is_the_same_bytes_whatever_was_drawn_before_and_by_whichever_renderer()
    {
        var first = Drawn(SampleReports.Good());
        _ = Drawn(SampleReports.WithheldUnit());
        using var other = new CairoReportRenderer();
        var stream = new MemoryStream();
        other.Render(SampleReports.Good(), stream);

        Drawn(SampleReports.Good()).ShouldBe(first);
        stream.ToArray().ShouldBe(first);
    }

    [Fact]
    public void Reports_drawn_at_the_same_time_are_the_same_as_one_after_the_other()
    {
        var alone = Drawn(SampleReports.Good());
        var together = new byte[4][];

        Parallel.For(0, together.Length, index => together[index] = Drawn(SampleReports.Good()));

        together.ShouldAllBe(bytes => bytes.SequenceEqual(alone));
    }

    [Fact]
    public void Chinese_and_English_text_can_be_taken_out_of_the_file()
    {
        var text = TextOf(SampleReports.Good());

        text.ShouldContain("示例省分析测试研究院");
        text.ShouldContain("绩效评价报告");
        text.ShouldContain("良好 ▲");
        text.ShouldContain("1,012,346.00 元");
        text.ShouldContain("Performance Assessment Report");
        text.ShouldContain("CNY 1,012,346.00");
        text.ShouldContain("34 人 ÷ 40 人 = 0.8500；不低于 0.80 得 5.00 分（满分 5.00 分）。");
        text.ShouldContain("KWP4-WYGV-7NFP");
    }

    [Fact]
    public void Every_page_of_generated_data_says_so_and_no_page_of_real_data_does()
    {
        var pages = TextOf(SampleReports.Good()).Split('\f', StringSplitOptions.RemoveEmptyEntries);
        var real = TextOf(SampleReports.Of(SampleReports.Material(SampleReports.Card(5), generated: false)));

        pages.ShouldAllBe(page => page.Contains("模拟数据") || page.Contains("Generated data"));
        real.ShouldNotContain("模拟数据");
        real.ShouldNotContain("Generated data");
    }

    [Fact]
    public void Every_page_but_the_covers_carries_unit_number_and_page_of_pages()
    {
        var pages = TextOf(SampleReports.Good()).Split('\f', StringSplitOptions.RemoveEmptyEntries);

        for (var page = 1; page <= pages.Length; page++)
        {
            var text = pages[page - 1];
            text.ShouldContain("PJ-2026-INS-0005");
            if (text.Contains("Verification code") && text.Contains("Report number")) continue;
            if (page == 1) continue;
            (text.Contains($"第 {page} 页，共 {pages.Length} 页") || text.Contains($"Page {page} of {pages.Length}"))
                .ShouldBeTrue($"page {page} of {pages.Length}");
        }
    }

    [Fact]
    public void Bookmarks_lead_to_every_section_and_ledger_line_in_both_languages()
    {
        var outline = OutlineOf(SampleReports.Good());

        outline.ShouldContain("中文报告");
        outline.ShouldContain("四、得分明细账");
        outline.ShouldContain("S1 共享机时");
        outline.ShouldContain("English report");
        outline.ShouldContain("10. How to object");
        outline.ShouldContain("S1 Shared hours");
        outline.Count.ShouldBe(2 * (1 + 10 + 9));
    }

    [Fact]
    public void The_certainty_of_the_result_is_told_in_both_languages_with_its_chart_and_tables()
    {
        var text = TextOf(SampleReports.Good());
        var plain = text.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);

        foreach (var words in new[]
                 {
                     "◇等次不稳", "名次有九成落在第4至第7.5名之间", "再得1.25分即升为优秀", "权重变动时的名次区间", "名次和后补助的区间",
                     "612,345.00", "87.4%", "随机种子11", "◇fragile", "1.25pointsmorewouldlift", "Intervalofrankswhenweightsvary",
                     "morethan0.8points", "Seed11",
                 })
        {
            plain.ShouldContain(words);
        }
    }

    [Fact]
    public void A_cycle_without_a_robustness_examination_says_so_in_the_report()
    {
        var material = SampleReports.Material(SampleReports.Card(5));
        var text = TextOf(SampleReports.Of(material with
        {
            Cycle = material.Cycle with { Robustness = null },
            Certainty = null,
        })).Replace("\n", "", StringComparison.Ordinal);

        text.ShouldContain("没有规定稳健性检验");
        text.ShouldContain("declare no robustness examination");
    }

    [Fact]
    public void Fonts_are_embedded_and_subset_and_the_file_is_sound()
    {
        var path = FileOf(SampleReports.Good());

        var fonts = Run("pdffonts", path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();

        fonts.Count.ShouldBe(_renderer.HasSerif ? 3 : 2);
        fonts.ShouldAllBe(font => FontRow().IsMatch(font));
        new FileInfo(path).Length.ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void A_withheld_unit_gets_a_report_without_grade_or_rank_that_says_what_is_missing()
    {
        var text = TextOf(SampleReports.WithheldUnit());

        text.ShouldContain("暂不评定");
        text.ShouldContain("总分暂不出具");
        text.ShouldContain("待补数据");
        text.ShouldNotContain("良好 ▲\n");
    }

    [Fact]
    public void A_ledger_of_sixty_indicators_runs_over_pages_and_repeats_its_table_heads()
    {
        var pages = TextOf(SampleReports.Of(SampleReports.Material(SampleReports.LongCard(60))))
            .Split('\f', StringSplitOptions.RemoveEmptyEntries);

        pages.Count(page => page.Contains("编号") && page.Contains("指标值") && page.Contains("中位数")).ShouldBeGreaterThan(2);
        for (var line = 1; line <= 60; line++)
        {
            var complete = $"X{line}统筹管理（第{line}项）";
            pages.Count(page => Squeezed(page).Contains(complete)).ShouldBeGreaterThan(2, complete);
        }
    }

    [Fact]
    public void A_very_long_name_is_complete_and_stays_on_its_page()
    {
        var zh = string.Concat(Enumerable.Repeat("国家重大科研基础设施与大型科研仪器综合服务中心", 6));
        var material = SampleReports.Material(
            SampleReports.Card(5),
            new(zh, string.Concat(Enumerable.Repeat("National Center for Research Services ", 8))));

        var cover = TextOf(SampleReports.Of(material)).Split('\f')[0];

        Squeezed(cover).ShouldContain(zh);
        Squeezed(cover).ShouldContain("校验码");
    }

    [Fact]
    public void A_text_without_a_place_to_break_wraps_inside_its_column()
    {
        using var typesetter = new Typesetter();

        var block = typesetter.Set(new string('f', 400), TextStyle.Cell, 120);

        block.Lines.Count.ShouldBeGreaterThan(3);
        block.Width.ShouldBeLessThanOrEqualTo(120.1);
    }

    [Fact]
    public void Figures_are_as_wide_as_each_other_so_that_columns_of_numbers_align()
    {
        using var typesetter = new Typesetter();
        TextStyle[] styles = [TextStyle.Figure, TextStyle.CellStrong, TextStyle.Label];

        foreach (var style in styles)
        {
            "0123456789".Select(digit => typesetter.Set(digit.ToString(), style, 100).Width).Distinct().Count()
                .ShouldBe(1, style.ToString());
        }
    }

    [Fact]
    public void A_missing_library_is_named_with_the_command_that_installs_it()
    {
        var message = Should.Throw<ReportRenderingException>(
            () => RequiredLibraries.Check(name => !name.StartsWith("libpangocairo", StringComparison.Ordinal))).Message;

        message.ShouldContain("libpangocairo-1.0.so.0");
        message.ShouldNotContain("libcairo.so.2");
        message.ShouldContain("apt-get install libpangocairo-1.0-0");
    }

    [Fact]
    public void A_missing_font_is_named_with_the_package_that_has_it() =>
        RequiredLibraries.MissingFont("Noto Sans CJK SC", "DejaVu Sans").Message
            .ShouldSatisfyAllConditions(
                message => message.ShouldContain("Noto Sans CJK SC"),
                message => message.ShouldContain("fonts-noto-cjk"));

    [Fact]
    public void A_full_disk_is_reported_as_such()
    {
        Should.Throw<IOException>(() => _renderer.Render(SampleReports.Good(), new FullDisk()))
            .Message.ShouldBe("No space left on device");
    }

    private byte[] Drawn(AssessmentReport report)
    {
        var stream = new MemoryStream();
        _renderer.Render(report, stream);
        return stream.ToArray();
    }

    private string FileOf(AssessmentReport report)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".pdf");
        File.WriteAllBytes(path, Drawn(report));
        return path;
    }

    private string TextOf(AssessmentReport report) => Run("pdftotext", "-layout", FileOf(report), "-");

    /// <summary>Titles of the outline, read from the uncompressed objects of the file.</summary>
    private List<string> OutlineOf(AssessmentReport report)
    {
        var file = System.Text.Encoding.Latin1.GetString(Drawn(report));
        return [.. OutlineTitle().Matches(file).Select(match => Title(match.Groups[1].Value))];

        static string Title(string pdf) => pdf.StartsWith("<feff", StringComparison.OrdinalIgnoreCase)
            ? System.Text.Encoding.BigEndianUnicode.GetString(Convert.FromHexString(pdf[5..^1]))
            : pdf[1..^1];
    }

    private static string Squeezed(string text) => Spaces().Replace(text, string.Empty);

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, program);
        return output;
    }

    [GeneratedRegex(@"CID Type 0C\s+Identity-H\s+yes yes yes")]
    private static partial Regex FontRow();

    [GeneratedRegex(@"/Title (\([^)]*\)|<[0-9a-fA-F]+>)\s*/Parent")]
    private static partial Regex OutlineTitle();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > 20_000) throw new IOException("No space left on device");
            base.Write(buffer);
        }
    }
}
