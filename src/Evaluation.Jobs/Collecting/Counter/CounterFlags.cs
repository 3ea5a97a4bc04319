using Evaluation.Rules.Facts;

namespace Evaluation.Jobs.Collecting.Counter;

/// <summary>Codes of the checks on usage reports. What a check is about is kept, and carries its code.</summary>
internal static class CounterFlags
{
    /// <summary>The report's period and that of its figures differ; once a report and period, on the first figure.</summary>
    public const string PeriodConflict = "period-conflict";

    /// <summary>The data do not cover the whole period (exception 3040), or part of the report was refused.</summary>
    public const string Partial = FactAssembler.PartialFlag;

    /// <summary>The publisher is a placeholder such as the name of an identifier scheme.</summary>
    public const string PublisherPlaceholder = "publisher-placeholder";

    /// <summary>The counts by country do not add up to the count.</summary>
    public const string CountrySum = "country-sum";

    /// <summary>A total without its unique partner.</summary>
    public const string MissingUnique = "missing-unique";

    /// <summary>More requests than investigations, although every request is an investigation.</summary>
    public const string RequestsExceedInvestigations = "requests-exceed-investigations";

    /// <summary>The report does not say whether people or machines came; taken as people.</summary>
    public const string AccessMethodMissing = "access-method-missing";
}
