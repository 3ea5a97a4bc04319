using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets.Loading;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Mutation;

/// <summary>An indicator whose decision table was changed in one place.</summary>
/// <param name="Location">Where the change is, in the .dmn file.</param>
/// <param name="Change">What was changed, in words.</param>
/// <param name="Indicator">The indicator with the change made.</param>
internal sealed record TableMutant(FileLocation Location, string Change, Indicator Indicator);

/// <summary>
/// Makes the mutants of a decision table: thresholds, operators and names of its conditions, points, inputs and the hit
/// policy, one by one.
/// </summary>
internal sealed class TableMutants(Indicator indicator, TablePoints table, RuleNames names)
{
    // A slip of the pen in a modeller's list of hit policies picks a neighbour.
    private static readonly Dictionary<TableHits, TableHits[]> OtherHits = new()
    {
        [TableHits.Unique] = [],
        [TableHits.Any] = [],
        [TableHits.Priority] = [TableHits.First],
        [TableHits.First] = [TableHits.Max, TableHits.Min],
        [TableHits.Sum] = [TableHits.Max, TableHits.Count],
        [TableHits.Min] = [TableHits.Max],
        [TableHits.Max] = [TableHits.Min, TableHits.Sum],
        [TableHits.Count] = [TableHits.Sum],
    };

    private readonly IReadOnlyCollection<string> _scope = new NameScope(names, indicator.Given, Value: true).ForParser;

    /// <summary>Every mutant of an indicator's table; none where its points have another form.</summary>
    public static IEnumerable<TableMutant> Of(Indicator indicator, RuleNames names) =>
        indicator.Points is TablePoints table ? new TableMutants(indicator, table, names).All() : [];

    private IEnumerable<TableMutant> All()
    {
        foreach (var hits in OtherHits[table.Hits])
        {
            yield return Mutant(table.Location, $"hit policy: {table.Hits} → {hits}", table with { Hits = hits }, null);
        }

        for (var column = 0; column < table.Columns.Count; column++)
        {
            var at = column;
            var input = table.Columns[at].Input;
            foreach (var (by, edit) in Formulas(input))
            {
                yield return Mutant(input.Location, $"input {at + 1}: {Shown(input.Text, edit)}", table with
                {
                    Columns = Replaced(table.Columns, at, table.Columns[at] with { Input = by }),
                }, edit.Needs);
            }
        }

        foreach (var mutant in table.Rows.SelectMany((row, at) => OfRow(row, at))) yield return mutant;
        if (table.Default is not { } otherwise) yield break;
        foreach (var (by, edit) in Formulas(otherwise))
        {
            yield return Mutant(table.Location, $"default points: {Shown(otherwise.Text, edit)}",
                table with { Default = by }, edit.Needs);
        }
    }

    private IEnumerable<TableMutant> OfRow(TableRow row, int at)
    {
        for (var column = 0; column < row.Tests.Count; column++)
        {
            var test = row.Tests[column];
            var place = column;
            foreach (var edit in new FormulaChanges(test.Text, names, indicator.Given).Of(test.Tests.Root))
            {
                var by = new Condition(FeelUnaryTests.Parse(edit.In(test.Text), _scope), test.Location);
                yield return Row(row, at, $"input {place + 1}: {Shown(test.Text, edit)}",
                    row with { Tests = Replaced(row.Tests, place, by) }, edit.Needs);
            }

            foreach (var by in OtherAnswers(test, table.Columns[place]))
            {
                yield return Row(row, at, $"input {place + 1}: {test.Text} → {by.Text}",
                    row with { Tests = Replaced(row.Tests, place, by) }, null);
            }
        }

        foreach (var (by, edit) in Formulas(row.Points))
        {
            yield return Row(row, at, $"points: {Shown(row.Points.Text, edit)}", row with { Points = by }, edit.Needs);
        }
    }

    // A cell of one answer may have been given the next one of the list.
    private IEnumerable<Condition> OtherAnswers(Condition test, TableColumn column)
    {
        if (test.Tests.Root is not { Negated: false, Tests: [FeelLiteral { Value.Kind: FeelKind.String } answer] }
            || !names.Metrics.TryGetValue(column.Input.Text.Trim(), out var metric)) yield break;
        var answers = metric.Answers.ToList();
        var at = answers.IndexOf(answer.Value.AsString());
        foreach (var near in new[] { at - 1, at + 1 }.Where(near => at >= 0 && near >= 0 && near < answers.Count))
        {
            yield return new Condition(
                FeelUnaryTests.Parse(FeelValue.String(answers[near]).ToString(), _scope), test.Location);
        }
    }

    private IEnumerable<(Formula By, FormulaEdit Edit)> Formulas(Formula formula) =>
        new FormulaChanges(formula.Text, names, indicator.Given).Of(formula.Expression.Root)
            .Select(edit => (new Formula(FeelExpression.Parse(edit.In(formula.Text), _scope), formula.Location), edit));

    private TableMutant Row(TableRow row, int at, string change, TableRow by, string? needs) => Mutant(
        row.Location, $"rule {row.Number}, {change}", table with { Rows = Replaced(table.Rows, at, by) }, needs);

    private TableMutant Mutant(FileLocation place, string change, TablePoints by, string? needs) => new(
        place, $"{indicator.Id} table, {change}", indicator with
        {
            Points = by,
            Given = needs is null ? indicator.Given : [.. indicator.Given, needs],
        });

    private static string Shown(string text, FormulaEdit edit) => $"{text} → {edit.In(text)}";

    private static IReadOnlyList<T> Replaced<T>(IReadOnlyList<T> items, int at, T by) =>
        [.. items.Select((item, place) => place == at ? by : item)];
}
