using System.Globalization;
using Evaluation.Jobs.Allocating;
using Evaluation.Rules;
using Evaluation.Rules.Allocation;
using Evaluation.Rules.Grading;

namespace Evaluation.Web.Showing;

/// <summary>One scenario of the page: what was typed, and what came of it. It lives in the address.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Name">What it is called, or null.</param>
/// <param name="Typed">Setting → what was typed; empty fields left out.</param>
public sealed record AskedScenario(int Number, string? Name, IReadOnlyDictionary<string, string> Typed)
{
    /// <summary>So many stand side by side.</summary>
    public const int Most = 3;

    private const string NameKey = "name";

    /// <summary>Its awards beside those that hold; null where nothing was asked or it cannot be worked out.</summary>
    public ScenarioResult? Result { get; init; }

    /// <summary>Why it cannot be worked out.</summary>
    public Bilingual? Problem { get; init; }

    /// <summary>The setting that is wrong; null where several are together, or nothing is wrong.</summary>
    public string? WrongSetting { get; init; }

    /// <summary>What is asked.</summary>
    public Scenario Scenario => new(Typed);

    /// <summary>Whether anything is asked.</summary>
    public bool IsAsked => Typed.Count > 0;

    /// <summary>What it is called.</summary>
    public Bilingual Title => Name is null ? new($"方案 {Number}", $"Scenario {Number}") : new(Name, Name);

    /// <summary>The scenarios of an address: <c>1.budget=…&amp;2.cap=…</c>.</summary>
    public static IReadOnlyList<AskedScenario> Read(IQueryCollection query) =>
    [
        .. Enumerable.Range(1, Most).Select(number =>
        {
            var prefix = Prefix(number);
            var typed = query.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .Select(pair => (Name: pair.Key[prefix.Length..], Value: pair.Value.ToString().Trim()))
                .Where(pair => pair.Value.Length > 0)
                .ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal);
            typed.Remove(NameKey, out var name);
            return new AskedScenario(number, name, typed);
        }),
    ];

    /// <summary>What the field of a setting is called in the address.</summary>
    public string Field(string setting) => Prefix(Number) + setting;

    /// <summary>What its name is called in the address.</summary>
    public string NameField => Prefix(Number) + NameKey;

    /// <summary>The id of a field on the page.</summary>
    public string IdOf(string setting) => string.Create(
        CultureInfo.InvariantCulture, $"s{Number}-{setting.Replace('.', '-')}");

    /// <summary>The parts of the address.</summary>
    public IEnumerable<KeyValuePair<string, string>> Query()
    {
        if (Name is not null) yield return new(NameField, Name);
        foreach (var (setting, value) in Typed) yield return new(Field(setting), value);
    }

    /// <summary>The same with what comes of it.</summary>
    /// <param name="category">The category asked about.</param>
    /// <param name="before">The awards that hold.</param>
    /// <param name="titleOf">What a setting is called.</param>
    /// <param name="poolName">What a pool is called.</param>
    public AskedScenario Answered(
        SealedCategory category, IReadOnlyList<AllocationResult> before, Func<string, Bilingual> titleOf,
        Func<string, Bilingual> poolName)
    {
        if (!IsAsked) return this;
        try
        {
            return this with { Result = ScenarioResult.Of(before, category.Ask(Scenario)) };
        }
        catch (ScenarioException wrong)
        {
            return this with { Problem = wrong.SentenceOf(titleOf(wrong.Setting ?? "")), WrongSetting = wrong.Setting };
        }
        catch (AllocationException refused)
        {
            return this with { Problem = CannotBeShared(refused, poolName) };
        }
        catch (EdgeTieException tie)
        {
            return this with { Problem = Tied(tie) };
        }
    }

    /// <summary>Why a pot cannot be shared, with its name.</summary>
    public static Bilingual CannotBeShared(AllocationException refused, Func<string, Bilingual> poolName) => new(
        $"“{poolName(refused.Pool).Zh}”不能分配：{refused.Reason.Zh}", $"{poolName(refused.Pool).En} cannot be shared: {refused.Reason.En}");

    /// <summary>Why a grade cannot be given.</summary>
    public static Bilingual Tied(EdgeTieException tie) => new(
        $"{string.Join("、", tie.Units)} 的总分和排序依据都相同，“{tie.Grade.Name.Zh}”却只剩 {tie.Places} 个名额；请改变名额，使它们同进或同出",
        $"{string.Join(", ", tie.Units)} are equal in total and in every tie key, but {tie.Grade.Name.En} has only {tie.Places} places left; "
        + "change the places so that all of them are in or out");

    private static string Prefix(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}.");
}
