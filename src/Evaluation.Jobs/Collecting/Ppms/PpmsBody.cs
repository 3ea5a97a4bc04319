using System.Text.RegularExpressions;
using Evaluation.Jobs.Collecting.Tabular;

namespace Evaluation.Jobs.Collecting.Ppms;

/// <summary>The actions of PUMAPI whose answers are told apart.</summary>
internal enum PpmsAction
{
    RunningSheet,
    Systems,
    User,
    Users,
    Group,
    UserExperience,
    NextBooking,
}

/// <summary>
/// An answer of PUMAPI. It comes with status 200 whatever happened: an error is a text. Nothing in it says which
/// question it answers: the header does, and for what has none the folder it lies in (<c>getusers/…</c>).
/// </summary>
internal sealed partial class PpmsBody
{
    private static readonly (PpmsAction Action, string[] Header)[] Headers =
    [
        (PpmsAction.RunningSheet, ["Location", "Start time", "End time", "Object", "User", "Training", "Assisted"]),
        (PpmsAction.Systems, ["Core facility ref", "System id", "Type", "Name"]),
        (PpmsAction.UserExperience, ["login", "id", "booked_hours", "used_hours"]),
        (PpmsAction.User, ["login", "lname", "fname"]),
        (PpmsAction.Group, ["unitlogin", "unitname"]),
    ];

    private readonly List<CsvRow> rows;

    private PpmsBody(PpmsAction action, List<CsvRow> rows, string[] header)
    {
        Action = action;
        this.rows = rows;
        Header = header;
    }

    public PpmsAction Action { get; }

    public string[] Header { get; }

    /// <summary>The rows below the header.</summary>
    public IEnumerable<CsvRow> Rows => rows.Skip(Header.Length > 0 ? 1 : 0);

    /// <exception cref="ImportException">The answer is an error, or of no form that is known.</exception>
    public static PpmsBody Read(string path, string name, string encoding)
    {
        using var text = TextEncoding.Open(path, encoding);
        var whole = text.ReadToEnd();
        using var csv = new CsvRows(new StringReader(whole), ",", name);
        var rows = new List<CsvRow>();
        while (csv.Next() is { } row) rows.Add(row);
        var header = rows.Count > 0 ? rows[0].Fields.Select(field => field.Trim()).ToArray() : [];
        foreach (var (action, columns) in Headers)
        {
            if (columns.All(header.Contains)) return new PpmsBody(action, rows, header);
        }

        RefuseError(whole, name);
        return Path.GetFileName(Path.GetDirectoryName(path)) switch
        {
            "getusers" => new PpmsBody(PpmsAction.Users, rows, []),
            "nextbooking" => new PpmsBody(PpmsAction.NextBooking, rows, []),
            _ => throw Unknown(whole, name),
        };
    }

    /// <summary>Whether a text begins like an answer.</summary>
    public static bool LooksLikeOne(FileHead head) =>
        ErrorText().IsMatch(head.Text) || Headers.Any(known => known.Header.All(column =>
            head.Text.Split('\n', 2)[0].Contains(column, StringComparison.Ordinal)));

    private static void RefuseError(string text, string name)
    {
        if (!text.Contains("error", StringComparison.OrdinalIgnoreCase)) return;
        var said = text.Trim();
        throw new ImportException(
            $"{name}：PPMS 报错：{said}。未读入任何数据；请检查接口密钥的权限和请求参数。",
            $"{name}: PPMS reports an error: {said}. Nothing was read; check what the API key may do and what was asked.");
    }

    private static ImportException Unknown(string text, string name)
    {
        var first = text.Split('\n', 2)[0].Trim();
        return new ImportException(
            $"{name}：表头“{first}”不是 PUMAPI 的任何一种应答，文件没有读入。可能在传输中丢失了逗号或空格；请重新取得。",
            $"{name}: the header '{first}' is of no answer of PUMAPI, and nothing was read. Commas or blanks may have been "
            + "lost on the way: fetch it again.");
    }

    [GeneratedRegex(@"^error: ", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorText();
}
