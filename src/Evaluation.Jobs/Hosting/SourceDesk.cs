using System.Text.RegularExpressions;
using Evaluation.Jobs.Collecting.Pulling;
using Evaluation.Jobs.Storage;
using Evaluation.Rules;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Hosting;

/// <summary>Where people enter sources, change them, and ask for pulls.</summary>
public sealed partial class SourceDesk
{
    private const string NightlyCron = "0 0 3 * * ?";
    private const int UsualPause = 500;
    private const long UsualCeiling = 4L << 30;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(300);

    private readonly SourceStore sources;
    private readonly PullStore pulls;
    private readonly RuleSetStore ruleSets;
    private readonly CredentialSafe safe;
    private readonly PullJob job;
    private readonly TimeProvider time;

    internal SourceDesk(
        SourceStore sources, PullStore pulls, RuleSetStore ruleSets, CredentialSafe safe, PullJob job, TimeProvider time)
    {
        (this.sources, this.pulls, this.ruleSets, this.safe, this.job, this.time) = (sources, pulls, ruleSets, safe, job, time);
    }

    /// <summary>Enters a source.</summary>
    /// <returns>What the person should know.</returns>
    /// <exception cref="SourceSetupException">Something in it does not go.</exception>
    public async Task<IReadOnlyList<Bilingual>> Add(SourceDraft draft, CancellationToken cancel)
    {
        if (!CodePattern().IsMatch(draft.Code))
        {
            throw new SourceSetupException(
                $"来源代码“{draft.Code}”不可用：只能用小写字母、数字和连字符，以字母或数字开头。",
                $"'{draft.Code}' cannot be the code of a source: lower-case letters, digits and hyphens, a letter or digit first.");
        }

        var kind = KindOf(draft.Kind);
        var rules = draft.Rules ?? throw Missing("--cycle");
        var source = new Source(
            draft.Code, kind.Kind, draft.Address ?? throw Missing("--address"), draft.Profile ?? throw Missing("--profile"),
            rules.Version, null, NightlyCron, kind.Overlap, new Dictionary<string, string>(), null,
            TimeSpan.FromMilliseconds(UsualPause), UsualCeiling, "active", draft.Since ?? time.GetUtcNow());
        var changed = Changed(source, kind, draft, new Dictionary<string, string>());
        await ruleSets.Record(rules.Folder, cancel);
        if (!await sources.Add(changed, cancel))
        {
            throw new SourceSetupException(
                $"来源 {draft.Code} 已存在。要修改请用 ./evaluation sources set {draft.Code}。",
                $"There is a source {draft.Code} already. To change it: ./evaluation sources set {draft.Code}.");
        }

        return Remarks(changed);
    }

    /// <summary>Changes a source; its code, kind and beginning stay.</summary>
    /// <exception cref="SourceSetupException">Something in it does not go.</exception>
    public async Task<IReadOnlyList<Bilingual>> Set(SourceDraft draft, CancellationToken cancel)
    {
        var source = await Find(draft.Code, cancel);
        var kind = KindOf(source.Kind);
        if (draft.Rules is { } rules) await ruleSets.Record(rules.Folder, cancel);
        // The old credentials are opened only when some are changed: with the key lost, the others can still be entered.
        var known = draft.Credentials.Count > 0 && kind.Credentials.Any(field => !draft.Credentials.ContainsKey(field.Name))
            ? safe.Open(source.Code, source.Credentials)
            : new Dictionary<string, string>();
        var changed = Changed(source, kind, draft, known);
        await sources.Set(changed, cancel);
        return Remarks(changed);
    }

    /// <summary>Pauses a source, or lets it go on: then the periods it missed are entered.</summary>
    public async Task Pause(string code, bool pause, CancellationToken cancel) =>
        await sources.Set(await Find(code, cancel) with { State = pause ? "paused" : "active" }, cancel);

    /// <summary>Asks a source now for what is new since it was last pulled.</summary>
    public async Task<SourcePull> PullNow(string code, CancellationToken cancel)
    {
        var source = await Find(code, cancel);
        if (source.IsPaused)
        {
            throw new SourceSetupException(
                $"来源 {code} 已暂停。请先恢复：./evaluation sources resume {code}。",
                $"The source {code} is paused. Let it go on first: ./evaluation sources resume {code}.");
        }

        var now = Whole(time.GetUtcNow());
        var from = Whole(await pulls.PulledUntil(code, cancel) ?? source.Since);
        var id = new PullId(code, from < now ? from : now.AddSeconds(-1), now);
        await pulls.RetryFailed(code, cancel);
        await pulls.Request(code, [(id.From, id.To)], "now", cancel);
        return await Finish(id, cancel);
    }

    /// <summary>Asks a source for a past period, again if it was pulled before.</summary>
    public async Task<SourcePull> Backfill(PullId id, CancellationToken cancel)
    {
        await Find(id.Source, cancel);
        if (await pulls.Request(id.Source, [(id.From, id.To)], "backfill", cancel) == 0) await pulls.Again(id, cancel);
        return await Finish(id, cancel);
    }

    /// <summary>A source that is there.</summary>
    /// <exception cref="SourceSetupException">There is none of that code.</exception>
    public async Task<Source> Find(string code, CancellationToken cancel) =>
        await sources.Find(code, cancel) ?? throw new SourceSetupException(
            $"没有名为 {code} 的来源。用 ./evaluation sources list 查看全部来源。",
            $"There is no source {code}. See all of them: ./evaluation sources list.");

