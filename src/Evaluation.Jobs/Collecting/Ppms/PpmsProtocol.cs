using System.Globalization;
using System.Runtime.CompilerServices;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Ppms;

/// <summary>
/// Pulls PPMS by PUMAPI: the systems, then one running sheet a core and day, then the life-time hours of users. Sheets
/// are changed for some days after, so a scheduled pull reads two weeks again. The key is a field of every form.
/// </summary>
internal sealed class PpmsProtocol : ISourceProtocol
{
    private const string Key = "apikey";
    private const string Cores = "cores";

    public string Kind => "ppms";

    public Bilingual Name { get; } = new("PPMS 仪器预约系统（PUMAPI）", "PPMS (PUMAPI)");

    public string FormatName => "ppms";

    public TimeSpan Overlap => TimeSpan.FromDays(14);

    public IReadOnlyList<CredentialField> Credentials { get; } = [new(Key)];

    public IReadOnlyList<string> Options { get; } = [Cores];

    public async IAsyncEnumerable<PulledPage> Pages(
        PullRequest request, SourceClient client, [EnumeratorCancellation] CancellationToken cancel)
    {
        var questions = Questions(request);
        // The mark is the name of the question that comes next.
        var first = request.Mark is null ? 0 : questions.FindIndex(question => question.Name == request.Mark);
        for (var at = Math.Max(0, first); at < questions.Count; at++)
        {
            var (name, parameters) = questions[at];
            var asked = new SourceRequest(
                name, request.Below("pumapi/"), BodyKind.Text,
                [.. parameters.Select(one => new RequestPart(RequestPlace.Form, one.Name, one.Value)),
                    new RequestPart(RequestPlace.Form, Key, request.Credentials.Need(Key), Secret: true)]);
            var body = await client.Fetch(asked, cancel);
            yield return new PulledPage(body, at + 1 < questions.Count ? questions[at + 1].Name : null);
        }
    }

    private static List<(string Name, (string Name, string Value)[] Parameters)> Questions(PullRequest request)
    {
        var questions = new List<(string, (string, string)[])> { ("getsystems.txt", [("action", "getsystems")]) };
        var cores = request.Option(Cores, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (cores.Length == 0)
        {
            throw new ImportException(
                "来源没有写明平台编号。请用 ./evaluation sources set 名称 --option cores=2,5 录入。",
                "The source does not say which cores it has. Enter them: ./evaluation sources set NAME --option cores=2,5.");
        }

        for (var day = request.FirstDay; day <= request.LastDay; day = day.AddDays(1))
        {
            var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            foreach (var core in cores)
            {
                questions.Add((
                    $"day--{text}__plateformid--{core}.txt",
                    [("action", "getrunningsheet"), ("plateformid", core), ("day", text)]));
            }
        }

        questions.Add(("getuserexp.txt", [("action", "getuserexp")]));
        return questions;
    }
}
