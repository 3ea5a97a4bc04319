using System.Globalization;
using System.Runtime.CompilerServices;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>
/// One file at one address: the simplest source there is. <c>{from}</c> and <c>{until}</c> in the address become the
/// first and the last civil day of the period, <c>{month}</c> makes one request a month (<c>yyyy-MM</c>).
/// </summary>
internal sealed class FileProtocol : ISourceProtocol
{
    private const string MonthPlace = "{month}";
    private const string Token = "token";

    public string Kind => "file";

    public Bilingual Name { get; } = new("一个网址上的文件", "A file at an address");

    public string? FormatName => null;

    public TimeSpan Overlap => TimeSpan.Zero;

    public IReadOnlyList<CredentialField> Credentials { get; } =
        [new("user", Required: false, Secret: false), new("password", Required: false), new(Token, Required: false)];

    public async IAsyncEnumerable<PulledPage> Pages(
        PullRequest request, SourceClient client, [EnumeratorCancellation] CancellationToken cancel)
    {
        var template = Uri.UnescapeDataString(request.Address.AbsoluteUri);
        var months = template.Contains(MonthPlace, StringComparison.Ordinal)
            ? request.Months().Select(month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture)).ToList()
            : [""];
        // The mark is the month that comes next.
        foreach (var month in months.Where(month => string.CompareOrdinal(month, request.Mark ?? "") >= 0))
        {
            var address = new Uri(template
                .Replace("{from}", Day(request.FirstDay), StringComparison.Ordinal)
                .Replace("{until}", Day(request.LastDay), StringComparison.Ordinal)
                .Replace(MonthPlace, month, StringComparison.Ordinal));
            var body = await client.Fetch(
                new SourceRequest(NameOf(address, month), address, KindOf(address), SignedBy(request.Credentials)), cancel);
            yield return new PulledPage(body, months.FirstOrDefault(next => string.CompareOrdinal(next, month) > 0));
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static RequestPart[] SignedBy(SourceCredentials credentials)
    {
        if (credentials[Token] is { } token) return [RequestPart.Authorization("Bearer", token)];
        if (credentials["user"] is not { } user) return [];
        var pair = System.Text.Encoding.UTF8.GetBytes($"{user}:{credentials.Need("password")}");
        return [RequestPart.Authorization("Basic", Convert.ToBase64String(pair))];
    }

    private static string NameOf(Uri address, string month)
    {
        var name = Path.GetFileName(address.AbsolutePath);
        return month.Length == 0 || name.Contains(month, StringComparison.Ordinal) ? name : $"{month}-{name}";
    }

    private static BodyKind KindOf(Uri address) => Path.GetExtension(address.AbsolutePath).ToLowerInvariant() switch
    {
        ".json" => BodyKind.Json,
        ".xml" => BodyKind.Xml,
        ".csv" or ".tsv" or ".txt" => BodyKind.Text,
        _ => BodyKind.Any,
    };
}
