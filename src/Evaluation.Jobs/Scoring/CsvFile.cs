using CsvHelper;

namespace Evaluation.Jobs.Scoring;

/// <summary>Writes a table that a command puts out: UTF-8, commas, one line end everywhere.</summary>
internal static class CsvFile
{
    /// <summary>Writes a table; a file of the same name is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var stream = File.Create(path);
        using var csv = CsvWriter.Create(stream, CsvWriterOptions.Default with { NewLine = "\n" });
        foreach (var row in rows.Prepend(header))
        {
            foreach (var field in row) csv.WriteField(field);
            csv.EndRecord();
        }
    }
}
