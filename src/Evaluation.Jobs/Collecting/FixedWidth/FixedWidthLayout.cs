using System.Globalization;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.FixedWidth;

/// <summary>A column of a fixed-width file.</summary>
/// <param name="Name">Its name, as the profile calls it.</param>
/// <param name="Start">First byte, from 0.</param>
/// <param name="Width">Bytes, not characters: a Han character takes two in GB18030.</param>
internal sealed record FixedWidthColumn(string Name, int Start, int Width);

/// <summary>
/// The layout of a fixed-width file, from <c>options: layout</c> of its profile: <c>name first-byte width</c>,
/// separated by semicolons; the first byte of a row is 1.
/// </summary>
internal static class FixedWidthLayout
{
    public const string Option = "layout";

    /// <exception cref="ImportException">The profile has no layout, or one that cannot be.</exception>
    public static IReadOnlyList<FixedWidthColumn> Of(MappingProfile profile)
    {
        var text = profile.Options.GetValueOrDefault(Option, "");
        var columns = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => ColumnOf(part, profile)).ToList();
        if (columns.Count == 0)
        {
            throw Wrong(
                profile, "没有列。请写明 layout：列名 首字节 宽度，以分号分隔。",
                "has no columns. Give layout: name first-byte width, separated by semicolons.");
        }

        foreach (var (one, next) in columns.Zip(columns.Skip(1)))
        {
            if (next.Start >= one.Start + one.Width) continue;
            throw Wrong(
                profile, $"中“{next.Name}”与“{one.Name}”重叠或次序颠倒。请核对首字节和宽度。",
                $"has '{next.Name}' overlapping '{one.Name}' or out of order. Check first bytes and widths.");
        }

        return columns;
    }

    private static FixedWidthColumn ColumnOf(string part, MappingProfile profile)
    {
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [var name, var first, var wide]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            && int.TryParse(wide, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            && start > 0 && width > 0)
        {
            return new FixedWidthColumn(name, start - 1, width);
        }

        throw Wrong(
            profile, $"中的“{part}”不是“列名 首字节 宽度”。请改正。",
            $"has '{part}', which is not 'name first-byte width'. Correct it.");
    }

    private static ImportException Wrong(MappingProfile profile, string zh, string en) =>
        new($"导入配置 imports/{profile.Id}.yaml 的 layout {zh}", $"The layout of the import profile imports/{profile.Id}.yaml {en}");
}
