using System.Globalization;
using Evaluation.Rules.Allocation;

namespace Evaluation.Web.Showing;

/// <summary>One field of a scenario's form.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Setting">What the field sets.</param>
public sealed record ScenarioField(AskedScenario Scenario, ScenarioSetting Setting)
{
    /// <summary>Its id on the page.</summary>
    public string Id => Scenario.IdOf(Setting.Name);

    /// <summary>What was typed, or null.</summary>
    public string? Typed => Scenario.Typed.GetValueOrDefault(Setting.Name);

    /// <summary>Whether what was typed is wrong.</summary>
    public bool IsWrong => Scenario.WrongSetting == Setting.Name;

    /// <summary>Whether it takes more than a line.</summary>
    public bool IsLong => Setting.Value.Contains('\n', StringComparison.Ordinal) || Typed?.Contains('\n', StringComparison.Ordinal) == true;

    /// <summary>The value of the rules; an amount as pages write it.</summary>
    public static string Shown(ScenarioSetting setting) =>
        setting.Unit == AwardPolicy.Yuan && decimal.TryParse(setting.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var yuan)
            ? yuan.ToString("#,##0.############", CultureInfo.InvariantCulture)
            : setting.Value;
}
