using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;

namespace Evaluation.Jobs.Collecting.Nrii;

/// <summary>
/// Takes what institutions push in the format of the national platform and answers with its return codes. A channel is
/// a source of the kind <c>nrii</c>: its unit code, its token, its unit. A message goes in whole or not at all; every
/// one is kept as it came, also a refused one.
/// </summary>
public sealed class ReceiveNrii
{
    private readonly SourceStore sources;
    private readonly SourceOpening opening;
    private readonly DocumentStore documents;
    private readonly ReceivedMessages messages;
    private readonly string dataFolder;
    private readonly TimeProvider time;

    public ReceiveNrii(Database database, string dataFolder, TimeProvider time)
    {
        this.dataFolder = dataFolder;
        this.time = time;
        sources = new SourceStore(database, time);
        documents = new DocumentStore(database, time);
        messages = new ReceivedMessages(database, time);
        var ruleSets = new RuleSetsOnRecord(new RuleSetStore(database, time), new RunStore(database, time));
        opening = new SourceOpening(
            sources, ruleSets, new CredentialSafe(dataFolder), SourceProtocols.Known, new InstitutionStore(database, time));
    }

    /// <summary>Takes a message.</summary>
    /// <returns>The code to answer with, and why in both languages (for the sender's eyes: no secret in it).</returns>
    public async Task<(NriiReturn Code, Bilingual Why)> Receive(NriiPush push, CancellationToken cancel)
    {
        try
        {
            var (code, why, source) = await Take(push, cancel);
            await messages.Keep(source, push.Code, push.Type, push.Raw, (int)code, why, cancel);
            return (code, why);
        }
        catch (Exception gone) when (Database.IsGone(gone) || gone is DbException || gone.InnerException is DbException)
        {
            return (NriiReturn.Database, new Bilingual(
                "数据库异常，未存入任何内容，请稍后重报。", "The database failed; nothing was stored. Send it again later."));
        }
    }

