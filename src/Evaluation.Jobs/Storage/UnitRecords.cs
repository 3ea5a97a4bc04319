namespace Evaluation.Jobs.Storage;

/// <summary>How many service records the documents of a run hold of a unit, and in how many documents.</summary>
public sealed record UnitRecords(string Unit, long Records, int Documents);
