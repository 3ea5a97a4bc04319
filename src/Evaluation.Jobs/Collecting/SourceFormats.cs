using Evaluation.Jobs.Collecting.Counter;
using Evaluation.Jobs.Collecting.FixedWidth;
using Evaluation.Jobs.Collecting.Gbif;
using Evaluation.Jobs.Collecting.Mcpd;
using Evaluation.Jobs.Collecting.Mirri;
using Evaluation.Jobs.Collecting.Nemo;
using Evaluation.Jobs.Collecting.Nrii;
using Evaluation.Jobs.Collecting.OaiPmh;
using Evaluation.Jobs.Collecting.Ppms;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>Every format that can be read. Content is asked in this order.</summary>
internal static class SourceFormats
{
    public static IReadOnlyList<SourceFormat> All { get; } =
    [
        TabularReader.Csv, TabularReader.Xlsx, FixedWidthReader.FixedWidth,
        CounterReport.Rd1, GbifReader.Gbif, OaiPmhReader.OaiPmh, MirriReader.Mirri, McpdReader.Mcpd,
        NriiReader.Nrii, NemoReader.Nemo, PpmsReader.Ppms,
    ];

    /// <summary>The format of that name or alias, or null.</summary>
    public static SourceFormat? Named(string name) => All.FirstOrDefault(format => format.IsCalled(name));

    /// <summary>The format a file's content shows, or null.</summary>
    public static SourceFormat? Of(FileHead head) =>
        All.FirstOrDefault(format => format.LooksLikeOne?.Invoke(head) == true);

    /// <summary>What a file holds, read by the format of its profile.</summary>
    /// <exception cref="ImportException">Nothing reads the format, or the profile has an option it does not know.</exception>
    public static IEnumerable<Collected> Read(RecognisedFile file, RuleSet rules)
    {
        var profile = file.Profile;
        var format = Named(profile.Format) ?? throw new ImportException(
            $"导入配置 imports/{profile.Id}.yaml 的格式“{profile.Format}”没有读取程序。",
            $"The import profile imports/{profile.Id}.yaml names the format '{profile.Format}', which nothing reads.");
        var options = format.Options.Append(UnitCrosswalk.UnitOption).ToList();
        var unknown = profile.Options.Keys.Except(options, StringComparer.Ordinal).ToList();
        if (unknown.Count == 0) return format.Read(file, rules);
        var known = string.Join(", ", options);
        throw new ImportException(
            $"导入配置 imports/{profile.Id}.yaml 的 options 中有未知的名称：{string.Join("、", unknown)}。可用：{known}。",
            $"The import profile imports/{profile.Id}.yaml has options that {format.Name} does not know: "
            + $"{string.Join(", ", unknown)}. There are: {known}.");
    }
}
