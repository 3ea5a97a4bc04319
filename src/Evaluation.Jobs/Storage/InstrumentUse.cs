using Evaluation.Rules.Records;

namespace Evaluation.Jobs.Storage;

/// <summary>A service record with the instrument it is about.</summary>
public sealed record InstrumentUse(string Unit, string Resource, ServiceUse Use);
