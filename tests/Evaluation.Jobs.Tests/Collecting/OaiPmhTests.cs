using System.Text;
using Evaluation.Jobs.Collecting;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class OaiPmhTests(ITestOutputHelper output) : IDisposable
{
    private readonly YearRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public void Records_count_to_the_catalogue_deleted_ones_become_tombstones()
    {
        var seen = room.Look(room.Put("oai-1.xml", Answer(
            Record("a", "2025-03-01T10:00:00Z", "数据集甲"), Record("b", "2011-01-10", "B"), Record("c", "2025-05-02", null, deleted: true),
            Record("d", "2026-02-01", "After the period"))));
        seen.Observations.Select(one => (one.Resource, one.Metric, one.Value, one.Period.ToString())).ShouldBe(
        [
            ("a", "data_datasets_count", 1m, "2025-01-01/2025-12-31"), ("a", "datasets_added", 1m, "2025-01-01/2025-12-31"),
            ("b", "data_datasets_count", 1m, "2025-01-01/2025-12-31"), ("b", "datasets_added", 1m, "2011-01-10/2011-01-10"),
            ("c", "data_datasets_count", 0m, "2025-01-01/2025-12-31"), ("c", "datasets_deleted", 1m, "2025-01-01/2025-12-31"),
        ]);
        seen.Result.Skipped.ShouldBe(1);
        seen.Observations.ShouldAllBe(one => one.Unit == "http://repo.example/oai");
        seen.Found.OfType<CollectedResource>().Select(one => one.Resource.Name).ShouldBe(["数据集甲", "B"]);
    }

    [Fact]
    public void A_harvest_from_before_the_period_says_nothing_about_it()
    {
        var seen = room.Look(room.Put("oai-1.xml", Answer(Record("a", "2011-01-10", "A")).Replace("2025-06-01T", "2013-02-27T")));
        seen.Observations[0].Period.ToString().ShouldBe("2013-02-27/2013-02-27");
    }

    [Fact]
    public void A_header_without_identifier_or_datestamp_and_a_repeated_one_are_refused_by_line()
    {
        var seen = room.Look(room.Put("oai-1.xml", Answer(
            Record("", "2025-03-01", "X"), Record("b", "yesterday", "B"), Record("c", "2025-03-01", "C"), Record("c", "2025-03-02", "C"))));
        seen.Rejects.Select(cell => cell.Cell).ShouldBe(["record[1].header", "record[2].header", "record[4].header.identifier"]);
        seen.Rejects.ShouldAllBe(cell => cell.Line > 1);
        seen.Observations.Select(one => one.Resource).Distinct().ShouldBe(["c"]);
    }

    [Fact]
    public void A_list_of_identifiers_is_a_list_of_headers()
    {
        var seen = room.Look(room.Put("oai-1.xml", """
            <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2025-06-01T00:00:00Z</responseDate>
            <request verb="ListIdentifiers">http://repo.example/oai</request><ListIdentifiers>
            <header><identifier>a</identifier><datestamp>2025-03-01</datestamp></header>
            <header status="deleted"><identifier>b</identifier><datestamp>2025-03-01</datestamp></header>
            </ListIdentifiers></OAI-PMH>
            """));
        seen.Observations.Where(one => one.Metric == "data_datasets_count").Select(one => (one.Resource, one.Value)).ShouldBe(
            [("a", 1m), ("b", 0m)]);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void Titles_are_exact_in_every_encoding(string name)
    {
        var encoding = name == "utf-8" ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true) : Encoding.GetEncoding(name);
        var body = $"<?xml version=\"1.0\" encoding=\"{(name == "utf-8" ? name : "utf-16")}\"?>\n" + Answer(Record("a", "2025-03-01", "某人的数据 — Ångström 𠮷"));
        var seen = room.Look(room.Put("harvest.xml", body, encoding));
        seen.Found.OfType<CollectedResource>().Single().Resource.Name.ShouldBe("某人的数据 — Ångström 𠮷");
    }

    [Fact]
    public void No_records_is_a_success_with_nothing_new()
    {
        var seen = room.Look(Real("noRecordsMatch.xml") ?? room.Put("oai-1.xml", Error("noRecordsMatch")));
        (seen.Result.Accepted, seen.Result.Rejected).ShouldBe((0, 0));
        seen.Result.Notes.Single().En.ShouldContain("0 new ones");
    }

    [Theory]
    [InlineData("badResumptionToken", "harvest from the beginning")]
    [InlineData("badArgument", "dates and prefix")]
    [InlineData("idDoesNotExist", "Check the identifier")]
    public void An_error_of_the_source_is_reported_with_what_to_do(string code, string advice)
    {
        var path = Real(code + ".xml") ?? room.Put("oai-1.xml", Error(code));
        var said = Should.Throw<ImportException>(() => room.Look(path)).Reason.En;
        said.ShouldContain(code);
        said.ShouldContain(advice);
    }

    [Theory]
    [InlineData("broken xml", "line 1")]
    [InlineData("<html/>", "root element is html")]
    public void What_is_no_answer_is_refused(string body, string said)
    {
        var path = room.Put("oai-1.xml", body);
        Should.Throw<ImportException>(() => room.Look(path)).Reason.En.ShouldContain(said);
    }

    [Fact]
    public void The_pages_of_a_real_chain_are_read()
    {
        foreach (var page in new[] { "ListRecords.xml", "ListRecords2.xml", "ListRecords3.xml" })
        {
            if (Real(page) is not { } path) return;
            room.Look(path).Observations.Where(one => one.Metric == "data_datasets_count").Select(one => (one.Resource, one.Value))
                .ShouldBe([("oai:test.example.com:1585310", 0m), ("oai:test.example.com:1585322", 1m)]);
        }

        var last = room.Look(Real("ListRecords4.xml")!);
        last.Rejects.Single().Reason.En.ShouldContain("no identifier");
        last.Observations.Count(one => one.Metric == "data_datasets_count").ShouldBe(1);
        foreach (var other in new[] { "Identify.xml", "ListSets.xml" }) room.Look(Real(other)!).Observations.ShouldBeEmpty();
    }

    [Fact]
    public void The_real_record_with_Han_characters_is_read_exactly()
    {
        if (Real("GetRecord_utf8test.xml") is not { } path) return;
        var seen = room.Look(path);
        var record = seen.Found.OfType<CollectedResource>().Single().Resource;
        (record.Resource, record.Name).ShouldBe(("oai:test.example.com:1996652", "Sample Title"));
        seen.Observations.Single(one => one.Metric == "data_datasets_count").Value.ShouldBe(1);
        // The same record with the Han characters of its author for a title: they come out as they stand in the file.
        var text = File.ReadAllText(path);
        var author = System.Text.RegularExpressions.Regex.Match(text, "<dc:creator>(.+?)</dc:creator>").Groups[1].Value;
        author.ShouldBe("某人");
        room.Look(room.Put("utf8.xml", text.Replace("Sample Title", author, StringComparison.Ordinal)))
            .Found.OfType<CollectedResource>().Single().Resource.Name.ShouldBe("某人");
    }

    [Theory]
    [InlineData("datacite_utf-16.xml", "10.18720/mpm.3912018_19",
        "Resistance to erosive destruction of steam turbine blades from titanium alloys, their structure and phase composition")]
    [InlineData("datacite_utf-8_bom.xml", "10.25664/art-0226",
        "The genera Kretzschmariella and Nemania (Xylariaceae) in Guadeloupe and Martinique (French West Indies)")]
    [InlineData("datacite_datacite_with_whitespace.xml", "10.20387/bonares-r0p3-x8gn",
        "SUSALPS Conference 2018 – Book of Abstracts: Montane and alpine grasslands under climate change – ways in a sustainable future")]
    public void A_bare_record_in_a_real_encoding_is_a_list_of_one(string file, string doi, string title)
    {
        if (SharedFile.Find($"encodings/{file}", output) is not { } path) return;
        var seen = room.Look(path);
        seen.Observations[0].Value.ShouldBe(1);
        seen.Observations[0].Resource!.ToLowerInvariant().ShouldBe(doi);
        var name = seen.Found.OfType<CollectedResource>().Single().Resource.Name;
        name.ShouldBe(title);
    }

    private string? Real(string name) => SharedFile.Find($"oaipmh/{name}", output);

    private static string Answer(params string[] records) =>
        "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2025-06-01T00:00:00Z</responseDate>\n"
        + "<request verb=\"ListRecords\">http://repo.example/oai</request><ListRecords>\n"
        + string.Join('\n', records) + "</ListRecords></OAI-PMH>";

    private static string Error(string code) =>
        "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2025-06-01T00:00:00Z</responseDate>"
        + $"<request>http://repo.example/oai</request><error code=\"{code}\"/></OAI-PMH>";

    private static string Record(string id, string datestamp, string? title, bool deleted = false) =>
        $"<record><header{(deleted ? " status=\"deleted\"" : "")}><identifier>{id}</identifier><datestamp>{datestamp}</datestamp></header>"
        + (title is null ? "" : $"<metadata><dc xmlns:d=\"http://purl.org/dc/elements/1.1/\"><d:title>{title}</d:title></dc></metadata>")
        + "</record>";
}
