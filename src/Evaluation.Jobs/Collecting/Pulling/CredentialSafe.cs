using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Evaluation.Jobs.Storage;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>
/// Encrypts the credentials of sources (AES-256-GCM). The key is in the environment variable
/// <c>EVALUATION_SOURCES_KEY</c>, else in <c>sources.key</c> of the data folder, which only its owner may read; it is
/// made when the first credential is entered. Without it the database does not give the credentials away.
/// </summary>
public sealed class CredentialSafe(string dataFolder)
{
    public const string KeyVariable = "EVALUATION_SOURCES_KEY";
    public const string KeyFile = "sources.key";

    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyIdBytes = 4;

    private string PathOfKey => Path.Combine(dataFolder, KeyFile);

    /// <summary>Encrypts the credentials of a source; they are good for that source only.</summary>
    /// <exception cref="ImportException">The key is not usable.</exception>
    public SealedCredentials Seal(string source, IReadOnlyDictionary<string, string> credentials)
    {
        var key = Key() ?? MakeKey();
        var clear = JsonSerializer.SerializeToUtf8Bytes(credentials);
        var bytes = new byte[NonceBytes + TagBytes + clear.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            bytes.AsSpan(0, NonceBytes), clear, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes),
            Encoding.UTF8.GetBytes(source));
        CryptographicOperations.ZeroMemory(clear);
        return new SealedCredentials(bytes, IdOf(key));
    }

    /// <summary>The credentials in the clear.</summary>
    /// <exception cref="ImportException">The key is lost, is another one, or the bytes were tampered with.</exception>
    public IReadOnlyDictionary<string, string> Open(string source, SealedCredentials? credentials)
    {
        if (credentials is not { Bytes: var bytes }) return new Dictionary<string, string>();
        if (Key() is not { } key || IdOf(key) != credentials.KeyId) throw KeyLost(source, credentials.KeyId);
        var clear = new byte[bytes.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), clear,
                Encoding.UTF8.GetBytes(source));
        }
        catch (AuthenticationTagMismatchException changed)
        {
            throw new ImportException(
                $"来源 {source} 的凭据在数据库中被改动过，不能使用。请重新录入。",
                $"The credentials of the source {source} were tampered with in the database and are not used. Enter them anew.",
                changed);
        }

        return JsonSerializer.Deserialize<Dictionary<string, string>>(clear)!;
    }

    private ImportException KeyLost(string source, string keyId) => new(
        $"解密来源 {source} 的凭据需要密钥 {keyId}，但 {PathOfKey} 和环境变量 {KeyVariable} 中都没有它。请恢复该密钥文件；"
        + "如已丢失，凭据无法找回，请用 ./evaluation sources set 重新录入（已采集的数据不受影响）。",
        $"The credentials of the source {source} need the key {keyId}, which is neither in {PathOfKey} nor in the environment "
        + $"variable {KeyVariable}. Put the key back. If it is lost, the credentials cannot be recovered: enter them anew by "
        + "./evaluation sources set (data pulled before are not affected).");

    private byte[]? Key()
    {
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } given) return Decoded(given, KeyVariable);
        return File.Exists(PathOfKey) ? Decoded(File.ReadAllText(PathOfKey).Trim(), PathOfKey) : null;
    }

    private byte[] MakeKey()
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        Directory.CreateDirectory(dataFolder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(PathOfKey, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
        file.Flush(flushToDisk: true);
        return key;
    }

    private static byte[] Decoded(string text, string place)
    {
        var key = new byte[KeyBytes];
        if (Convert.TryFromBase64String(text, key, out var length) && length == KeyBytes) return key;
        throw new ImportException(
            $"{place} 中的密钥不可用：应为 {KeyBytes} 字节的 Base64 文本。",
            $"The key in {place} is not usable: it must be {KeyBytes} bytes in base64.");
    }

    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, KeyIdBytes));
}
