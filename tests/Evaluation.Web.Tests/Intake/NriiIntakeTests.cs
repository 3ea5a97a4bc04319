using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.RuleSets;
using Evaluation.Tests.Pages;
using Evaluation.Web;
using Microsoft.AspNetCore.Builder;

namespace Evaluation.Tests.Intake;

/// <summary>Institutions push in the format of the national platform and get its return codes.</summary>
public sealed class NriiIntakeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Code = "7025826f8aef4c88a27e21d9103c5dc2";
    private const string Token = "channel-token-1";

    private readonly string folder = Directory.CreateTempSubdirectory("evaluation-intake-").FullName;
    private Database database = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        database = Database.Open(await postgres.FreshDatabase());
        var rules = RuleSetLoader.Load(RuleFolder.Read(Path.Combine(GeneratedYear.ShippedRules, "2026")));
        await new RuleSetStore(database, TimeProvider.System).Record(rules.Folder);
        await new SourceStore(database, TimeProvider.System).Add(new Source(
            "uni", "nrii", "http://localhost/", "nrii", rules.Version, "some-university", "0 0 3 * * ?", TimeSpan.Zero,
            new Dictionary<string, string> { ["ins_code"] = Code },
            new CredentialSafe(folder).Seal("uni", new Dictionary<string, string> { ["token"] = Token }),
            TimeSpan.Zero, 1 << 20, "active", new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        app = WebHost.Build(new WebSettings(database, folder));
        await app.StartAsync();
        client = new HttpClient { BaseAddress = WebHost.AddressOf(app) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Each_return_code_is_the_one_of_the_platform()
    {
        (await Post("6", Service("1"))).ShouldBe("203", "instruments come before what belongs to them");
        (await Post("4", Instrument)).ShouldBe("100");
        (await Post("6", Service("1"))).ShouldBe("100");
        (await Post("5", """[{"insCode":"@","innerId":"20000000","declarationNumber":"1"}]""")).ShouldBe("100");
        (await Post("7", """[{"insCode":"@","billWorth":"12.5"}]""")).ShouldBe("100");
        (await Post("6", Service("2", amount: "1970-01-01 08"))).ShouldBe("101");
        (await Post("6", Service("2", code: "another"))).ShouldBe("200", "a record of another unit");
        (await Post("6", Service("2"), code: "unknown")).ShouldBe("200");
        (await Post("9", Service("2"))).ShouldBe("201");
        (await Post("4", Service("2"))).ShouldBe("201");
        (await Post("6", "no json")).ShouldBe("202");
        (await Post("6", "[]")).ShouldBe("202");
        (await Post("", Service("2"))).ShouldBe("202");
        (await Scalar("select count(*) from service_records")).ShouldBe(1, "what was refused stored nothing");
    }

    [Fact]
    public async Task A_record_may_be_sent_again_until_it_is_submitted_and_after_the_platform_returned_it()
    {
        await Post("4", Instrument);
        (await Post("6", Service("1"))).ShouldBe("100");
        (await Post("6", Service("1", amount: "2", status: "0"))).ShouldBe("100");
        (await Post("6", Service("1", amount: "3"))).ShouldBe("204");
        (await Post("6", Service("1", amount: "2", status: "0"))).ShouldBe("204", "also the same once more");
        (await Hours()).ShouldBe(2m);
        var messages = new ReceivedMessages(database, TimeProvider.System);
        var key = new ReportedRecord("nrii/6", "some-university", "1");
        (await messages.Return(key, "机时有误", "平台中心")).ShouldBeTrue();
        (await messages.Return(key, "again", "平台中心")).ShouldBeFalse();
        (await Post("6", Service("1", amount: "3"))).ShouldBe("100");
        (await Hours()).ShouldBe(3m);
    }

    [Fact]
    public async Task The_same_message_again_is_accepted_and_writes_nothing()
    {
        await Post("4", Instrument);
        await Post("6", Service("1"));
        const string everything =
            """
            select (select count(*) from metric_observations) + (select count(*) from service_records) + (select count(*) from resources)
                + (select count(*) from source_documents) + (select count(*) from pulled_documents)
            """;
        var before = await Scalar(everything);
        (await Post("4", Instrument)).ShouldBe("100");
        (await Post("6", Service("1"))).ShouldBe("100");
        (await Scalar(everything)).ShouldBe(before);
    }

    [Fact]
    public async Task A_message_with_one_bad_record_goes_in_not_at_all()
    {
        await Post("4", Instrument);
        (await Post("6", $"[{Service("1")[1..^1]},{Service("2", amount: "-4")[1..^1]}]")).ShouldBe("101");
        (await Scalar("select count(*) from service_records")).ShouldBe(0);
    }

    [Fact]
    public async Task The_SOAP_call_is_answered_in_its_own_form_and_a_client_finds_its_description()
    {
        var answer = await Soap("4", Instrument[1..^1]);
        answer.ShouldContain("<return>100</return>");
        answer.ShouldContain("instruInfoResponse xmlns:ns2=\"http://instru.server.ws.com/\"");
        (await Soap("6", Service("1")[1..^1])).ShouldContain("<return>100</return>");
        (await Soap("6", Service("2", amount: "")[1..^1])).ShouldContain("<return>101</return>");
        (await Soap("8", Service("2")[1..^1])).ShouldContain("<return>201</return>");
        (await Soap("6", "{")).ShouldContain("<return>202</return>");
        (await Send(new StringContent("<soap:Envelope", Encoding.UTF8, "text/xml"))).ShouldContain("<return>202</return>");
        var wsdl = await client.GetStringAsync("/intake/nrii?wsdl");
        System.Xml.Linq.XDocument.Parse(wsdl).Root!.Name.LocalName.ShouldBe("definitions");
        wsdl.ShouldContain("/intake/nrii\"");
    }

    [Fact]
    public async Task The_form_of_old_clients_in_parts_is_taken_and_Basic_carries_the_token_too()
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Code}:{Token}")));
        using var parts = new MultipartFormDataContent
        {
            { new StringContent(Code), "insCode" }, { new StringContent("7"), "instruType" },
            { new StringContent($$"""[{"insCode":"{{Code}}","serviceIncome":"856.23"}]"""), "effectData" },
        };
        (await Send(parts)).ShouldBe("100");
        (await Scalar("select count(*) from metric_observations where unit = 'some-university' and value = 8562300")).ShouldBe(1);
    }

    [Fact]
    public async Task Everything_that_came_by_a_channel_is_kept_as_it_came_and_a_stranger_fills_no_disk()
    {
        await Post("4", Instrument);
        await Post("6", "no json");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "guessed");
        (await Post("4", Instrument)).ShouldBe("200");
        var kept = await new ReceivedMessages(database, TimeProvider.System).Latest(9);
        kept.Select(one => (one.Code, one.Source)).ShouldBe([(200, null), (202, "uni"), (100, "uni")]);
        kept[0].Bytes.ShouldBe(0);
        kept[2].Bytes.ShouldBeGreaterThan(200);
        (await Scalar("select count(*) from received_messages m where m::text like '%' || $1 || '%'", Token)).ShouldBe(0);
        (await Scalar("select count(*) from pulled_documents where source = 'uni'")).ShouldBe(1, "runs take what was pushed like what was pulled");
    }

    [Fact]
    public async Task The_reason_stands_beside_the_code_in_both_languages()
    {
        using var answer = await client.PostAsync("/intake/nrii", Form("6", "no json", Code));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        Uri.UnescapeDataString(answer.Headers.GetValues("X-Intake-Reason-En").Single()).ShouldContain("JSON object");
        Uri.UnescapeDataString(answer.Headers.GetValues("X-Intake-Reason").Single()).ShouldContain("JSON 对象");
    }

    private static string Instrument =>
        $$"""[{"insCode":"{{Code}}","innerId":"20000000","cname":"激光干涉仪","instrCategory":"030122","worth":"67.81","auditStatus":"-1"}]""";

    private static string Service(string number, string amount = "2.5", string status = "-1", string code = Code) =>
        $$"""[{"insCode":"{{code}}","recordInnerId":"{{number}}","innerId":"20000000","amounts":"600","serviceTime":"2025-03-01 09","endTime":"2025-03-01 12","serviceWay":"占用共享","serviceAmount":"{{amount}}","serviceType":130,"auditStatus":"{{status}}"}]""";

    private static FormUrlEncodedContent Form(string type, string data, string code) => new(new Dictionary<string, string>
    {
        ["insCode"] = code, ["instruType"] = type, ["instruData"] = data.Replace("\"@\"", $"\"{Code}\"", StringComparison.Ordinal),
    });

    private async Task<string> Post(string type, string data, string code = Code) => await Send(Form(type, data, code));

    private Task<string> Soap(string type, string record) => Send(new StringContent(
        $"""
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
        <ns1:instruInfo xmlns:ns1="http://instru.server.ws.com/"><insCode>{Code}</insCode><instruType>{type}</instruType><instruList>{WebUtility.HtmlEncode(record)}</instruList></ns1:instruInfo>
        </soap:Body></soap:Envelope>
        """,
        Encoding.UTF8,
        "text/xml"));

    private async Task<string> Send(HttpContent content)
    {
        using (content)
        {
            using var answer = await client.PostAsync("/intake/nrii", content);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    private async Task<decimal> Hours() => await Value<decimal>(
        "select value from metric_observations where metric = 'inst_hours_effective' order by version desc limit 1");

    private Task<long> Scalar(string sql, params object[] values) => Value<long>(sql, values);

    private async Task<T> Value<T>(string sql, params object[] values)
    {
        await using var command = database.Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
