using Evaluation.Rules.Dmn;

namespace Evaluation.Rules.Tests.Dmn;

using static ModelTexts;

/// <summary>What DMN 1.5 says of models, in models of our own: chapters 7, 8 and 10.</summary>
public sealed class StandardModelTests
{
    private const string Points = "<output name=\"p\" typeRef=\"number\"/>";
    private const string Levels = "<itemDefinition name=\"tLevel\"><typeRef>string</typeRef><allowedValues><text>"
        + "\"high\", \"middle\", \"low\"</text></allowedValues></itemDefinition>";

    private static string Of(string table, string x, string types = "") =>
        Run(Model(types + Input("x") + Decision("d", table, Needs("Input", "#i_x"))), "d", $"{{x: {x}}}");

    [Theory]
    [InlineData("SUM", "5", "30")]
    [InlineData("MIN", "5", "10")]
    [InlineData("MAX", "5", "20")]
    [InlineData("COUNT", "5", "2")]
    [InlineData("SUM", "1", "10")]
    [InlineData("SUM", "-5", "null")]
    [InlineData("MIN", "-5", "null")]
    [InlineData("MAX", "-5", "null")]
    [InlineData("COUNT", "-5", "0")]
    public void What_is_collected_is_added_counted_or_its_least_or_greatest_taken(string by, string x, string value) =>
        Of(Table($"hitPolicy=\"COLLECT\" aggregation=\"{by}\"", Points, "> 0|10", "> 2|20"), x).ShouldBe(value);

    [Fact]
    public void Each_output_is_aggregated_by_itself() => Of(
        Table("hitPolicy=\"COLLECT\" aggregation=\"SUM\"", "<output name=\"a\"/><output name=\"b\"/>", "> 0|1|10", "> 2|2|20"),
        "5").ShouldBe("{a: 3, b: 30}");

    [Theory]
    [InlineData("PRIORITY", "5", "\"high\"")]
    [InlineData("PRIORITY", "1", "\"low\"")]
    [InlineData("OUTPUT ORDER", "5", "[\"high\", \"middle\", \"low\"]")]
    [InlineData("RULE ORDER", "5", "[\"low\", \"high\", \"middle\"]")]
    public void The_allowed_values_of_the_output_s_type_are_its_priorities_where_it_lists_none(
        string policy, string x, string value) => Of(
        Table($"hitPolicy=\"{policy}\"", "<output typeRef=\"tLevel\"/>", "> 0|\"low\"", "> 2|\"high\"", "> 1|\"middle\""),
        x, Levels).ShouldBe(value);

    [Fact]
    public void Of_several_outputs_the_first_column_counts_first_and_the_next_breaks_its_ties()
    {
        const string outputs = "<output name=\"l\" typeRef=\"tLevel\"/><output name=\"n\" typeRef=\"number\">"
            + "<outputValues><text>3, 2, 1</text></outputValues></output>";
        var table = Table("hitPolicy=\"PRIORITY\"", outputs, "> 0|\"middle\"|3", "> 1|\"high\"|1", "> 2|\"high\"|2");

        Of(table, "5", Levels).ShouldBe("{l: \"high\", n: 2}");
        Of(table, "2", Levels).ShouldBe("{l: \"high\", n: 1}");
    }

    [Theory]
    [InlineData("5", "7")]
    [InlineData("1", "7")]
    [InlineData("15", "null")]
    public void Rules_of_the_policy_any_must_agree_where_they_meet(string x, string value) =>
        Of(Table("hitPolicy=\"ANY\"", Points, "> 0|7", "[3..20]|7", "> 10|8"), x).ShouldBe(value);

    [Theory]
    [InlineData("UNIQUE", "[]")]
    [InlineData("COLLECT", "[]")]
    [InlineData("RULE ORDER", "[]")]
    public void A_table_without_a_match_gives_its_default_or_nothing(string policy, string empty)
    {
        Of(Table($"hitPolicy=\"{policy}\"", "<output><defaultOutputEntry><text>99</text></defaultOutputEntry></output>",
            "> 0|1"), "-1").ShouldBe("99");
        Of(Table($"hitPolicy=\"{policy}\"", "<output/>", "> 0|1"), "-1").ShouldBe(policy == "UNIQUE" ? "null" : empty);
    }

