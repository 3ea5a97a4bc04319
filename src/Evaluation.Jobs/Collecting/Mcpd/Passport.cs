namespace Evaluation.Jobs.Collecting.Mcpd;

/// <summary>The passport of one accession (FAO/Bioversity Multi-Crop Passport Descriptors).</summary>
/// <param name="Fields">Descriptor in capitals → text; empty ones are left out.</param>
/// <param name="Line">Line, or number in the list, from 1.</param>
/// <param name="Place">How a person finds it.</param>
internal sealed record Passport(IReadOnlyDictionary<string, string> Fields, int Line, string Place)
{
    /// <summary>Where a descriptor stands, for refusals; the whole place where it is not known better.</summary>
    public IReadOnlyDictionary<string, string> Cells { get; init; } = new Dictionary<string, string>();

    public string Institute => Field("INSTCODE");

    public string Number => Field("ACCENUMB");

    /// <summary>Key in Genesys: the number alone repeats between genera.</summary>
    public string Key => $"{Institute}:{Field("GENUS")}:{Number}";

    /// <summary>How other institutes name it in OTHERNUMB.</summary>
    public string Name => $"{Institute}:{Number}";

    /// <summary>Names under which other institutes hold the same material.</summary>
    public IEnumerable<string> Others =>
        Field("OTHERNUMB").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it may be ordered; null where the passport does not say.</summary>
    public bool? IsAvailable => Truth("IS_AVAILABLE");

    /// <summary>Whether it is kept only as a duplicate of another one; null where the passport does not say.</summary>
    public bool? IsSafetyDuplicate => Truth("IS_SAVE_DUPLICATE");

    public string Field(string name) => Fields.GetValueOrDefault(name, "");

    public string Cell(string name) => Cells.GetValueOrDefault(name, $"{Place} {name}");

    private bool? Truth(string name) => Field(name).ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "y" => true,
        "false" or "0" or "no" or "n" => false,
        _ => null,
    };
}
