using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>A file and the profile that reads it.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its file name.</param>
/// <param name="Document">
/// Identity of the document: the hash of its bytes, of the profile and of the metrics it is read by. A file read again
/// by the same profile is the same document; a mended profile reads it anew.
/// </param>
/// <param name="ContentSha256">Hash of its bytes alone.</param>
/// <param name="Bytes">Length.</param>
/// <param name="Profile">How it is read.</param>
public sealed record RecognisedFile(
    string Path, string Name, string Document, string ContentSha256, long Bytes, MappingProfile Profile);

/// <summary>A file, and something to say about it in both languages.</summary>
public sealed record FileRemark(string Path, Bilingual Remark);

/// <summary>What was found where the inputs point to.</summary>
/// <param name="Files">Files that are read, in ordinal order of the inputs and of the paths below them.</param>
/// <param name="LeftOut">Files that nobody reads, each with the reason.</param>
/// <param name="Problems">Inputs that are not there, files that cannot be opened, files that two profiles claim.</param>
public sealed record Recognised(
    IReadOnlyList<RecognisedFile> Files, IReadOnlyList<FileRemark> LeftOut, IReadOnlyList<FileRemark> Problems);

/// <summary>
/// Says which file is read how: first by the file name patterns of the profiles, then outside formats by content.
/// No file is passed over in silence.
/// </summary>
/// <param name="rules">The rule folder with its profiles.</param>
/// <param name="institutions">
/// Confirmed names and identifiers of institutions, where a database has some: readers go by them after the profile's own.
/// They are part of what a document is: a name confirmed later reads it anew.
/// </param>
public sealed class Recognition(RuleSet rules, IReadOnlyList<UnitAlias>? institutions = null)
{
    /// <summary>Looks at files and folders of files.</summary>
    public Recognised Look(IReadOnlyList<string> inputs)
    {
        var files = new List<RecognisedFile>();
        var leftOut = new List<FileRemark>();
        var problems = new List<FileRemark>();
        foreach (var input in inputs)
        {
            try
            {
                foreach (var path in FilesBelow(input).Where(path => !files.Exists(known => known.Path == path)))
                {
                    LookAt(path, files, leftOut, problems);
                }
            }
            catch (ImportException refused)
            {
                problems.Add(new FileRemark(input, refused.Reason));
            }
        }

        return new Recognised(files, leftOut, problems);
    }

    /// <summary>A file with the profile that somebody named for it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="profile">How it is read.</param>
    /// <param name="unit">The unit that all of it belongs to, whatever names stand in it; null where they count.</param>
    public RecognisedFile Read(string path, MappingProfile profile, string? unit = null)
    {
        var (sha256, bytes) = SourceFile.Hash(path);
        var identity = $"{sha256}\n{ReadingOf(profile)}" + (unit is null ? "" : $"\n{unit}");
        if (unit is not null) profile = UnitCrosswalk.AllOf(profile, unit);
        return WithInstitutions(
            new RecognisedFile(path, System.IO.Path.GetFileName(path), HashOf(identity), sha256, bytes, profile));
    }

    /// <summary>The file read by the confirmed crosswalk of institutions, for one that was recognised without it.</summary>
    public RecognisedFile WithInstitutions(RecognisedFile file)
    {
        if (institutions is not { Count: > 0 }) return file;
        var crosswalk = string.Join('\n', institutions.Select(alias => $"{alias.Alias}\t{alias.Unit}"));
        return file with
        {
            Document = HashOf($"{file.Document}\n{crosswalk}"),
            Profile = file.Profile with { Units = [.. file.Profile.Units, .. institutions] },
        };
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private void LookAt(
        string path, List<RecognisedFile> files, List<FileRemark> leftOut, List<FileRemark> problems)
    {
        try
        {
            var (profile, remark) = ProfileOf(path);
            if (profile is null) leftOut.Add(new FileRemark(path, remark!));
            else files.Add(Read(path, profile));
        }
        catch (ImportException refused)
        {
            problems.Add(new FileRemark(path, refused.Reason));
        }
    }

    private (MappingProfile? Profile, Bilingual? WhyNot) ProfileOf(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var byName = rules.Imports.Where(profile => profile.Files.Any(pattern => Matches(pattern, name))).ToList();
        if (byName.Count > 1)
        {
            var ids = string.Join(", ", byName.Select(profile => profile.Id));
            throw new ImportException(
                $"{name} 同时符合多个导入配置：{ids}。请在 imports/*.yaml 中收窄 files。",
                $"{name} is claimed by several import profiles: {ids}. Narrow 'files' in imports/*.yaml.");
        }

        if (byName is [var only])
        {
            return only.Target == MappingTarget.Ignored ? (null, only.Reason) : (only, null);
        }

        if (SourceFormats.Of(FileHead.Of(path)) is { } format) return (OnlyProfileOf(format.Name, name), null);
        return (null, new Bilingual(
            $"没有导入配置读取此文件。如需读取，请在 {rules.Folder.Name}/imports/ 中添加配置。",
            $"No import profile reads this file. To have it read, add one in {rules.Folder.Name}/imports/."));
    }

    private MappingProfile OnlyProfileOf(string format, string name)
    {
        var profiles = rules.Imports.Where(profile => profile.Format == format).ToList();
        return profiles switch
        {
            [var only] => only,
            [] => throw new ImportException(
                $"{name} 的格式是 {format}，但规则目录中没有 format: {format} 的导入配置。请添加。",
                $"{name} is of the format {format}, but the rule folder has no import profile with format: {format}. "
                + "Add one."),
            _ => throw new ImportException(
                $"{name} 的格式是 {format}，有多个导入配置可用。请在其中一个的 files 中写明文件名。",
                $"{name} is of the format {format}, and several import profiles could read it. Name it in the 'files' of "
                + "one of them."),
        };
    }

    /// <summary>What decides how a file is read: the profile and the metrics as they stand in the rule folder.</summary>
    private string ReadingOf(MappingProfile profile)
    {
        var text = new StringBuilder(profile.Format).Append('\n')
            .Append(rules.Folder.Files.GetValueOrDefault($"imports/{profile.Id}.yaml", profile.ToString())).Append('\n')
            .Append(rules.Folder.Files.GetValueOrDefault("metrics.yaml", "")).Append('\n');
        foreach (var category in rules.Cycle?.Categories ?? [])
        {
            text.Append(category.Id).Append(' ').AppendJoin(' ', category.Periods).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<string> FilesBelow(string input)
    {
        if (File.Exists(input)) return [input];
        if (!Directory.Exists(input))
        {
            throw new ImportException(
                $"{input} 不存在。请给出已有的文件或文件夹。", $"{input} does not exist. Name a file or folder that does.");
        }

        try
        {
            return Directory.EnumerateFiles(input, "*", SearchOption.AllDirectories)
                .Where(path => !System.IO.Path.GetFileName(path).StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .ToList();
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new ImportException(
                $"没有读取文件夹 {input} 的权限：{refused.Message}",
                $"The folder {input} may not be read: {refused.Message}",
                refused);
        }
    }

    private static bool Matches(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
