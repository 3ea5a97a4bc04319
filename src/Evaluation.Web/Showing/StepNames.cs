using Evaluation.Rules;

namespace Evaluation.Web.Showing;

/// <summary>What the steps of a run are called.</summary>
public static class StepNames
{
    /// <summary>The name of a step; an unknown step keeps its code.</summary>
    public static Bilingual Of(string step) => step switch
    {
        "import" => new("导入数据", "Import the data"),
        "scope" => new("确定资源范围", "Say which resources count"),
        "measure" => new("计量机时", "Measure the hours"),
        "check" => new("核查数据", "Check the data"),
        "snapshot" => new("锁定快照", "Seal the snapshot"),
        "score" => new("评分", "Score"),
        "grade" => new("排名与评等", "Rank and grade"),
        "allocate" => new("分配补助", "Allocate the awards"),
        "certainty" => new("检验稳健性", "Examine the certainty"),
        "render" => new("生成报告", "Render the reports"),
        "index" => new("计算科技资源指数", "Compute the resource index"),
        "publish" => new("公布", "Publish"),
        _ => new(step, step),
    };
}
