using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evaluation.Jobs.Collecting;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;
using Evaluation.Tests;
using Xunit.Abstractions;

namespace Evaluation.Jobs.Tests.Collecting;

public sealed class NriiTests(PostgresFixture postgres, ITestOutputHelper output) : IClassFixture<PostgresFixture>, IDisposable
{
    private const string Profile = "nrii";

    private readonly SourceRoom room = new(output);
    private readonly DocumentStore documents = new(postgres.Database, TimeProvider.System);

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData("type1_center.json", 0, 1)]
    [InlineData("type4_instrument_demo.json", 4, 0)]
    [InlineData("type4_instrument_tongji_masked.json", 4, 0)]
    [InlineData("type5_customs.json", 0, 1)]
    [InlineData("type6_service_record.json", 3, 0)]
    [InlineData("type7_service_effect.json", 9, 0)]
    [InlineData("sgst_productRecord.json", 3, 0)]
    public void Every_real_sample_is_told_by_its_content_and_nothing_in_it_is_refused(string file, int accepted, int counted)
    {
        if (room.Real("nrii/" + file) is not { } path) return;
        SourceRoom.Recognised(path).ShouldBe(Profile);
        var read = SourceRoom.Read(path, Profile);
        read.Rejects.ShouldBeEmpty();
        (read.Result.Accepted, read.Result.Skipped).ShouldBe((accepted, counted));
        if (counted > 0) read.Result.Notes.Single().En.ShouldContain("1 of kind");
    }

    [Fact]
    public void The_instrument_of_a_real_institution_is_worth_its_ten_thousands_of_yuan_although_its_contact_is_masked()
    {
        if (room.Real("nrii/type4_instrument_tongji_masked.json") is not { } path) return;
        var read = SourceRoom.Read(path, Profile);
        read.One("instruments.original_value").ShouldSatisfyAllConditions(
            one => one.Value.ShouldBe(644_900m), one => one.UnitOfMeasure.ShouldBe("yuan"), one => one.Resource.ShouldBe("14602413"));
        read.One("instruments.category_code").Answer.ShouldBe("020101");
        read.One("instruments.class").Answer.ShouldBe("general");
        var entry = read.Found.OfType<CollectedResource>().Single().Resource;
        (entry.Name, entry.Class, entry.OriginalValue, entry.InServiceFrom)
            .ShouldBe(("高温环境伺服成形试验机", "020101", 644_900m, new DateOnly(2015, 4, 9)));
    }

    [Fact]
    public void A_real_service_record_gives_hours_and_yuan_of_a_user_of_whom_nobody_knows_whether_he_is_from_outside()
    {
        if (room.Real("nrii/type6_service_record.json") is not { } path) return;
        var read = SourceRoom.Read(path, Profile);
        var hours = read.One("inst_hours_effective");
        (hours.Value, hours.UnitOfMeasure, hours.Dimensions["scope"]).ShouldBe((12.3m, "hour", "unknown"));
        (read.One("inst_income").Value, read.One("inst_income").UnitOfMeasure).ShouldBe((12_000m, "yuan"));
        read.One("inst_satisfaction").Value.ShouldBe(5);
        read.Observations.ShouldNotContain(one => one.Metric == "inst_hours_external" || one.Metric == "inst_income_external");
        read.Observations.ShouldAllBe(one => one.Flags.Contains("date-unknown") && one.Flags.Contains("record-number-missing"));
    }

    [Fact]
    public void The_effect_that_is_told_in_words_is_taken_out_of_them_and_waits_for_confirmation()
    {
        if (room.Real("nrii/type7_service_effect.json") is not { } path) return;
        var read = SourceRoom.Read(path, Profile);
        read.One("inst_samples").Value.ShouldBe(30_000);
        read.One("inst_hours_external").Value.ShouldBe(15_000);
        read.One("inst_training_sessions").Value.ShouldBe(8);
        read.One("inst_trainees").Value.ShouldBe(586);
        read.One("inst_income_external").Value.ShouldBe(8_562_300m);
        read.One("inst_online_ratio").Value.ShouldBe(0.95m);
        read.One("out_papers").Value.ShouldBe(223);
        read.One("out_patents").Value.ShouldBe(12);
        read.One("out_projects").Value.ShouldBe(16);
        read.Observations.ShouldAllBe(one => one.Flags.Contains("needs-confirmation"));
        read.Result.Notes.Single().En.ShouldContain("socialBenefit");
    }

    [Fact]
    public void Our_own_records_give_the_same_without_any_file_of_others()
    {
        var effect = SourceRoom.Read(
            room.Put("e.json", """[{"insCode":"u1","serviceAmounts":"测样1.2万个，校外使用2,500小时；开机3500小时","billWorth":"12.5","billWorthInstr":"13"}]"""),
            Profile);
        effect.One("inst_samples").Value.ShouldBe(12_000);
        effect.One("inst_hours_external").Value.ShouldBe(2_500);
        effect.One("inst_hours_effective").Value.ShouldBe(3_500);
        effect.One("inst_income").Value.ShouldBe(125_000m);
        effect.One("inst_income_external").Flags.ShouldBe(["external-above-total"]);

        var service = SourceRoom.Read(room.Put("s.json", Record()), Profile);
        service.One("inst_hours_effective").Value.ShouldBe(2.5m);
        service.One("inst_hours_external").Value.ShouldBe(2.5m);
        service.One("inst_income_external").Value.ShouldBe(600m);
        service.One("inst_hours_effective").Period.ToString().ShouldBe("2025-03-01/2025-03-01");
        var use = service.Found.OfType<CollectedServiceRecord>().Single().Record;
        (use.Record, use.Start.Hour, use.End!.Value.Hour, use.Scope, use.Fee, use.User)
            .ShouldBe(("7001", 9, 12, ServiceScope.External, 600m, "某企业"));
    }

    [Theory]
    [InlineData("占用共享", "12.3", "inst_hours_effective", 12.3)]
    [InlineData("技术共享，远程共享", "12.3", "inst_hours_effective", 12.3)]
    [InlineData("委托共享", "12", "inst_samples", 12)]
    [InlineData("其他", "3", "inst_uses", 3)]
    public void How_it_was_shared_says_what_the_quantity_is(string way, string amount, string metric, double value)
    {
        var read = SourceRoom.Read(
            room.Put("s.json", Record(r => { r["serviceWay"] = way; r["serviceAmount"] = amount; r["serviceType"] = "120"; })), Profile);
        read.Observations.Single(one => one.Metric != "inst_income").ShouldSatisfyAllConditions(
            one => one.Metric.ShouldBe(metric), one => one.Value.ShouldBe((decimal)value));
        // Samples and times are never counted as hours.
        var use = read.Found.OfType<CollectedServiceRecord>().Single().Record;
        (use.Quantity, use.Way).ShouldBe(((decimal)value, way));
        use.Kind.ShouldBe(metric switch
        {
            "inst_samples" => RecordKind.Samples,
            "inst_uses" => RecordKind.Count,
            _ => RecordKind.Hours,
        });
    }

    [Theory]
    [InlineData("serviceAmount", "1970-01-01 08", "quantity-is-date")]
    [InlineData("serviceAmount", "三小时", "not-a-number")]
    [InlineData("serviceAmount", "-1", "not-a-number")]
    [InlineData("serviceAmount", "", "field-missing")]
    [InlineData("amounts", "", "field-missing")]
    [InlineData("comment", "很好", "not-a-choice")]
    [InlineData("serviceType", "140", "not-a-choice")]
    [InlineData("endTime", "2025-03-01 08", "end-before-start")]
    [InlineData("innerId", "", "field-missing")]
    [InlineData("insCode", "", "unit-missing")]
    public void What_cannot_be_taken_is_refused_by_name_and_never_becomes_a_number(string field, string value, string code)
    {
        var read = SourceRoom.Read(room.Put("s.json", Record(r => r[field] = value)), Profile);
        var refused = read.Rejects.Single();
        (refused.Code, refused.Cell).ShouldBe((code, $"[0].{field}"));
        refused.Reason.En.ShouldContain(code);
        if (field == "serviceAmount") read.Observations.ShouldNotContain(one => one.Metric.StartsWith("inst_hours", StringComparison.Ordinal));
    }

    [Fact]
    public void Twelve_point_three_samples_are_no_count_of_samples()
    {
        var read = SourceRoom.Read(
            room.Put("s.json", Record(r => { r["serviceWay"] = "委托共享"; r["serviceAmount"] = "12.3"; })), Profile);
        read.Rejects.Single().Code.ShouldBe("sample-count-not-whole");
        read.One("inst_income").Value.ShouldBe(600m);
    }

    [Fact]
    public void Hours_that_cannot_be_are_kept_and_flagged()
    {
        SourceRoom.Read(room.Put("s.json", Record(r => r["serviceAmount"] = 30)), Profile)
            .One("inst_hours_effective").Flags.ShouldBe(["hours-above-day", "hours-above-span"]);
        var read = SourceRoom.Read(
            room.Put("i.json", """{"insCode":"u1","innerId":"9","canme":"显微镜","instrCategory":"030122","runMachine":"9000","serviceMachine":9500}"""),
            Profile);
        read.One("inst_hours_effective").Flags.ShouldBe(["hours-above-period"]);
        read.One("inst_hours_external").Flags.ShouldBe(["external-above-total", "hours-above-period"]);
        read.Found.OfType<CollectedResource>().Single().Resource.Name.ShouldBe("显微镜");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("type4_instrument_tongji_masked.json")]
    [InlineData("type6_service_record.json")]
    [InlineData("type7_service_effect.json")]
    [InlineData("sgst_productRecord.json")]
    public void The_same_file_in_GB18030_and_in_UTF_8_with_a_mark_gives_byte_identical_observations(string? file)
    {
        var text = file is not null && room.Real("nrii/" + file) is { } real ? File.ReadAllText(real) : Record();
        var plain = Written(room.Put("a/nrii.json", text));
        Written(room.Put("b/nrii.json", text, ImportRoom.Gb18030)).ShouldBe(plain);
        Written(room.Put("c/nrii.json", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true))).ShouldBe(plain);
        Written(room.Put("d/nrii.json", text, new UnicodeEncoding(bigEndian: true, byteOrderMark: true))).ShouldBe(plain);
    }

    [Fact]
    public void The_envelope_of_texts_the_post_and_the_SOAP_call_say_the_same_as_the_plain_record()
    {
        var record = JsonNode.Parse(Record())![0]!;
        var texts = new JsonObject { ["insCode"] = "u1", ["instruType"] = 6, ["instruList"] = new JsonArray(record.ToJsonString()) };
        var post = new JsonObject { ["insCode"] = "u1", ["instruType"] = "6", ["instruData"] = $"[{record.ToJsonString()}]" };
        var soap = $"""
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
            <ns2:instruInfo xmlns:ns2="http://instru.server.ws.com/"><insCode>u1</insCode><instruType>6</instruType>
            <instruList>{record.ToJsonString()}</instruList></ns2:instruInfo></soap:Body></soap:Envelope>
            """;
        var plain = Values(room.Put("p.json", Record()));
        Values(room.Put("t.json", texts.ToJsonString())).ShouldBe(plain);
        Values(room.Put("f.json", post.ToJsonString())).ShouldBe(plain);
        Values(room.Put("s.xml", soap)).ShouldBe(plain);
        SourceRoom.Recognised(room.Put("unnamed.xml", soap)).ShouldBe(Profile);
    }

    [Theory]
    [InlineData("9", "kind-unknown")]
    [InlineData("4", "kind-mismatch")]
    public void A_kind_that_does_not_exist_or_is_not_that_of_the_content_is_refused(string type, string code) =>
        SourceRoom.Read(room.Put("t.json", $$"""{"insCode":"u1","instruType":"{{type}}","instruList":{{Record()}}}"""), Profile)
            .Rejects.Single().Code.ShouldBe(code);

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"insCode":"u1","instruType":6,"instruList":[]}""")]
    public void A_message_without_a_record_says_so(string text)
    {
        var read = SourceRoom.Read(room.Put("t.json", text), Profile);
        (read.Result.Accepted, read.Result.Rejected).ShouldBe((0, 0));
        read.Result.Notes.Single().En.ShouldContain("no record");
    }

    [Fact]
    public void A_record_that_is_no_record_is_refused_and_the_others_go_in()
    {
        var read = SourceRoom.Read(
            room.Put("t.json", $$"""{"insCode":"u1","instruType":6,"instruList":["{not json", {{Record()[1..^1]}}]}"""), Profile);
        read.Rejects.Single().Code.ShouldBe("not-a-record");
        read.One("inst_hours_effective").Locator.ShouldBe("[1].serviceAmount");
    }

    [Fact]
    public void A_record_in_one_message_twice_holds_as_it_was_said_last_until_it_is_submitted()
    {
        string Again(string amount, string status) => Record(r => { r["serviceAmount"] = amount; r["auditStatus"] = status; })[1..^1];
        var read = SourceRoom.Read(room.Put("t.json", $"[{Again("1", "-1")},{Again("2", "0")},{Again("3", "-1")}]"), Profile);
        read.One("inst_hours_effective").Value.ShouldBe(2);
        read.Result.Skipped.ShouldBe(1);
        read.Rejects.Single().Code.ShouldBe("record-locked");
    }

    [Fact]
    public async Task Sent_again_as_submitted_it_replaces_once_and_is_locked_then()
    {
        await Import(Record(r => r["recordInnerId"] = "8001"));
        var submitted = await Import(Record(r => { r["recordInnerId"] = "8001"; r["serviceAmount"] = "2.0"; r["auditStatus"] = "0"; }));
        (submitted.Accepted, submitted.Replaced, submitted.Rejected).ShouldBe((5, 2, 0));
        var locked = await Import(Record(r => { r["recordInnerId"] = "8001"; r["serviceAmount"] = "2.4"; }));
        (locked.Accepted, locked.Replaced, locked.Rejected).ShouldBe((0, 0, 1));
        (await documents.Rejects(locked.File.Document)).Single().Reason.Zh.ShouldContain("锁定");
        (await Import(Record(r => { r["recordInnerId"] = "8001"; r["serviceAmount"] = "2.0"; r["auditStatus"] = "0"; })))
            .AlreadyRead.ShouldBeTrue();
    }

    [Fact]
    public async Task A_mended_profile_reads_a_submitted_record_anew_and_still_refuses_what_came_after_it()
    {
        var submitted = Put(Record(r => { r["recordInnerId"] = "8003"; r["auditStatus"] = "0"; }));
        var later = Put(Record(r => { r["recordInnerId"] = "8003"; r["serviceAmount"] = "3.0"; }));
        (await Import(submitted, SourceRoom.Rules)).Rejected.ShouldBe(0);
        (await Import(later, SourceRoom.Rules)).Rejected.ShouldBe(1);
        var mended = SourceRoom.With("imports/nrii.yaml", text => text + "  agreement_yes: one\n");
        (await Import(submitted, mended)).ShouldSatisfyAllConditions(
            again => again.AlreadyRead.ShouldBeFalse(), again => again.Rejected.ShouldBe(0), again => again.Accepted.ShouldBe(5));
        (await Import(later, mended)).Rejected.ShouldBe(1);
    }

    [Fact]
    public async Task A_record_whose_user_day_and_instrument_are_corrected_is_replaced_and_not_counted_twice()
    {
        await Import(Record(r => { r["recordInnerId"] = "8002"; r["serviceType"] = "120"; }));
        var corrected = await Import(Record(r =>
        {
            r["recordInnerId"] = "8002";
            r["serviceType"] = "130";
            r["innerId"] = "other";
            r["serviceTime"] = "2025-03-02 09";
            r["endTime"] = "2025-03-02 12";
        }));
        corrected.Replaced.ShouldBe(2);
    }

    [Fact]
    public void The_agreement_is_yes_at_zero_and_the_profile_may_turn_it_round()
    {
        var path = room.Put("s.json", Record(r => r["signAgreement"] = 0));
        SourceRoom.Read(path, Profile).One("inst_income").Dimensions["agreement"].ShouldBe("yes");
        var turned = SourceRoom.With("imports/nrii.yaml", text => text + "  agreement_yes: one\n");
        SourceRoom.Read(path, Profile, turned).One("inst_income").Dimensions["agreement"].ShouldBe("no");
    }

    [Fact]
    public void A_user_from_the_unit_itself_is_inside_also_where_the_record_does_not_say_it()
    {
        var named = SourceRoom.With("imports/nrii.yaml", text => text
            + "units:\n  - { alias: u1, unit: some-university, name: { zh: 某大学, en: Some University } }\n");
        var read = SourceRoom.Read(
            room.Put("s.json", Record(r => { r.AsObject().Remove("serviceType"); r["applicantUnit"] = " 某大学　"; })), Profile, named);
        var hours = read.One("inst_hours_effective");
        (hours.Unit, hours.Dimensions["scope"]).ShouldBe(("some-university", "internal"));
        hours.Flags.ShouldBe(["scope-by-name"]);
    }

    private string Put(string text) => room.Put($"nrii-{Guid.NewGuid():N}.json", text);

    private Task<ImportResult> Import(string text) => Import(Put(text), SourceRoom.Rules);

    private Task<ImportResult> Import(string path, RuleSet rules) => new Importer(rules).Import(
        new Recognition(rules).Read(path, rules.Imports.Single(one => one.Id == Profile)), documents);

    private static string Record(Action<JsonNode>? change = null)
    {
        var record = JsonNode.Parse(
            """
            {"insCode":"u1","recordInnerId":"7001","innerId":"20000000","amounts":"600","serviceTime":"2025-03-01 09",
             "endTime":"2025-03-01 12","serviceContent":"成像","serviceWay":"占用共享","serviceAmount":"2.5","serviceType":130,
             "applicant":"张三","applicatPhone":"***","applicantUnit":"某企业","auditStatus":"-1"}
            """)!;
        change?.Invoke(record);
        return $"[{record.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })}]";
    }

    private static List<(string, decimal?, string)> Values(string path) =>
        [.. SourceRoom.Read(path, Profile).Observations.Select(one => (one.Metric, one.Value, string.Join(';', one.Flags)))];

    private string Written(string path)
    {
        var table = Path.Combine(room.Folder, "out.csv");
        new ImportCommand(SourceRoom.Rules, TextWriter.Null, TextWriter.Null).Run(Profile, [path], table, null).GetAwaiter().GetResult();
        return File.ReadAllText(table);
    }
}
