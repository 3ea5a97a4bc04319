using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Scoring;

using static Sample;

public sealed class SentenceTests
{
    private static LedgerLine Line(Indicator indicator, params (string Code, FeelValue Value)[] values) =>
        Scorer(Scheme(indicator)).Score(Facts("u", values)).Lines[0];

    [Fact]
    public void A_band_reads_as_the_house_asks()
    {
        var line = Line(ExternalUse(), ("external_hours", 500m), ("effective_hours", 1000m));

        line.Because.Zh.ShouldBe(
            "R2 外部共享率：对外服务机时 500 小时 ÷ 有效机时 1,000 小时 = 0.500；达到 0.50 得 15 分，满分 15 分（《办法》附件1 第B2项）。");
        line.Because.En.ShouldBe(
            "R2 External-use ratio: 500 h / 1,000 h = 0.500; at least 0.50 gives 15 of 15 points (Measures, Annex 1, item B2).");
        line.More.ShouldBeNull();
    }
}
