using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Evaluation.Jobs.Collecting.Counter;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Nemo;

/// <summary>
/// Pulls a NEMO server: uses by their start in stretches of some weeks, uses without an end, trainings, reservations
/// and tasks. Nothing tells what was changed, so a scheduled pull reads the last 90 days again. Each page is kept with
/// what its uses refer to (projects, accounts, corrections, shutdowns), because an answer alone refers by number.
/// </summary>
internal sealed class NemoProtocol : ISourceProtocol
{
    private const string Token = "token";
    private const string PageSize = "page_size";
    private const string StretchDays = "stretch_days";

    private static readonly string[] Registers =
    [
        NemoBody.AccountTypes, NemoBody.Accounts, NemoBody.ProjectDisciplines, NemoBody.Projects, NemoBody.AdjustmentRequests,
        NemoBody.ScheduledOutages, NemoBody.Tasks,
    ];

    public string Kind => "nemo";

    public Bilingual Name { get; } = new("NEMO 仪器管理系统", "A NEMO server");

    public string FormatName => "nemo";

    public TimeSpan Overlap => TimeSpan.FromDays(90);

    public IReadOnlyList<CredentialField> Credentials { get; } = [new(Token)];

    public IReadOnlyList<string> Options { get; } = [PageSize, StretchDays];

    public async IAsyncEnumerable<PulledPage> Pages(
        PullRequest request, SourceClient client, [EnumeratorCancellation] CancellationToken cancel)
    {
        var questions = Questions(request);
        var (first, page) = Place(request.Mark);
        if (first >= questions.Count) yield break;
        var registers = await RegistersOf(request, client, cancel);
        for (var at = first; at < questions.Count; at++, page = 1)
        {
            while (true)
            {
                var body = await Ask(request, client, questions[at], page, cancel);
                var more = HasMore(body);
                // A server without pages gives everything at once: it has no second page.
                var next = more ? (at, page + 1) : (at + 1, 1);
                var mark = next.Item1 < questions.Count ? Mark(next) : null;
                yield return new PulledPage(await WithRegisters(request, questions[at], registers, body, cancel), mark);
                if (!more) break;
                page++;
            }
        }
    }

    private sealed record Question(string Endpoint, string Name, params (string Name, string Value)[] Filters);

    private static List<Question> Questions(PullRequest request)
    {
        var from = DayText(request.FirstDay);
        var questions = new List<Question>();
        var days = Number(request, StretchDays, 31);
        for (var day = request.FirstDay; day <= request.LastDay; day = day.AddDays(days))
        {
            var until = day.AddDays(days) is var end && end <= request.LastDay ? end : request.LastDay.AddDays(1);
            questions.Add(new Question(
                NemoBody.UsageEvents, $"{NemoBody.UsageEvents}-{DayText(day)}",
                ("start__gte", At(day)), ("start__lt", At(until))));
        }

        questions.Add(new Question(NemoBody.UsageEvents, $"{NemoBody.UsageEvents}-open", ("end__isnull", "true")));
        var since = At(request.FirstDay);
        questions.Add(new Question(
            NemoBody.TrainingSessions, $"{NemoBody.TrainingSessions}-{from}", ("date__gte", since)));
        questions.Add(new Question(NemoBody.Reservations, $"{NemoBody.Reservations}-{from}", ("start__gte", since)));
        questions.Add(new Question(NemoBody.Tasks, NemoBody.Tasks));
        return questions;
    }

    private static Task<PulledBody> Ask(
        PullRequest request, SourceClient client, Question question, int page, CancellationToken cancel)
    {
        var address = request.Below($"api/{question.Endpoint}/");
        var number = page.ToString(CultureInfo.InvariantCulture);
        var asked = new SourceRequest(
            $"{question.Name}-page-{page:0000}.json", address, BodyKind.Json,
            RequestPart.Authorization("Token", request.Credentials.Need(Token)));
        foreach (var (name, value) in question.Filters) asked = asked.With(name, value);
        asked = asked.With(PageSize, Number(request, PageSize, 1000).ToString(CultureInfo.InvariantCulture));
        return client.Fetch(page == 1 ? asked : asked.With("page", number), cancel);
    }

