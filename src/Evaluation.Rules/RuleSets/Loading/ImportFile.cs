using System.Text;
using Evaluation.Rules.RuleSets.Yaml;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Loading;

/// <summary>Reads a mapping profile, <c>imports/*.yaml</c>.</summary>
internal sealed class ImportFile(ProblemList problems, IReadOnlyDictionary<string, Metric> metrics, Cycle? cycle)
{
    private const string Csv = "csv";
    private const string AutoEncoding = "auto";

    // Target → the columns it needs, then the columns it may have.
    private static readonly IReadOnlyDictionary<MappingTarget, (string[] Needed, string[] Allowed)> Roles =
        new Dictionary<MappingTarget, (string[], string[])>
        {
            [MappingTarget.Observations] = (["unit"], ["category", "resource", "metric", "value", "unit_of_measure"]),
            [MappingTarget.ServiceRecords] =
                (["record", "unit", "resource", "start", "end"],
                    ["category", "scope", "user", "fee", "quantity", "quantity_unit", "service_way", "purpose", "related",
                        "invoice"]),
            [MappingTarget.Units] = (["unit"], ["category", "name_zh", "name_en", "province_zh", "province_en"]),
            [MappingTarget.Resources] =
                (["unit", "resource"], ["category",
                    "name_zh", "name_en", "class", "original_value", "in_service_from", "kind", "status", "share_mode",
                    "registered", "included", "booked_on", "registered_on", "retired_on"]),
        };

    private static readonly IReadOnlyDictionary<string, string> Formats =
        ImportFormats.All.ToDictionary(format => format, StringComparer.Ordinal);

    public MappingProfile Read(string path, YamlMap root)
    {
        var id = path[(path.LastIndexOf('/') + 1)..^".yaml".Length];
        var map = new MapReader(root, $"the import {id}", problems,
            "files", "format",
                "target", "category", "source", "encoding", "delimiter", "period", "period_column", "where",
            "columns", "metrics", "dimensions", "units", "options", "reason");
        var target = map.Choice("target", RuleWords.Targets);
        if (target == MappingTarget.Ignored) return Ignored(map, id);
        var format = map.Choice("format", Formats);
        var isTable = ImportFormats.Tabular.Contains(format);
        var byColumn = map.Optional("columns") is YamlMap named && named["category"] is not null;
        var profile = new MappingProfile(
            id,
            [.. map.Texts("files", required: true).Select(file => file.Text)],
            format,
            target,
            byColumn && !map.Has("category") ? MapReader.NoText : map.Code("category"),
            EncodingOf(map),
            map.OptionalText("delimiter") ?? ",",
            isTable ? Columns(map, target) : map.TextByKey("columns"),
            [.. map.OptionalList("metrics").Select(ColumnOf)],
            map.TextByKey("where", mayBeEmpty: true),
            map.Optional("period") is { } period ? CommonParts.PeriodOf(period,
                $"the period of the import {id}", problems) : null,
            map.OptionalText("period_column"),
            [.. map.OptionalList("units").Select(AliasOf)],
            map.Bilingual("source"),
            map.Location)
        {
            Options = map.TextByKey("options"),
            Dimensions = map.TextByKey("dimensions"),
        };
        if (isTable && target == MappingTarget.Observations) CheckObservations(map, profile);
        CheckCategory(map, profile);
        if (map.Has("reason"))
        {
            problems.Add(map.Optional("reason")!.Location, $"the import {id} is read, so 'reason' says nothing",
                "delete it, or write target: ignore");
        }

        return profile;
    }

    private MappingProfile Ignored(MapReader map, string id)
    {
        foreach (var entry in map.Entries.Where(entry => entry.Key.Text is not ("files" or "target" or "source" or "reason")))
        {
            problems.Add(entry.Key.Location,
                $"the import {id} reads nothing, so '{entry.Key.Text}' says nothing", "delete the key");
        }

        return new MappingProfile(
            id, [.. map.Texts("files", required: true).Select(file => file.Text)], Csv, MappingTarget.Ignored,
            MapReader.NoText, AutoEncoding, ",", new Dictionary<string, string>(), [], new Dictionary<string, string>(),
            null, null, [], map.Bilingual("source"), map.Location)
        {
            Reason = map.Bilingual("reason"),
        };
    }

