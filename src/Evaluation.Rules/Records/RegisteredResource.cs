namespace Evaluation.Rules.Records;

/// <summary>What a register says of a resource, as far as scope rules ask for it. What it does not say is null.</summary>
/// <param name="OriginalValue">Original value, yuan.</param>
/// <param name="Class">Class in the register's own scheme.</param>
/// <param name="Status">In use, out of order, given up …, as the register says.</param>
/// <param name="ShareMode">How it is shared, as the register says.</param>
/// <param name="Registered">Whether it is registered on the national platform.</param>
/// <param name="Included">The unit's own choice where a rule leaves one.</param>
/// <param name="InServiceFrom">First day in service.</param>
/// <param name="BookedOn">Day it was booked as an asset.</param>
/// <param name="RegisteredOn">Day it was registered on the platform.</param>
/// <param name="RetiredOn">First day out of service.</param>
public sealed record RegisteredResource(
    decimal? OriginalValue,
    string? Class,
    string? Status,
    string? ShareMode,
    bool? Registered,
    bool? Included,
    DateOnly? InServiceFrom,
    DateOnly? BookedOn,
    DateOnly? RegisteredOn,
    DateOnly? RetiredOn);
