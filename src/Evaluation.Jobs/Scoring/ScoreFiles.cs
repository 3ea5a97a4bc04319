using System.Globalization;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;
using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Scoring;

/// <summary>Scores a file of facts without a database and writes what came out as files anybody can open.</summary>
public static class ScoreFiles
{
    /// <summary>Scores facts and writes <c>points.csv</c>, <c>totals.csv</c>, <c>figures.csv</c> and
    /// <c>score-cards.json</c>.</summary>
    /// <param name="rules">The rule set.</param>
    /// <param name="scheme">One of its schemes.</param>
    /// <param name="factsPath">CSV or JSON.</param>
    /// <param name="outFolder">Created when it is not there; files of the same names are replaced.</param>
    /// <param name="asOf">The day whose parameters are in force; null: <see cref="RuleSet.AsOf"/>.</param>
    /// <returns>The score cards.</returns>
    /// <exception cref="FactFileException">Something in the facts is wrong; names line and column.</exception>
    /// <exception cref="EdgeTieException">Equal units stand across the edge of a quota that refuses ties.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static IReadOnlyList<ScoreCard> Score(
        RuleSet rules, Scheme scheme, string factsPath, string outFolder, DateOnly? asOf = null)
    {
        var facts = FactsFile.Read(factsPath, rules.Metrics);
        var scorer = Scorer.Create(rules, scheme, asOf ?? rules.AsOf);
        var cards = CategoryCards.Of(scorer, [.. facts.Select(unit => (unit, scorer.Score(unit)))]);
        Write(cards, outFolder);
        return cards;
    }

    /// <summary>Writes the cards as files.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(IReadOnlyList<ScoreCard> cards, string outFolder)
    {
        Directory.CreateDirectory(outFolder);
        CsvFile.Write(
            Path.Combine(outFolder, "points.csv"),
            ["unit", "indicator", "outcome", "points", "because_zh", "because_en"],
            cards.SelectMany(card => card.Lines.Select(line => new[]
            {
                card.Unit, line.Id, line.Outcome,
                line.Outcome is nameof(Scored) or "Judgement" ? Number(line.Points) : "",
                line.Because.Zh, line.Because.En,
            })));
        CsvFile.Write(
            Path.Combine(outFolder, "totals.csv"),
            ["unit", "total", "rank", "grade"],
            cards.Select(card => new[]
            {
                card.Unit, card.Total is { } total ? Number(total) : "",
                card.Rank?.ToString(CultureInfo.InvariantCulture) ?? "", card.Grade ?? "",
            }));
        CsvFile.Write(
            Path.Combine(outFolder, "figures.csv"),
            ["unit", "figure", "value", "unit_of_measure"],
            cards.SelectMany(card => card.Figures.Select(figure => new[]
            {
                card.Unit, figure.Id, Text(figure.Value), figure.Unit.Code,
            })));
        File.WriteAllBytes(Path.Combine(outFolder, "score-cards.json"), CanonicalJson.Write(cards));
    }

    private static string Text(FeelValue value) => value.Kind switch
    {
        FeelKind.Null => "",
        FeelKind.Number => Number(value.AsNumber()),
        FeelKind.String => value.AsString(),
        _ => value.ToString(),
    };

    private static string Number(decimal number) =>
        number.ToString("0.############################", CultureInfo.InvariantCulture);
}
