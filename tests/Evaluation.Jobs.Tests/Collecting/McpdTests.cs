using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Collecting.Mcpd;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Scoring;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class McpdTests(ITestOutputHelper output) : IDisposable
{
    private const string Header = "INSTCODE,ACCENUMB,IS_SAVE_DUPLICATE,IS_AVAILABLE,GENUS,SPECIES,ACQDATE,COLLDATE,SAMPSTAT,LATITUDE,OTHERNUMB\n";

    private readonly YearRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public void Six_passports_that_name_each_other_are_three_materials()
    {
        if (Real("mcpd_vavilov3_accessions.csv") is not { } path) return;
        var seen = room.Look(path);
        seen.Result.Rejected.ShouldBe(0);
        seen.Found.OfType<CollectedResource>().Count().ShouldBe(6);
        seen.Sum("bio_accessions_held").ShouldBe(3);
        seen.Sum("bio_accessions_held", "ESP058").ShouldBe(3);
        seen.Sum("bio_accessions_available").ShouldBe(3);
        seen.Result.Flags["mirrored"].ShouldBe(3);
        seen.Result.Flags["availability-differs"].ShouldBe(3);
        seen.Result.Flags["date-year-only"].ShouldBe(1);
        seen.Observations.First(one => one.Flags.Contains("date-year-only")).Resource.ShouldBe("ESP058:Zea:CIAM81002");
    }

    [Fact]
    public void Thirty_eight_rows_of_a_workbook_are_nineteen_materials_and_their_mirrors()
    {
        if (Real("mcpd_vavilov3_accessions_2019_09_04.xlsx") is not { } path) return;
        var seen = room.Look(path);
        seen.Result.Rejected.ShouldBe(0);
        seen.Found.OfType<CollectedResource>().Count().ShouldBe(38);
        seen.Sum("bio_accessions_held", "ESP027").ShouldBe(19);
        seen.Sum("bio_accessions_held", "ESP004").ShouldBe(0);
        seen.Result.Flags["mirrored"].ShouldBe(19);
        room.Look(path, "mcpd", ("mirrored", "each")).Sum("bio_accessions_held").ShouldBe(38);
    }

    [Fact]
    public void Nested_json_is_read_too()
    {
        if (Real("mcpd_vavilov3_accessions.json") is not { } path) return;
        var seen = room.Look(path);
        seen.Result.Rejected.ShouldBe(0);
        seen.Found.OfType<CollectedResource>().First().Resource.Resource.ShouldBe("ESP004:Solanum:BGE0001");
        seen.Found.OfType<CollectedResource>().First().Resource.Name.ShouldBe("Solanum lycopersicum cerasiforme");
    }

    [Theory]
    [InlineData("19811031", DatePrecision.Day, "1981-10-31/1981-10-31")]
    [InlineData("1981----", DatePrecision.Year, "1981-01-01/1981-12-31")]
    [InlineData("19810000", DatePrecision.Year, "1981-01-01/1981-12-31")]
    [InlineData("198110--", DatePrecision.Month, "1981-10-01/1981-10-31")]
    public void A_date_says_how_much_of_it_is_known(string text, object precision, string period)
    {
        var date = PassportDate.Read(text).ShouldNotBeNull();
        date.Precision.ShouldBe((DatePrecision)precision);
        date.Period.ToString().ShouldBe(period);
    }

    [Theory]
    [InlineData("1981")]
    [InlineData("19811301")]
    [InlineData("1981--31")]
    [InlineData("1974-04-01-34")]
    public void What_is_no_date_is_none(string text) => PassportDate.Read(text).ShouldBeNull();

    [Fact]
    public void Wrong_cells_are_refused_by_address_and_the_accession_still_counts()
    {
        var seen = room.Look(room.Put("mcpd_1.csv", Header
            + "CHN001,A1,,True,Zea,mays,20250301,,300,40.1,\n,A2,,,Zea,mays,,,,,\nCHN001,A3,,,Zea,mays,2025-03-01,,wild,north,\n"
            + "CHN001,A1,,,Zea,mays,,,,,\nCHN001,A1,,,Oryza,sativa,,,,,\nCHN001,A4,x\n"));
        seen.Rejects.Select(cell => (cell.Line, cell.Cell)).ShouldBe(
            [(3, "INSTCODE"), (4, "G4"), (4, "I4"), (4, "J4"), (5, "B5"), (7, "")]);
        seen.Sum("bio_accessions_held", "CHN001").ShouldBe(3);
        seen.Sum("bio_accessions_available").ShouldBe(1);
        seen.Found.OfType<CollectedResource>().First().Resource.InServiceFrom.ShouldBe(new DateOnly(2025, 3, 1));
    }

    [Fact]
    public void A_material_counts_where_it_is_handed_out_else_where_it_is_no_duplicate_else_where_it_stands_first()
    {
        var seen = room.Look(room.Put("mcpd_1.csv", Header
            + "AAA001,1,True,False,Zea,mays,,,,,BBB001:1\nBBB001,1,False,True,Zea,mays,,,,,AAA001:1\n"
            + "AAA001,2,True,,Zea,mays,,,,,BBB001:2\nBBB001,2,False,,Zea,mays,,,,,\n"
            + "AAA001,3,,,Zea,mays,,,,,BBB001:3;CCC001:9\nBBB001,3,,,Zea,mays,,,,,\n"));
        seen.Observations.Where(one => one.Metric == "bio_accessions_held").Select(one => (one.Resource, one.Value)).ShouldBe(
        [
            ("AAA001:Zea:1", 0m), ("BBB001:Zea:1", 1m), ("AAA001:Zea:2", 0m), ("BBB001:Zea:2", 1m), ("AAA001:Zea:3", 1m),
            ("BBB001:Zea:3", 0m),
        ]);
        seen.Result.Notes.Single().En.ShouldContain("6 passports are 3 materials");
    }

    [Theory]
    [InlineData("INSTCODE,GENUS,ACCENUMB,GENUS\nA,b,c,d\n", "columns twice: GENUS")]
    [InlineData("INSTCODE,GENUS\nA,b\n", "lacks ACCENUMB")]
    public void A_table_that_does_not_name_its_descriptors_is_refused(string text, string said)
    {
        var path = room.Put("mcpd_1.csv", text);
        Should.Throw<ImportException>(() => room.Look(path)).Reason.En.ShouldContain(said);
    }

    [Fact]
    public void Passports_are_input_of_the_completeness_index_of_the_reference_rules()
    {
        using var pdci = new YearRoom("reference/pdci");
        var seen = pdci.Look(pdci.Put("mcpd_1.csv",
            "INSTCODE,ACCENUMB,GENUS,SPECIES,SPAUTHOR,SUBTAXA,CROPNAME,SAMPSTAT\nCHN001,A1,Zea,mays,L.,subsp. mays,Maize,300\nCHN001,A2,Zea,,,,,\n"));
        var facts = FactAssembler.Assemble(
            pdci.Rules,
            new CycleCategory("pdci", new("指数", "Index"), [pdci.Rules.Imports.Single().Period!], null, false, null),
            seen.Observations);
        facts.Select(one => one.Unit).ShouldBe(["CHN001:Zea:A1", "CHN001:Zea:A2"]);
        var scorer = Scorer.Create(pdci.Rules, pdci.Rules.Schemes.Single(), new DateOnly(2025, 1, 1));
        decimal Generic(int of) => scorer.Score(facts[of]).Lines.Single(one => one.Id == "G1").Points;
        Generic(0).ShouldBe(1.20m + 0.80m + 0.05m + 0.40m + 0.45m);
        Generic(1).ShouldBe(1.20m);
    }

    [Fact]
    public async Task What_was_imported_for_the_index_can_be_scored_from_the_file_of_observations()
    {
        using var pdci = new YearRoom("reference/pdci");
        var path = pdci.Put("mcpd_1.csv", "INSTCODE,ACCENUMB,GENUS,SPECIES,SAMPSTAT\nCHN001,A1,Zea,mays,300\nCHN001,A2,Zea,,\n");
        var table = Path.Combine(pdci.Folder, "observations.csv");
        var exit = await new ImportCommand(pdci.Rules, TextWriter.Null, TextWriter.Null).Run("mcpd", [path], table, null);
        exit.ShouldBe(0);
        var facts = Evaluation.Jobs.Scoring.FactsFile.Read(table, pdci.Rules.Metrics);
        facts.Select(one => one.Unit).ShouldBe(["CHN001:Zea:A1", "CHN001:Zea:A2"]);
        facts[0].Values["species"].ToString().ShouldBe("\"mays\"");
        facts[0].Values["sampstat"].ToString().ShouldBe("300");
        facts[1].Values.ContainsKey("sampstat").ShouldBeFalse();

        var wrong = File.ReadAllText(table).Replace(",300,", ",many,").Replace(",genus,", ",genius,");
        var refused = Should.Throw<FactFileException>(
            () => Evaluation.Jobs.Scoring.FactsFile.Read(pdci.Put("wrong.csv", wrong), pdci.Rules.Metrics));
        refused.Message.ShouldContain("'many' is no number");
        refused.Message.ShouldContain("no metric is called 'genius'");
    }

    private string? Real(string name) => SharedFile.Find($"germplasm/{name}", output);
}
