using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>One packed part of a long report.</summary>
internal static class CounterSubset
{
    /// <summary>What is inside, unpacked while it is read.</summary>
    /// <exception cref="ImportException">
    /// It is no base64, or its checksum is missing or another one. The checksum is the SHA-256 of the packed bytes.
    /// </exception>
    public static Stream Unpack(JsonElement subset, string place)
    {
        if (Spelling.Property(subset, "gzip") is not { ValueKind: JsonValueKind.String } text
            || !text.TryGetBytesFromBase64(out var packed))
        {
            throw new ImportException(
                $"分卷 {place} 的 gzip 不是有效的 base64 文本，该分卷未读入。请重新取得报告。",
                $"The gzip text of the subset {place} is not valid base64; the subset was not read. Fetch the report "
                + "again.");
        }

        var stated = Spelling.Text(subset, "checksum").Trim();
        var found = Convert.ToHexStringLower(SHA256.HashData(packed));
        if (!stated.Equals(found, StringComparison.OrdinalIgnoreCase))
        {
            throw new ImportException(
                $"分卷 {place} 的校验和不符：报告写的是 {(stated.Length > 0 ? stated : "（空）")}，实际是 {found}，该分卷未读入。"
                + "请重新取得报告。",
                $"The checksum of the subset {place} does not fit: the report says "
                + $"{(stated.Length > 0 ? stated : "nothing")}, its bytes give {found}; the subset was not read. Fetch the "
                + "report again.");
        }

        return new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
    }
}
