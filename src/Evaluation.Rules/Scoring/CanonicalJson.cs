using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Facts;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// The one written form of results: UTF-8, declared order of properties, decimals without trailing zeros, one line that
/// ends with LF. The same result gives the same bytes whatever the culture, time zone or machine; its SHA-256 is what
/// <c>replay</c> compares. Units of measure are written by their code.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The bytes of a score sheet.</summary>
    public static byte[] Write(ScoreSheet sheet)
    {
        var json = new CanonicalWriter();
        json.Object(() =>
        {
            json.Property("unit", sheet.Unit);
            json.Property("category", sheet.Category);
            json.Property("scheme", sheet.Scheme);
            WriteScored(json, sheet.Lines, sheet.Blocks, sheet.Figures);
            json.Property("points", sheet.Points);
            json.Property("complete", () => json.Value(sheet.Complete));
        });
        return json.ToBytes();
    }

    /// <summary>The bytes of a score card.</summary>
    public static byte[] Write(ScoreCard card)
    {
        var json = new CanonicalWriter();
        WriteCard(json, card);
        return json.ToBytes();
    }

    /// <summary>The bytes of a list of score cards, one a line.</summary>
    public static byte[] Write(IEnumerable<ScoreCard> cards)
    {
        var lines = cards.Select(card => Encoding.UTF8.GetString(Write(card)).TrimEnd('\n'));
        return Encoding.UTF8.GetBytes("[\n" + string.Join(",\n", lines) + "\n]\n");
    }

    /// <summary>The bytes of an allocation.</summary>
    public static byte[] Write(AllocationResult result)
    {
        var json = new CanonicalWriter();
        json.Object(() =>
        {
            json.Property("pool", result.Pool);
            json.Property("pot", result.Pot.Yuan);
            json.Property("spent", result.Spent.Yuan);
            json.Property("unspent", result.Unspent);
            json.Property("awards", result.Awards, award => WriteAward(json, award));
        });
        return json.ToBytes();
    }

    /// <summary>The bytes of the allocations of one category, one a line.</summary>
    public static byte[] Write(IEnumerable<AllocationResult> results)
    {
        var lines = results.Select(result => Encoding.UTF8.GetString(Write(result)).TrimEnd('\n'));
        return Encoding.UTF8.GetBytes("[\n" + string.Join(",\n", lines) + "\n]\n");
    }

    /// <summary>The text of a scenario: its settings in ordinal order.</summary>
    public static string Write(Scenario scenario)
    {
        var json = new CanonicalWriter();
        json.Object(() =>
        {
            foreach (var (name, value) in scenario.Canonical.Settings) json.Property(name, value);
        });
        return Encoding.UTF8.GetString(json.ToBytes());
    }

    /// <summary>The score sheet of <see cref="Write(ScoreSheet)"/>.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    public static ScoreSheet ReadScoreSheet(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var json = document.RootElement;
        return new ScoreSheet(
            Text(json, "unit"), Text(json, "category"), Text(json, "scheme"),
            List(json, "lines", ReadLine), List(json, "blocks", ReadBlock), List(json, "figures", ReadFigure),
            Number(json, "points"), json.GetProperty("complete").GetBoolean());
    }

    /// <summary>The score card of <see cref="Write(ScoreCard)"/>.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    public static ScoreCard ReadScoreCard(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return ReadCard(document.RootElement);
    }

    /// <summary>The cards of <see cref="Write(IEnumerable{ScoreCard})"/>.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    public static IReadOnlyList<ScoreCard> ReadScoreCards(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return [.. document.RootElement.EnumerateArray().Select(ReadCard)];
    }

    /// <summary>The allocation of <see cref="Write(AllocationResult)"/>.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    public static AllocationResult ReadAllocation(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return ReadAllocation(document.RootElement);
    }

    /// <summary>The allocations of <see cref="Write(IEnumerable{AllocationResult})"/>.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    /// <exception cref="KeyNotFoundException">A property is missing.</exception>
    public static IReadOnlyList<AllocationResult> ReadAllocations(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return [.. document.RootElement.EnumerateArray().Select(ReadAllocation)];
    }

    /// <summary>The scenario of <see cref="Write(Scenario)"/>.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Scenario ReadScenario(string text)
    {
        using var document = JsonDocument.Parse(text);
        return new Scenario(document.RootElement.EnumerateObject().ToDictionary(
            setting => setting.Name, setting => setting.Value.GetString()!, StringComparer.Ordinal));
    }

    /// <summary>Lower-case hex SHA-256 of bytes.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void WriteCard(CanonicalWriter json, ScoreCard card) => json.Object(() =>
    {
        json.Property("unit", card.Unit);
        json.Property("category", card.Category);
        json.Property("scheme", card.Scheme);
        WriteScored(json, card.Lines, card.Blocks, card.Figures);
        json.Property("points", card.Points);
        json.Property("total", () => Optional(json, card.Total));
        json.Property("rank", () => Optional(json, card.Rank));
        json.Property("ranked", card.Ranked);
        json.Property("grade", card.Grade);
        json.Property("standing", card.Standing);
        json.Property("points_to_next", () =>
        {
            if (card.PointsToNext is { } next) WriteLift(json, next);
            else json.Value((string?)null);
        });
        json.Property("lifts", card.Lifts, lift => WriteLift(json, lift));
    });

    private static void WriteLift(CanonicalWriter json, LiftLine lift) => json.Object(() =>
    {
        json.Property("metric", lift.Metric);
        json.Property("name", lift.Name);
        json.Property("from", () => json.Value(lift.From));
        json.Property("to", () => json.Value(lift.To));
        json.Property("unit", lift.Unit.Code);
        json.Property("grade", lift.Grade);
        json.Property("sentence", lift.Sentence);
    });

    private static void WriteScored(
        CanonicalWriter json,
        IReadOnlyList<LedgerLine> lines,
        IReadOnlyList<BlockScore> blocks,
        IReadOnlyList<FigureValue> figures)
    {
        json.Property("lines", lines, line => WriteLine(json, line));
        json.Property("blocks", blocks, block => json.Object(() =>
        {
            json.Property("block", block.Block);
            json.Property("name", block.Name);
            json.Property("points", block.Points);
            json.Property("max", block.Max);
        }));
        WriteFigures(json, figures);
    }

    private static void WriteFigures(CanonicalWriter json, IReadOnlyList<FigureValue> figures) =>
        json.Property("figures", figures, figure => json.Object(() =>
        {
            json.Property("figure", figure.Id);
            json.Property("name", figure.Name);
            json.Property("value", () => json.Value(figure.Value));
            json.Property("unit", figure.Unit.Code);
        }));

    private static void WriteLine(CanonicalWriter json, LedgerLine line) => json.Object(() =>
    {
        json.Property("id", line.Id);
        json.Property("kind", line.Kind.ToString());
        json.Property("block", line.Block);
        json.Property("name", line.Name);
        json.Property("outcome", line.Outcome);
        json.Property("value", () => json.Value(line.Value ?? FeelValue.Null));
        json.Property("unit", line.Unit.Code);
        json.Property("points", line.Points);
        json.Property("max", line.Max);
        json.Property("raw_points", line.RawPoints);
        json.Property("raw_max", line.RawMax);
        json.Property("formula", line.Formula);
        json.Property("points_text", line.PointsText);
        json.Property("inputs", line.Inputs, input => WriteInput(json, input));
        json.Property("source", () => WriteSource(json, line.Source));
        json.Property("because", line.Because);
        json.Property("more", line.More);
    });

    private static void WriteInput(CanonicalWriter json, LedgerInput input) => json.Object(() =>
    {
        json.Property("code", input.Code);
        json.Property("name", input.Name);
        json.Property("value", () => json.Value(input.Value));
        json.Property("unit", input.Unit.Code);
        json.Property("provenance", () =>
        {
            if (input.Provenance is not { } from)
            {
                json.Value((string?)null);
                return;
            }

            json.Object(() =>
            {
                json.Property("documents", from.Documents, json.Value);
                json.Property("locators", from.Locators, json.Value);
                json.Property("observations", from.Observations, id => json.Value((decimal)id));
                json.Property("flags", from.Flags, json.Value);
            });
        });
    });

    private static void WriteSource(CanonicalWriter json, Source source) => json.Object(() =>
    {
        json.Property("document", source.Document);
        json.Property("item", source.Item);
        json.Property("page", source.Page);
        json.Property("url", source.Url);
        json.Property("note", source.Note);
        json.Property("ours", () => json.Value(source.Ours));
        json.Property("document_en", source.DocumentEn);
        json.Property("item_en", source.ItemEn);
    });

    private static void WriteAward(CanonicalWriter json, Award award) => json.Object(() =>
    {
        json.Property("unit", award.Unit);
        json.Property("pool", award.Pool);
        json.Property("grade", award.Grade);
        json.Property("base", award.Base);
        json.Property("coefficient", award.Coefficient);
        json.Property("basis", award.Basis);
        json.Property("bound", award.Bound);
        json.Property("exact", award.Exact);
        json.Property("amount", award.Amount.Yuan);
        json.Property("because", award.Because);
        json.Property("lines", award.Lines, line => json.Object(() =>
        {
            json.Property("kind", line.Kind.ToString());
            json.Property("amount", line.Amount);
            json.Property("because", line.Because);
        }));
        WriteFigures(json, award.Figures);
        json.Property("instalments", award.Instalments, part => json.Object(() =>
        {
            json.Property("number", part.Number);
            json.Property("month", () => Optional(json, part.Month));
            json.Property("gross", part.Gross.Yuan);
            json.Property("netted", part.Netted.Yuan);
        }));
    });

    private static void Optional(CanonicalWriter json, decimal? value)
    {
        if (value is { } number) json.Value(number);
        else json.Value((string?)null);
    }

    private static AllocationResult ReadAllocation(JsonElement json) => new(
        Text(json, "pool"), new Money(Number(json, "pot")), new Money(Number(json, "spent")),
        Both(json, "unspent"), List(json, "awards", ReadAward));

    private static ScoreCard ReadCard(JsonElement json) => new(
        Text(json, "unit"), Text(json, "category"), Text(json, "scheme"),
        List(json, "lines", ReadLine), List(json, "blocks", ReadBlock), List(json, "figures", ReadFigure),
        Number(json, "points"),
        json.GetProperty("total") is { ValueKind: JsonValueKind.Number } total ? total.GetDecimal() : null,
        json.GetProperty("rank") is { ValueKind: JsonValueKind.Number } rank ? rank.GetInt32() : null,
        json.GetProperty("ranked").GetInt32(),
        json.GetProperty("grade").GetString(),
        Both(json, "standing")!)
    {
        // Cards of before there were lifts have none.
        PointsToNext = json.TryGetProperty("points_to_next", out var next) && next.ValueKind == JsonValueKind.Object
            ? ReadLift(next)
            : null,
        Lifts = json.TryGetProperty("lifts", out _) ? List(json, "lifts", ReadLift) : [],
    };

    private static LiftLine ReadLift(JsonElement json) => new(
        Text(json, "metric"), Both(json, "name")!, ReadFeel(json.GetProperty("from")), ReadFeel(json.GetProperty("to")),
        Unit(json), Text(json, "grade"), Both(json, "sentence")!);

    private static LedgerLine ReadLine(JsonElement json) => new(
        Text(json, "id"),
        Enum.Parse<LedgerLineKind>(Text(json, "kind")),
        Text(json, "block"),
        Both(json, "name")!,
        Text(json, "outcome"),
        json.GetProperty("value") is { ValueKind: not JsonValueKind.Null } value ? ReadFeel(value) : (FeelValue?)null,
        Unit(json),
        Number(json, "points"), Number(json, "max"), Number(json, "raw_points"), Number(json, "raw_max"),
        Text(json, "formula"), Text(json, "points_text"),
        List(json, "inputs", ReadInput),
        ReadSource(json.GetProperty("source")),
        Both(json, "because")!,
        Both(json, "more"));

    private static BlockScore ReadBlock(JsonElement json) =>
        new(Text(json, "block"), Both(json, "name")!, Number(json, "points"), Number(json, "max"));

    private static FigureValue ReadFigure(JsonElement json) =>
        new(Text(json, "figure"), Both(json, "name")!, ReadFeel(json.GetProperty("value")), Unit(json));

    private static LedgerInput ReadInput(JsonElement json) => new(
        Text(json, "code"), Both(json, "name")!, ReadFeel(json.GetProperty("value")), Unit(json),
        json.GetProperty("provenance") is { ValueKind: JsonValueKind.Object } from
            ? new Provenance(
                List(from, "documents", text => text.GetString()!),
                List(from, "locators", text => text.GetString()!),
                List(from, "observations", id => id.GetInt64()),
                List(from, "flags", text => text.GetString()!))
            : null);

    private static Source ReadSource(JsonElement json) => new(
        Text(json, "document"), json.GetProperty("item").GetString(), json.GetProperty("page").GetString(),
        json.GetProperty("url").GetString(), Both(json, "note"), json.GetProperty("ours").GetBoolean(),
        json.GetProperty("document_en").GetString(), json.GetProperty("item_en").GetString());

    private static Award ReadAward(JsonElement json) => new(
        Text(json, "unit"), Text(json, "pool"), json.GetProperty("grade").GetString(),
        Number(json, "base"), Number(json, "coefficient"), Number(json, "basis"),
        Text(json, "bound"), Number(json, "exact"), new Money(Number(json, "amount")), Both(json, "because")!)
    {
        // Awards stored by engines that kept no ledger have none.
        Lines = json.TryGetProperty("lines", out _) ? List(json, "lines", ReadAwardLine) : [],
        Figures = json.TryGetProperty("figures", out _) ? List(json, "figures", ReadFigure) : [],
        Instalments = json.TryGetProperty("instalments", out _) ? List(json, "instalments", ReadInstalment) : [],
    };

    private static AwardLine ReadAwardLine(JsonElement json) => new(
        Enum.Parse<AwardLineKind>(Text(json, "kind")), Number(json, "amount"), Both(json, "because")!);

    private static Instalment ReadInstalment(JsonElement json) => new(
        json.GetProperty("number").GetInt32(),
        json.GetProperty("month") is { ValueKind: JsonValueKind.Number } month ? month.GetInt32() : null,
        new Money(Number(json, "gross")), new Money(Number(json, "netted")));

    private static FeelValue ReadFeel(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                return FeelValue.List([.. json.EnumerateArray().Select(ReadFeel)]);
            case JsonValueKind.Object when json.TryGetProperty(CanonicalWriter.FeelProperty, out var literal):
                return FeelExpression.Parse(literal.GetString()!).Evaluate(FeelContext.Empty);
            case JsonValueKind.Object:
                return FeelValue.Context(new FeelContext(json.EnumerateObject()
                    .Select(property => KeyValuePair.Create(property.Name, ReadFeel(property.Value)))));
            default:
                return FeelJson.Read(json);
        }
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new JsonException($"the property {name} is null");

    private static decimal Number(JsonElement json, string name) => json.GetProperty(name).GetDecimal();

    private static Bilingual? Both(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: JsonValueKind.Object } both
            ? new Bilingual(Text(both, "zh"), Text(both, "en"))
            : null;

    private static UnitOfMeasure Unit(JsonElement json) => UnitOfMeasure.All[Text(json, "unit")];

    private static IReadOnlyList<T> List<T>(JsonElement json, string name, Func<JsonElement, T> item) =>
        [.. json.GetProperty(name).EnumerateArray().Select(item)];
}
