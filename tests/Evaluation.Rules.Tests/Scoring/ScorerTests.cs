using System.Collections.Concurrent;
using System.Globalization;
using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Tests.Scoring;

using static Sample;

public sealed class ScorerTests
{
    private static IndicatorOutcome Outcome(Indicator indicator, params (string, FeelValue)[] values) =>
        Scorer(Scheme(indicator)).Outcome(indicator.Id, Facts("u", values));

    [Theory]
    [InlineData(500, 15)]
    [InlineData(499, 8)]
    [InlineData(200, 8)]
    [InlineData(199, 0)]
    public void A_threshold_belongs_to_the_band_that_names_it(int external, int points) =>
        Outcome(ExternalUse(), ("external_hours", (decimal)external), ("effective_hours", 1000m))
            .ShouldBeOfType<Scored>().Points.ShouldBe(points);

    [Fact]
    public void A_unit_without_external_hours_is_withheld_not_zero()
    {
        var sheet = Scorer(Scheme(ExternalUse())).Score(Facts("u", ("effective_hours", 1000m)));

        sheet.Complete.ShouldBeFalse();
        sheet.Lines[0].Outcome.ShouldBe("Withheld");
        sheet.Lines[0].PointsText.ShouldBe("missing:external_hours");
        sheet.Lines[0].Value.ShouldBeNull();
        Scorer(Scheme(ExternalUse())).ScorePoints(Facts("u", ("effective_hours", 1000m))).ShouldBeNull();
    }

    [Fact]
    public void A_rule_may_score_zero_for_lack_of_data_and_says_so()
    {
        var outcome = Outcome(ExternalUse(MissingPolicy.Zero), ("effective_hours", 1000m)).ShouldBeOfType<Scored>();

        outcome.Points.ShouldBe(0m);
        outcome.ForLackOfData.ShouldBeTrue();
    }

    [Fact]
    public void An_optional_metric_may_be_absent()
    {
        var indicator = ExternalUse() with { Value = Feel("if external_hours = null then 0.2 else 1"),
            Optional = ["external_hours"] };

        Outcome(indicator, ("effective_hours", 1000m)).ShouldBeOfType<Scored>().Points.ShouldBe(8m);
    }

    [Fact]
    public void What_one_resource_lacks_withholds_the_indicator_unless_the_formula_filters()
    {
        var strict = Indicator("I", "机时", "Hours", "instruments.effective_hours", "mean(instruments.effective_hours)",
            new FormulaPoints(Feel("1")), 1m, "hour");
        var lenient = strict with { Given = ["instruments"],
            Value = Feel("mean(instruments[effective_hours != null].effective_hours)") };

        Outcome(strict, ("instruments", Instruments(100m, null))).ShouldBeOfType<Withheld>().Code.ShouldBe(
            "missing:instruments.effective_hours");
        Outcome(lenient, ("instruments", Instruments(100m, null))).ShouldBeOfType<Scored>().Value.ShouldBe(
            (FeelValue)100m);
        Outcome(lenient).ShouldBeOfType<Withheld>().Code.ShouldBe("missing:instruments");
    }

    [Fact]
    public void A_division_by_zero_is_withheld_with_the_reason() =>
        Outcome(ExternalUse(), ("external_hours", 0m), ("effective_hours", 0m)).ShouldBeOfType<Withheld>()
            .Reason.En.ShouldContain("division by zero in \"External hours / Effective hours\"");

    [Theory]
    [InlineData("30 * value", "out-of-range")]
    [InlineData("-1 * value", "out-of-range")]
    [InlineData("null", "no-points")]
    public void Points_outside_the_rule_are_an_error_of_the_rule_never_clamped(string formula, string code)
    {
        var indicator = Indicator(
            "O", "利用率", "Utilisation", "utilisation", "utilisation", new FormulaPoints(Feel(formula)), 20m);

        Outcome(indicator, ("utilisation", 1m)).ShouldBeOfType<Withheld>().Code.ShouldBe(code);
    }

    [Fact]
    public void A_parameter_counts_as_of_the_day()
    {
        var indicator = Indicator("H", "机时", "Hours", "effective_hours quota_hours", "effective_hours / quota_hours",
            new GoalpostPoints(0m, 1m), 10m);
        var scheme = Scheme(indicator);
        decimal? On(int year) => Evaluation.Rules.Scoring.Scorer.Create(Rules(scheme), scheme, new DateOnly(year, 1, 1))
            .ScorePoints(Facts("u", ("effective_hours", 800m)));

        On(2031).ShouldBe(5m);
        On(2025).ShouldBe(5.71428571428571428571m);
        On(1999).ShouldBeNull();
    }

