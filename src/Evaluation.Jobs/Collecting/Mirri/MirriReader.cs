using System.Globalization;
using System.Text.RegularExpressions;
using Evaluation.Jobs.Collecting.Mcpd;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Mirri;

/// <summary>
/// Reads the workbook in which collections of microorganisms hand over their strains (MIRRI). Each strain is a resource of
/// its collection, the acronym before its number, and counts 1 to what the collection holds; to what it hands out, where
/// it names a form of supply. A wrong cell is refused by its address; a strain without a valid number is refused whole; a
/// workbook that lacks sheets or columns is refused whole, and told all of them.
/// </summary>
internal sealed partial class MirriReader(RecognisedFile file, RuleSet rules)
{
    private const string Held = "bio_accessions_held";
    private const string Available = "bio_accessions_available";
    private const int SheetsThatTell = 4;

    private readonly MappingProfile profile = file.Profile;

    public static SourceFormat Mirri { get; } = new(
        "mirri", [],
        head => WorkbookHead.SheetNames(head).Intersect(MirriSheet.All.Select(sheet => sheet.Name)).Count() >= SheetsThatTell,
        (file, rules) => new MirriReader(file, rules).Read());

    public IEnumerable<Collected> Read()
    {
        using var workbook = new MirriWorkbook(file);
        RefuseStructure(workbook);
        foreach (var reject in OtherSheets(workbook)) yield return reject;
        var references = MirriSheet.References.Values.ToDictionary(
            one => one.Sheet, one => Known(workbook, one.Sheet, one.Columns), StringComparer.Ordinal);
        var crosswalk = new UnitCrosswalk(profile);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in workbook.Rows(MirriSheet.Strains).ToList())
        {
            var unusable = Unusable(row, lines);
            if (unusable is not null) yield return unusable;
            foreach (var reject in WrongCells(row, references)) yield return reject;
            if (unusable is not null) continue;
            foreach (var collected in Strain(row, crosswalk)) yield return collected;
        }
    }

    private IEnumerable<Collected> Strain(MirriRow row, UnitCrosswalk crosswalk)
    {
        var number = row[MirriSheet.AccessionNumber];
        var collection = number[..number.IndexOf(' ', StringComparison.Ordinal)];
        var unit = crosswalk.IdOf(collection);
        if (crosswalk.FirstSight(profile.Category, collection) is { } known) yield return new CollectedUnit(known);
        var since = DayOf(row["Date of inclusion in the catalogue"]) ?? DayOf(row["Date of deposit"]);
        yield return new CollectedResource(new ResourceEntry(
            profile.Category, unit, number, row["Taxon name"] is { Length: > 0 } taxon ? taxon : number,
            row["Organism type"] is { Length: > 0 } type ? type : null, null, since, null,
            row.Address(MirriSheet.AccessionNumber)));
        yield return Observed(Held, MirriSheet.AccessionNumber, 1);
        yield return Observed(Available, "Form of supply", row["Form of supply"].Length > 0 ? 1 : 0);

        CollectedObservation Observed(string metric, string column, decimal value) => new(new MetricObservation(
            0, unit, number, profile.Category, metric, DeclaredPeriod.Of(profile, rules, profile.Category), value, null,
            rules.Metrics.GetValueOrDefault(metric)?.Unit.Code ?? "accession", new Dictionary<string, string>(),
            file.Document, file.Name, row.Address(column), []));
    }

    private static CollectedReject? Unusable(MirriRow row, Dictionary<string, int> lines)
    {
        var number = row[MirriSheet.AccessionNumber];
        if (!NumberForm().IsMatch(number))
        {
            return Refuse(row, MirriSheet.AccessionNumber,
                "菌株编号应为“保藏机构缩写 空格 编号”，例如 ABC 123。该菌株未读入。",
                "The accession number should be the acronym of the collection, a space and a number, such as ABC 123. The "
                + "strain was not read.");
        }

        if (lines.TryAdd(number, row.Line)) return null;
        return Refuse(row, MirriSheet.AccessionNumber,
            $"与第 {lines[number]} 行的菌株编号重复，该行未读入。",
            $"Row {lines[number]} has the same accession number; this row was not read.");
    }

    private static IEnumerable<Collected> WrongCells(
        MirriRow row, IReadOnlyDictionary<string, HashSet<string>> references)
    {
        var strains = MirriSheet.All.Single(sheet => sheet.Name == MirriSheet.Strains);
        foreach (var column in strains.Filled.Where(column => row[column].Length == 0)) yield return Empty(row, column);
        foreach (var (column, codes) in MirriSheet.Codes.Where(one => row[one.Key].Length > 0))
        {
            if (Parts(row[column], ';').All(codes.Contains)) continue;
            var known = string.Join(", ", codes);
            yield return Refuse(row, column, $"不是规定的代码。可用：{known}。", $"It is none of the codes: {known}.");
        }

        foreach (var column in MirriSheet.DateColumns.Where(column => row[column].Length > 0 && !IsDate(row[column])))
        {
            yield return Refuse(row, column,
                "不是日期。请写成 年-月-日（YYYY-MM-DD）、年月日或年，或用表格软件的日期格式。",
                "It is no date. Write YYYY-MM-DD, YYYYMMDD or a year, or format the cell as a date.");
        }

        foreach (var (column, (sheet, _, separator)) in MirriSheet.References.Where(one => row[one.Key].Length > 0))
        {
            var unknown = Parts(row[column], separator).Where(part => !references[sheet].Contains(part)).ToList();
            if (unknown.Count == 0 || references[sheet].Contains(row[column])) continue;
            var what = string.Join(", ", unknown);
            yield return Refuse(row, column,
                $"工作表“{sheet}”中没有 {what}。请补充该表或改正此处。",
                $"The sheet '{sheet}' has no {what}. Add it there, or correct it here.");
        }

        if (row["Taxon name"].Length > 0 && !TaxonForm().IsMatch(row["Taxon name"]))
        {
            yield return Refuse(row, "Taxon name",
                "不是分类名：应为 属名 种加词，种下等级前写 subsp.、var. 或 f.。",
                "It is no taxon name: genus and species, and subsp., var. or f. before a rank below.");
        }
    }

    /// <summary>Cells of the other sheets that must be filled in or must stand elsewhere.</summary>
    private static IEnumerable<Collected> OtherSheets(MirriWorkbook workbook)
    {
        var strains = Known(workbook, MirriSheet.Strains, [MirriSheet.AccessionNumber]);
        foreach (var sheet in MirriSheet.All.Where(sheet => sheet.Name != MirriSheet.Strains && sheet.Columns.Count > 0))
        {
            var missing = workbook.MissingColumns(sheet).ToDictionary(one => one.Column, one => one.LooksLike);
            foreach (var (column, alike) in missing)
            {
                var (zh, en) = alike is null ? ("", "") : ($"（疑为“{alike}”）", $" ('{alike}' looks like it)");
                yield return new CollectedReject(new RejectedCell(1, $"{sheet.Name}!1", column, new Bilingual(
                    $"工作表“{sheet.Name}”缺少列“{column}”{zh}。", $"The sheet '{sheet.Name}' lacks the column '{column}'{en}.")));
            }

            foreach (var row in workbook.Rows(sheet.Name).ToList())
            {
                foreach (var column in sheet.Filled.Where(column => row[column].Length == 0 && !missing.ContainsKey(column)))
                {
                    yield return Empty(row, column);
                }

                if (sheet.Name == MirriSheet.Genomics && row["Strain AN"].Length > 0 && !strains.Contains(row["Strain AN"]))
                {
                    yield return Refuse(row, "Strain AN",
                        "工作表“Strains”中没有该菌株。", "The sheet 'Strains' has no such strain.");
                }
            }
        }
    }

    /// <summary>Without its sheets and the columns of the strains a workbook says nothing reliable.</summary>
    private void RefuseStructure(MirriWorkbook workbook)
    {
        var (zh, en) = (new List<string>(), new List<string>());
        foreach (var (sheet, alike) in workbook.MissingSheets())
        {
            zh.Add(alike is null ? $"缺少工作表“{sheet}”" : $"缺少工作表“{sheet}”（疑为改名为“{alike}”）");
            en.Add($"the sheet '{sheet}' is missing" + (alike is null ? "" : $" ('{alike}' looks like it)"));
        }

        var sheetsMissing = zh.Count > 0;
        foreach (var sheet in MirriSheet.All.Where(sheet => sheetsMissing || sheet.Name == MirriSheet.Strains))
        {
            foreach (var (column, alike) in workbook.MissingColumns(sheet))
            {
                zh.Add(alike is null
                    ? $"工作表“{sheet.Name}”缺少列“{column}”" : $"工作表“{sheet.Name}”缺少列“{column}”（疑为改名为“{alike}”）");
                en.Add($"the sheet '{sheet.Name}' lacks the column '{column}'"
                    + (alike is null ? "" : $" ('{alike}' looks like it)"));
            }
        }

        if (zh.Count == 0) return;
        throw new ImportException(
            $"{file.Name} 的结构不符合 MIRRI 规范：{string.Join("；", zh)}。请按规范改正工作表和列的名称后重试。",
            $"{file.Name} is not built like a MIRRI workbook: {string.Join("; ", en)}. Correct the names of sheets and "
            + "columns and try again.");
    }

    private static HashSet<string> Known(MirriWorkbook workbook, string sheet, IReadOnlyList<string> columns) =>
        workbook.Rows(sheet).SelectMany(row => columns.Select(column => row[column])).Where(text => text.Length > 0)
            .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Parts(string text, char separator) =>
        text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static CollectedReject Empty(MirriRow row, string column) => Refuse(
        row, column, "单元格是空的，此列必须填写。", "The cell is empty; this column must be filled in.");

    private static CollectedReject Refuse(MirriRow row, string column, string zh, string en) => new(new RejectedCell(
        row.Line, row.Address(column), row[column],
        new Bilingual($"{column}“{row[column]}”：{zh}", $"{column} '{row[column]}': {en}")));

    private static bool IsDate(string text) =>
        DayOf(text) is not null || YearForm().IsMatch(text) || PassportDate.Read(text) is not null;

    private static DateOnly? DayOf(string text)
    {
        string[] forms = ["yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd", "yyyy-MM-dd HH:mm:ss"];
        return DateTime.TryParseExact(
            text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? DateOnly.FromDateTime(day)
            : null;
    }

    [GeneratedRegex(@"^\S+ \S.*$")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^\d{4}(-\d{2})?$")]
    private static partial Regex YearForm();

    [GeneratedRegex(@"^\S+( \S+)?(( (subsp\.|var\.|f\.|sp\.|bv\.|pv\.|cv\.|x|×)) \S+)*( sp\.)?$")]
    private static partial Regex TaxonForm();
}