    private async Task<(NriiReturn Code, Bilingual Why, string? Source)> Take(NriiPush push, CancellationToken cancel)
    {
        if (push.Code.Length == 0 || push.Type.Length == 0)
        {
            return (NriiReturn.FormatWrong, new("缺少 insCode 或 instruType。", "insCode or instruType is missing."), null);
        }

        if (await ChannelOf(push, cancel) is not { } channel)
        {
            // One answer for an unknown code and for a wrong token: nobody learns which codes there are.
            return (NriiReturn.UnitCodeWrong, new("单位编码或令牌错误。", "The unit code or its token is wrong."), null);
        }

        if (!int.TryParse(push.Type, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !NriiKinds.IsNumber(number))
        {
            return (NriiReturn.KindWrong, new("填报数据类型应为 1 至 7。", "The kind of data is a number from 1 to 7."), channel.Source.Code);
        }

        var (code, why) = await Read(push, channel, (NriiKind)number, cancel);
        return (code, why, channel.Source.Code);
    }

    private async Task<OpenedSource?> ChannelOf(NriiPush push, CancellationToken cancel)
    {
        var known = (await sources.List(cancel)).Where(source => source.Kind == NriiProtocol.KindName && !source.IsPaused
            && source.Options.GetValueOrDefault(NriiProtocol.UnitCode) == push.Code);
        foreach (var source in known)
        {
            var opened = await opening.Open(source.Code, cancel);
            var token = Encoding.UTF8.GetBytes(opened.Credentials.Need(NriiProtocol.Token));
            if (CryptographicOperations.FixedTimeEquals(token, Encoding.UTF8.GetBytes(push.Token))) return opened;
        }

        return null;
    }

    private async Task<(NriiReturn Code, Bilingual Why)> Read(
        NriiPush push, OpenedSource channel, NriiKind kind, CancellationToken cancel)
    {
        if (push.Message.LongLength > channel.Source.MostBytes)
        {
            return (NriiReturn.FormatWrong, new(
                $"报送内容超过上限 {channel.Source.MostBytes} 字节，请分批报送。",
                $"The message is longer than {channel.Source.MostBytes} bytes: send it in parts."));
        }

        var kept = Keep(push, channel.Source.Code);
        var file = channel.Recognition.Read(Path.Combine(dataFolder, kept), channel.Profile, channel.Source.Unit);
        try
        {
            if (await Refusal(channel, file, kind, cancel) is { } refused) return refused;
            var document = new PulledDocument(
                channel.Source.Code, file.Name, file.Document, 0, file.ContentSha256, kept, file.Bytes, 0,
                $"POST /intake/nrii instruType={(int)kind}", 200, null, channel.Profile.Id, channel.Source.Unit, time.GetUtcNow());
            await new Importer(channel.Rules).Import(file, documents, along: messages.Taken(document), cancel: cancel);
            return (NriiReturn.Accepted, new("成功", "Accepted"));
        }
        catch (ImportException refused) when (!Database.IsGone(refused))
        {
            return (NriiReturn.FormatWrong, refused.Reason);
        }
    }

    /// <summary>Why a message is not taken; null when all of it may be.</summary>
    private async Task<(NriiReturn Code, Bilingual Why)?> Refusal(
        OpenedSource channel, RecognisedFile file, NriiKind kind, CancellationToken cancel)
    {
        var records = 0;
        CollectedReject? first = null;
        foreach (var collected in SourceFormats.Read(file, channel.Rules))
        {
            if (collected is CollectedReject reject) first ??= reject;
            if (collected is not CollectedRecord record) continue;
            records++;
            first ??= record.Parts.OfType<CollectedReject>().FirstOrDefault();
            if (first is null && await messages.IsSubmitted(record.Key, cancel))
            {
                first = new CollectedReject(RejectedCell.Locked(record.Cell, record.Key.Record));
            }
        }

        if (first is { Cell: var cell }) return (CodeOf(cell.Code), cell.Reason);
        if (records == 0) return (NriiReturn.FormatWrong, new("没有任何记录。", "There is no record in it."));
        return kind is NriiKind.Customs or NriiKind.ServiceRecord ? await WithoutParent(channel, file, cancel) : null;
    }

    /// <summary>Instruments are pushed before what belongs to them.</summary>
    private async Task<(NriiReturn Code, Bilingual Why)?> WithoutParent(
        OpenedSource channel, RecognisedFile file, CancellationToken cancel)
    {
        var unit = channel.Source.Unit;
        var book = new NriiBook(file, channel.Rules);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in new NriiMessage(file.Path, file.Name, file.Profile.Encoding).Records())
        {
            var instrument = record.Text("innerId");
            if (!seen.Add(instrument)) continue;
            var owner = unit ?? book.UnitOf(record, NriiKind.ServiceRecord);
            if (await messages.IsKnown(new ReportedRecord($"nrii/{NriiKind.Instrument:D}", owner, instrument), cancel)) continue;
            return (NriiReturn.ValidationFailed, new(
                $"仪器 {instrument} 尚未报送。请先报送仪器（第 4 类），再报送它的记录。",
                $"The instrument {instrument} has not been reported. Send instruments (kind 4) before what belongs to them."));
        }

        return null;
    }

    private string Keep(NriiPush push, string source)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(push.Message));
        var kept = Path.Combine("received", source, $"nrii-{hash[..16]}{push.Extension}");
        var path = Path.Combine(dataFolder, kept);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Written aside and moved: a file of that name is always whole.
        var part = $"{path}.{Guid.NewGuid():N}.part";
        File.WriteAllBytes(part, push.Message);
        File.Move(part, path, overwrite: true);
        return kept;
    }

    private static NriiReturn CodeOf(string? reason) => reason switch
    {
        NriiCodes.UnitMissing or NriiCodes.UnitMismatch => NriiReturn.UnitCodeWrong,
        NriiCodes.KindUnknown or NriiCodes.KindMismatch => NriiReturn.KindWrong,
        NriiCodes.NotARecord => NriiReturn.FormatWrong,
        RejectedCell.RecordLocked => NriiReturn.Other,
        _ => NriiReturn.FieldWrong,
    };
}
