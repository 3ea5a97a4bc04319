using Evaluation.Rules.Dmn;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Tests.Dmn;

using static ModelTexts;

/// <summary>Models written for these tests: what boxed expressions, tables, services and imports give.</summary>
public sealed class ModelTests
{
    private static readonly string[] Rules = ["[1..3]|\"B\"", "> 2|\"A\"", "0|\"C\""];

    private const string Grades = "<output><outputValues><text>\"A\", \"B\", \"C\"</text></outputValues></output>";

    [Theory]
    [InlineData("hitPolicy=\"UNIQUE\"", "3", "null")]
    [InlineData("hitPolicy=\"UNIQUE\"", "0", "\"C\"")]
    [InlineData("hitPolicy=\"ANY\"", "3", "null")]
    [InlineData("hitPolicy=\"FIRST\"", "3", "\"B\"")]
    [InlineData("hitPolicy=\"PRIORITY\"", "3", "\"A\"")]
    [InlineData("hitPolicy=\"RULE ORDER\"", "3", "[\"B\", \"A\"]")]
    [InlineData("hitPolicy=\"OUTPUT ORDER\"", "3", "[\"A\", \"B\"]")]
    [InlineData("hitPolicy=\"COLLECT\"", "3", "[\"B\", \"A\"]")]
    [InlineData("hitPolicy=\"COLLECT\" aggregation=\"COUNT\"", "3", "2")]
    [InlineData("hitPolicy=\"COLLECT\" aggregation=\"MIN\"", "3", "\"A\"")]
    [InlineData("hitPolicy=\"COLLECT\"", "-1", "[]")]
    [InlineData("hitPolicy=\"UNIQUE\"", "-1", "null")]
    [InlineData("hitPolicy=\"UNIQUE\"", "\"a\"", "null")]
    public void Hit_policies(string policy, string x, string value) =>
        Run(Model(Input("x") + Decision("d", Table(policy, Grades, Rules), Needs("Input", "#i_x"))), "d", $"{{x: {x}}}")
            .ShouldBe(value);

    [Fact]
    public void A_table_with_several_outputs_gives_contexts_and_defaults()
    {
        const string outputs =
            "<output name=\"points\"><defaultOutputEntry><text>0</text></defaultOutputEntry></output>" +
            "<output name=\"why\"/>";
        var table = Table("hitPolicy=\"FIRST\"", outputs, "> 2|x * 2|\"big\"");
        var model = Model(Input("x") + Decision("d", table, Needs("Input", "#i_x")));
        Run(model, "d", "{x: 3}").ShouldBe("{points: 6, why: \"big\"}");
        Run(model, "d", "{x: 1}").ShouldBe("{points: 0, why: null}");
    }

    [Theory]
    [InlineData("tShare", "0.5", "0.5")]
    [InlineData("tShare", "1.5", "null")]
    [InlineData("tShare", "[0.5]", "0.5")]
    [InlineData("tShares", "0.5", "[0.5]")]
    [InlineData("tShares", "[0.5, 2]", "null")]
    [InlineData("tUnit", "{name: \"u\", share: 0.5, more: 1}", "{name: \"u\", share: 0.5, more: 1}")]
    [InlineData("tUnit", "{name: \"u\", share: 5}", "null")]
    [InlineData("tUnit", "{name: \"u\"}", "null")]
    [InlineData("number", "\"1\"", "null")]
    [InlineData("date and time", "@\"2020-01-01\"", "@\"2020-01-01T00:00:00Z\"")]
    public void Inputs_are_checked_against_their_types(string type, string x, string value) => Run(Model("""
        <itemDefinition name="tShare"><typeRef>number</typeRef><allowedValues><text>[0..1]</text></allowedValues>
        </itemDefinition>
        <itemDefinition name="tShares" isCollection="true"><typeRef>tShare</typeRef></itemDefinition>
        <itemDefinition name="tUnit"><itemComponent name="name"><typeRef>string</typeRef></itemComponent>
        <itemComponent name="share"><typeRef>tShare</typeRef></itemComponent></itemDefinition>
        """ + Input("x", type) + Decision("d", Feel("x"), Needs("Input", "#i_x"))), "d", $"{{x: {x}}}").ShouldBe(value);