    [Theory]
    [InlineData(PanelCombination.Mean, new[] { 10, 8, 6, 0 }, "12")]
    [InlineData(PanelCombination.Median, new[] { 10, 8, 6, 0 }, "14")]
    [InlineData(PanelCombination.TrimmedMean, new[] { 10, 8, 6, 0 }, "14")]
    [InlineData(PanelCombination.TrimmedMean, new[] { 9, 6, 0 }, "10")]
    [InlineData(PanelCombination.Median, new[] { 9, 6, 0 }, "12")]
    public void A_panel_becomes_one_score(PanelCombination combine, int[] scores, string points)
    {
        var indicator = Indicator("E", "专家评价", "Expert review", "", $"[{string.Join(", ", scores)}]",
            new PanelPoints(new("专家", "experts"), 0m, 10m, combine), 20m, "point");

        Outcome(indicator).ShouldBeOfType<Scored>().Points.ToString(System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(
            points);
    }

    [Theory]
    [InlineData("[]", "not-enough-scores")]
    [InlineData("[5, 11]", "out-of-range")]
    [InlineData("[5, null]", "no-points")]
    public void A_panel_without_sound_scores_is_withheld(string scores, string code) =>
        Outcome(Indicator("E", "专家评价", "Expert review", "", scores,
                new PanelPoints(new("专家", "experts"), 0m, 10m, PanelCombination.Mean), 20m, "point"))
            .ShouldBeOfType<Withheld>().Code.ShouldBe(code);

    [Fact]
    public void Items_of_a_checklist_may_exclude_one_another_but_what_a_unit_earns_may_not_exceed_the_maximum()
    {
        ChecklistItem Item(string when) => new(new("项", "Item"), Feel(when), 3m);
        var indicator = Indicator("C", "清单", "Checklist", "staff", "staff",
            new ChecklistPoints([Item("staff >= 1"), Item("staff < 1"), Item("staff >= 5")]), 3m, "person");

        Outcome(indicator, ("staff", 1m)).ShouldBeOfType<Scored>().Points.ShouldBe(3m);
        Outcome(indicator, ("staff", 5m)).ShouldBeOfType<Withheld>().Code.ShouldBe("out-of-range");
    }

    [Fact]
    public void An_indicator_that_does_not_apply_leaves_the_total_and_the_others_are_re_scaled_exactly()
    {
        // 27 of 45 that apply, out of 100: 27 × 100 ÷ 45 is 60, not 59.999….
        Indicator Fixed(string id, decimal points, decimal max, bool applies = true) =>
            Indicator(id, "指标", "Indicator", "", "1", new FormulaPoints(Feel(CanonicalWriter.Number(points))), max) with
            {
                Applies = new(Feel(applies ? "true" : "false"), new("不适用", "Out of scope")),
            };

        var scheme = Scheme(
            Fixed("A", 9m, 17m), Fixed("B", 7m, 11m), Fixed("C", 11m, 17m), Fixed("D", 0m, 55m, applies: false));
        var sheet = Scorer(scheme).Score(Facts("u"));

        sheet.Points.ShouldBe(60m);
        sheet.Lines.Sum(line => line.Points).ShouldBe(60m);
        sheet.Lines.Sum(line => line.Max).ShouldBe(100m);
        sheet.Lines[3].Outcome.ShouldBe("NotApplicable");
        sheet.Lines[0].Because.En.ShouldContain(
            "1 indicator (55 points) does not apply, so the weights are re-scaled (× 100 / 45)");
        Scorer(scheme).ScorePoints(Facts("u")).ShouldBe(60m);
    }

    [Fact]
    public void A_unit_to_which_nothing_applies_has_no_total()
    {
        var sheet = Scorer(Scheme(ExternalUse(MissingPolicy.Exclude))).Score(Facts("u"));

        sheet.Complete.ShouldBeFalse();
        sheet.Points.ShouldBe(0m);
    }

    [Fact]
    public void The_ledger_names_the_values_put_in_with_their_records()
    {
        var provenance = new Evaluation.Rules.Facts.Provenance(["hours.csv"], ["row 7"], [42], []);
        var facts = Facts("u", ("external_hours", 500m), ("effective_hours", 1000m)) with
        {
            Provenance = new Dictionary<string, Evaluation.Rules.Facts.Provenance> { ["external_hours"] = provenance },
        };

        var line = Scorer(Scheme(ExternalUse())).Score(facts).Lines[0];

        line.Inputs.Select(input => input.Code).ShouldBe(["external_hours", "effective_hours"]);
        line.Inputs[0].Provenance.ShouldBe(provenance);
        line.Formula.ShouldBe("external_hours / effective_hours");
        line.PointsText.ShouldBe(">= 0.5 -> 15");
    }

    [Fact]
    public void Figures_see_the_card_and_earlier_figures()
    {
        var scheme = Scheme(ExternalUse()) with
        {
            Figures =
            [
                new("per_cent", new("百分比", "Per cent"), Feel("card.points.R2 / 15 * 100"),
                    UnitOfMeasure.All["percent"], Here),
                new("halved", new("一半", "Half"), Feel("per_cent / 2 + card.blocks.B"), UnitOfMeasure.All["percent"],
                    Here),
            ],
        };

        var figures = Scorer(scheme).Score(Facts("u", ("external_hours", 500m), ("effective_hours", 1000m))).Figures;

        figures.Select(figure => figure.Value.AsNumber()).ShouldBe([100m, 65m]);
    }

    [Fact]
    public void The_same_rule_texts_are_loaded_and_compiled_once_and_a_changed_rule_set_by_itself()
    {
        var path = Path.Combine(Repository.Root(), "rules/reference/moe-2000-instrument");
        var (rules, again) = (RuleSetLoader.Load(RuleFolder.Read(path)), RuleSetLoader.Load(RuleFolder.Read(path)));
        var changed = rules.Schemes[0] with { OutOf = 50m };

        Compiled(again, again.Schemes[0]).ShouldBeSameAs(Compiled(rules, rules.Schemes[0]));
        Compiled(rules, changed).ShouldNotBeSameAs(Compiled(rules, rules.Schemes[0]));
        Compiled(rules with { Schemes = [changed] }, changed).Scheme.OutOf.ShouldBe(50m);
        static CompiledScheme Compiled(RuleSet rules, Scheme scheme) => CompiledScheme.Of(rules, scheme, Day);
    }

    [Fact]
    public void Sentences_are_the_same_whenever_wherever_and_by_whomever_they_are_read()
    {
        var facts = Facts("u", ("external_hours", 300.5m), ("effective_hours", 1234.5m));
        var scorer = Scorer(Scheme(ExternalUse(), ExternalUse(MissingPolicy.Zero, "R3")));
        var atOnce = scorer.Score(facts).Lines.Select(line => (line.Because, line.More)).ToList();

        var later = scorer.Score(facts);
        foreach (var other in Enumerable.Range(0, 50)) scorer.Score(Facts("v" + other, ("external_hours", 1m)));
        var read = new ConcurrentBag<(Bilingual, Bilingual?)>();
        Parallel.For(0, 200, i =>
        {
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = new CultureInfo(i % 2 == 0 ? "de-DE" : "ar-SA");
            read.Add((later.Lines[0].Because, later.Lines[0].More));
            CultureInfo.CurrentCulture = before;
        });

        read.Distinct().ShouldBe([atOnce[0]]);
        later.Lines[0].ShouldBe(scorer.Score(facts).Lines[0]);
        later.Lines[0].ShouldNotBe(later.Lines[1]);
    }

    [Fact]
    public void A_scheme_is_compiled_once_for_a_day_and_a_changed_scheme_is_another_scheme()
    {
        var scheme = Scheme(ExternalUse());
        var rules = Rules(scheme);

        CompiledScheme.Of(rules, scheme, Day).ShouldBeSameAs(CompiledScheme.Of(rules, scheme, Day));
        CompiledScheme.Of(rules, scheme, Day.AddDays(1)).ShouldNotBeSameAs(CompiledScheme.Of(rules, scheme, Day));
        CompiledScheme.Of(rules, scheme with { OutOf = 100m }, Day).ShouldNotBeSameAs(
            CompiledScheme.Of(rules, scheme, Day));
    }
}
