using Evaluation.Rules.Grading;
using Evaluation.Rules.RuleSets.Checks;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.RuleSets.Exporting;

/// <summary>
/// The grade table of a scheme as decisions. <see cref="Standing"/> is what one unit brings to the ranking; the list of
/// those of all units is the input <see cref="AllUnits"/>, over which ranks, places and grades are decided.
/// </summary>
internal sealed class GradeDecisions(Scheme scheme, GradeTable table, JudgementDecisions judgements, FormulaTexts texts)
{
    /// <summary>The input: one entry a unit, the members of <see cref="Standing"/> and <c>unit</c>, its id.</summary>
    public const string AllUnits = "all units";

    /// <summary>What one unit brings to the ranking.</summary>
    public const string Standing = "standing";

    /// <summary>The result: unit, rank and grade of every unit that takes part.</summary>
    public const string Grades = "grades";

    /// <summary>The function that says whether one unit stands before another.</summary>
    public const string Precedes = "precedes";

    private const string Band = "grade by score";
    private const string Ranked = "ranked units";

    private readonly List<string> _ids = [.. table.Grades.Select(grade => grade.Id)];

    /// <summary>The body of <see cref="Precedes"/> over <c>a</c> and <c>b</c>.</summary>
    public string PrecedesText
    {
        get
        {
            var text = judgements.Sets ? "if (a.set = null) != (b.set = null) then a.set = null\nelse " : "";
            text += "if a.total != b.total then a.total > b.total\n";
            for (var key = 1; key <= table.TieKeys.Count; key++)
            {
                var (one, other) = ($"a.keys[{key}]", $"b.keys[{key}]");
                text += $"else if {one} != {other} then if {one} = null then false else if {other} = null then true "
                    + $"else {one} {(table.TieKeys[key - 1].Descending ? ">" : "<")} {other}\n";
            }

            return text + "else false";
        }
    }

    /// <summary>The decisions, in the order in which they are made.</summary>
    public IEnumerable<ModelDecision> All() =>
    [
        .. table.Bands.Count > 0 ? [ByScore()] : Array.Empty<ModelDecision>(),
        OfOneUnit(),
        new ModelDecision(Ranked, new Bilingual("参加排名的单位和名次，同分同名次", "Units that are ranked, with their ranks; equals share one"),
            null, [AllUnits])
        {
            Sources = [table.Source],
            CallsPrecedes = true,
            Text = $"for u in {AllUnits}[takes_part = true]\n"
                + $"return context put(u, \"rank\", count({AllUnits}[takes_part = true][{Precedes}(item, u)]) + 1)",
        },
        .. table.Quotas.Select(Places),
        .. Decided.Select(Given),
        Result(),
    ];

    // Grades that units get by rank or by score, best first; the others go to the rest.
    private IEnumerable<string> Decided =>
        _ids.Where(id => table.Bands.Count > 0 || table.Quotas.Any(quota => quota.Grade == id));

    private Bilingual NameOf(string grade) => table.Grades[_ids.IndexOf(grade)].Name;

    private static string PlacesName(string grade) => $"places {IndicatorLogic.Plain(grade)}";

    private static string GivenName(string grade) => $"units {IndicatorLogic.Plain(grade)}";

    private ModelDecision ByScore() => new(Band, new Bilingual("按总分的等次", "The grade by score"), "string",
        [JudgementDecisions.Total, .. table.Bands.SelectMany(band => band.When.Tests.FreeNames)
            .Where(scheme.Parameters.ContainsKey).Distinct()])
    {
        Sources = [table.Source],
        Table = new TableLogic("FIRST", [JudgementDecisions.Total], [.. table.Bands.Select(band =>
            ((IReadOnlyList<string>)[band.When.Text.Trim()], $"\"{band.Grade}\""))]),
    };

    private ModelDecision OfOneUnit()
    {
        var card = $"(context put(card, \"total\", {JudgementDecisions.Total}))";
        var entries = new List<string> { $"total: {JudgementDecisions.Total}", $"takes_part: {JudgementDecisions.TakesPart}" };
        var needs = new List<string> { JudgementDecisions.Total, JudgementDecisions.TakesPart };
        if (table.Bands.Count > 0) Add("band", Band);
        if (judgements.Caps) Add("cap", JudgementDecisions.Cap);
        if (judgements.Sets) Add("set", JudgementDecisions.Set);
        if (table.TieKeys.Count > 0)
        {
            entries.Add("keys: [" + string.Join(",\n    ", table.TieKeys.Select(key =>
                $"{{ key: {texts.WithCard(key.By, card)}, number: if key instance of number then key else null }}.number"))
                + "]");
            needs.AddRange(texts.Needs(table.TieKeys.Select(key => key.By)));
            if (table.TieKeys.Any(key => texts.ReadsCard(key.By))) needs.Add("card");
        }

        return new ModelDecision(Standing, new Bilingual("一个单位参加排名的依据", "What one unit brings to the ranking"), null, needs)
        {
            Text = "{\n  " + string.Join(",\n  ", entries) + "\n}",
        };

        void Add(string member, string decision)
        {
            entries.Add($"{member}: {decision}");
            needs.Add(decision);
        }
    }