    [Theory]
    [InlineData("<conditional><if>«x > 1»</if><then>«\"more\"»</then><else>«\"less\"»</else></conditional>",
        "\"more\"")]
    [InlineData("<for iteratorVariable=\"i\"><in>«[1, 2]»</in><return>«i * x + count(partial)»</return></for>",
        "[3, 7]")]
    [InlineData("<filter><in>«[{a: 1}, {a: 5}]»</in><match>«a > x»</match></filter>", "[{a: 5}]")]
    [InlineData("<every iteratorVariable=\"i\"><in>«[1, 2]»</in><satisfies>«i < x»</satisfies></every>", "true")]
    [InlineData("<list>«x»«x + 1»</list>", "[3, 4]")]
    [InlineData("<relation><column name=\"a\"/><column name=\"b\"/><row>«1»«x»</row></relation>", "[{a: 1, b: 3}]")]
    [InlineData("<context>" +
        "<contextEntry><variable name=\"a\"/>«x + 1»</contextEntry><contextEntry>«a * 2»</contextEntry></context>",
            "8")]
    [InlineData("<context><contextEntry><variable name=\"f\"/><functionDefinition>" +
        "<formalParameter name=\"n\" typeRef=\"number\"/>«n + x»</functionDefinition></contextEntry>" +
        "<contextEntry>«f(n: 4)»</contextEntry></context>", "7")]
    [InlineData("<functionDefinition kind=\"Java\"><formalParameter name=\"n\"/></functionDefinition>", "null")]
    [InlineData("«x +»", "null")]
    [InlineData("", "null")]
    public void Boxed_expressions(string logic, string value) =>
        Run(Model(Input("x") + Decision("d", logic, Needs("Input", "#i_x"))), "d", "{x: 3}").ShouldBe(value);

    private const string Service = """
        <decisionService name="serve" id="s"><outputDecision href="#d_out"/><encapsulatedDecision href="#d_mid"/>
        <inputDecision href="#d_in"/><inputData href="#i_x"/></decisionService>
        """;

    [Fact]
    public void A_decision_service_is_a_function_of_its_inputs_then_its_input_decisions()
    {
        var model = Model(Input("x") + Decision("in", Feel("100")) +
            Decision("mid", Feel("in * 10"), Needs("Decision", "#d_in")) +
            Decision("out", Feel("mid + x"), Needs("Decision", "#d_mid") + Needs("Input", "#i_x")) + Service +
            Decision("call", Feel("serve(1, 2)"), Needs("knowledge", "#s")));
        Run(model, "call").ShouldBe("21");
        Run(model, "out", "{x: 1}").ShouldBe("1001");
        Run(model, "serve", "{x: 1, in: 3}").ShouldBe("31");
    }

    [Fact]
    public void Knowledge_can_call_itself_and_is_typed()
    {
        var model = Model("""
            <businessKnowledgeModel name="fact" id="k"><variable name="fact" typeRef="number"/><encapsulatedLogic>
            <formalParameter name="n" typeRef="number"/>«if n = null then null else if n = 0 then 1 else n * fact(n - 1)»
            </encapsulatedLogic></businessKnowledgeModel>
            """ + Decision("d", Feel("[fact(5), fact(\"a\"), fact(n: [3])]"), Needs("knowledge", "#k")));
        Run(model, "d").ShouldBe("[120, null, 6]");
    }

    [Theory]
    [InlineData("other", "other.half(10) + other.ten")]
    [InlineData("", "half(10) + ten")]
    public void Imported_elements_stand_under_the_import_s_name(string name, string text)
    {
        var other = Model("""
            <businessKnowledgeModel name="half" id="k"><variable name="half"/><encapsulatedLogic>
            <formalParameter name="n"/>
            «n / 2»</encapsulatedLogic></businessKnowledgeModel>
            """ + Decision("ten", Feel("10")), "namespace=\"urn:b\" name=\"b\"");
        var model = Model($"<import name=\"{name}\" namespace=\"urn:b\" importType=\"{Dmn15}\"/>" +
            Decision("d", Feel(text), Needs("knowledge", "urn:b#k") + Needs("Decision", "urn:b#d_ten")));
        Run(model, "d", "{}", other).ShouldBe("15");
        Should.Throw<DmnFormatException>(() => Run(model, "d")).Message.ShouldContain("urn:b");
    }

    [Fact]
    public void Decisions_that_require_each_other_end()
    {
        var model = Model(Decision("a", Feel("b"), Needs("Decision", "#d_b")) +
            Decision("b", Feel("a"), Needs("Decision", "#d_a")));
        Run(model, "a").ShouldBe("null");
    }

    [Fact]
    public void Models_that_import_each_other_are_linked()
    {
        var other = Model($"<import name=\"back\" namespace=\"urn:a\" importType=\"{Dmn15}\"/>" +
            Decision("ten", Feel("back.five * 2"), Needs("Decision", "urn:a#d_five")),
                "namespace=\"urn:b\" name=\"b\"");
        var model = Model($"<import name=\"other\" namespace=\"urn:b\" importType=\"{Dmn15}\"/>" + Decision("five",
            Feel("5")) +
            Decision("d", Feel("other.ten + 1"), Needs("Decision", "urn:b#d_ten")));
        Run(model, "d", "{}", other).ShouldBe("11");
    }