    [Theory]
    [InlineData("? > 2 and ? < 4", "3", "1")]
    [InlineData("not(3, 4)", "5", "1")]
    [InlineData("not(3, 4)", "4", "null")]
    [InlineData("null", "null", "1")]
    [InlineData("-", "null", "1")]
    [InlineData("[1, 2, 3]", "2", "1")]
    [InlineData("(2..4], > 10", "11", "1")]
    [InlineData("list contains([3, 7], ?)", "7", "1")]
    [InlineData("x", "7", "1")]
    [InlineData("> x - 1", "7", "1")]
    public void Conditions_of_a_rule_may_be_any_unary_test(string test, string x, string value) =>
        Of(Table("", Points, $"{test}|1"), x).ShouldBe(value);

    [Theory]
    [InlineData("\"high\"", "\"yes\"")]
    [InlineData("\"none\"", "null")]
    [InlineData("[\"high\"]", "\"yes\"")]
    public void An_input_of_a_declared_type_takes_its_allowed_values_only(string x, string value)
    {
        const string table = "<decisionTable><input><inputExpression typeRef=\"tLevel\"><text>x</text></inputExpression></input>"
            + "<output/><rule><inputEntry><text>\"high\"</text></inputEntry><outputEntry><text>\"yes\"</text></outputEntry>"
            + "</rule></decisionTable>";
        Of(table, x, Levels).ShouldBe(value);
    }

    [Theory]
    [InlineData("0.5", "0.5")]
    [InlineData("\"0.5\"", "null")]
    [InlineData("5", "null")]
    public void An_output_that_is_not_of_its_type_is_null(string output, string value) => Of(
        Table("", "<output typeRef=\"tShare\"/>", $"-|{output}"), "1",
        "<itemDefinition name=\"tShare\"><typeRef>number</typeRef><allowedValues><text>[0..1]</text></allowedValues>"
        + "</itemDefinition>").ShouldBe(value);

    private static string Typed(string definitions, string x, string type = "t") => Run(
        Model(definitions + Input("x", type) + Decision("d", Feel("x"), Needs("Input", "#i_x"))), "d", $"{{x: {x}}}");

    [Theory]
    [InlineData("[1, 2]", "[1, 2]")]
    [InlineData("[1, 20]", "null")]
    [InlineData("[1, 2, 3, 4]", "null")]
    [InlineData("5", "[5]")]
    [InlineData("[]", "[]")]
    public void Allowed_values_are_of_the_items_and_a_type_constraint_of_the_whole(string x, string value) => Typed(
        "<itemDefinition name=\"t\" isCollection=\"true\"><typeRef>number</typeRef><allowedValues><text>[0..9]</text>"
        + "</allowedValues><typeConstraint><text>count(?) &lt; 4</text></typeConstraint></itemDefinition>", x)
        .ShouldBe(value);

    [Theory]
    [InlineData("[[1], [2, 3]]", "[[1], [2, 3]]")]
    [InlineData("[[\"a\"]]", "null")]
    public void Collections_of_collections_are_checked_to_the_bottom(string x, string value) => Typed(
        "<itemDefinition name=\"u\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>"
        + "<itemDefinition name=\"t\" isCollection=\"true\"><typeRef>u</typeRef></itemDefinition>", x).ShouldBe(value);

    [Theory]
    [InlineData("{name: \"a\", parts: [{n: 1}]}", "{name: \"a\", parts: [{n: 1}]}")]
    [InlineData("{name: \"a\", parts: {n: 1}}", "null")]
    [InlineData("{name: \"a\", parts: [{n: \"1\"}]}", "null")]
    [InlineData("{name: null, parts: null}", "{name: null, parts: null}")]
    [InlineData("{parts: []}", "null")]
    public void Components_may_be_structures_and_collections_of_them(string x, string value) => Typed(
        "<itemDefinition name=\"t\"><itemComponent name=\"name\"><typeRef>string</typeRef></itemComponent>"
        + "<itemComponent name=\"parts\" isCollection=\"true\"><itemComponent name=\"n\"><typeRef>number</typeRef>"
        + "</itemComponent></itemComponent></itemDefinition>", x).ShouldBe(value);

