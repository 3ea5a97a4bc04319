using Evaluation.Rules.Records;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Storage;

/// <summary>What the service records of one instrument come to within a period.</summary>
public sealed record MeasuredInstrument(string Category, string Unit, string Resource, Period Period, InstrumentHours Hours);