    private string EncodingOf(MapReader map)
    {
        var name = map.OptionalText("encoding") ?? AutoEncoding;
        string[] alwaysThere = [AutoEncoding, "gb18030"];
        if (alwaysThere.Contains(name, StringComparer.OrdinalIgnoreCase)) return name;
        try
        {
            Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            problems.Add(map.Optional("encoding")!.Location,
                $"'{name}' is not an encoding", "write auto, utf-8 or gb18030");
        }

        return name;
    }

    private IReadOnlyDictionary<string, string> Columns(MapReader map, MappingTarget target)
    {
        var (needed, allowed) = Roles[target];
        map.Required("columns");
        var columns = map.TextByKey("columns");
        if (map.Optional("columns") is not YamlMap node) return columns;
        foreach (var entry in node.Entries.Where(entry => !IsRole(entry.Key.Text)))
        {
            problems.Add(entry.Key.Location, $"'{entry.Key.Text}' is no role of a column here",
                NearestWord.Mend(entry.Key.Text, [.. needed, .. allowed]));
        }

        bool IsRole(string role) => needed.Contains(role) || allowed.Contains(role)
            || (target == MappingTarget.Resources && role.StartsWith(MappingProfile.IdentifierRole, StringComparison.Ordinal));

        foreach (var role in needed.Where(role => !columns.ContainsKey(role)))
        {
            problems.Add(node.Location, $"no column is named for '{role}'", $"add {role}: the header of its column");
        }

        return columns;
    }

    private MetricColumn ColumnOf(YamlNode node)
    {
        var map = new MapReader(node, "a metric column", problems,
            "column", "metric", "unit", "times", "missing", "each_row", "when", "dimensions");
        var code = map.Text("metric");
        if (code.Length > 0 && !metrics.ContainsKey(code))
        {
            var near = NearestWord.Of(code, metrics.Keys);
            problems.Add(map.Location, $"the import fills '{code}', which is no metric",
                near is null ? $"declare {code} in metrics.yaml" : $"write '{near}', or declare {code} in metrics.yaml");
        }

        var eachRow = map.OptionalDecimal("each_row");
        if (eachRow is not null && map.Has("column"))
        {
            problems.Add(map.Location, "the metric has both a column and each_row",
                "write column where the file has the figure, or each_row where every row adds the same");
        }

        return new MetricColumn(
            eachRow is null ? map.Text("column") : MapReader.NoText,
            code,
            map.Unit().Code,
            map.OptionalDecimal("times") ?? 1m,
            [.. map.Texts("missing").Select(mark => mark.Text)],
            map.Location)
        {
            EachRow = eachRow,
            When = map.TextByKey("when", mayBeEmpty: true),
            Dimensions = map.TextByKey("dimensions"),
        };
    }

    private UnitAlias AliasOf(YamlNode node)
    {
        var map = new MapReader(node, "a unit of the import", problems, "alias", "unit", "name", "province");
        return new UnitAlias(map.Text("alias"), map.Code("unit"), map.Bilingual("name"), map.OptionalBilingual("province"));
    }

    private void CheckObservations(MapReader map, MappingProfile profile)
    {
        string[] longForm = ["metric", "value"];
        var present = longForm.Where(profile.Columns.ContainsKey).ToList();
        if (present.Count == 0 && profile.Metrics.Count == 0)
        {
            problems.Add(map.Location, "the import has no metrics",
                "add metrics: [ { column: …, metric: …, unit: … } ] (one column a metric), or the columns metric and value");
        }
        else if (present.Count > 0 && present.Count < longForm.Length)
        {
            problems.Add(map.Location, $"the import names the columns {string.Join(", ", present)} only",
                "name both: metric and value");
        }

        if (profile.Period is null && profile.PeriodColumn is null)
        {
            problems.Add(map.Location, "the import does not say which period its figures belong to",
                "add period: { from: …, to: … }, or period_column: the header of the column with the year or day");
        }
    }

    private void CheckCategory(MapReader map, MappingProfile profile)
    {
        if (cycle is null || profile.Category.Length == 0 || cycle.Categories.Any(category => category.Id == profile.Category)) return;
        problems.Add(map.Optional("category")!.Location, $"'{profile.Category}' is not a category of the cycle",
            NearestWord.Mend(profile.Category, [.. cycle.Categories.Select(category => category.Id)]));
    }
}
