using System.Text;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>
/// Keeps secrets out of texts and bodies. A source may repeat a key in an error text or in the address of the next page:
/// what is kept has asterisks in its place, as many as the secret has bytes, so that JSON and XML stay what they are.
/// </summary>
internal sealed class SecretVeil
{
    public const string Shown = "***";

    // A shorter secret could stand in a body by chance; in messages it is veiled all the same.
    private const int ShortestInBodies = 6;

    private readonly List<string> secrets = [];
    private readonly List<byte[]> inBodies = [];

    public SecretVeil(IEnumerable<string> secrets)
    {
        foreach (var secret in secrets) Add(secret);
    }

    /// <summary>Bytes that must be held back at the end of a chunk, because a secret may go on in the next one.</summary>
    public int Reach => inBodies.Count == 0 ? 0 : inBodies.Max(secret => secret.Length) - 1;

    /// <summary>One more secret: a session's token. As it is, and as addresses write it.</summary>
    public void Add(string secret)
    {
        foreach (var text in new[] { secret, Uri.EscapeDataString(secret) }.Distinct(StringComparer.Ordinal))
        {
            if (text.Length == 0 || secrets.Contains(text)) continue;
            secrets.Add(text);
            if (text.Length >= ShortestInBodies) inBodies.Add(Encoding.UTF8.GetBytes(text));
        }

        // The longer first: a secret may be the beginning of another.
        secrets.Sort((a, b) => b.Length.CompareTo(a.Length));
        inBodies.Sort((a, b) => b.Length.CompareTo(a.Length));
    }

    public string Over(string text) =>
        secrets.Aggregate(text, (seen, secret) => seen.Replace(secret, Shown, StringComparison.Ordinal));

    /// <summary>Overwrites every secret that lies wholly in the bytes.</summary>
    /// <returns>How many there were.</returns>
    public int Over(Span<byte> bytes)
    {
        var found = 0;
        foreach (var secret in inBodies)
        {
            for (var rest = bytes; rest.IndexOf(secret) is var at and >= 0; rest = rest[(at + secret.Length)..])
            {
                rest.Slice(at, secret.Length).Fill((byte)'*');
                found++;
            }
        }

        return found;
    }
}
