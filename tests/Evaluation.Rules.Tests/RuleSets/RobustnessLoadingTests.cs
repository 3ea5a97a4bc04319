using Evaluation.Rules.Certainty;

namespace Evaluation.Rules.Tests.RuleSets;

/// <summary>What a cycle declares for the examination of certainty, and what it is refused for.</summary>
public sealed class RobustnessLoadingTests
{
    private const string Cycle = """
        cycle: "2026"
        name: { zh: 试评年度, en: Trial year }
        period: { from: 2025-01-01, to: 2026-01-01 }
        as_of: 2025-12-31
        publisher: { zh: 平台中心, en: Platform center }
        legal_basis: [ { zh: 试评办法, en: Trial measures } ]
        categories: [ { category: instruments, name: { zh: 仪器, en: Instruments }, size: instruments } ]
        robustness:
          seed: 20
          draws: 1000
          noise: 0.25
          fragile_below: 0.9
          choices: { vary: [ weights, scaling ], sample: 32, bootstrap: 100, geometric_floor: 0.01 }
          source: { document: 试评办法, item: 第九条 }
        objection: { working_days: 5, how: { zh: 书面提出, en: In writing } }
        """;

    private static RuleTexts Year() => new RuleTexts()
        .With("cycle.yaml", Cycle)
        .With("instruments/scheme.yaml", RuleTexts.Scheme)
        .With("instruments/indicators/R1.yaml", RuleTexts.R1)
        .With("instruments/indicators/R2.yaml", RuleTexts.R2)
        .Without("scheme.yaml")
        .Without("indicators/R1-sharing.yaml").Without("indicators/R1-sharing.cases.yaml")
        .Without("indicators/R2-registration.yaml").Without("indicators/R2-registration.cases.yaml");

    [Fact]
    public void Every_figure_of_the_examination_is_declared_in_the_cycle()
    {
        var cycle = Year().Load().Cycle!;

        var spec = cycle.Robustness.ShouldNotBeNull();
        (spec.Seed, spec.Draws, spec.Noise, spec.FragileBelow).ShouldBe((20L, 1000, 0.25m, 0.9m));
        spec.Choices!.Vary.ShouldBe([Choice.Weights, Choice.Scaling]);
        (spec.Choices.Sample, spec.Choices.Bootstrap, spec.Choices.GeometricFloor).ShouldBe((32, 100, 0.01m));
        spec.Source.Item.ShouldBe("第九条");
        cycle.Categories[0].Size.ShouldBe("instruments");
    }

    [Theory]
    [InlineData("  seed: 20\n", "", "'robustness' of the cycle has no 'seed'")]
    [InlineData("draws: 1000", "draws: 999", "'draws' is not a whole number from 1000 to 100000")]
    [InlineData("draws: 1000", "draws: 1000.5", "'draws' is not a whole number from 1000 to 100000")]
    [InlineData("noise: 0.25", "noise: 1", "'noise' is not a share from 0 to below 1")]
    [InlineData("noise: 0.25", "noise: -0.1", "'noise' is not a share from 0 to below 1")]
    [InlineData("fragile_below: 0.9", "fragile_below: 90", "'fragile_below' is not a share from 0 to 1")]
    [InlineData("sample: 32, ", "", "'choices' of the robustness examination has no 'sample'")]
    [InlineData("scaling", "scale", "'scale' is no choice that can be varied")]
    [InlineData("weights, scaling", "weights, weights", "the choice 'weights' is there twice")]
    [InlineData("  source: { document: 试评办法, item: 第九条 }\n", "", "'robustness' of the cycle has no 'source'")]
    [InlineData("size: instruments", "size: instrument", "the size of the category instruments is 'instrument'")]
    public void A_bad_specification_is_refused_and_never_replaced_by_a_default(string old, string by, string message)
    {
        var spoilt = Cycle.Replace(old, by, StringComparison.Ordinal);
        spoilt.ShouldNotBe(Cycle);
        Year().With("cycle.yaml", spoilt).Problem().Message.ShouldContain(message);
    }
}