    [Fact]
    public void Types_that_are_each_other_and_endless_nesting_end_with_an_error()
    {
        var circle = Model("<itemDefinition name=\"a\"><typeRef>b</typeRef></itemDefinition>" +
            "<itemDefinition name=\"b\"><typeRef>a</typeRef></itemDefinition>" +
            Input("x", "a") + Decision("d", Feel("x"), Needs("Input", "#i_x")));
        Should.Throw<FeelLimitException>(() => Run(circle, "d", "{x: 1}"));
        var deep = string.Concat(Enumerable.Repeat("<list>", 5000)) + string.Concat(Enumerable.Repeat("</list>", 5000));
        Should.Throw<DmnFormatException>(() =>
            Run(Model(Decision("d", deep)), "d")).Message.ShouldContain("nested deeper");
    }

    [Fact]
    public void No_change_to_a_model_s_text_crashes_or_hangs()
    {
        var seed = Model("<itemDefinition name=\"t\"><typeRef>number</typeRef>" +
            "<allowedValues><text>[0..9]</text></allowedValues>" +
            "</itemDefinition>" + Input("x", "t") + Decision("d", Table("hitPolicy=\"PRIORITY\"", Grades, Rules),
                Needs("Input", "#i_x")) +
            Decision("in", "<for iteratorVariable=\"i\"><in>«[1, 2]»</in><return>«i * x»</return></for>",
                Needs("Input", "#i_x")) + Service);
        var random = new Random(7);
        var read = 0;
        for (var i = 0; i < 3000; i++)
        {
            var text = seed;
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                var (from, at) = (random.Next(seed.Length - 20), random.Next(text.Length));
                text = text.Remove(at, Math.Min(random.Next(6), text.Length - at)).Insert(at,
                    seed.Substring(from, random.Next(8)));
            }
            try
            {
                var program = DmnProgram.Link(DmnReader.Read(text, "a.dmn"), []);
                foreach (var decision in program.Model.Decisions.Select(d => d.Name).ToList())
                {
                    program.Evaluate(decision, new FeelContext([new("x", 3m)])).Value.ToString().ShouldNotBeNull();
                    read++;
                }
            }
            catch (Exception e) when (e is DmnFormatException or FeelLimitException)
            {
                continue;
            }
        }
        read.ShouldBeGreaterThan(100);
    }

    [Theory]
    [InlineData("<definitions/>", "a.dmn:1")]
    [InlineData("<definitions", "not well-formed")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- a -->\n<!DOCTYPE x [<!ENTITY a \"b\">]><definitions/>",
        "a.dmn:3: a document type (<!DOCTYPE) is not allowed")]
    [InlineData("<!-- <!DOCTYPE x> --><wrong/>", "this is no DMN model")]
    public void What_is_no_model_is_refused_with_its_line(string xml, string says) =>
        Should.Throw<DmnFormatException>(() => DmnReader.Read(xml, "a.dmn")).Message.ShouldContain(says);

    [Fact]
    public void Many_comments_before_a_model_do_not_hang_the_search_for_a_document_type()
    {
        var xml = string.Concat(Enumerable.Repeat("<!-- x -->", 100_000)) + "<wrong><!-- <!DOCTYPE --></wrong>";
        Should.Throw<DmnFormatException>(() => DmnReader.Read(xml, "a.dmn")).Message.ShouldContain("this is no DMN model");
    }

    [Fact]
    public void A_test_file_is_compared_case_by_case()
    {
        var logic = Feel("{sum: x + 1, list: [x, null]}");
        var model = Model(Input("x", "number") + Decision("d", logic, Needs("Input", "#i_x")));
        const string tests = """
            <testCases xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
            <modelName>a.dmn</modelName>
            <testCase id="1"><inputNode name="x"><value xsi:type="xsd:decimal">1</value></inputNode>
            <resultNode name="d"><expected>
            <component name="sum"><value xsi:type="xsd:decimal">2.000000001</value></component>
            <component name="list"><list><item><value xsi:type="xsd:decimal">1</value></item>
            <item><value xsi:nil="true"/></item></list></component>
            </expected></resultNode></testCase>
            <testCase id="2"><resultNode name="d"><expected><value xsi:type="xsd:string">a</value></expected>
            </resultNode>
            </testCase>
            <testCase id="3"><resultNode name="none"><expected><value xsi:nil="true"/></expected></resultNode>
            </testCase>
            </testCases>
            """;
        var models = new Dictionary<string, string> { ["a.dmn"] = model };
        var results = DmnTestRunner.Run(tests, "t.xml", models, DateTimeOffset.UnixEpoch);
        results.Select(r => r.Passed).ShouldBe([true, false, false]);
        results[1].Problem!.ShouldContain("expected \"a\", got {sum: null");
        results[2].Problem!.ShouldContain("no decision none");
    }
}
