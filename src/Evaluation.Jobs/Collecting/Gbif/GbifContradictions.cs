using System.Globalization;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.Facts;

namespace Evaluation.Jobs.Collecting.Gbif;

/// <summary>One dataset cannot have more downloads in a month than all datasets together: one of the two is wrong.</summary>
internal static class GbifContradictions
{
    public const string Code = "endpoints-contradict";

    private const string Endpoint = "endpoint";

    public static IEnumerable<Finding> Among(IEnumerable<MetricObservation> known)
    {
        var months = known.Where(one => one.Value is not null && one.Dimensions.ContainsKey(Endpoint))
            .GroupBy(one => (one.Metric, one.Period));
        foreach (var month in months)
        {
            if (month.Where(one => one.Resource is not null && one.Dimensions[Endpoint] == "dataset")
                    .MaxBy(one => one.Value) is not { } largest) continue;
            foreach (var total in month.Where(one => one.Resource is null && one.Value < largest.Value))
            {
                if (!total.Dimensions[Endpoint].StartsWith("total_by_", StringComparison.Ordinal)) continue;
                yield return Said(total, largest);
            }
        }
    }

    private static Finding Said(MetricObservation total, MetricObservation dataset)
    {
        var (all, one) = (Number(total), Number(dataset));
        return new Finding(
            Code, "warning", total.Category, total.Unit, dataset.Resource, total.Metric, total.Document, total.Locator,
            new Bilingual(
                $"{total.DocumentName} 给出 {total.Period} 全部合计 {all}，而 {dataset.DocumentName} 中数据集 {dataset.Resource} "
                + $"一个就有 {one}：两个接口互相矛盾，请向来源核实",
                $"{total.DocumentName} gives {all} for all of {total.Period}, but the dataset {dataset.Resource} alone has "
                + $"{one} in {dataset.DocumentName}: two interfaces contradict each other; ask the source."));
    }

    private static string Number(MetricObservation one) =>
        one.Value!.Value.ToString("#,0.######", CultureInfo.InvariantCulture);
}
