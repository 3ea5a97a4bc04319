using System.Globalization;

namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>Where the answers of sources are kept: <c>pulled/SOURCE/</c> below the data folder, one file an answer.</summary>
public sealed class PulledFiles(string dataFolder)
{
    private const string Folder = "pulled";
    private const int HashShown = 12;
    private const int LongestName = 120;

    /// <summary>The whole path of a file on record.</summary>
    public string PathOf(string file) => Path.Combine(dataFolder, file);

    /// <summary>A folder for answers on their way, empty: what an earlier attempt left is removed.</summary>
    internal string FreshFolder(string source)
    {
        var folder = Path.Combine(dataFolder, Folder, source, ".part");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>
    /// Keeps an answer under its name and the beginning of its hash: the same answer is the same file.
    /// </summary>
    /// <returns>The path below the data folder.</returns>
    internal string Keep(string source, PulledBody body)
    {
        var name = Plain(body.Name);
        var extension = Path.GetExtension(name);
        var stem = name[..^extension.Length];
        var file = Path.Combine(Folder, source, string.Create(
            CultureInfo.InvariantCulture, $"{stem}.{body.Sha256.AsSpan(0, HashShown)}{extension}"));
        File.Move(body.Path, PathOf(file), overwrite: true);
        return file;
    }

    private static string Plain(string name)
    {
        var plain = new string([.. name.Select(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.' ? one : '_')])
            .TrimStart('.');
        return plain.Length switch
        {
            0 => "page",
            > LongestName => plain[^LongestName..],
            _ => plain,
        };
    }
}
