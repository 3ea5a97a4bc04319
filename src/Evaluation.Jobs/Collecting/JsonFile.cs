using System.Text.Json;

namespace Evaluation.Jobs.Collecting;

/// <summary>A JSON file that is small enough to be held whole.</summary>
internal static class JsonFile
{
    /// <exception cref="ImportException">It is not whole and valid JSON; names the line.</exception>
    public static JsonDocument Open(RecognisedFile file)
    {
        try
        {
            using var stream = SourceFile.Open(file.Path);
            return JsonDocument.Parse(stream);
        }
        catch (JsonException broken)
        {
            var line = (broken.LineNumber ?? 0) + 1;
            throw new ImportException(
                $"{file.Name} 第 {line} 行不是完整有效的 JSON：文件可能被截断或损坏。请重新取得该文件。",
                $"{file.Name}, line {line}: not whole and valid JSON. It may be cut short or damaged: fetch it again.",
                broken);
        }
    }
}
