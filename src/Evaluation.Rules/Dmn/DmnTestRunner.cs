using System.Xml.Linq;
using Evaluation.Rules.Feel;

namespace Evaluation.Rules.Dmn;

/// <summary>How one test case ended.</summary>
/// <param name="File">The test file.</param>
/// <param name="Case">The case's id.</param>
/// <param name="Passed">Whether every result was as expected.</param>
/// <param name="Problem">What was different, or null.</param>
public sealed record DmnTestResult(string File, string Case, bool Passed, string? Problem);

/// <summary>Runs test files of the DMN Technology Compatibility Kit. Reads no files itself: texts go in.</summary>
public static class DmnTestRunner
{
    // The kit's own runners compare numbers to eight places; expected values are often printed that way.
    private const decimal Tolerance = 0.00000001m;

    /// <summary>Runs every case of a test file.</summary>
    /// <param name="testXml">The test file's text.</param>
    /// <param name="testFile">Its name, for messages.</param>
    /// <param name="models">The models beside it: file name to text.</param>
    /// <param name="now">What <c>now()</c> and <c>today()</c> answer.</param>
    /// <exception cref="DmnFormatException">The test file can't be read.</exception>
    public static IReadOnlyList<DmnTestResult> Run(string testXml, string testFile,
        IReadOnlyDictionary<string, string> models, DateTimeOffset now)
    {
        var root = DmnReader.Parse(testXml, testFile);
        if (root.Name.LocalName != "testCases")
        {
            throw new DmnFormatException($"{testFile}:{DmnReader.LineOf(root)}: this is no test file: its first " +
                $"element is <{root.Name.LocalName}>; expected <testCases>.");
        }
        var cases = Children(root, "testCase").ToList();
        DmnProgram program;
        try
        {
            program = Link(Child(root, "modelName")?.Value.Trim() ?? "", testFile, models);
        }
        catch (DmnFormatException e)
        {
            return [.. cases.Select(c => new DmnTestResult(testFile, IdOf(c), false, e.Message))];
        }
        return [.. cases.Select(c => Case(program, testFile, c, now))];
    }

    private static DmnProgram Link(string modelName, string testFile, IReadOnlyDictionary<string, string> models)
    {
        if (!models.TryGetValue(modelName, out var text))
        {
            throw new DmnFormatException($"{testFile}: the model {modelName} is not beside the test file.");
        }
        var main = DmnReader.Read(text, modelName);
        var (others, broken) = (new List<DmnModel>(), new List<string>());
        foreach (var (file, other) in models.Where(m => m.Key != modelName && main.Imports.Count > 0))
        {
            try
            {
                others.Add(DmnReader.Read(other, file));
            }
            catch (DmnFormatException e)
            {
                // One that nobody imports may be broken; whether it is missing shows when the models are linked.
                broken.Add(e.Message);
            }
        }
        try
        {
            return DmnProgram.Link(main, others);
        }
        catch (DmnFormatException e) when (broken.Count > 0)
        {
            throw new DmnFormatException($"{e.Message} Not readable beside it: {string.Join(" ", broken)}");
        }
    }

    private static IEnumerable<XElement> Children(XElement parent, string name) =>
        parent.Elements().Where(e => e.Name.LocalName == name);

    private static XElement? Child(XElement parent, string name) => Children(parent, name).FirstOrDefault();

    private static string IdOf(XElement testCase) =>
        (string?)testCase.Attribute("id") ?? (string?)testCase.Attribute("name")
        ?? "line " + DmnReader.LineOf(testCase);

    private static DmnTestResult Case(DmnProgram program, string file, XElement testCase, DateTimeOffset now)
    {
        var problems = new List<string>();
        var inputs = Inputs(testCase);
        var invocable = (string?)testCase.Attribute("invocableName");
        foreach (var node in Children(testCase, "resultNode"))
        {
            var name = Names.Clean((string?)node.Attribute("name") ?? "");
            try
            {
                var outcome = (string?)testCase.Attribute("type") is "bkm" && invocable is not null
                    ? program.Invoke(Names.Clean(invocable), inputs, now)
                    : program.Evaluate((string?)testCase.Attribute("type") is "decisionService" && invocable is not null
                        ? Names.Clean(invocable)
                        : name, inputs, now);
                Check(node, name, outcome, invocable is not null, problems);
            }
            catch (Exception e) when (e is ArgumentException or FeelLimitException)
            {
                problems.Add($"{name}: {e.Message}");
            }
        }
        return new DmnTestResult(file, IdOf(testCase), problems.Count == 0,
            problems.Count == 0 ? null : string.Join("; ", problems));
    }

    private const int LongestShown = 4_000;

    private static void Check(XElement node, string name, DmnOutcome outcome, bool service, List<string> problems)
    {
        var expected = Child(node, "expected") is { } element ? DmnTestValue.Read(element) : FeelValue.Null;
        var actual = outcome.Value;
        // A decision service with several outputs is compared output by output.
        if (service && actual.Reference is FeelContext members && members.TryGet(name, out var member))
        {
            actual = member;
        }
        if (!Same(actual, expected))
        {
            var reasons = string.Join(", ", outcome.Reasons.Take(3).Select(r => r.En));
            problems.Add($"{name}: expected {expected.Brief(LongestShown)}, got {actual.Brief(LongestShown)}"
                + (reasons.Length > 0 ? $" ({reasons})" : ""));
        }
    }

    private static FeelContext Inputs(XElement testCase)
    {
        var builder = new FeelContext.Builder();
        var spaces = new Dictionary<string, FeelContext.Builder>(StringComparer.Ordinal);
        foreach (var node in Children(testCase, "inputNode"))
        {
            var name = Names.Clean((string?)node.Attribute("name") ?? "");
            var value = DmnTestValue.Read(node);
            if ((string?)node.Attribute("namespace") is { Length: > 0 } space)
            {
                if (!spaces.TryGetValue(space, out var under))
                {
                    spaces.Add(space, under = new FeelContext.Builder());
                }
                under.Set(name, value);
            }
            builder.Set(name, value);
        }
        foreach (var (space, under) in spaces)
        {
            builder.Set(space, FeelValue.Context(under.Build()));
        }
        return builder.Build();
    }

    private static bool Same(FeelValue actual, FeelValue expected)
    {
        if (actual.IsNumber && expected.IsNumber)
        {
            return Math.Abs(actual.AsNumber() - expected.AsNumber()) <= Tolerance;
        }
        if (actual.ListOrNull is { } list && expected.ListOrNull is { } wanted)
        {
            return list.Count == wanted.Count && list.Zip(wanted).All(p => Same(p.First, p.Second));
        }
        if (actual.Reference is FeelContext context && expected.Reference is FeelContext members)
        {
            return context.Count == members.Count
                && members.All(m => context.TryGet(m.Key, out var value) && Same(value, m.Value));
        }
        return actual.Equals(expected);
    }
}
