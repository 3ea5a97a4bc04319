using System.Globalization;
using Evaluation.Rules.Feel;
using Evaluation.Rules.Judgements;
using Evaluation.Rules.Scoring;

namespace Evaluation.Rules.Grading;

/// <summary>Why a ranked unit has its grade.</summary>
/// <param name="Grade">Grade id, or null where the scheme gives none.</param>
/// <param name="Band">The band its total lies in, or null.</param>
/// <param name="Quota">The quota whose place it took, or null.</param>
/// <param name="TiedOut">The grade it missed because equal units stood across the edge and none of them got it, or
/// null.</param>
internal sealed record GradeDecision(string? Grade, ScoreBand? Band, Places? Quota, string? TiedOut);

/// <summary>A quota in numbers.</summary>
/// <param name="Quota">The rule.</param>
/// <param name="Count">Number of places.</param>
/// <param name="Percent">The percentage it came from, or null.</param>
internal sealed record Places(RankQuota Quota, int Count, decimal? Percent);

/// <summary>
/// Gives grades to ranked units, best grade first. A grade with a quota goes to the first units in the ranking that may
/// have it; one without, to those whose total lies in its band or a better one; what is left gets the rest. A unit
/// whose grade a judgement caps takes no place above the cap, so that the place goes to the next unit.
/// </summary>
internal sealed class GradeAssignment(CompiledScheme scheme, GradeTable table, IReadOnlyList<Placed> placed)
{
    private readonly GradeDecision?[] _decisions = new GradeDecision?[placed.Count];
    private readonly ScoreBand?[] _bands = new ScoreBand?[placed.Count];
    private readonly string?[] _tiedOut = new string?[placed.Count];

    /// <summary>A decision for every placed unit, in their order.</summary>
    public List<GradeDecision> Of()
    {
        FindBands();
        for (var i = 0; i < placed.Count; i++)
        {
            if (placed[i].Candidate.Judged.SetGrade is { Effect: SetGrade set })
            {
                _decisions[i] = new GradeDecision(set.Grade, _bands[i], null, null);
            }
        }

        for (var grade = 0; grade < table.Grades.Count; grade++)
        {
            var id = table.Grades[grade].Id;
            var quota = table.Quotas.FirstOrDefault(candidate => candidate.Grade == id);
            if (quota is not null) GiveByRank(grade, PlacesOf(quota));
            else if (table.Bands.Count > 0) GiveByBand(grade);
        }

        GiveRest();
        return [.. _decisions.Select(decision => decision!)];
    }

    private void FindBands()
    {
        if (table.Bands.Count == 0) return;
        var slots = scheme.EmptySlots();
        var tests = table.Bands.Select(band => scheme.Tests(band.When)).ToList();
        for (var i = 0; i < placed.Count; i++)
        {
            var total = FeelValue.Number(placed[i].Candidate.Judged.Points);
            var found = tests.FindIndex(test => test.Test(total, slots) == true);
            _bands[i] = found < 0 ? null : table.Bands[found];
        }
    }

    private bool May(int unit, int grade, decimal? atLeast = null)
    {
        if (_decisions[unit] is not null) return false;
        var judged = placed[unit].Candidate.Judged;
        if (judged.CapGrade is { Effect: CapGrade cap } && IndexOf(cap.Grade) > grade) return false;
        if (atLeast is { } least && judged.Points < least) return false;
        return table.Bands.Count == 0 || (_bands[unit] is { } band && IndexOf(band.Grade) <= grade);
    }

    private void GiveByRank(int grade, Places places)
    {
        var left = places.Count;
        for (var first = 0; first < placed.Count && left > 0;)
        {
            var after = first + 1;
            while (after < placed.Count && placed[after].Rank == placed[first].Rank) after++;
            if (after - first == 1)
            {
                if (May(first, grade, places.Quota.AtLeast)) Give(first, grade, places, ref left);
                first = after;
                continue;
            }

            var equal =
                Enumerable.Range(first, after - first).Where(unit => May(unit, grade, places.Quota.AtLeast)).ToList();
            if (equal.Count > left && !SettleEdge(grade, places, equal, left)) return;
            foreach (var unit in equal) Give(unit, grade, places, ref left);
            first = after;
        }
    }

    private void Give(int unit, int grade, Places places, ref int left)
    {
        _decisions[unit] = new GradeDecision(table.Grades[grade].Id, _bands[unit], places, null);
        left--;
    }

    /// <summary>Whether equal units across the edge get the grade.</summary>
    private bool SettleEdge(int grade, Places places, List<int> equal, int left)
    {
        switch (table.EdgeTies)
        {
            case EdgeTies.AllIn: return true;
            case EdgeTies.AllOut:
                foreach (var unit in equal) _tiedOut[unit] ??= places.Quota.Grade;
                return false;
            default:
                throw new EdgeTieException(
                    table.Grades[grade], left,
                    [.. equal.Select(unit => placed[unit].Candidate.Sheet.Unit).Order(StringComparer.Ordinal)]);
        }
    }

    private void GiveByBand(int grade)
    {
        for (var unit = 0; unit < placed.Count; unit++)
        {
            if (May(unit, grade))
            {
                _decisions[unit] = new GradeDecision(table.Grades[grade].Id, _bands[unit], null, _tiedOut[unit]);
            }
        }
    }

    private void GiveRest()
    {
        for (var unit = 0; unit < placed.Count; unit++)
        {
            if (_decisions[unit] is not null) continue;
            var grade = table.Rest;
            if (placed[unit].Candidate.Judged.CapGrade is { Effect: CapGrade cap }
                && (grade is null || IndexOf(cap.Grade) > IndexOf(grade)))
            {
                grade = cap.Grade;
            }

            _decisions[unit] = new GradeDecision(grade, _bands[unit], null, _tiedOut[unit]);
        }
    }

    private Places PlacesOf(RankQuota quota)
    {
        var slots = scheme.EmptySlots();
        if (quota.Count is { } count)
        {
            return new Places(quota, Whole(Number(quota, count, slots), QuotaRounding.Down), null);
        }

        var percent = Number(quota, quota.Percent!, slots);
        return new Places(quota, Whole(percent * placed.Count / 100m, quota.Rounding), percent);
    }

    private decimal Number(RankQuota quota, RuleSets.Formula formula, FeelValue[] slots) =>
        scheme.Formula(formula).Evaluate(slots).TryNumber(out var number) && number >= 0m
            ? number
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{formula.Location}: the number of places for {scheme.GradeName(quota.Grade).En} (`{formula.Text}`) is no "
                + $"number of at least 0 on {scheme.AsOf:O}; mend the formula or give its parameters a value in force."));

    private static int Whole(decimal places, QuotaRounding rounding) => (int)Math.Round(places, 0, rounding switch
    {
        QuotaRounding.Up => MidpointRounding.ToPositiveInfinity,
        QuotaRounding.HalfUp => MidpointRounding.AwayFromZero,
        _ => MidpointRounding.ToNegativeInfinity,
    });

    private int IndexOf(string grade)
    {
        for (var i = 0; i < table.Grades.Count; i++)
        {
            if (table.Grades[i].Id == grade) return i;
        }

        return table.Grades.Count;
    }
}
