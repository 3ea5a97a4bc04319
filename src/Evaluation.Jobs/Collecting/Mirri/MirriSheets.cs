namespace Evaluation.Jobs.Collecting.Mirri;

/// <summary>A sheet of the strain workbook: its name, the columns it must have, and those that must be filled in.</summary>
internal sealed record MirriSheet(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Filled)
{
    public const string Strains = "Strains";
    public const string AccessionNumber = "Accession number";
    public const string Locations = "Geographic origin";
    public const string Genomics = "Genomic information";
    public const string Markers = "Markers";
    public const string Literature = "Literature";
    public const string Media = "Growth media";
    public const string Ontobiotope = "Ontobiotope";
    public const string SexualState = "Sexual state";

    /// <summary>Columns that hold days.</summary>
    public static IReadOnlyList<string> DateColumns { get; } =
        ["Date of deposit", "Date of collection", "Date of isolation", "Date of inclusion in the catalogue"];

    /// <summary>The eight sheets of the specification of 1 June 2020. The list of sexual states has no header.</summary>
    public static IReadOnlyList<MirriSheet> All { get; } =
    [
        new(Locations, ["ID", "Country", "Region", "City", "Locality"], ["ID", "Country", "Locality"]),
        new(
            Strains,
            [
                AccessionNumber, "Restrictions on use", "Nagoya protocol restrictions and compliance conditions", "Risk Group",
                "Organism type", "Taxon name", "Recommended growth temperature", "Recommended medium for growth",
                "Form of supply", "Date of deposit", "Geographic origin", "Literature",
            ],
            [
                AccessionNumber, "Restrictions on use", "Nagoya protocol restrictions and compliance conditions", "Risk Group",
                "Organism type", "Taxon name", "Recommended growth temperature", "Recommended medium for growth",
                "Form of supply",
            ]),
        new(SexualState, [], []),
        new(Genomics, ["Strain AN", "Marker", "INSDC AN"], ["Strain AN", "Marker", "INSDC AN"]),
        new(Markers, ["Acronym", "Marker"], ["Acronym"]),
        new(Literature, ["ID", "Full reference"], ["ID", "Full reference"]),
        new(Media, ["Acronym", "Description"], ["Acronym", "Description"]),
        new(Ontobiotope, ["ID", "Name"], ["ID", "Name"]),
    ];

    /// <summary>Column of <see cref="Strains"/> → the codes it may hold.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Codes { get; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            ["Restrictions on use"] = ["1", "2", "3"],
            ["Nagoya protocol restrictions and compliance conditions"] = ["1", "2", "3"],
            ["Strain from a registered collection"] = ["1", "2"],
            ["Risk Group"] = ["1", "2", "3", "4"],
            ["Dual use"] = ["1", "2"],
            ["Quarantine in Europe"] = ["1", "2"],
            ["Organism type"] =
            [
                "1", "2", "3", "4", "5", "6", "7", "8", "9", "Algae", "Archaea", "Bacteria", "Cyanobacteria",
                "Filamentous Fungi", "Phage", "Plasmid", "Virus", "Yeast",
            ],
            ["Interspecific hybrid"] = ["1", "2"],
            ["GMO"] = ["1", "2"],
            ["Ploidy"] = ["0", "1", "2", "3", "4", "9"],
        };

    /// <summary>Column of <see cref="Strains"/> → sheet and columns in which its values stand, and what separates them.</summary>
    public static IReadOnlyDictionary<string, MirriReference> References { get; } =
        new Dictionary<string, MirriReference>
        {
            ["Recommended medium for growth"] = new(Media, ["Acronym"], '/'),
            ["Geographic origin"] = new(Locations, ["ID", "Locality"], ';'),
            ["Literature"] = new(Literature, ["ID"], ';'),
            ["Ontobiotope term for the isolation habitat"] = new(Ontobiotope, ["ID", "Name"], ';'),
        };
}

/// <summary>Where the values of a column stand: one of the columns of a sheet; several are separated.</summary>
internal sealed record MirriReference(string Sheet, IReadOnlyList<string> Columns, char Separator);

/// <summary>A row of a sheet.</summary>
/// <param name="Sheet">Name of the sheet.</param>
/// <param name="Line">Row in it, from 1.</param>
/// <param name="Texts">Column → text, filled cells only.</param>
/// <param name="Places">Column → letter.</param>
internal sealed record MirriRow(
    string Sheet, int Line, IReadOnlyDictionary<string, string> Texts, IReadOnlyDictionary<string, string> Places)
{
    public string this[string column] => Texts.GetValueOrDefault(column, "");

    /// <summary><c>Strains!R4</c>: the address of a cell.</summary>
    public string Address(string column) => $"{Sheet}!{Places.GetValueOrDefault(column, "A")}{Line}";
}
