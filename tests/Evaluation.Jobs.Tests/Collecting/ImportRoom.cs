using System.Text;
using Evaluation.Jobs.Collecting;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>A temp folder with source files, and a small rule folder that reads them.</summary>
public sealed class ImportRoom : IDisposable
{
    private const string Metrics =
        """
        metrics:
          utilisation: { name: { zh: 利用率, en: Utilisation }, unit: share, kind: ratio, range: "[0..]", from: { zh: 表, en: table } }
          external_share: { name: { zh: 对外共享率, en: External share }, unit: share, kind: ratio, range: "[0..1]", from: { zh: 表, en: table } }
          instruments_count: { name: { zh: 仪器数, en: Instruments }, unit: instrument, kind: stock, range: "[0..]", from: { zh: 表, en: table } }
          rda_f1_01m: { name: { zh: 标识, en: Identifier }, unit: answer, kind: answer, answers: ["1", "0", "NA"], from: { zh: 表, en: table } }
          data_views_total: { name: { zh: 访问, en: Views }, unit: time, kind: flow, range: "[0..]", from: { zh: 报告, en: report } }
        """;

    private readonly Dictionary<string, string> files = new() { ["metrics.yaml"] = Metrics };

    public ImportRoom(params (string Id, string Yaml)[] profiles)
    {
        foreach (var (id, yaml) in profiles) files[$"imports/{id}.yaml"] = yaml;
        files["scheme.yaml"] = Scheme;
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("evaluation-import-").FullName;

    public RuleSet Rules => RuleSetLoader.Load(new RuleFolder("rules", files));

    public static (string, string) Units { get; } = ("units-table",
        """
        files: [ "*_units.csv" ]
        format: csv
        target: observations
        category: instruments
        source: { zh: 表, en: Table }
        period: { from: 2017-01-01, to: 2017-07-01 }
        columns: { unit: institution }
        metrics:
          - { column: utilisation_percent, metric: utilisation, unit: percent, times: 0.01, missing: ["-", "*"] }
          - { column: external_share_percent, metric: external_share, unit: percent, times: 0.01 }
        units:
          - { alias: 重庆大学, unit: cq-university, name: { zh: 重庆大学, en: Chongqing University }, province: { zh: 重庆, en: Chongqing } }
        """);

    public static (string, string) Records { get; } = ("records",
        """
        files: [ "records*.csv" ]
        format: csv
        target: service_records
        category: instruments
        source: { zh: 表, en: Table }
        columns: { record: record, unit: unit, resource: instrument, start: start, end: end, scope: scope, user: user, fee: fee }
        """);

    public static (string, string) Register { get; } = ("register",
        """
        files: [ "register.csv" ]
        format: csv
        target: units
        category: instruments
        source: { zh: 表, en: Table }
        columns: { unit: unit, name_zh: name_zh, name_en: name_en }
        """);

    public static (string, string) LongForm { get; } = ("long",
        """
        files: [ "long.csv" ]
        format: csv
        target: observations
        category: instruments
        source: { zh: 表, en: Table }
        period_column: period
        where: { kind: unit }
        columns: { unit: unit, metric: metric, value: value, unit_of_measure: measure }
        """);

    public static (string, string) Counter { get; } = ("counter",
        """
        files: [ "usage_*.json" ]
        format: counter-rd1
        target: observations
        category: data
        source: { zh: 报告, en: Report }
        units:
          - { alias: "DR-NTU(Data)", unit: dr-ntu, name: { zh: 南洋理工数据, en: DR-NTU }, province: { zh: 新加坡, en: Singapore } }
        """);

    private const string Scheme =
        """
        scheme: s
        name: { zh: 方案, en: Scheme }
        category: instruments
        level: unit
        source: { document: 本平台自定, ours: true }
        total: 10
        blocks:
          - block: b
            name: { zh: 块, en: Block }
            weight: 10
            source: { document: 本平台自定, ours: true }
            indicators:
              - indicator: I1
                name: { zh: 利用率, en: Utilisation }
                source: { document: 本平台自定, ours: true }
                question: { zh: 用了多少, en: How much was it used }
                given: [ utilisation ]
                value: utilisation
                unit: share
                direction: higher
                points: { goalposts: { zero: 0, full: 1 } }
                max: 10
                missing: withhold
        """;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string Put(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, [.. encoding?.GetPreamble() ?? [], .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)]);
        return path;
    }

    public RecognisedFile Recognise(string path) => new Recognition(Rules).Look([path]) switch
    {
        { Files: [var only] } => only,
        var other => throw new InvalidOperationException(string.Join("; ", other.Problems.Concat(other.LeftOut))),
    };

    /// <summary>What reading a file finds, without a database.</summary>
    public (ImportResult Result, List<Collected> Found) Look(string path)
    {
        var found = new List<Collected>();
        var result = new Importer(Rules).Look(Recognise(path), found.Add);
        return (result, found);
    }

    public static Encoding Gb18030
    {
        get
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding("gb18030");
        }
    }
}
