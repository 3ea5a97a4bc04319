using Evaluation.Jobs.Collecting;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class MirriTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Columns =
    [
        "Accession number", "Restrictions on use", "Nagoya protocol restrictions and compliance conditions", "Risk Group",
        "Organism type", "Taxon name", "Recommended growth temperature", "Recommended medium for growth", "Form of supply",
        "Date of deposit", "Geographic origin", "Literature",
    ];

    private readonly YearRoom room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public void The_valid_workbook_has_twenty_strains_and_its_serial_numbers_are_days()
    {
        if (Real("valid.mirri.xlsx") is not { } path) return;
        var seen = room.Look(path);
        seen.Rejects.ShouldBeEmpty();
        seen.Sum("bio_accessions_held", "TESTCC").ShouldBe(20);
        seen.Sum("bio_accessions_available").ShouldBe(20);
        var strains = seen.Found.OfType<CollectedResource>().Select(one => one.Resource).ToList();
        strains.Count.ShouldBe(20);
        var first = strains.Single(one => one.Resource == "TESTCC 1");
        (first.Name, first.InServiceFrom, first.Locator).ShouldBe(
            ("Bacillus alcalophilus", new DateOnly(1985, 5, 2), "Strains!A2"));
    }

    [Fact]
    public void Bad_cells_are_refused_by_their_address()
    {
        if (Real("invalid_content.mirri.xlsx") is not { } path) return;
        var seen = room.Look(path);
        foreach (var cell in seen.Rejects) output.WriteLine($"{cell.Cell}: {cell.Value}: {cell.Reason.En}");
        string[] expected =
        [
            "Geographic origin!B39", "Geographic origin!E39", "Genomic information!A9", "Strains!A4", "Strains!A21", "Strains!B9",
            "Strains!C5", "Strains!G2", "Strains!H10", "Strains!I2", "Strains!J10", "Strains!L2",
        ];
        expected.ShouldBeSubsetOf(seen.Rejects.Select(cell => cell.Cell));
        seen.Rejects.Single(cell => cell.Value == "1974-04-01-34").Cell.ShouldBe("Strains!R4");
        seen.Sum("bio_accessions_held").ShouldBe(18);
    }

    [Fact]
    public void A_bad_structure_is_refused_with_every_missing_and_renamed_sheet()
    {
        if (Real("invalid_structure.mirri.xlsx") is not { } path) return;
        var said = Should.Throw<ImportException>(() => room.Look(path)).Reason;
        output.WriteLine(said.En);
        said.En.ShouldContain("the sheet 'Literature' is missing;");
        said.En.ShouldContain("the sheet 'Genomic information' is missing ('GenomicInformation' looks like it)");
        said.En.ShouldContain("the sheet 'Ontobiotope' is missing ('OntobiotopeD' looks like it)");
        said.En.ShouldContain("the sheet 'Strains' lacks the column 'Risk Group' ('RiskGroup' looks like it)");
        said.En.ShouldContain("the sheet 'Growth media' lacks the column 'Acronym' ('Acronyme' looks like it)");
        said.Zh.ShouldContain("缺少工作表“Ontobiotope”（疑为改名为“OntobiotopeD”）");
    }

    [Fact]
    public void A_strain_counts_once_and_its_wrong_cells_are_told_by_address()
    {
        var seen = room.Look(Save(
            ["ABC 1", 1, 1, 2, "Bacteria", "Bacillus subtilis", 30, "1/2", "Lyo", 31169, "Beijing", 7],
            ["ABC 2", 9, 1, 2, 3, "Bacillus subtilis extra word", 30, "1/5", "Lyo", "1974-04-01-34", "Nowhere", null],
            ["ABC 2", 1, 1, 2, 3, "Bacillus subtilis", 30, 1, "Lyo", null, null, null],
            ["ABC3", 1, 1, 2, 3, "Bacillus subtilis", 30, 1, "Lyo", null, null, null],
            ["XYZ 4", 1, 1, 2, 3, "Bacillus sp.", 30, 1, null, "1985", null, null]));
        seen.Rejects.Select(cell => cell.Cell).ShouldBe(
        [
            "Strains!B3", "Strains!J3", "Strains!H3", "Strains!K3", "Strains!F3", "Strains!A4", "Strains!A5", "Strains!I6",
        ]);
        seen.Sum("bio_accessions_held", "ABC").ShouldBe(2);
        seen.Sum("bio_accessions_available", "XYZ").ShouldBe(0);
        seen.Found.OfType<CollectedResource>().First().Resource.InServiceFrom.ShouldBe(new DateOnly(1985, 5, 2));
        seen.Observations[1].Locator.ShouldBe("Strains!I2");
    }

    private string Save(params object?[][] strains) => new WorkbookFile()
        .Sheet("Geographic origin", [["ID", "Country", "Region", "City", "Locality"], [1, "China", null, null, "Beijing"]])
        .Sheet("Strains", [[.. Columns], .. strains])
        .Sheet("Sexual state", [["Mata"]])
        .Sheet("Genomic information", [["Strain AN", "Marker", "INSDC AN", "Sequence"], ["ABC 1", "ITS", "X1", null]])
        .Sheet("Markers", [["Acronym", "Marker"], ["ITS", "spacer"]])
        .Sheet("Literature", [["ID", "Full reference"], [7, "A paper"]])
        .Sheet("Growth media", [["Acronym", "Description"], [1, "one"], [2, "two"]])
        .Sheet("Ontobiotope", [["ID", "Name"], ["OBT:1", "soil"]])
        .Save(Path.Combine(room.Folder, "collection.xlsx"));

    private string? Real(string name) => SharedFile.Find($"germplasm/{name}", output);
}
