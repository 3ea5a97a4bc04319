using System.Globalization;
using System.Text;

namespace Evaluation.Jobs.Publishing;

/// <summary>Where the papers of a run lie: <c>out/&lt;run&gt;/&lt;category&gt;/&lt;number&gt;-&lt;unit&gt;.pdf</c> below the data folder.</summary>
public sealed class ReportFiles(string dataFolder)
{
    private const int LongestName = 60;

    /// <summary>The folder of a run's papers.</summary>
    public string FolderOf(string run) => Path.Combine(dataFolder, "out", run);

    /// <summary>The path on this machine of a file that the database names below the data folder.</summary>
    public string PathOf(string file) => Path.Combine(dataFolder, file.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The file of a unit's report, below the data folder.</summary>
    /// <param name="place">The unit's place in the category's ordinal order, from 1.</param>
    public static string FileOf(string run, string category, string unit, int place) => string.Create(
        CultureInfo.InvariantCulture, $"out/{run}/{category}/{place:D4}-{Safe(unit)}.pdf");

    /// <summary>Writes beside and moves into place: whoever reads the file reads the whole of it.</summary>
    public static async Task Write(string path, byte[] content, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await File.WriteAllBytesAsync(draft, content, cancel);
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    // Letters and digits of any language may stand in a file name; whatever else a unit's id holds becomes a dash.
    private static string Safe(string unit)
    {
        var safe = new StringBuilder();
        foreach (var rune in unit.EnumerateRunes())
        {
            if (safe.Length >= LongestName) break;
            safe.Append(Rune.IsLetterOrDigit(rune) ? rune.ToString() : "-");
        }

        return safe.ToString();
    }
}
