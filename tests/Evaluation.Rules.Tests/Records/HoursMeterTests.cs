using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Tests.Content;
using FsCheck;
using FsCheck.Fluent;

namespace Evaluation.Rules.Tests.Records;

/// <summary>What service records come to: each moment of an instrument counts once, inside the period.</summary>
public sealed class HoursMeterTests
{
    private static readonly Period Year = new(new DateOnly(2001, 1, 1), new DateOnly(2002, 1, 1));
    private static readonly Period Week = new(new DateOnly(2001, 1, 1), new DateOnly(2001, 1, 8));
    private static readonly RecordExclusion Rule = Shipped.Load("2026").Records.Records.Single(rule => rule.Id == "statutory-testing");

    /// <summary>Sessions in minutes round a week: some outside it, some over its edges, some inside one another.</summary>
    private static readonly Gen<ServiceUse[]> Sessions = Gen.NonEmptyListOf(
        from start in Gen.Choose(-3000, 13_000)
        from length in Gen.OneOf(Gen.Choose(1, 300), Gen.Choose(1, 6000))
        from scope in Gen.Elements(ServiceScope.External, ServiceScope.Internal, ServiceScope.Unknown)
        from excluded in Gen.Elements(false, false, false, true)
        select Use(start, start + length, scope) with { Purpose = excluded ? "x" : null }).Select(list => list.ToArray());

