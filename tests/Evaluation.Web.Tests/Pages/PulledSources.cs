using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Tests.Pages;

/// <summary>A source with a pull that went well and one that failed, and an institution whose name drifts.</summary>
internal static class PulledSources
{
    public const string Code = "centre-files";

    private static readonly DateTimeOffset Begin = new(2026, 2, 1, 3, 0, 0, TimeSpan.FromHours(8));

    public static async Task Insert(Database database, RuleSet rules)
    {
        var time = TimeProvider.System;
        var (sources, pulls) = (new SourceStore(database, time), new PullStore(database, time));
        await sources.Add(new Source(
            Code, "file", "https://data.example.org/usage.csv", rules.Imports[0].Id, rules.Version, null, "0 0 3 * * ?",
            TimeSpan.FromDays(2), new Dictionary<string, string>(), null, TimeSpan.FromMilliseconds(500), 1L << 30, "active", Begin));
        await pulls.Request(Code, [(Begin, Begin.AddDays(1)), (Begin.AddDays(1), Begin.AddDays(2))], "schedule");

        var first = (await pulls.Claim(Code, "node"))!;
        var document = new NewDocument(new string('d', 64), "usage.csv", "csv", rules.Imports[0].Id, "data", 2_345);
        await using (var writer = (await new DocumentStore(database, time).Begin(document))!)
        {
            await writer.Reject(new(3, "value (B)", "=1+1", new("不是数值，请填写数字", "not a number: write a number")));
            await writer.Finish([], along: pulls.PageTaken(first.Id, "node", null, new PulledDocument(
                Code, "usage.csv", document.Sha256, 0, new string('e', 64), "pulled/centre-files/usage.eeeeeeeeeeee.csv", 2_345, 0,
                "GET https://data.example.org/usage.csv?key=***", 200, "text/csv", rules.Imports[0].Id, null, Begin.AddDays(1))));
        }

        await pulls.Done(first.Id, "node");
        var second = (await pulls.Claim(Code, "node"))!;
        await pulls.Failed(second.Id, "node", new("对方暂时不能应答", "it cannot answer now"));

        var institutions = new InstitutionStore(database, time);
        await institutions.Put(new Institution("u-1", new("南京水利科学研究院", "Nanjing Hydraulic Research Institute"), null));
        var alias = new InstitutionAlias(
            "name", "水利部 南京水利科学研究院", "u-1", "proposed", "contained",
            new("一个名称包含另一个", "one name contains the other"), default, null, null, null);
        await institutions.Propose([alias]);
        await institutions.Decide(alias with { Value = "南京水科院" }, true, "数据管理员", "单位来函");
    }
}
