using System.Xml;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>
/// Answers that are no report of datasets: they are refused with what the source says and what to do about it. A source
/// may say so in an answer that looks like success.
/// </summary>
internal static class CounterRefusals
{
    private const string NoUsage = "3030";

    /// <summary>Exceptions that stand alone: a JSON list of them, or the XML of an older release.</summary>
    public static void RefuseBareExceptions(RecognisedFile file, FileHead head)
    {
        if (head.Text.StartsWith('[')) throw NoDatasets(file, InJson(file));
        if (head.Text.StartsWith('<')) throw NoDatasets(file, InXml(file), olderRelease: true);
    }

    /// <summary>Refuses what has no datasets, is of another release, or does not say whose it is.</summary>
    public static void Check(RecognisedFile file, CounterOutline outline)
    {
        var header = outline.Header;
        var empty = outline.Datasets == 0 && outline.Refused.Count == 0;
        var saysNoUsage = header.Exceptions.Any(one => one.Code == NoUsage);
        if (empty && !saysNoUsage && header.Exceptions.Count > 0) throw NoDatasets(file, header.Exceptions);
        CheckRelease(file, header);
        if (empty && !saysNoUsage) throw NoDatasets(file, header.Exceptions);
        if (header.CreatedBy.Length > 0) return;
        throw new ImportException(
            $"{file.Name} 没有写明由谁生成（created-by），不知道属于哪个单位。",
            $"{file.Name} does not say who made it (created-by), so it is not known which unit it belongs to.");
    }

    /// <summary>Refuses a report about something else than datasets.</summary>
    public static void CheckRelease(RecognisedFile file, CounterHeader header)
    {
        if (header.Release is "rd1" or "") return;
        throw new ImportException(
            $"{file.Name} 是 COUNTER 第 {header.Release} 版报告，不是研究数据报告（RD1），不能作为数据集使用量读入。",
            $"{file.Name} is a COUNTER report of release {header.Release}, not the research-data release (rd1): it does "
            + "not say how datasets were used.");
    }

    private static ImportException NoDatasets(
        RecognisedFile file, IReadOnlyList<CounterException> exceptions, bool olderRelease = false)
    {
        var said = string.Join("; ", exceptions);
        var (zh, en) = exceptions.Select(Advice).FirstOrDefault(advice => advice.Zh.Length > 0);
        return olderRelease && exceptions.Count == 0
            ? new ImportException(
                $"{file.Name} 是 XML，是旧版 COUNTER 报告，不是研究数据报告（RD1）。请取得 JSON 或制表符文本。",
                $"{file.Name} is XML: a COUNTER report of an older release, not the research-data release (rd1). Fetch it "
                + "as JSON or as tab-separated text.")
            : new ImportException(
                $"{file.Name} 没有任何数据集。来源的说明：{(said.Length > 0 ? said : "无")}。{zh}",
                $"{file.Name} has no dataset in it. What the source says: {(said.Length > 0 ? said : "nothing")}."
                + (en is { Length: > 0 } ? " " + en : ""));
    }

    private static (string Zh, string En) Advice(CounterException exception) => exception.Code switch
    {
        // The codes that begin with 2 are about who may ask.
        ['2', _, _, _] => ("请检查该来源的账号和授权。", "Check the credentials kept for this source."),
        "1011" or "4001" => ("报告还在生成，请稍后重新取得。", "The report is still being made: fetch it again later."),
        "3031" => ("该期间的数据尚未就绪，请稍后重新取得。", "The data of the period are not ready: fetch them later."),
        "69" => ("报告应带有压缩分卷（report-subsets），此处没有。", "It should carry packed subsets (report-subsets), and has none."),
        _ => ("", ""),
    };

    private static List<CounterException> InJson(RecognisedFile file)
    {
        using var list = JsonFile.Open(file);
        return [.. list.RootElement.EnumerateArray()
            .Select(one => new CounterException(Spelling.Text(one, "code"), Spelling.Text(one, "message")))
            .Where(one => one.ToString().Length > 0)];
    }

    private static List<CounterException> InXml(RecognisedFile file)
    {
        var found = new List<CounterException>();
        try
        {
            using var stream = SourceFile.Open(file.Path);
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.ReadToFollowing("Exception", "http://www.niso.org/schemas/sushi"))
            {
                using var inside = reader.ReadSubtree();
                var (code, message) = ("", "");
                while (inside.Read())
                {
                    if (inside.NodeType != XmlNodeType.Element) continue;
                    if (inside.LocalName == "Number") code = inside.ReadString().Trim();
                    if (inside.LocalName == "Message") message = inside.ReadString().Trim();
                }

                found.Add(new CounterException(code, message));
            }
        }
        catch (XmlException broken)
        {
            throw new ImportException(
                $"{file.Name} 第 {broken.LineNumber} 行不是有效的 XML：{broken.Message}",
                $"{file.Name}, line {broken.LineNumber}: not valid XML: {broken.Message}",
                broken);
        }

        return found;
    }
}