    [Theory]
    [InlineData("date and time", "@\"2024-02-29\"", "@\"2024-02-29T00:00:00Z\"")]
    [InlineData("date", "@\"2024-02-29T00:00:00\"", "null")]
    [InlineData("number", "[7]", "7")]
    [InlineData("number", "[7, 8]", "null")]
    [InlineData("string", "null", "null")]
    [InlineData("days and time duration", "@\"P1D\"", "@\"P1D\"")]
    [InlineData("years and months duration", "@\"P1D\"", "null")]
    [InlineData("context", "{a: 1}", "{a: 1}")]
    [InlineData("feel:boolean", "true", "true")]
    [InlineData("feel:boolean", "1", "null")]
    public void A_value_takes_the_place_of_its_type_after_the_conversions_of_the_standard(
        string type, string x, string value) => Typed("", x, type).ShouldBe(value);

    private const string Twice = "<itemDefinition name=\"tFn\"><functionItem outputTypeRef=\"number\">"
        + "<parameters name=\"n\" typeRef=\"number\"/></functionItem></itemDefinition>";

    [Theory]
    [InlineData("function(n: number) n * 2", "10")]
    [InlineData("function(a: number, b: number) a", "null")]
    [InlineData("5", "null")]
    public void A_function_can_be_an_argument_of_a_declared_function_type(string function, string value) => Run(
        Model(Twice + "<businessKnowledgeModel name=\"apply\" id=\"k\"><variable name=\"apply\"/><encapsulatedLogic>"
            + "<formalParameter name=\"f\" typeRef=\"tFn\"/>«f(5)»</encapsulatedLogic></businessKnowledgeModel>"
            + Decision("d", Feel($"apply({function})"), Needs("knowledge", "#k"))), "d").ShouldBe(value);

    [Theory]
    [InlineData("<filter><in>«[10, 20, 30]»</in><match>«item > 15»</match></filter>", "[20, 30]")]
    [InlineData("<filter><in>«[10, 20, 30]»</in><match>«2»</match></filter>", "20")]
    [InlineData("<filter><in>«[{n: 1}, {n: 9}]»</in><match><conditional><if>«x = 5»</if><then>«item.n > 4»</then>"
        + "<else>«true»</else></conditional></match></filter>", "[{n: 9}]")]
    [InlineData("<filter><in>«[10, 20]»</in><match>«\"a\"»</match></filter>", "null")]
    [InlineData("<filter><in>«null»</in><match>«true»</match></filter>", "null")]
    [InlineData("<for iteratorVariable=\"i\"><in>«[1..3]»</in><return>«i»</return></for>", "[1, 2, 3]")]
    [InlineData("<for iteratorVariable=\"i\"><in>«[1, 2]»</in><return><for iteratorVariable=\"j\"><in>«[i, i + 1]»</in>"
        + "<return>«i * j»</return></for></return></for>", "[[1, 2], [4, 6]]")]
    [InlineData("<for iteratorVariable=\"i\"><in>«x»</in><return>«i»</return></for>", "null")]
    [InlineData("<some iteratorVariable=\"i\"><in>«[1, 9]»</in><satisfies>«i > x»</satisfies></some>", "true")]
    [InlineData("<some iteratorVariable=\"i\"><in>«[]»</in><satisfies>«i > x»</satisfies></some>", "false")]
    [InlineData("<every iteratorVariable=\"i\"><in>«[]»</in><satisfies>«i > x»</satisfies></every>", "true")]
    [InlineData("<every iteratorVariable=\"i\"><in>«[6, 9]»</in><satisfies>«i > x»</satisfies></every>", "true")]
    [InlineData("<conditional><if>«x > 4»</if><then><list>«1»«x»</list></then><else>«0»</else></conditional>", "[1, 5]")]
    [InlineData("<conditional><if>«\"yes\"»</if><then>«1»</then><else>«0»</else></conditional>", "null")]
    [InlineData("<list>«x»<list>«1»</list><context><contextEntry><variable name=\"a\"/>«x»</contextEntry></context></list>",
        "[5, [1], {a: 5}]")]
    [InlineData("<relation><column name=\"a\" typeRef=\"number\"/><row>«x»</row><row>«\"t\"»</row></relation>",
        "[{a: 5}, {a: null}]")]
    [InlineData("<context><contextEntry><variable name=\"a b\"/>«x»</contextEntry><contextEntry><variable name=\"c-d\"/>"
        + "«a b + 1»</contextEntry><contextEntry>«c-d * 2»</contextEntry></context>", "12")]
    [InlineData("<context><contextEntry><variable name=\"a\" typeRef=\"string\"/>«x»</contextEntry></context>", "{a: null}")]
    [InlineData("<literalExpression typeRef=\"string\"><text>x</text></literalExpression>", "null")]
    [InlineData("<functionDefinition><formalParameter name=\"n\" typeRef=\"number\"/>«n + x»</functionDefinition>",
        "function(n) ...")]
    [InlineData("<invocation>«function(a, b) a - b»<binding><parameter name=\"b\"/>«1»</binding><binding>"
        + "<parameter name=\"a\"/>«x»</binding></invocation>", "4")]
    [InlineData("<invocation>«function(a, b) b = null»<binding><parameter name=\"a\"/>«1»</binding></invocation>", "true")]
    [InlineData("<invocation>«function(a) a»<binding><parameter name=\"z\"/>«1»</binding></invocation>", "null")]
    [InlineData("<invocation>«x»<binding><parameter name=\"z\"/>«1»</binding></invocation>", "null")]
    [InlineData("<literalExpression expressionLanguage=\"http://www.ecma-international.org/js\"><text>x</text>"
        + "</literalExpression>", "null")]
    public void Boxed_expressions_of_every_kind(string logic, string value) =>
        Run(Model(Input("x") + Decision("d", logic, Needs("Input", "#i_x"))), "d", "{x: 5}").ShouldBe(value);