    /// <summary>Takes part in the work until a pull has ended, here or on another node.</summary>
    private async Task<SourcePull> Finish(PullId id, CancellationToken cancel)
    {
        while (true)
        {
            await job.PullWaiting(id.Source, alsoPaused: true, cancel);
            var pull = (await pulls.Find(id, cancel))!;
            if (pull.State is "done" or "failed") return pull;
            await Task.Delay(LookAgain, time, cancel);
        }
    }

    private Source Changed(Source source, SourceKind kind, SourceDraft draft, IReadOnlyDictionary<string, string> known)
    {
        var changed = source with
        {
            Address = AddressOf(draft.Address ?? source.Address),
            Profile = draft.Profile ?? source.Profile,
            RuleSetHash = draft.Rules?.Version ?? source.RuleSetHash,
            Unit = draft.Unit is null ? source.Unit : draft.Unit.Length == 0 ? null : draft.Unit,
            Cron = draft.Cron ?? source.Cron,
            Overlap = draft.Overlap ?? source.Overlap,
            Pause = draft.Pause ?? source.Pause,
            MostBytes = draft.MostBytes ?? source.MostBytes,
            Options = Merged(source.Options, draft.Options, kind.Options, "--option"),
        };
        var credentials = Merged(known, draft.Credentials, [.. kind.Credentials.Select(field => field.Name)], "--credential");
        if (source.Credentials is null || draft.Credentials.Count > 0)
        {
            RefuseMissing(kind, credentials);
            changed = changed with { Credentials = credentials.Count == 0 ? null : safe.Seal(source.Code, credentials) };
        }

        if (SourceCalendar.Parse(changed.Cron) is null)
        {
            throw new SourceSetupException(
                $"“{changed.Cron}”不是可用的时间表。写法：秒 分 时 日 月 星期，例如每天三点：{NightlyCron}。",
                $"'{changed.Cron}' is no schedule. Write: second minute hour day month weekday; every day at three: {NightlyCron}.");
        }

        if (draft.Rules is { } rules) CheckProfile(rules, kind, changed.Profile);
        else if (draft.Profile is not null) throw Missing("--cycle");
        return changed;
    }

    private static void CheckProfile(RuleSet rules, SourceKind kind, string profile)
    {
        var readers = rules.Imports
            .Where(one => one.Target != MappingTarget.Ignored && (kind.Format is null || one.Format == kind.Format))
            .Select(one => one.Id).ToList();
        if (readers.Contains(profile)) return;
        var known = readers.Count == 0 ? "—" : string.Join(", ", readers);
        throw new SourceSetupException(
            $"规则目录 {rules.Folder.Name} 没有可读取 {kind.Kind} 来源的导入配置“{profile}”。可用：{known}。",
            $"The rule folder {rules.Folder.Name} has no import profile '{profile}' that reads a source of the kind "
            + $"{kind.Kind}. There are: {known}.");
    }

    private static string AddressOf(string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "" }) return address;
        throw new SourceSetupException(
            $"“{address}”不是可用的网址：应以 http:// 或 https:// 开头，且不含用户名和密码（用 --credential 录入）。",
            $"'{address}' is no address to pull from: it begins with http:// or https:// and holds no user or password (enter "
            + "them by --credential).");
    }

    private static Dictionary<string, string> Merged(
        IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> given, IReadOnlyList<string> allowed,
        string option)
    {
        if (given.Keys.Except(allowed, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
        {
            var known = allowed.Count == 0 ? "—" : string.Join(", ", allowed);
            throw new SourceSetupException(
                $"{option} {unknown}：此类来源没有这一项。可用：{known}。",
                $"{option} {unknown}: this kind of source knows no such thing. There are: {known}.");
        }

        var merged = new Dictionary<string, string>(old, StringComparer.Ordinal);
        foreach (var (name, value) in given) merged[name] = value;
        return merged.Where(pair => pair.Value.Length > 0).ToDictionary(StringComparer.Ordinal);
    }

    private static void RefuseMissing(SourceKind kind, Dictionary<string, string> credentials)
    {
        if (kind.Credentials.FirstOrDefault(field => field.Required && !credentials.ContainsKey(field.Name)) is not { } missing) return;
        throw new SourceSetupException(
            $"{kind.Kind} 来源需要凭据“{missing.Name}”：--credential {missing.Name}（值从标准输入读取）。",
            $"A source of the kind {kind.Kind} needs the credential '{missing.Name}': --credential {missing.Name} (its value is "
            + "read from standard input).");
    }

    private static SourceKind KindOf(string? kind) =>
        SourceKind.All.FirstOrDefault(known => known.Kind == kind) ?? throw new SourceSetupException(
            $"没有类型为“{kind}”的来源。可用：{string.Join("、", SourceKind.All.Select(known => known.Kind))}。",
            $"There is no kind of source '{kind}'. There are: {string.Join(", ", SourceKind.All.Select(known => known.Kind))}.");

    private static SourceSetupException Missing(string option) => new($"缺少 {option}。", $"{option} is missing.");

    private static IReadOnlyList<Bilingual> Remarks(Source source)
    {
        var uri = new Uri(source.Address);
        return source.Credentials is null || uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback
            ? []
            : [new Bilingual(
                $"注意：{uri.Host} 使用未加密的 http，凭据在途中可能被读取。对方支持 https 时请改用。",
                $"Note: {uri.Host} is asked by plain http, and the credentials can be read on the way. Use https if it can.")];
    }

    private static DateTimeOffset Whole(DateTimeOffset moment) =>
        moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond));

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$")]
    private static partial Regex CodePattern();
}
