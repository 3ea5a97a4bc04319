using System.IO.Compression;
using System.Security.Cryptography;

namespace Evaluation.Jobs.Collecting;

/// <summary>Opens source files; says clearly why one cannot be opened. A gzip file is read as what is inside it.</summary>
internal static class SourceFile
{
    public static Stream Open(string path)
    {
        var file = OpenBytes(path);
        Span<byte> magic = stackalloc byte[2];
        var read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && magic[0] == 0x1F && magic[1] == 0x8B ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>The file's bytes as they are, gzip or not.</summary>
    public static FileStream OpenPlain(string path) => OpenBytes(path);

    /// <summary>Opens a file in which one may go back and forth; a gzip file is unpacked to memory.</summary>
    public static Stream OpenWhole(string path)
    {
        var stream = Open(path);
        if (stream.CanSeek) return stream;
        using (stream)
        {
            var memory = new MemoryStream();
            stream.CopyTo(memory);
            memory.Position = 0;
            return memory;
        }
    }

    public static (string Sha256, long Bytes) Hash(string path)
    {
        using var file = OpenBytes(path);
        return (Convert.ToHexStringLower(SHA256.HashData(file)), file.Length);
    }

    private static FileStream OpenBytes(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new ImportException(
                $"没有读取 {path} 的权限。请修改文件权限后重试。",
                $"{path} may not be read: permission denied. Change its permissions and try again.",
                refused);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImportException(
                $"文件 {path} 不存在。请检查路径。", $"The file {path} does not exist. Check the path.", missing);
        }
        catch (IOException broken)
        {
            throw new ImportException(
                $"读取 {path} 失败：{broken.Message}", $"{path} could not be read: {broken.Message}", broken);
        }
    }
}
