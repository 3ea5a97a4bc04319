using Evaluation.Rules.Feel;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Checks;

/// <summary>A condition that can never hold, or holds whatever the facts are, is a slip: the rule behind it is
/// dead.</summary>
internal static class FiringChecks
{
    public static void OfScheme(CheckBench bench)
    {
        foreach (var judgement in bench.Scheme.Judgements)
        {
            Ask(bench, $"the judgement {judgement.Id}", judgement.When, null);
            if (judgement.Effect is CapGrade or CapTotal)
            {
                bench.Ask($"the judgement {judgement.Id} can lower something", judgement.Location, problems =>
                    CanBind(bench, problems, judgement));
            }
        }

        foreach (var figure in bench.Scheme.Figures) AskChoices(bench, $"the figure {figure.Id}", figure.Value, null);
        foreach (var (what, formula) in bench.Scheme.Awards.SelectMany(policy => policy.Formulas))
        {
            AskChoices(bench, $"{what} of the awards", formula, null);
        }
    }

    public static void OfIndicator(CheckBench bench, Indicator indicator)
    {
        if (indicator.Applies is { } applies) Ask(bench, $"'applies' of {indicator.Id}", applies.When, indicator);
        AskChoices(bench, $"the value of {indicator.Id}", indicator.Value, indicator);
        switch (indicator.Points)
        {
            case FormulaPoints points:
                AskChoices(bench, $"the points of {indicator.Id}", points.Formula, indicator);
                break;
            case ChecklistPoints checklist:
                foreach (var item in checklist.Items)
                {
                    Ask(bench, $"the item '{item.Name.En}' of {indicator.Id}", item.When, indicator);
                }

                break;
        }
    }

    private static void Ask(CheckBench bench, string what, Formula formula, Indicator? indicator) =>
        bench.Ask($"the condition of {what} can hold and can fail", formula.Location, problems =>
            Check(bench, problems, what, formula, formula.Expression.Root, indicator));

    private static void AskChoices(CheckBench bench, string what, Formula formula, Indicator? indicator)
    {
        var choices = Choices(formula.Expression.Root).ToList();
        if (choices.Count == 0) return;
        bench.Ask($"every branch of {what} can be taken", formula.Location, problems =>
        {
            foreach (var choice in choices) Check(bench, problems, what, formula, choice.Condition, indicator);
        });
    }

    private static void CanBind(CheckBench bench, ProblemList problems, Judgement judgement)
    {
        var idle = judgement.Effect switch
        {
            CapGrade cap when bench.Scheme.Grades?.Grades is [var best, ..] && best.Id == cap.Grade =>
                $"caps the grade at {cap.Grade}, which is the best there is",

            // Points that another judgement adds may take a total above full marks.
            CapTotal cap when cap.Points >= bench.Scheme.OutOf && !bench.Scheme.Judgements.Any(one =>
                one.Effect is AdjustPoints) =>
                $"caps the total at {NumberSet.Text(cap.Points)}, "
                + $"but no total is above {NumberSet.Text(bench.Scheme.OutOf)}",
            _ => null,
        };
        if (idle is null) return;
        problems.Add(judgement.Location, $"the judgement {judgement.Id} {idle}: it never lowers anything",
            "correct the cap, or delete the judgement");
    }

    private static IEnumerable<FeelIf> Choices(FeelNode node) =>
        (node is FeelIf choice ? [choice] : Array.Empty<FeelIf>()).Concat(node.Children.SelectMany(Choices));

    private static void Check(
        CheckBench bench, ProblemList problems, string what, Formula formula, FeelNode condition, Indicator? indicator)
    {
        var words = condition.TextIn(formula.Text);
        if (bench.Constants.Of(condition, formula.Text) is { Kind: FeelKind.Boolean } constant)
        {
            var always = constant.IsTrue ? "always holds" : "can never hold";
            problems.Add(formula.Location, $"the condition {words} of {what} {always}: it asks nothing of the facts",
                "compare a metric, or delete the condition");
            return;
        }

        foreach (var (subject, values) in new NecessaryValues(bench.Constants, formula.Text).Of(condition))
        {
            var domain = DomainOf(bench, subject, indicator);
            if (!values.And(domain).IsEmpty) continue;
            var why = values.IsEmpty
                ? $"no {subject} is all of that at once"
                : $"the values that can occur are {string.Join(" or ", domain.Parts(subject))}";
            problems.Add(formula.Location, $"the condition {words} of {what} can never hold: {why}",
                "correct the condition, or the declared range");
        }

        if (NecessaryValues.Exact(bench.Constants, formula.Text, condition) is not var (asked, holds)) return;
        var possible = DomainOf(bench, asked, indicator);
        if (possible.And(holds.Not()).IsEmpty && indicator?.Optional.Contains(asked) != true)
        {
            problems.Add(formula.Location,
                $"the condition {words} of {what} always holds: "
                + $"the values that can occur are {string.Join(" or ", possible.Parts(asked))}",
                "correct the condition or the declared range, or delete it");
        }
    }

    /// <summary>The values that can occur: by the declared ranges, answers and maxima.</summary>
    private static ValueSet DomainOf(CheckBench bench, string subject, Indicator? indicator)
    {
        if (subject == NameScope.ValueName && indicator is not null)
        {
            return ValueSet.All with { Numbers = NumberSet.Of(BandChecks.RangeOf(bench, indicator)) };
        }

        if (MetricOf(bench, subject) is { } metric) return ValuesOf(metric);
        return MostOf(bench.Scheme, subject) is { } most
            ? ValueSet.All with { Numbers = NumberSet.Between(0m, true, most, true) }
            : ValueSet.All;
    }

    /// <summary>The values of a metric that can occur.</summary>
    public static ValueSet ValuesOf(Metric metric) => metric.Kind == MetricKind.Answer
        ? ValueSet.Of(metric.Answers.Count == 0 ? TextSet.All : TextSet.Of(metric.Answers))
        : ValueSet.Of(NumberSet.Of(new ValueRange(metric.Minimum, true, metric.Maximum, true)));

    // Judgements may take the total below nothing or above the maximum, so only what is scored before them is bounded.
    private static decimal? MostOf(Scheme scheme, string subject) => subject.Split('.') switch
    {
        [NameScope.CardName, "total"] when !scheme.Judgements.Any(judgement =>
            judgement.Effect is AdjustPoints) => scheme.OutOf,
        [NameScope.CardName, "blocks", var id] when scheme.OutOf == scheme.Total =>
            scheme.Blocks.FirstOrDefault(block => block.Id == id)?.Weight,
        _ => null,
    };

    /// <summary>The metric a comparison asks for. Inside a loop or a filter a metric of a resource stands under
    /// another name,
    /// or under its own alone.</summary>
    public static Metric? MetricOf(CheckBench bench, string subject)
    {
        if (bench.Rules.Metrics.TryGetValue(subject, out var metric)) return metric;
        var member = subject[(subject.LastIndexOf('.') + 1)..];
        var named = bench.Rules.Metrics.Values.Where(one => one.ResourceList is not null && one.ShortCode == member)
            .Take(2).ToList();
        return named is [var only] ? only : null;
    }
}