    /// <summary>Everything that uses refer to, as it was sent.</summary>
    private static async Task<byte[]> RegistersOf(PullRequest request, SourceClient client, CancellationToken cancel)
    {
        using var memory = new MemoryStream();
        await using var json = new Utf8JsonWriter(memory);
        json.WriteStartObject();
        foreach (var register in Registers)
        {
            json.WriteStartArray(register);
            for (var page = 1; ; page++)
            {
                var body = await Ask(request, client, new Question(register, register), page, cancel);
                foreach (var element in Elements(body)) json.WriteRawValue(element.GetRawText());
                var more = HasMore(body);
                File.Delete(body.Path);
                if (!more) break;
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(cancel);
        return memory.ToArray();
    }

    /// <summary>The answer beside the registers, in one document.</summary>
    private static async Task<PulledBody> WithRegisters(
        PullRequest request, Question question, byte[] registers, PulledBody body, CancellationToken cancel)
    {
        var path = body.Path + ".with";
        await using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
        {
            var head = $"{{{Quoted(NemoBody.Host)}:{Quoted(request.Address.Host)},{Quoted(NemoBody.Registers)}:";
            await file.WriteAsync(Encoding.UTF8.GetBytes(head), cancel);
            await file.WriteAsync(registers, cancel);
            await file.WriteAsync(Encoding.UTF8.GetBytes($",{Quoted(question.Endpoint)}:"), cancel);
            await using (var answer = body.Open()) await CopyWithoutMark(answer, file, cancel);
            await file.WriteAsync("}"u8.ToArray(), cancel);
            file.Flush(flushToDisk: true);
        }

        File.Delete(body.Path);
        var (sha256, bytes) = SourceFile.Hash(path);
        return body with { Path = path, Sha256 = sha256, Bytes = bytes };
    }

    private static async Task CopyWithoutMark(Stream answer, Stream file, CancellationToken cancel)
    {
        var head = new byte[3];
        var read = await answer.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        if (!head.AsSpan(0, read).SequenceEqual(Encoding.UTF8.Preamble)) await file.WriteAsync(head.AsMemory(0, read), cancel);
        await answer.CopyToAsync(file, cancel);
    }

    private static IEnumerable<JsonElement> Elements(PulledBody body)
    {
        using var parts = new JsonObjectStream(body.Open(), body.Name);
        var items = parts.IsArray()
            ? parts.Elements()
            : parts.Parts(property => property == "results").Where(part => part.Index >= 0);
        foreach (var part in items) yield return part.Value;
    }

    /// <summary>Whether the envelope of a page names a next one; a bare list never does.</summary>
    private static bool HasMore(PulledBody body)
    {
        using var parts = new JsonObjectStream(body.Open(), body.Name);
        if (parts.IsArray()) return false;
        return parts.Parts(property => property == "results")
            .Any(part => part.Property == "next" && part.Value.ValueKind == JsonValueKind.String);
    }

    /// <summary><c>3:2</c>: the third question, its second page.</summary>
    private static string Mark((int Question, int Page) next) =>
        string.Create(CultureInfo.InvariantCulture, $"{next.Question}:{next.Page}");

    private static (int Question, int Page) Place(string? mark)
    {
        if (mark is null) return (0, 1);
        var parts = mark.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static int Number(PullRequest request, string option, int otherwise)
    {
        var text = request.Option(option, otherwise.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ImportException(
                $"来源的选项 {option} 应是正整数，现为“{text}”。",
                $"The option {option} of the source must be a whole number above 0, not '{text}'.");
    }

    private static string At(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), PullRequest.CivilOffset)
        .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