    private const string Services = """
        <decisionService name="one out" id="s1"><outputDecision href="#d_sum"/><inputData href="#i_a"/>
        <inputData href="#i_b"/></decisionService>
        <decisionService name="two out" id="s2"><outputDecision href="#d_sum"/><outputDecision href="#d_twice"/>
        <encapsulatedDecision href="#d_sum"/><inputData href="#i_a"/><inputData href="#i_b"/></decisionService>
        <decisionService name="typed" id="s3"><variable name="typed" typeRef="string"/><outputDecision href="#d_sum"/>
        <inputData href="#i_a"/><inputData href="#i_b"/></decisionService>
        <decisionService name="given" id="s4"><outputDecision href="#d_twice"/><inputDecision href="#d_sum"/></decisionService>
        <decisionService name="calls" id="s5"><outputDecision href="#d_called"/><inputData href="#i_f"/></decisionService>
        """;

    private static string WithServices(string text, params string[] services) => Run(Model(
        Input("a", "number") + Input("b", "number") + Input("f")
        + Decision("sum", Feel("a + b"), Needs("Input", "#i_a") + Needs("Input", "#i_b"))
        + Decision("twice", Feel("sum * 2"), Needs("Decision", "#d_sum"))
        + Decision("called", Feel("f(3)"), Needs("Input", "#i_f")) + Services
        + Decision("d", Feel(text), string.Concat(services.Select(id => Needs("knowledge", "#" + id))))), "d");

    [Theory]
    [InlineData("one out(1, 2)", "3")]
    [InlineData("one out(b: 5, a: 1)", "6")]
    [InlineData("one out(1)", "null")]
    [InlineData("one out(1, \"2\")", "null")]
    [InlineData("two out(1, 2)", "{sum: 3, twice: 6}")]
    [InlineData("two out(1, 2).twice", "6")]
    [InlineData("typed(1, 2)", "null")]
    [InlineData("given(50)", "100")]
    [InlineData("calls(function(n) n * 7)", "21")]
    [InlineData("calls(one out)", "null")]
    [InlineData("for n in [1, 2] return one out(n, n)", "[2, 4]")]
    public void Services_are_functions_and_functions_can_be_their_inputs(string text, string value) =>
        WithServices(text, "s1", "s2", "s3", "s4", "s5").ShouldBe(value);

