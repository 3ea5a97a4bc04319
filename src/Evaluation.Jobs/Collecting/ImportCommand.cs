using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Evaluation.Jobs.Collecting.Records;
using Evaluation.Jobs.Storage;
using Evaluation.Rules.Facts;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting;

/// <summary>
/// The command <c>import</c>: outside files into observations. Results on the output, refusals and remarks on the
/// problems; the last line of the output is <c>accepted A rejected R replaced P flagged F</c>.
/// </summary>
/// <param name="rules">The rule folder with its profiles.</param>
/// <param name="output">Takes results.</param>
/// <param name="problems">Takes refusals and remarks.</param>
/// <param name="institutions">Confirmed names and identifiers of institutions; null without a database.</param>
public sealed class ImportCommand(
    RuleSet rules, TextWriter output, TextWriter problems, IReadOnlyList<UnitAlias>? institutions = null)
{
    private const int Ok = 0;
    private const int SomethingWrong = 1;
    private const int WrongUse = 2;
    private const string Auto = "auto";

    /// <summary>How often one is told how far a long file is.</summary>
    internal TimeSpan TellEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Imports files.</summary>
    /// <param name="format">The name of a profile, of a format (<see cref="ImportFormats"/>), or auto.</param>
    /// <param name="files">Files or folders of files.</param>
    /// <param name="outFile">Where the observations are written as CSV, or null.</param>
    /// <param name="store">Where they are stored; null for a dry run, which needs no database.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>0 when everything was taken, 1 when something was refused, 2 for wrong use.</returns>
    public async Task<int> Run(
        string format,
        IReadOnlyList<string> files,
        string? outFile,
        DocumentStore? store,
        CancellationToken cancel = default)
    {
        if (Choose(format, files) is not { } chosen) return WrongUse;
        var importer = new Importer(rules);
        var (accepted, rejected, replaced, flagged, failed) = (0, 0, 0, 0, chosen.Problems.Count > 0);
        using var table = OpenTable(outFile);
        if (outFile is not null && table is null) return SomethingWrong;
        foreach (var file in chosen.Files)
        {
            try
            {
                var result = await Read(importer, file, table, store, cancel);
                Report(result);
                accepted += result.Accepted;
                rejected += result.Rejected;
                replaced += result.Replaced;
                flagged += result.Flagged;
            }
            catch (ImportException refused)
            {
                await problems.WriteLineAsync($"{file.Path}: {refused.Message}");
                failed = true;
            }
        }

        table?.Flush();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"accepted {accepted} rejected {rejected} replaced {replaced} flagged {flagged}"));
        return failed || rejected > 0 ? SomethingWrong : Ok;
    }

    private async Task<ImportResult> Read(
        Importer importer, RecognisedFile file, TextWriter? table, DocumentStore? store, CancellationToken cancel)
    {
        // Service records become no observations: nothing to write into the table, and one way through a large file is enough.
        if (store is not null && RecordFile.IsFor(file.Profile))
        {
            var stored = await importer.Import(file, store, Telling(file), cancel: cancel);
            foreach (var cell in await store.Rejects(file.Document, cancel)) Show(file, new CollectedReject(cell), table);
            return stored;
        }

        var seen = importer.Look(file, collected => Show(file, collected, table));
        return store is null ? seen : await importer.Import(file, store, cancel: cancel);
    }

    /// <summary>
    /// Tells rows, rate and time left now and then. What an earlier read had done counts as rows, not as speed.
    /// </summary>
    private Action<long, long> Telling(RecognisedFile file)
    {
        var clock = Stopwatch.StartNew();
        var turn = new Lock();
        var (told, before) = (TimeSpan.Zero, -1L);
        return (rows, all) =>
        {
            lock (turn)
            {
                if (before < 0) before = rows;
                var now = clock.Elapsed;
                if (now - told < TellEvery || all == 0 || rows == before) return;
                told = now;
                var rate = Math.Max(1, (rows - before) / now.TotalSeconds);
                var (minutes, seconds) = Math.DivRem((long)((all - rows) / rate), 60);
                Tell($"{file.Path}: 已读 {rows:N0} 行，共 {all:N0} 行，每秒 {rate:N0} 行，约剩 {minutes}:{seconds:00}");
                Tell($"{file.Path}: {rows:N0} of {all:N0} rows, {rate:N0} a second, {minutes}:{seconds:00} left");
            }
        };
    }

    private void Tell(FormattableString line) => problems.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private Recognised? Choose(string format, IReadOnlyList<string> inputs)
    {
        var recognition = new Recognition(rules, institutions);
        var profiles = rules.Imports.Where(profile => profile.Target != MappingTarget.Ignored).ToList();
        if (profiles.Find(profile => profile.Id == format) is { } named) return Named(recognition, named, inputs);

        var wanted = SourceFormats.Named(format)?.Name ?? format.ToLowerInvariant();
        if (wanted != Auto && SourceFormats.Named(format) is null)
        {
            var names = SourceFormats.All.Select(known => known.Name).Concat(profiles.Select(profile => profile.Id));
            var known = string.Join(", ", names);
            problems.WriteLine($"没有名为“{format}”的格式或导入配置。可用：auto, {known}。");
            problems.WriteLine($"There is no format or import profile '{format}'. There are: auto, {known}.");
            return null;
        }

        // A format that somebody names is believed where it shows itself by content and only one profile can be meant.
        var ofFormat = profiles.Where(profile => profile.Format == wanted).ToList();
        if (!ImportFormats.Tabular.Contains(wanted) && ofFormat is [var only]) return Named(recognition, only, inputs);

        var found = recognition.Look(inputs);
        foreach (var remark in found.Problems) Say(remark);
        foreach (var remark in found.LeftOut) Say(remark);
        var files = found.Files.Where(file => wanted == Auto || file.Profile.Format == wanted).ToList();
        foreach (var other in found.Files.Except(files))
        {
            problems.WriteLine($"{other.Path}: 格式是 {other.Profile.Format}，不是 {wanted}，未读入。");
            problems.WriteLine($"{other.Path}: its format is {other.Profile.Format}, not {wanted}; it was not read.");
        }

        // Nothing read at all is a problem; one file among others that nobody reads is a remark.
        var problemsFound = files.Count > 0 ? found.Problems : [.. found.Problems, .. found.LeftOut];
        return found with { Files = files, Problems = problemsFound };
    }

    private Recognised Named(Recognition recognition, MappingProfile profile, IReadOnlyList<string> inputs)
    {
        var files = new List<RecognisedFile>();
        var refused = new List<FileRemark>();
        foreach (var input in inputs)
        {
            try
            {
                files.Add(recognition.Read(input, profile));
            }
            catch (ImportException problem)
            {
                refused.Add(new FileRemark(input, problem.Reason));
                Say(refused[^1]);
            }
        }

        return new Recognised(files, [], refused);
    }

    private void Say(FileRemark remark)
    {
        problems.WriteLine($"{remark.Path}: {remark.Remark.Zh}");
        problems.WriteLine($"{remark.Path}: {remark.Remark.En}");
    }

    private void Show(RecognisedFile file, Collected collected, TextWriter? table)
    {
        switch (collected)
        {
            case CollectedObservation one:
                table?.WriteLine(Row(one.Observation));
                break;
            case CollectedReject one:
                var place = one.Cell.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $":{one.Cell.Line}") : "";
                problems.WriteLine($"{file.Path}{place}: {one.Cell.Cell}: {one.Cell.Reason.Zh}");
                problems.WriteLine($"{file.Path}{place}: {one.Cell.Cell}: {one.Cell.Reason.En}");
                break;
        }
    }

    private void Report(ImportResult result)
    {
        if (result.AlreadyRead)
        {
            problems.WriteLine($"{result.File.Path}: 此前已读入，未作改动。");
            problems.WriteLine($"{result.File.Path}: read before; nothing was done.");
        }

        foreach (var note in result.Notes)
        {
            problems.WriteLine(note.Zh);
            problems.WriteLine(note.En);
        }

        foreach (var (code, count) in result.Flags.OrderBy(flag => flag.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"flag {code} {count}"));
        }
    }

    private StreamWriter? OpenTable(string? path)
    {
        if (path is null) return null;
        try
        {
            var table = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
            {
                NewLine = "\n",
            };
            table.WriteLine("unit,resource,metric,period_start,period_end,value,unit_of_measure,dimensions,locator,flags");
            return table;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            problems.WriteLine($"不能写入 {path}：{refused.Message}");
            problems.WriteLine($"{path} cannot be written: {refused.Message}");
            return null;
        }
    }

    /// <summary>The end of the period is the first day after it.</summary>
    private static string Row(MetricObservation one) => string.Join(
        ',',
        Quoted(one.Unit),
        Quoted(one.Resource ?? ""),
        one.Metric,
        one.Period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        one.Period.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Quoted(one.Answer ?? one.Value?.ToString("0.############################", CultureInfo.InvariantCulture) ?? ""),
        one.UnitOfMeasure,
        Quoted(one.Dimensions.Count == 0 ? "" : JsonSerializer.Serialize(one.Dimensions)),
        Quoted(one.Locator),
        string.Join(';', one.Flags));

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