    [Fact]
    public void Merged_hours_are_those_of_a_grid_of_minutes()
    {
        Prop.ForAll(Sessions.ToArbitrary(), sessions =>
        {
            var total = Measure(Week, sessions);
            var kept = sessions.Where(one => one.Purpose is null).ToList();
            return Minutes(total.Merged) == Grid(sessions)
                && Minutes(total.Accepted) == Grid(kept)
                && Minutes(total.External.Hours) == Grid(kept.Where(one => one.Scope == ServiceScope.External))
                && Minutes(total.Internal.Hours) == Grid(kept.Where(one => one.Scope == ServiceScope.Internal))
                && Minutes(total.Unknown.Hours) == Grid(kept.Where(one => one.Scope == ServiceScope.Unknown));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Every_minute_a_record_states_is_counted_or_has_its_reason()
    {
        Prop.ForAll(Sessions.ToArbitrary(), sessions =>
        {
            var counted = new List<CountedUse>();
            var total = Measure(Week, sessions, counted);
            return counted.TrueForAll(one =>
                    one.Stated == one.Outside + one.Excluded + one.Overlapped + one.StatedLess + one.Counted)
                && counted.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Counted) == total.Accepted
                && total.Raw == total.Accepted + total.Lost.Values.Aggregate(TimeSpan.Zero, (sum, lost) => sum + lost.Time);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_day_has_twenty_four_hours_and_a_period_those_of_the_calendar()
    {
        Prop.ForAll(Sessions.ToArbitrary(), sessions =>
        {
            var day = new Period(Week.From, Week.From.AddDays(1));
            return Measure(day, sessions).Accepted <= TimeSpan.FromHours(24)
                && Measure(Week, sessions).Accepted <= TimeSpan.FromDays(7);
        }).QuickCheckThrowOnFailure();
        Measure(Year, Use(-500_000, 1_000_000), Use(-400_000, 1_000_000)).Accepted.ShouldBe(TimeSpan.FromDays(365));
    }

    [Fact]
    public void A_session_over_new_year_counts_on_either_side_with_its_part()
    {
        var session = Use(-120, 120);
        Measure(Year, session).Accepted.ShouldBe(TimeSpan.FromHours(2));
        Measure(new Period(Year.From.AddYears(-1), Year.From), session).Accepted.ShouldBe(TimeSpan.FromHours(2));
        Measure(Year, session).Lost[UseReasons.Clipped].Time.ShouldBe(TimeSpan.FromHours(2));
    }

    [Fact]
    public void A_session_that_has_not_ended_has_no_hours_and_is_counted_as_such()
    {
        var open = Use(600, 700) with { End = null, Fee = 50 };
        var total = Measure(Year, open, Use(610, 670));
        total.Accepted.ShouldBe(TimeSpan.FromHours(1));
        total.Records.ShouldBe(2);
        total.Lost[UseReasons.Open].Records.ShouldBe(1);
        new HoursMeter(Year).Touches(open with { Start = open.Start.AddYears(-1) }).ShouldBeFalse("it did not begin in the period");
    }

    [Fact]
    public void Samples_and_other_counts_never_become_hours()
    {
        var samples = Use(600, 1200, ServiceScope.External) with { Kind = RecordKind.Samples, Quantity = 12.5m, Fee = 300 };
        var total = Measure(Year, samples, Use(600, 900) with { Kind = RecordKind.Count, Quantity = 3 });
        total.Raw.ShouldBe(TimeSpan.Zero);
        total.Accepted.ShouldBe(TimeSpan.Zero);
        total.External.Samples.ShouldBe(12.5m);
        total.External.Fees.ShouldBe(300m, "the work was paid for all the same");
        total.Lost[UseReasons.Samples].Records.ShouldBe(1);
        total.Lost[UseReasons.Count].Records.ShouldBe(1);
    }

    [Fact]
    public void A_record_that_states_fewer_hours_than_it_lasts_counts_those()
    {
        var total = Measure(Year, Use(600, 1200) with { Quantity = 3.5m });
        total.Accepted.ShouldBe(TimeSpan.FromHours(3.5));
        total.Lost[UseReasons.StatedLess].Time.ShouldBe(TimeSpan.FromHours(6.5));
        Measure(Year, Use(600, 1200) with { Quantity = 100 }).Accepted.ShouldBe(TimeSpan.FromHours(10), "no more than the clock");
    }

    [Fact]
    public void The_second_record_of_an_invoice_keeps_its_hours_and_loses_its_fee()
    {
        var first = Use(600, 660, ServiceScope.External) with { Fee = 100 };
        var total = Measure(Year, first, first with { Start = first.Start.AddHours(2), End = first.End!.Value.AddHours(2), InvoiceUsedBefore = true });
        total.External.Fees.ShouldBe(100m);
        total.RawFees.ShouldBe(200m);
        total.External.Hours.ShouldBe(TimeSpan.FromHours(2));
        total.Lost[UseReasons.InvoiceUsed].Records.ShouldBe(1);
    }

    [Fact]
    public void Excluded_records_cover_no_time_of_others_and_are_counted_by_their_rule()
    {
        var total = Measure(Year, Use(600, 720) with { Purpose = "x", Fee = 10 }, Use(660, 780));
        total.Accepted.ShouldBe(TimeSpan.FromHours(2));
        total.Merged.ShouldBe(TimeSpan.FromHours(3));
        total.LostToRules["statutory-testing"].ShouldBe(new LostTime(1, TimeSpan.FromHours(2)));
        total.Internal.Fees.ShouldBe(0m);
    }

    [Fact]
    public void Users_are_counted_once_and_an_unknown_user_is_never_an_outside_one()
    {
        var total = Measure(
            Year, Use(0, 10, ServiceScope.External) with { User = "甲" }, Use(20, 30, ServiceScope.External) with { User = "甲" },
            Use(40, 50, ServiceScope.External) with { User = "乙" }, Use(60, 70, ServiceScope.Unknown) with { User = "丙" });
        total.External.Users.ShouldBe(2);
        total.External.Hours.ShouldBe(TimeSpan.FromMinutes(30));
        total.Unknown.Hours.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void The_cycles_rules_exclude_related_parties_and_statutory_testing_and_nothing_unsaid()
    {
        var conditions = new RecordConditions(Shipped.Load("2026").Records, Year.To);
        var use = Use(0, 60, ServiceScope.External);
        conditions.Of("u", "i", use).ShouldBeNull();
        conditions.Of("u", "i", use with { Related = true })!.Id.ShouldBe("related-party");
        conditions.Of("u", "i", use with { Related = false }).ShouldBeNull();
        conditions.Of("u", "i", use with { Purpose = "法定检测" })!.Name.Zh.ShouldContain("法定检测");
        conditions.Of("u", "i", use with { Purpose = "科学研究" }).ShouldBeNull();
    }

    [Fact]
    public void The_scope_of_the_cycle_is_its_least_value_and_its_days()
    {
        var rules = Shipped.Load("2026");
        var conditions = new ScopeConditions(rules.Records, "instruments", rules.Cycle!.Period, rules.AsOf);
        var nothing = new RegisteredResource(null, null, null, null, null, null, null, null, null, null);
        conditions.Of(nothing).ShouldBeNull("what a register does not say leaves nothing out");
        conditions.Of(nothing with { OriginalValue = 499_999m })!.Id.ShouldBe("below-value");
        conditions.Of(nothing with { OriginalValue = 500_000m }).ShouldBeNull();
        conditions.Of(nothing with { InServiceFrom = rules.Cycle.Period.To })!.Id.ShouldBe("not-yet-in-service");
        conditions.Of(nothing with { RetiredOn = rules.Cycle.Period.From })!.Id.ShouldBe("retired-before");
    }

    [Fact]
    public void A_registration_clock_is_a_scope_rule_of_the_cycles_files_like_any_other()
    {
        var folder = Shipped.Load("2026").Folder;
        var rules = RuleSetLoader.Load(new RuleFolder(folder.Name, new Dictionary<string, string>(folder.Files)
        {
            ["records.yaml"] = folder.Files["records.yaml"] + """

                  - leave_out: registered-late
                    category: instruments
                    name: { zh: 建账后逾期登记, en: Registered too late after it was booked }
                    when: registered_on > booked_on + duration("P42D")
                    source: { document: 某校开放共享办法, item: 第八条 }
                    cases:
                      - { given: { booked_on: 'date("2025-03-01")', registered_on: 'date("2025-04-13")' }, holds: true }
                      - { given: { booked_on: 'date("2025-03-01")', registered_on: 'date("2025-04-12")' }, holds: false }
                """,
        }));
        var conditions = new ScopeConditions(rules.Records, "instruments", rules.Cycle!.Period, rules.AsOf);
        var booked = new RegisteredResource(null, null, null, null, null, null, null, new(2025, 3, 1), null, null);
        conditions.Of(booked).ShouldBeNull("it is not known when it was registered");
        conditions.Of(booked with { RegisteredOn = new(2025, 4, 12) }).ShouldBeNull();
        conditions.Of(booked with { RegisteredOn = new(2025, 4, 13) })!.Name.En.ShouldBe("Registered too late after it was booked");
    }

    private static InstrumentHours Measure(Period period, params ServiceUse[] uses) => Measure(period, uses, []);

    private static InstrumentHours Measure(Period period, ServiceUse[] uses, List<CountedUse> counted)
    {
        var meter = new HoursMeter(period);
        foreach (var use in uses.OrderBy(use => use.Start).Where(meter.Touches))
        {
            counted.Add(meter.Add(use, use.Purpose is null ? null : Rule));
        }

        return meter.Total();
    }

    private static ServiceUse Use(int start, int end, ServiceScope scope = ServiceScope.Internal) => new(
        1, 2, At(start), At(end), scope, RecordKind.Hours, null, null, false, null, null, null, null);

    private static DateTime At(int minutes) => Year.From.ToDateTime(TimeOnly.MinValue).AddMinutes(minutes);

    private static long Minutes(TimeSpan time) => (long)time.TotalMinutes;

    private static long Grid(IEnumerable<ServiceUse> sessions)
    {
        var grid = new bool[7 * 24 * 60];
        foreach (var session in sessions)
        {
            for (var at = session.Start; at < session.End; at = at.AddMinutes(1))
            {
                var minute = (int)(at - At(0)).TotalMinutes;
                if (minute >= 0 && minute < grid.Length) grid[minute] = true;
            }
        }

        return grid.Count(used => used);
    }
}
