using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Rules;

namespace Evaluation.Jobs.Tests.Collecting.Pulling;

/// <summary>
/// A protocol in the manner of many: numbered pages of CSV, the number of pages in a header, a key in the query, and a
/// token that has to be fetched where the source has a login.
/// </summary>
internal sealed class PagesOfTest : ISourceProtocol
{
    public string Kind => "pages";

    public Bilingual Name { get; } = new("测试用分页", "Pages of a test");

    public string? FormatName => "csv";

    public TimeSpan Overlap => TimeSpan.FromDays(2);

    public IReadOnlyList<CredentialField> Credentials { get; } = [new("key", Required: false), new("login", Required: false)];

    public async IAsyncEnumerable<PulledPage> Pages(
        PullRequest request, SourceClient client, [EnumeratorCancellation] CancellationToken cancel)
    {
        var first = int.Parse(request.Mark ?? "1", CultureInfo.InvariantCulture);
        var pages = first;
        for (var page = first; page <= pages; page++)
        {
            var number = page.ToString(CultureInfo.InvariantCulture);
            var asked = new SourceRequest($"records-{number}.csv", new Uri(request.Address, "rows"), BodyKind.Text)
                .With("page", number)
                .With("from", request.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            if (request.Credentials["key"] is { } key) asked = asked.With("key", key, secret: true);
            var body = await client.Fetch(asked, cancel);
            if (body.Headers.TryGetValue("X-Pages", out var known)) pages = int.Parse(known, CultureInfo.InvariantCulture);
            var next = page < pages ? (page + 1).ToString(CultureInfo.InvariantCulture) : null;
            yield return new PulledPage(body, next);
        }
    }

    public async Task<IReadOnlyList<RequestPart>?> SignIn(PullRequest request, SourceClient client, CancellationToken cancel)
    {
        if (request.Credentials["login"] is not { } login) return null;
        var answer = await client.FetchText(
            new SourceRequest("login.json", new Uri(request.Address, "login"), BodyKind.Json,
                new RequestPart(RequestPlace.Form, "login", login, Secret: true)),
            cancel);
        using var token = JsonDocument.Parse(answer);
        return [RequestPart.Authorization("Bearer", token.RootElement.GetProperty("token").GetString()!)];
    }
}