    [Theory]
    [InlineData("<import name=\"other model\" namespace=\"urn:b\" importType=\"" + Dmn15 + "\"/>",
        "other model.half(other model.ten)", "other model.tSmall")]
    [InlineData("<import name=\"o\" namespace=\"urn:b\" importType=\"" + Dmn15 + "\"/>", "o.half(o.ten)", "o.tSmall")]
    [InlineData("<import name=\"o\" namespace=\"urn:b\" importType=\"" + Dmn15 + "\"/>", "o.half(o.ten)", "alias:tSmall")]
    public void What_is_imported_stands_under_the_import_s_name_types_too(string import, string text, string type)
    {
        var other = Model("<itemDefinition name=\"tSmall\"><typeRef>number</typeRef><allowedValues><text>[0..5]</text>"
            + "</allowedValues></itemDefinition><businessKnowledgeModel name=\"half\" id=\"k\"><variable name=\"half\"/>"
            + "<encapsulatedLogic><formalParameter name=\"n\" typeRef=\"number\"/>«n / 2»</encapsulatedLogic>"
            + "</businessKnowledgeModel>" + Decision("ten", Feel("10")), "namespace=\"urn:b\" name=\"b\"");
        string Main(string formula) => Model(import
            + $"<decision name=\"d\" id=\"d\"><variable name=\"d\" typeRef=\"{type}\"/>"
            + Needs("knowledge", "urn:b#k") + Needs("Decision", "urn:b#d_ten") + Feel(formula) + "</decision>",
            "namespace=\"urn:a\" name=\"a\" xmlns:alias=\"urn:b\"");

        Run(Main(text), "d", "{}", other).ShouldBe("5");
        Run(Main(text + " + 1"), "d", "{}", other).ShouldBe("null", "6 is no value of the imported type");
    }

    [Fact]
    public void A_service_of_an_imported_model_is_called_under_the_import_s_name()
    {
        var other = Model(Input("n", "number") + Decision("double", Feel("n * 2"), Needs("Input", "#i_n"))
            + "<decisionService name=\"serve\" id=\"s\"><outputDecision href=\"#d_double\"/><inputData href=\"#i_n\"/>"
            + "</decisionService>", "namespace=\"urn:b\" name=\"b\"");
        Run(Model($"<import name=\"o\" namespace=\"urn:b\" importType=\"{Dmn15}\"/>"
            + Decision("d", Feel("o.serve(21)"), Needs("knowledge", "urn:b#s"))), "d", "{}", other).ShouldBe("42");
    }

    [Theory]
    [InlineData("http://www.omg.org/spec/DMN/20180521/MODEL/")]
    [InlineData("https://www.omg.org/spec/DMN/20191111/MODEL/")]
    [InlineData("https://www.omg.org/spec/DMN/20211108/MODEL/")]
    [InlineData("https://www.omg.org/spec/DMN/20230324/MODEL/")]
    public void Models_of_versions_1_2_to_1_5_are_read(string space)
    {
        var model = Model(Input("x", "number") + Decision("d", Feel("x + 1"), Needs("Input", "#i_x")))
            .Replace(Dmn15, space, StringComparison.Ordinal);
        Run(model, "d", "{x: 1}").ShouldBe("2");
        Run(model.Replace("<definitions xmlns=", "<m:definitions xmlns:m=", StringComparison.Ordinal)
            .Replace("</definitions", "</m:definitions", StringComparison.Ordinal)
            .Replace("<input", "<m:input", StringComparison.Ordinal).Replace("</input", "</m:input", StringComparison.Ordinal)
            .Replace("<decision", "<m:decision", StringComparison.Ordinal).Replace("</decision", "</m:decision", StringComparison.Ordinal)
            .Replace("<variable", "<m:variable", StringComparison.Ordinal)
            .Replace("<information", "<m:information", StringComparison.Ordinal).Replace("</information", "</m:information", StringComparison.Ordinal)
            .Replace("<required", "<m:required", StringComparison.Ordinal)
            .Replace("<literal", "<m:literal", StringComparison.Ordinal).Replace("</literal", "</m:literal", StringComparison.Ordinal)
            .Replace("<text", "<m:text", StringComparison.Ordinal).Replace("</text", "</m:text", StringComparison.Ordinal),
            "d", "{x: 1}").ShouldBe("2", "with a prefix");
    }

