using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Evaluation.Jobs.Tests.Collecting;

/// <summary>A usage report whose datasets are in gzip subsets, as reports of more than 50,000 datasets are.</summary>
internal sealed class PackedReport
{
    private const string Header =
        """{"report-header":{"release":"rd1","created-by":"repo","created":"2025-03-01","reporting-period":{"begin-date":"2025-02-01","end-date":"2025-02-28"},"exceptions":[{"code":69,"message":"gzip"}]},"report-datasets":[],"report-subsets":[""";

    private readonly List<(byte[] Packed, string Checksum)> subsets = [];

    public static PackedReport Of(params string[] reports)
    {
        var packed = new PackedReport();
        foreach (var report in reports) packed.subsets.Add(Pack(writer => writer.Write(report)));
        return packed;
    }

    /// <summary>Writes a long one; every tenth DOI of a subset comes again in capitals. Gives the unpacked length.</summary>
    public static long Write(TextWriter file, string report, int subsets, int datasets)
    {
        var (begin, end) = (report.IndexOf('[') + 1, report.LastIndexOf(']'));
        var length = 0L;
        file.Write(Header);
        for (var subset = 0; subset < subsets; subset++)
        {
            var first = subset;
            var packed = Pack(writer =>
            {
                writer.Write(report[..begin]);
                for (var i = 0; i < datasets; i++)
                {
                    if (i > 0) writer.Write(',');
                    // Ten new datasets, then the first of the ten once more.
                    var number = string.Create(CultureInfo.InvariantCulture, $"{(i / 11 * 10) + (i % 11 % 10)}");
                    var id = string.Create(CultureInfo.InvariantCulture, $"{(i % 11 == 10 ? 'S' : 's')}{first}.{number}");
                    var dataset = report[begin..end].Replace("@", id, StringComparison.Ordinal);
                    writer.Write(dataset);
                    length += dataset.Length + 1;
                }

                writer.Write(report[end..]);
            });
            if (subset > 0) file.Write(',');
            file.Write(Text(packed));
        }

        file.Write("]}");
        return length;
    }

    public void FlipAByteOf(int subset)
    {
        var packed = subsets[subset].Packed;
        packed[packed.Length / 2] ^= 1;
    }

    public override string ToString() => Header + string.Join(',', subsets.Select(Text)) + "]}";

    private static string Text((byte[] Packed, string Checksum) subset) =>
        $$"""{"gzip":"{{Convert.ToBase64String(subset.Packed)}}","checksum":"{{subset.Checksum}}"}""";

    private static (byte[] Packed, string Checksum) Pack(Action<TextWriter> write)
    {
        var memory = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(memory, CompressionLevel.Fastest), new UTF8Encoding(false)))
        {
            write(writer);
        }

        var packed = memory.ToArray();
        return (packed, Convert.ToHexStringLower(SHA256.HashData(packed)));
    }
}
