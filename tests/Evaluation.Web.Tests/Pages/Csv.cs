using System.Text;

namespace Evaluation.Tests.Pages;

/// <summary>Reads what a page let somebody download.</summary>
internal static class Csv
{
    public static List<string[]> Parse(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        text[0].ShouldBe('\uFEFF', "spreadsheets need the mark to read Chinese");
        var rows = new List<string[]>();
        var (row, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var at = 1; at < text.Length; at++)
        {
            if (quoted && text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[at++]);
            else if (text[at] == '"') quoted = !quoted;
            else if (!quoted && text[at] is ',' or '\n')
            {
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (text[at] == ',') continue;
                rows.Add([.. row]);
                row.Clear();
            }
            else cell.Append(text[at]);
        }

        return rows;
    }
}
