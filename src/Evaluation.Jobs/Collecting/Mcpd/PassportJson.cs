using System.Globalization;
using System.Text.Json;

namespace Evaluation.Jobs.Collecting.Mcpd;

/// <summary>
/// Passports as a JSON list: flat, with the descriptors as names, or nested (taxonomy, collection site, germplasm number)
/// as collection management systems keep them.
/// </summary>
internal static class PassportJson
{
    // Path in the nested form → descriptor.
    private static readonly (string Path, string Descriptor)[] Nested =
    [
        ("taxonomy.genus.name", "GENUS"), ("taxonomy.species.name", "SPECIES"), ("taxonomy.species.author", "SPAUTHOR"),
        ("taxonomy.subspecies.name", "SUBTAXA"), ("taxonomy.variety.name", "SUBTAXA"),
        ("taxonomy.subspecies.author", "SUBTAUTHOR"),
        ("collectionSite.countryOfOriginCode", "ORIGCTY"), ("collectionSite.site", "COLLSITE"),
        ("collectionSite.latitude", "LATITUDE"), ("collectionSite.longitude", "LONGITUDE"),
        ("collectionSite.elevation", "ELEVATION"), ("collectionSite.coordUncertainty", "COORDUNCERT"),
        ("collectionNumber.number", "COLLNUMB"), ("collectionNumber.institute", "COLLCODE"),
        ("collectionDate", "COLLDATE"), ("biologicalStatus", "SAMPSTAT"), ("collectionSource", "COLLSRC"),
        ("acquisitionDate", "ACQDATE"), ("ancestry", "ANCEST"),
        ("mlsStatus", "MLSSTAT"),
    ];

    public static IEnumerable<Passport> Read(RecognisedFile file)
    {
        using var document = JsonFile.Open(file);
        if (document.RootElement.ValueKind != JsonValueKind.Array) throw NotAList(file);
        var number = 0;
        foreach (var element in document.RootElement.EnumerateArray())
        {
            number++;
            var isWrapped = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("data", out _);
            var data = isWrapped ? element.GetProperty("data") : element;
            var place = string.Create(CultureInfo.InvariantCulture, $"[{number - 1}]");
            yield return new Passport(data.ValueKind == JsonValueKind.Object ? Fields(data) : [], number, place);
        }
    }

    private static Dictionary<string, string> Fields(JsonElement data)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in data.EnumerateObject()) Put(fields, property.Name.ToUpperInvariant(), Text(property.Value));
        Put(fields, "INSTCODE", At(data, "instituteCode"));
        Put(fields, "ACCENUMB", At(data, "germplasmNumber"));
        Put(fields, "IS_AVAILABLE", At(data, "is_available"));
        Put(fields, "IS_SAVE_DUPLICATE", At(data, "is_save_duplicate"));
        if (!data.TryGetProperty("passports", out var passports)) return fields;
        if (passports.ValueKind != JsonValueKind.Array) return fields;
        foreach (var passport in passports.EnumerateArray())
        {
            foreach (var (path, descriptor) in Nested) Put(fields, descriptor, At(passport, path));
            Put(fields, "OTHERNUMB", OtherNumbers(passport));
        }

        return fields;
    }

    private static string OtherNumbers(JsonElement passport) =>
        passport.TryGetProperty("otherNumbers", out var others) && others.ValueKind == JsonValueKind.Array
            ? string.Join(';', others.EnumerateArray().Select(one => $"{At(one, "instituteCode")}:{At(one, "germplasmNumber")}"))
            : "";

    private static void Put(Dictionary<string, string> fields, string name, string text)
    {
        if (text.Length > 0) fields.TryAdd(name, text);
    }

    private static string At(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return "";
        }

        return Text(element);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => (value.GetString() ?? "").Trim(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => "",
    };

    private static ImportException NotAList(RecognisedFile file) => new(
        $"{file.Name} 不是护照数据的列表。", $"{file.Name} is no list of passports.");
}