    private ModelDecision Places(RankQuota quota)
    {
        var number = quota.Count is { } count ? count.Text.Trim()
            : $"({quota.Percent!.Text.Trim()}) * count({Ranked}) / 100";
        var rounded = (quota.Count is null ? quota.Rounding : QuotaRounding.Down) switch
        {
            QuotaRounding.Up => "ceiling(number)",
            QuotaRounding.HalfUp => "round half up(number, 0)",
            _ => "floor(number)",
        };
        var name = NameOf(quota.Grade);
        return new ModelDecision(PlacesName(quota.Grade), new Bilingual($"{name.Zh}名额", $"Places for {name.En}"), "number",
            [Ranked, .. texts.Needs(quota.Count, quota.Percent)])
        {
            Sources = [table.Source],
            Text = $"{{ number: {number},\n  places: if number >= 0 then {rounded} else null }}.places",
        };
    }

    private ModelDecision Given(string grade)
    {
        var (name, earlier) = (NameOf(grade), Decided.TakeWhile(id => id != grade).ToList());
        var quota = table.Quotas.FirstOrDefault(candidate => candidate.Grade == grade);
        return new ModelDecision(GivenName(grade), new Bilingual($"评为{name.Zh}的单位", $"Units graded {name.En}"), null,
            [Ranked, .. earlier.Select(GivenName), .. quota is null ? Array.Empty<string>() : [PlacesName(grade)]])
        {
            Sources = [table.Source],
            Text = quota is null ? $"{May(grade, earlier, null)}.unit" : ByRank(quota, May(grade, earlier, quota.AtLeast)),
        };
    }

    /// <summary>The units that may have a grade: none yet, no judgement and no score against it.</summary>
    private string May(string grade, IReadOnlyList<string> earlier, decimal? atLeast)
    {
        var upTo = string.Join(", ", _ids.Take(_ids.IndexOf(grade) + 1).Select(id => $"\"{id}\""));
        var conditions = earlier.Select(id => $"not(list contains({GivenName(id)}, unit))").ToList();
        if (judgements.Sets) conditions.Insert(0, "set = null");
        if (judgements.Caps) conditions.Add($"(cap = null or list contains([{upTo}], cap))");
        if (atLeast is { } least) conditions.Add($"total >= {NumberSet.Text(least)}");
        if (table.Bands.Count > 0) conditions.Add($"list contains([{upTo}], band)");
        return conditions.Count == 0 ? Ranked : $"{Ranked}[{string.Join("\n    and ", conditions)}]";
    }

    // Equal units across the edge of the places: all of them, none of them, or a decision is asked for.
    private string ByRank(RankQuota quota, string may)
    {
        const string Better = "count(may[rank < u.rank]) < room";
        const string Fits = "count(may[rank <= u.rank]) <= room";
        var refused = table.EdgeTies == EdgeTies.Refuse ? $" or (some u in may satisfies {Better} and not({Fits}))" : "";
        var given = table.EdgeTies == EdgeTies.AllOut ? $"{Better} and {Fits}" : Better;
        return $"{{ may: {may},\n"
            + $"  room: {PlacesName(quota.Grade)},\n"
            + $"  given: if room = null{refused} then null\n"
            + $"    else (for u in may return if {given} then u.unit else null)[item != null] }}.given";
    }

    private ModelDecision Result()
    {
        var given = Decided.ToList();
        var lacking = given.Select(id => $"{GivenName(id)} = null").ToList();
        return new ModelDecision(Grades, new Bilingual("各单位的名次和等次", "Rank and grade of every unit"), null,
            [Ranked, .. given.Select(GivenName)])
        {
            Sources = [table.Source],
            Text = (lacking.Count > 0 ? $"if {string.Join(" or ", lacking)} then null else\n" : "")
                + $"for u in {Ranked} return {{ unit: u.unit, rank: u.rank, grade:\n"
                + (judgements.Sets ? "  if u.set != null then u.set else\n" : "")
                + string.Concat(given.Select(id => $"  if list contains({GivenName(id)}, u.unit) then \"{id}\" else\n"))
                + $"  {Rest()} }}",
        };
    }

    private string Rest()
    {
        var rest = table.Rest is { } id ? $"\"{id}\"" : "null";
        if (!judgements.Caps) return rest;
        if (table.Rest is null) return "u.cap";
        var upTo = string.Join(", ", _ids.Take(_ids.IndexOf(table.Rest) + 1).Select(one => $"\"{one}\""));
        return $"if u.cap = null or list contains([{upTo}], u.cap) then {rest} else u.cap";
    }
}
