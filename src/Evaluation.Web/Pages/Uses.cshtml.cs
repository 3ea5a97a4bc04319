using System.Globalization;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;
using Evaluation.Web.Downloads;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evaluation.Web.Pages;

/// <summary>The service records of one instrument: each with its line, what was counted of it and why not all.</summary>
public sealed class UsesModel(
    RunSelection selection, ScoreCardPages cards, ResourcePages resources, ServiceRecordStore records, UseDocuments documents,
    PageFrame frame, Wording wording) : PageModel
{
    /// <summary>Name of the download below the page.</summary>
    public const string CsvName = "records.csv";

    private const int RowsAPage = 500;

    public ShownRun Shown { get; private set; } = null!;

    public CycleCategory Category { get; private set; } = null!;

    public string Unit { get; private set; } = string.Empty;

    public string Resource { get; private set; } = string.Empty;

    /// <summary>The instrument on the unit's register; null where the register does not have it.</summary>
    public ResourceRow? Registered { get; private set; }

    public IReadOnlyList<(Period Period, InstrumentHours Hours, IReadOnlyList<CountedUse> Uses)> Measured { get; private set; } = [];

    /// <summary>Document number → its name.</summary>
    public IReadOnlyDictionary<int, string> Documents { get; private set; } = new Dictionary<int, string>();

    public int PageNumber { get; private set; } = 1;

    public async Task<IActionResult> OnGetAsync(
        string year, string category, string unit, string resource, string? run, int? p, CancellationToken cancel)
    {
        if (await selection.Of(PageAddress.Read(year), run, cancel) is not { } shown) return NotFound();
        if (shown.Category(PageAddress.Read(category)) is not { } known)
        {
            frame.Missing = RankingModel.MissingCategory(shown, PageAddress.Read(category), wording);
            return NotFound();
        }

        (Shown, Category, Unit, Resource) = (shown, known, PageAddress.Read(unit), PageAddress.Read(resource));
        if (await cards.Find(shown.Run.Run, known.Id, Unit, cancel) is not { } card)
        {
            frame.Missing = CardModel.MissingUnit(shown, known, Unit, wording);
            return NotFound();
        }

        Registered = (await resources.Register(shown.Run.Run, known.Id, Unit, cancel)).FirstOrDefault(row => row.Entry.Resource == Resource);
        await Measure(cancel);
        if (Registered is null && Measured.Count == 0)
        {
            frame.Missing = new(
                new($"{card.Name.Zh}没有编号为“{Resource}”的资源。", $"{card.Name.En} has no resource '{Resource}'."),
                [new(wording["查看资源登记表", "See the register"], shown.Address(known.Id, Unit, "resources"))]);
            return NotFound();
        }

        frame.Title = wording[$"{Resource}：服务记录", $"{Resource}: service records"];
        frame.Crumbs =
        [
            new(wording[shown.Cycle.Name], shown.Address()), new(wording[known.Name], shown.Address(known.Id)),
            new(wording[card.Name], shown.Address(known.Id, Unit)),
            new(wording["资源登记表", "Register"], shown.Address(known.Id, Unit, "resources")),
        ];
        PageNumber = Math.Clamp(p ?? 1, 1, Pages);
        return Request.Path.Value!.EndsWith("/" + CsvName, StringComparison.Ordinal) ? Csv() : Page();
    }

    /// <summary>Pages of records.</summary>
    public int Pages => Math.Max(1, (Measured.Sum(one => one.Uses.Count) + RowsAPage - 1) / RowsAPage);

    /// <summary>The records of the page that is shown.</summary>
    public IEnumerable<CountedUse> OnThisPage =>
        Measured.SelectMany(one => one.Uses).Skip((PageNumber - 1) * RowsAPage).Take(RowsAPage);

    /// <summary>Address of another page of records.</summary>
    public string Address(int page) => Shown.Address(
        PageAddress.Of("years", Shown.Run.Cycle, Category.Id, Unit, "resources", Resource),
        [new("p", page.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>What a reason is called.</summary>
    public string Name(UseReasons reason) => reason switch
    {
        UseReasons.Clipped => wording["评价期外的部分", "outside the period"],
        UseReasons.Overlapped => wording["与其他记录重叠", "overlapping other records"],
        UseReasons.StatedLess => wording["自报机时较少", "claimed less than they lasted"],
        UseReasons.Open => wording["尚未结束", "have not ended"],
        UseReasons.Samples => wording["按样品计数", "count samples"],
        UseReasons.Count => wording["按次数计数", "count times"],
        UseReasons.Excluded => wording["规则不计", "left out by a rule"],
        _ => wording["发票重复，费用不计", "invoice used before, fee refused"],
    };

    private async Task Measure(CancellationToken cancel)
    {
        var conditions = new RecordConditions(Shown.Rules.Records, Shown.Rules.AsOf);
        var measured = new List<(Period, InstrumentHours, IReadOnlyList<CountedUse>)>();
        foreach (var period in Category.Periods)
        {
            var meter = new HoursMeter(period);
            var uses = new List<CountedUse>();
            await foreach (var one in records.Uses(
                Shown.Run.Run, Category.Id, period, (Unit, Unit), Resource, inFull: true, cancel: cancel))
            {
                uses.Add(meter.Add(one.Use, conditions.Of(Unit, Resource, one.Use)));
            }

            if (uses.Count > 0) measured.Add((period, meter.Total(), uses));
        }

        Measured = measured;
        Documents = await documents.Names(Shown.Run.Run, cancel);
    }

    private FileContentResult Csv()
    {
        string[] head =
        [
            "record", "document", "line", "start", "end", "scope", "user", "purpose", "kind", "quantity", "fee_yuan", "invoice",
            "stated_hours", "outside_hours", "excluded_hours", "overlapped_hours", "claimed_less_hours", "counted_hours",
            "counted_fee_yuan", "why_zh", "why_en",
        ];
        var rows = Measured.SelectMany(one => one.Uses).Select(counted =>
        {
            var (use, why) = (counted.Use, UseWords.Of(counted));
            return (IReadOnlyList<string>)
            [
                use.Record, Documents.GetValueOrDefault(use.Document, ""), CsvText.Number(use.Line), Moment(use.Start),
                use.End is { } end ? Moment(end) : "", use.Scope.ToString().ToLowerInvariant(), use.User ?? "", use.Purpose ?? "",
                use.Kind.ToString().ToLowerInvariant(), CsvText.Number(use.Quantity), CsvText.Number(use.Fee), use.Invoice ?? "",
                Hours(counted.Stated), Hours(counted.Outside), Hours(counted.Excluded), Hours(counted.Overlapped),
                Hours(counted.StatedLess), Hours(counted.Counted), CsvText.Number(counted.Fee), why.Zh, why.En,
            ];
        });
        return File(CsvText.Of(rows.Prepend(head)), "text/csv; charset=utf-8", $"{Shown.Run.Cycle}-{Unit}-{Resource}-records.csv");
    }

    /// <summary>A civil time as the record has it.</summary>
    public static string Moment(DateTime time) => time.ToString(
        time.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Hours(TimeSpan time) => CsvText.Number(ServiceRecordStore.HoursOf(time));
}
