using Evaluation.Rules.Feel;
using Evaluation.Rules.RuleSets;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Allocation;

/// <summary>What an empty cell of a column means.</summary>
public enum MissingCell
{
    /// <summary>Something is wrong: the file is refused.</summary>
    Refuse,

    /// <summary>The value is not known; formulas see null.</summary>
    Empty,

    /// <summary>The number of units of the file.</summary>
    NumberOfUnits,

    /// <summary>A value the policy names.</summary>
    Value,
}

/// <summary>A column of the file of units that a policy uses.</summary>
/// <param name="Metric">Code, name, unit, range and answers.</param>
/// <param name="Aliases">Other headers under which it is known.</param>
/// <param name="Missing">What an empty cell, or a file without the column, means.</param>
/// <param name="Usual">The value of <see cref="MissingCell.Value"/>.</param>
/// <param name="Once">Whether a value may stand in one row only, as a project that is claimed once.</param>
public sealed record InputColumn(
    Metric Metric, IReadOnlyList<string> Aliases, MissingCell Missing, FeelValue Usual, bool Once);

/// <summary>An award policy that stands alone: its own columns, parameters, figures and pools.</summary>
/// <param name="Id">Code.</param>
/// <param name="Name">Name in both languages.</param>
/// <param name="Source">Document.</param>
/// <param name="Currency">What amounts are counted in.</param>
/// <param name="Columns">Columns of the file of units, by code.</param>
/// <param name="Budget">FEEL over parameters and over columns that say the same in every row: all the money there is; or
/// null.</param>
/// <param name="Rules">The columns as metrics, so that formulas run on them.</param>
/// <param name="Scheme">Parameters, figures and pools.</param>
/// <param name="Cases">Worked cases beside it.</param>
/// <param name="Location">File and line.</param>
public sealed record PolicyFile(
    string Id,
    Bilingual Name,
    Source Source,
    Bilingual Currency,
    IReadOnlyDictionary<string, InputColumn> Columns,
    Formula? Budget,
    RuleSet Rules,
    Scheme Scheme,
    IReadOnlyList<AwardCase> Cases,
    FileLocation Location)
{
    /// <summary>The day whose parameters are in force unless another is asked for: the latest on which a value
    /// begins.</summary>
    public DateOnly AsOf => Rules.AsOf;

    /// <summary>The policy with other values of some of its parameters, in force on every day.</summary>
    /// <exception cref="KeyNotFoundException">It has no such parameter; names it and those there are.</exception>
    public PolicyFile With(IReadOnlyDictionary<string, FeelValue> parameters)
    {
        if (parameters.Count == 0) return this;
        var changed = Scheme.Parameters.ToDictionary(StringComparer.Ordinal);
        foreach (var (code, value) in parameters)
        {
            if (!changed.TryGetValue(code, out var parameter))
            {
                throw new KeyNotFoundException(
                    $"The policy {Id} has no parameter '{code}', only: {string.Join(", ", changed.Keys.Order(StringComparer.Ordinal))}.");
            }

            changed[code] = parameter with { Values = [new DatedValue(DateOnly.MinValue, value)] };
        }

        var scheme = Scheme with { Parameters = changed };
        return this with { Scheme = scheme, Rules = Rules with { Schemes = [scheme] } };
    }
}
