using System.Text.Json;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Certainty;

/// <summary>The one written form of a certainty study, as <see cref="CanonicalJson"/> is that of results.</summary>
public static class CertaintyJson
{
    /// <summary>The bytes of a study: the whole on one line a unit.</summary>
    public static byte[] Write(CategoryCertainty study)
    {
        var json = new CanonicalWriter();
        json.Object(() =>
        {
            json.Property("category", study.Category);
            json.Property("scheme", study.Scheme);
            json.Property("manifest", () => WriteManifest(json, study.Manifest));
            json.Property("units", study.Units, unit => WriteUnit(json, unit));
            json.Property("weights", study.Weights, weight => json.Object(() =>
            {
                json.Property("id", weight.Id);
                json.Property("block", () => json.Value(weight.IsBlock));
                json.Property("name", weight.Name);
                json.Property("mean_rank_change", weight.MeanRankChange);
            }));
            json.Property("choices", () => WriteChoices(json, study.Choices));
            json.Property("check", () => json.Object(() =>
            {
                json.Property("pairs", (decimal)study.Check.Pairs);
                json.Property("disagreeing", study.Check.Disagreeing, pair => json.Object(() =>
                {
                    json.Property("above", pair.Above);
                    json.Property("below", pair.Below);
                    json.Property("weight", pair.Weight);
                }));
            }));
        });
        return json.ToBytes();
    }

    /// <summary>The bytes of one unit's part.</summary>
    public static byte[] Write(UnitCertainty unit)
    {
        var json = new CanonicalWriter();
        WriteUnit(json, unit);
        return json.ToBytes();
    }

