namespace Evaluation.Jobs.Collecting.Pulling;

/// <summary>What a body must be; it is read through once to see that it is whole.</summary>
internal enum BodyKind
{
    /// <summary>One JSON object or list, complete.</summary>
    Json,

    /// <summary>A well-formed XML document.</summary>
    Xml,

    /// <summary>Text, such as CSV: no web page.</summary>
    Text,

    /// <summary>Anything: a workbook, an archive.</summary>
    Any,
}