    [Theory]
    [InlineData("applicant's age", "applicant's age + 1")]
    [InlineData("profit and loss", "profit and loss + 1")]
    [InlineData("in or out", "in or out + 1")]
    [InlineData("a-b*c", "a-b*c + 1")]
    [InlineData("用户 数", "用户 数 + 1")]
    [InlineData("été", "été + 1")]
    [InlineData("order  size", "order size + 1")]
    [InlineData("terms of sale", "terms of sale + 1")]
    [InlineData("total if paid", "total if paid + 1")]
    [InlineData("_1", "_1 + 1")]
    public void Names_may_hold_blanks_operators_keywords_and_letters_of_any_script(string name, string text)
    {
        var model = Model($"<inputData name=\"{name}\" id=\"i\"><variable name=\"{name}\"/></inputData>"
            + Decision("d", Feel(text), Needs("Input", "#i")));
        DmnProgram.Link(DmnReader.Read(model, "a.dmn"), []).Evaluate("d", new Evaluation.Rules.Feel.FeelContext(
            [new(string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries)), 41m)])).Value.ToString().ShouldBe("42");
    }

    [Fact]
    public void A_broken_model_beside_the_tests_harms_nobody_who_does_not_import_it()
    {
        var one = Model($"<import name=\"o\" namespace=\"urn:b\" importType=\"{Dmn15}\"/>" + Decision("d", Feel("o.x + 1")));
        var other = Model(Decision("x", Feel("41")), "namespace=\"urn:b\" name=\"b\"");
        var models = new Dictionary<string, string> { ["a.dmn"] = one, ["b.dmn"] = other, ["broken.dmn"] = "<definitions" };
        Tested(models).ShouldNotContain("broken.dmn");
        models.Remove("b.dmn");
        Tested(models).ShouldContain("urn:b");
        Tested(models).ShouldContain("broken.dmn:1", Case.Sensitive, "the model that is missing may be the one that is broken");

        static string Tested(Dictionary<string, string> models) => DmnTestRunner.Run(
            "<testCases><modelName>a.dmn</modelName><testCase id=\"1\"><resultNode name=\"d\"><expected/></resultNode>"
            + "</testCase></testCases>", "t.xml", models, DateTimeOffset.UnixEpoch).Single().Problem ?? "";
    }

    [Theory]
    [InlineData("<for iteratorVariable=\"i\"><in>«[1..300000]»</in><return>«partial»</return></for>")]
    [InlineData("<for iteratorVariable=\"i\"><in>«[1..3000]»</in><return>«for j in 1..3000 return 2 ** 0.5»</return></for>")]
    public void Boxed_loops_without_end_are_stopped(string logic) => Should.Throw<Evaluation.Rules.Feel.FeelLimitException>(
        () => Run(Model(Decision("d", Boxed(logic))), "d", "{}"));

    private static string Boxed(string text) => text.Replace("«", "<literalExpression><text>", StringComparison.Ordinal)
        .Replace("»", "</text></literalExpression>", StringComparison.Ordinal);

    private static IReadOnlyList<DmnTestResult> Cases(string model, string cases) => DmnTestRunner.Run(
        "<testCases xmlns=\"http://www.omg.org/spec/DMN/20160719/testcase\" "
        + "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\">"
        + $"<modelName>a.dmn</modelName>{cases}</testCases>",
        "t.xml", new Dictionary<string, string> { ["a.dmn"] = model }, DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData("<value xsi:type=\"xsd:decimal\">1</value>", "1")]
    [InlineData("<value xsi:type=\"xsd:double\">1.0</value>", "1")]
    [InlineData("<value xsi:type=\"xsd:string\"> a </value>", "\" a \"")]
    [InlineData("<value>a</value>", "\"a\"")]
    [InlineData("<value xsi:type=\"xsd:boolean\">1</value>", "true")]
    [InlineData("<value xsi:type=\"xsd:date\">2024-02-29</value>", "@\"2024-02-29\"")]
    [InlineData("<value xsi:type=\"xsd:time\">10:00:00Z</value>", "@\"10:00:00Z\"")]
    [InlineData("<value xsi:type=\"xsd:dateTime\">2024-02-29T10:00:00</value>", "@\"2024-02-29T10:00:00\"")]
    [InlineData("<value xsi:type=\"xsd:duration\">P1Y</value>", "@\"P1Y\"")]
    [InlineData("<value xsi:type=\"xsd:duration\">P1DT2H</value>", "@\"P1DT2H\"")]
    [InlineData("<value xsi:nil=\"true\"/>", "null")]
    [InlineData("<list/>", "[]")]
    [InlineData("<list xsi:nil=\"true\"/>", "null")]
    [InlineData("<list><item><value xsi:type=\"xsd:decimal\">1</value></item><item xsi:nil=\"true\"/></list>", "[1, null]")]
    [InlineData("<list><item><component name=\"a\"><list><item><value>x</value></item></list></component></item></list>",
        "[{a: [\"x\"]}]")]
    [InlineData("<component name=\"a\"><value xsi:type=\"xsd:decimal\">1</value></component><component name=\"b c\" "
        + "xsi:nil=\"true\"/>", "{a: 1, b c: null}")]
    public void Inputs_and_results_of_test_files_are_of_every_form(string xml, string value)
    {
        var model = Model(Input("x") + Decision("d", Feel("x"), Needs("Input", "#i_x"))
            + Decision("same", Feel($"x = {value}"), Needs("Input", "#i_x")));
        var cases = $"<testCase id=\"1\"><inputNode name=\"x\">{xml}</inputNode>"
            + $"<resultNode name=\"d\" type=\"decision\"><expected>{xml}</expected></resultNode>"
            + "<resultNode name=\"same\"><expected><value xsi:type=\"xsd:boolean\">true</value></expected></resultNode>"
            + "</testCase>";

        Cases(model, cases).Select(result => result.Problem ?? "passed").ShouldBe(["passed"]);
    }

    [Fact]
    public void A_result_that_is_an_error_is_null_and_services_and_functions_are_tested_by_name()
    {
        var model = Model(Input("a", "number") + Decision("out", Feel("a + 1"), Needs("Input", "#i_a"))
            + "<decisionService name=\"serve\" id=\"s\"><outputDecision href=\"#d_out\"/><inputData href=\"#i_a\"/>"
            + "</decisionService><businessKnowledgeModel name=\"twice\" id=\"k\"><variable name=\"twice\"/><encapsulatedLogic>"
            + "<formalParameter name=\"n\"/>«n * 2»</encapsulatedLogic></businessKnowledgeModel>");
        const string five = "<value xsi:type=\"xsd:decimal\">5</value>";
        const string text = "<value xsi:type=\"xsd:string\">x</value>";
        var results = Cases(model,
            $"<testCase id=\"1\"><inputNode name=\"a\">{text}</inputNode><resultNode name=\"out\" errorResult=\"true\">"
            + "<expected><value xsi:nil=\"true\"/></expected></resultNode></testCase>"
            + $"<testCase id=\"2\"><inputNode name=\"a\">{text}</inputNode><resultNode name=\"out\" errorResult=\"true\"/>"
            + "</testCase>"
            + "<testCase id=\"3\" type=\"decisionService\" invocableName=\"serve\"><inputNode name=\"a\"><value "
            + $"xsi:type=\"xsd:decimal\">4</value></inputNode><resultNode name=\"out\"><expected>{five}</expected></resultNode>"
            + "</testCase>"
            + "<testCase id=\"4\" type=\"bkm\" invocableName=\"twice\"><inputNode name=\"n\"><value "
            + $"xsi:type=\"xsd:decimal\">2.5</value></inputNode><resultNode name=\"twice\"><expected>{five}</expected>"
            + "</resultNode></testCase>"
            + $"<testCase id=\"5\"><inputNode name=\"a\">{five}</inputNode><resultNode name=\"out\"><expected>{five}</expected>"
            + "</resultNode></testCase>");

        results.Select(result => (result.Case, result.Passed)).ShouldBe(
            [("1", true), ("2", true), ("3", true), ("4", true), ("5", false)]);
    }
}