    /// <summary>The study of <see cref="Write(CategoryCertainty)"/>.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    public static CategoryCertainty Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement;
        var check = json.GetProperty("check");
        return new CategoryCertainty(
            Text(json, "category"), Text(json, "scheme"), ReadManifest(json.GetProperty("manifest")),
            List(json, "units", ReadUnit),
            List(json, "weights", weight => new WeightInfluence(
                Text(weight, "id"), weight.GetProperty("block").GetBoolean(), Both(weight, "name")!,
                Number(weight, "mean_rank_change"))),
            json.GetProperty("choices") is { ValueKind: JsonValueKind.Object } choices ? ReadChoices(choices) : null,
            new CrossCheck(check.GetProperty("pairs").GetInt64(), List(check, "disagreeing", pair =>
                new DisagreeingPair(Text(pair, "above"), Text(pair, "below"), Number(pair, "weight")))));
    }

    /// <summary>The part of <see cref="Write(UnitCertainty)"/>.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    public static UnitCertainty ReadUnit(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return ReadUnit(document.RootElement);
    }

    private static void WriteManifest(CanonicalWriter json, CertaintyManifest manifest) => json.Object(() =>
    {
        json.Property("seed", (decimal)manifest.Seed);
        json.Property("draws", (decimal)manifest.Draws);
        json.Property("noise", manifest.Noise);
        json.Property("fragile_below", manifest.FragileBelow);
        json.Property("generator", manifest.Generator);
        json.Property("point_decimals", (decimal)manifest.PointDecimals);
        json.Property("units", (decimal)manifest.Units);
        json.Property("with_total", (decimal)manifest.WithTotal);
        json.Property("undecided_draws", (decimal)manifest.UndecidedDraws);
        json.Property("without_awards", (decimal)manifest.WithoutAwards);
    });

    private static void WriteUnit(CanonicalWriter json, UnitCertainty unit) => json.Object(() =>
    {
        json.Property("unit", unit.Unit);
        json.Property("total", () => Optional(json, unit.Total));
        json.Property("rank", () => Optional(json, unit.Rank));
        json.Property("grade", unit.Grade);
        json.Property("award", () => Optional(json, unit.Award));
        json.Property("ranks", () => WriteSpread(json, unit.Ranks));
        json.Property("grade_holds", () => Optional(json, unit.GradeHolds));
        json.Property("grades", unit.Grades, chance => json.Object(() =>
        {
            json.Property("grade", chance.Grade);
            json.Property("share", chance.Share);
        }));
        json.Property("paid", () => Optional(json, unit.Paid));
        json.Property("awards", () => WriteSpread(json, unit.Awards));
        json.Property("better", () => WriteEdge(json, unit.Better));
        json.Property("worse", () => WriteEdge(json, unit.Worse));
        json.Property("fragile", () => json.Value(unit.Fragile));
        json.Property("without", unit.Without, without => json.Object(() =>
        {
            json.Property("id", without.Id);
            json.Property("block", () => json.Value(without.IsBlock));
            json.Property("rank", () => Optional(json, without.Rank));
        }));
        json.Property("mean", () => Optional(json, unit.Mean));
        json.Property("parts", unit.Parts, part => json.Object(() =>
        {
            json.Property("id", part.Id);
            json.Property("points", part.Points);
        }));
        json.Property("copeland", () => Optional(json, unit.Copeland));
        json.Property("because", unit.Because);
        json.Property("edges", unit.Edges);
        json.Property("matters", unit.Matters);
    });

    private static void WriteSpread(CanonicalWriter json, DrawSpread? spread)
    {
        if (spread is null)
        {
            json.Value((string?)null);
            return;
        }

        json.Object(() =>
        {
            json.Property("least", spread.Least);
            json.Property("p5", spread.Low);
            json.Property("median", spread.Median);
            json.Property("p95", spread.High);
            json.Property("greatest", spread.Greatest);
        });
    }

    private static void WriteEdge(CanonicalWriter json, GradeEdge? edge)
    {
        if (edge is null)
        {
            json.Value((string?)null);
            return;
        }

        json.Object(() =>
        {
            json.Property("grade", edge.Grade);
            json.Property("distance", edge.Distance);
            json.Property("beyond", () => json.Value(edge.Beyond));
        });
    }

    private static void WriteChoices(CanonicalWriter json, ChoiceUncertainty? choices)
    {
        if (choices is null)
        {
            json.Value((string?)null);
            return;
        }

        json.Object(() =>
        {
            json.Property("vary", choices.Spec.Vary, choice => json.Value(choice.ToString()));
            json.Property("sample", (decimal)choices.Spec.Sample);
            json.Property("bootstrap", (decimal)choices.Spec.Bootstrap);
            json.Property("geometric_floor", choices.Spec.GeometricFloor);
            json.Property("rankings", (decimal)choices.Rankings);
            json.Property("mean_rank_change", choices.MeanRankChange);
            json.Property("factors", choices.Factors, factor => json.Object(() =>
            {
                json.Property("choice", factor.Choice.ToString());
                json.Property("first", () => WriteEstimate(json, factor.First));
                json.Property("total", () => WriteEstimate(json, factor.Total));
            }));
            json.Property("left_out", choices.LeftOut, left => json.Object(() =>
            {
                json.Property("choice", left.Choice.ToString());
                json.Property("reason", left.Reason);
            }));
        });
    }

    private static void WriteEstimate(CanonicalWriter json, Estimate estimate) => json.Object(() =>
    {
        json.Property("value", estimate.Value);
        json.Property("p5", () => Optional(json, estimate.Low));
        json.Property("p95", () => Optional(json, estimate.High));
    });

    private static void Optional(CanonicalWriter json, decimal? value)
    {
        if (value is { } number) json.Value(number);
        else json.Value((string?)null);
    }

    private static CertaintyManifest ReadManifest(JsonElement json) => new(
        json.GetProperty("seed").GetInt64(), Whole(json, "draws"), Number(json, "noise"), Number(json, "fragile_below"),
        Text(json, "generator"), Whole(json, "point_decimals"), Whole(json, "units"), Whole(json, "with_total"),
        Whole(json, "undecided_draws"), Whole(json, "without_awards"));

    private static UnitCertainty ReadUnit(JsonElement json) => new(
        Text(json, "unit"), Maybe(json, "total"), (int?)Maybe(json, "rank"), json.GetProperty("grade").GetString(),
        Maybe(json, "award"), ReadSpread(json.GetProperty("ranks")), Maybe(json, "grade_holds"),
        List(json, "grades", chance => new GradeChance(Text(chance, "grade"), Number(chance, "share"))),
        Maybe(json, "paid"), ReadSpread(json.GetProperty("awards")),
        ReadEdge(json.GetProperty("better")), ReadEdge(json.GetProperty("worse")),
        json.GetProperty("fragile").GetBoolean(),
        List(json, "without", without => new RankWithout(
            Text(without, "id"), without.GetProperty("block").GetBoolean(), (int?)Maybe(without, "rank"))),
        Maybe(json, "mean"),
        List(json, "parts", part => new AttributionPart(Text(part, "id"), Number(part, "points"))),
        (int?)Maybe(json, "copeland"), Both(json, "because")!, Both(json, "edges"), Both(json, "matters"));

    private static DrawSpread? ReadSpread(JsonElement json) => json.ValueKind != JsonValueKind.Object
        ? null
        : new DrawSpread(
            Number(json, "least"), Number(json, "p5"), Number(json, "median"), Number(json, "p95"),
            Number(json, "greatest"));

    private static GradeEdge? ReadEdge(JsonElement json) => json.ValueKind != JsonValueKind.Object
        ? null
        : new GradeEdge(Text(json, "grade"), Number(json, "distance"), json.GetProperty("beyond").GetBoolean());

    private static ChoiceUncertainty ReadChoices(JsonElement json) => new(
        new ChoiceSpec(
            List(json, "vary", choice => Enum.Parse<Choice>(choice.GetString()!)), Whole(json, "sample"),
            Whole(json, "bootstrap"), Number(json, "geometric_floor")),
        Whole(json, "rankings"), Number(json, "mean_rank_change"),
        List(json, "factors", factor => new ChoiceFactor(
            Enum.Parse<Choice>(Text(factor, "choice")), ReadEstimate(factor.GetProperty("first")),
            ReadEstimate(factor.GetProperty("total")))),
        List(json, "left_out", left => (Enum.Parse<Choice>(Text(left, "choice")), Both(left, "reason")!)));

    private static Estimate ReadEstimate(JsonElement json) =>
        new(Number(json, "value"), Maybe(json, "p5"), Maybe(json, "p95"));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    private static int Whole(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static decimal? Maybe(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;

    private static Bilingual? Both(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Object } both
            ? new Bilingual(Text(both, "zh"), Text(both, "en"))
            : null;

    private static List<T> List<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        [.. json.GetProperty(name).EnumerateArray().Select(read)];
}
