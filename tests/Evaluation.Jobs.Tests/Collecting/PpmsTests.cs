using Evaluation.Jobs.Collecting;
using Evaluation.Rules.Facts;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class PpmsTests(ITestOutputHelper output) : IDisposable
{
    private const string Profile = "ppms";
    private const string Sheet = "getrunningsheet/day--2028-12-24__plateformid--2.txt";
    private const string Header = "Location, Start time, End time, Object, User, Training, Assisted\r\n";

    private readonly SourceRoom room = new(output);

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("cached_responses/stage_0/getrunningsheet/day--2028-12-24__plateformid--2.txt", 8, 0, 0)]
    [InlineData("mocked_responses/runningsheet_single_unknown_fullname/getrunningsheet/day--2028-12-24__plateformid--2.txt", 6, 0, 0)]
    [InlineData("cached_responses/stage_0/getsystems/response.txt", 1, 0, 0)]
    [InlineData("mocked_responses/update_systems__broken_id/getsystems/response.txt", 1, 1, 0)]
    [InlineData("cached_responses/stage_0/getuserexp/response.txt", 6, 0, 0)]
    [InlineData("cached_responses/stage_0/getgroup/unitlogin--pyppms_group.txt", 0, 0, 1)]
    [InlineData("cached_responses/stage_0/getuser/login--pyppms.txt", 0, 0, 1)]
    [InlineData("cached_responses/stage_0/nextbooking/id--69.txt", 0, 0, 3)]
    public void Every_real_answer_is_read_for_what_it_is(string file, int accepted, int rejected, int counted)
    {
        if (room.Real("ppms/" + file) is not { } path) return;
        var read = SourceRoom.Read(path, Profile);
        (read.Result.Accepted, read.Result.Rejected, read.Result.Skipped).ShouldBe((accepted, rejected, counted));
        if (!file.Contains("nextbooking")) SourceRoom.Recognised(path).ShouldBe(Profile);
    }

    [Fact]
    public void The_real_running_sheet_gives_four_hours_of_its_core_and_day()
    {
        if (room.Real("ppms/cached_responses/stage_0/" + Sheet) is not { } path) return;
        var read = SourceRoom.Read(path, Profile);
        read.Sum("inst_hours_effective").ShouldBe(4.0m);
        read.Observations.ShouldAllBe(one => one.Unit == "ppms-core:2" && one.Resource == "Python Development System"
            && one.Period.ToString() == "2028-12-24/2028-12-24" && one.Dimensions["scope"] == "unknown");
        read.Observations.Select(one => one.Dimensions["record"]).Distinct().Count().ShouldBe(4);
    }

    [Fact]
    public void A_user_whom_nobody_knows_is_kept_as_unresolved_and_the_hours_count()
    {
        var text = Header + Row("09:00", "10:00", "Known Person") + Row("11:00", "12:00", "Unknown Fullname");
        var path = room.Real("ppms/mocked_responses/runningsheet_single_unknown_fullname/" + Sheet);
        var names = path is null ? "Known Person" : "Python PumAPI";
        var rules = SourceRoom.With("imports/ppms.yaml", yaml => yaml + $"  users: {names}; Somebody Else\n");
        var read = SourceRoom.Read(path ?? room.Put(Sheet, text), Profile, rules);
        read.Sum("inst_hours_effective").ShouldBe(path is null ? 2 : 3);
        read.Observations.Where(one => one.Flags.Contains("user-unresolved")).Select(one => one.Locator).ShouldBe(["line 3"]);
        // Without a list of users nobody is resolved, and no name is kept anywhere.
        var without = SourceRoom.Read(room.Put(Sheet, text), Profile);
        without.Observations.ShouldAllBe(one => one.Flags.Contains("user-unresolved"));
        without.Observations.ShouldAllBe(one => !one.ToString().Contains("Fullname"));
    }

    [Fact]
    public void A_header_that_lost_its_commas_is_a_broken_format_and_not_a_day_without_use()
    {
        var path = room.Real("ppms/mocked_responses/runningsheet_key_error/" + Sheet)
            ?? room.Put(Sheet, "LocationStarttimeEndtimeObjectUserTrainingAssisted\r\nx09:0010:00y\r\n");
        var refused = Should.Throw<ImportException>(() => SourceRoom.Read(path, Profile));
        refused.Reason.En.ShouldContain("is of no answer of PUMAPI");
        refused.Reason.Zh.ShouldContain("LocationStarttime");
    }

    [Fact]
    public void A_system_with_a_broken_number_is_refused_by_its_line_and_the_next_one_is_kept()
    {
        var path = room.Real("ppms/mocked_responses/update_systems__broken_id/getsystems/response.txt") ?? room.Put(
            "getsystems/response.txt",
            "Core facility ref,System id,Type,Name\r\n2,no-integer-value,T,Broken\r\n2,31,T,Python Development System\r\n");
        var read = SourceRoom.Read(path, Profile);
        (read.Rejects.Single().Line, read.Rejects.Single().Cell).ShouldBe((2, "System id"));
        read.Found.OfType<CollectedResource>().Single().Resource.Resource.ShouldBe("Python Development System");
    }

    [Theory]
    [InlineData("cached_responses/stage_0/getbooking/id--invalid-id.txt", "getbooking/id--invalid-id.txt", "error: request not authorized\r\n")]
    [InlineData("mocked_responses/auth_response_contains_error/auth/response.txt", "auth/response.txt", "there is an ERROR in it")]
    public void An_error_in_words_fails_although_it_came_as_success(string real, string name, string text)
    {
        var path = room.Real("ppms/" + real) ?? room.Put(name, text);
        Should.Throw<ImportException>(() => SourceRoom.Read(path, Profile)).Reason.Zh.ShouldContain("PPMS 报错");
        Should.Throw<ImportException>(() => SourceRoom.Read(room.Put(name, text), Profile)).Reason.En.ShouldContain("reports an error");
    }

    [Fact]
    public void Life_time_hours_are_kept_as_what_they_are_and_are_never_added_up()
    {
        var path = room.Put("getuserexp/response.txt",
            "login,id,booked_hours,used_hours,last_res,last_train\r\n\"a\",69,10,8,n/a,n/a\r\n\"b\",69,20,n/a,n/a,n/a\r\n");
        var read = SourceRoom.Read(path, Profile);
        read.Observations.Select(one => one.Metric).Distinct().ShouldBe(["inst_hours_lifetime"]);
        read.Observations.Select(one => one.Value).ShouldBe([10, 8, 20]);
        read.Observations.ShouldAllBe(one => one.Dimensions["value_kind"] == "cumulative");
        var category = SourceRoom.Rules.Cycle!.Categories.Single(one => one.Id == "instruments");
        var facts = FactAssembler.Assemble(SourceRoom.Rules, category, read.Observations).Single();
        facts.Values.Keys.ShouldBe(["inst_hours_lifetime"]);
    }

    [Fact]
    public void A_session_to_midnight_ends_the_day_and_one_backwards_is_refused()
    {
        var read = SourceRoom.Read(
            room.Put(Sheet, Header + Row("22:30", "24:00", "A") + Row("20:00", "00:00", "A") + Row("12:00", "11:00", "A")), Profile);
        read.Observations.Select(one => one.Value).ShouldBe([1.5m, 4]);
        read.Rejects.Single().Line.ShouldBe(4);
    }

    [Fact]
    public void A_running_sheet_without_its_day_is_refused() =>
        Should.Throw<ImportException>(() => SourceRoom.Read(room.Put("sheet.txt", Header + Row("09:00", "10:00", "A")), Profile))
            .Reason.En.ShouldContain("does not say its day");

    private static string Row(string from, string to, string user) => $"\"Lab\",\"{from}\",\"{to}\",\"Confocal\",\"{user}\",\"\",\"\"\r\n";
}
