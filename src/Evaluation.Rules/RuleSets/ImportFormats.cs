namespace Evaluation.Rules.RuleSets;

/// <summary>The formats of outside files that a mapping profile may name.</summary>
public static class ImportFormats
{
    /// <summary>Tables whose columns the profile names.</summary>
    public static IReadOnlyList<string> Tabular { get; } = ["csv", "xlsx", "fixed-width"];

    /// <summary>Formats that say themselves what is what; the profile names category, units and options.</summary>
    public static IReadOnlyList<string> Outside { get; } =
        ["counter-rd1", "nrii", "nemo", "ppms", "gbif", "oai-pmh", "mirri", "mcpd"];

    /// <summary>Every one.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Tabular, .. Outside];
}
