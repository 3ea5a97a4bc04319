using Evaluation.Rules.Scoring;

namespace Evaluation.Jobs.Storage;

/// <summary>A score card as it is kept: the canonical bytes say everything, the rest is for finding it.</summary>
public sealed record StoredCard(string Category, string Unit, byte[] Json, string Sha256)
{
    public ScoreCard Card => CanonicalJson.ReadScoreCard(Json);
}

/// <summary>Score sheets and score cards, in canonical JSON. What is there is never written again.</summary>
public sealed class ScoreStore(Database database)
{
    public Task Save(string run, IReadOnlyList<ScoreSheet> sheets, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                foreach (var sheet in sheets)
                {
                    var json = CanonicalJson.Write(sheet);
                    await connection.Execute(
                        """
                        insert into score_sheets (run, category, unit, sheet, sha256) values ($1, $2, $3, $4, $5)
                        on conflict do nothing
                        """,
                        token, run, sheet.Category, sheet.Unit, json, CanonicalJson.Sha256(json));
                }
            },
            cancel);

    /// <summary>The sheets of a category in ordinal order of the units.</summary>
    public Task<List<ScoreSheet>> Sheets(string run, string category, CancellationToken cancel = default) =>
        database.List(
            """
            select sheet from score_sheets where run = $1 and category = $2 order by unit collate "C"
            """,
            row => CanonicalJson.ReadScoreSheet(row.GetFieldValue<byte[]>(0)),
            cancel,
            run,
            category);

    /// <summary>The cards of a category: all of them in one transaction, because ranks only make sense together.</summary>
    public Task Save(string run, IReadOnlyList<ScoreCard> cards, CancellationToken cancel = default) =>
        database.InTransaction(
            async (connection, token) =>
            {
                foreach (var card in cards)
                {
                    var json = CanonicalJson.Write(card);
                    await connection.Execute(
                        """
                        insert into score_cards (run, category, unit, total, rank, ranked, grade, card, sha256)
                        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                        on conflict do nothing
                        """,
                        token, run, card.Category, card.Unit, card.Total, card.Rank, card.Ranked, card.Grade, json,
                        CanonicalJson.Sha256(json));
                }
            },
            cancel);

    /// <summary>The cards of a run, or of one category of it: by category, then in the order of rank, then of units.</summary>
    public Task<List<StoredCard>> Cards(string run, string? category = null, CancellationToken cancel = default) =>
        database.List(
            """
            select category, unit, card, sha256 from score_cards
            where run = $1 and ($2::text is null or category = $2)
            order by category collate "C", rank nulls last, unit collate "C"
            """,
            row => new StoredCard(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetString(3)),
            cancel,
            run,
            category);
}
