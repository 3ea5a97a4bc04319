namespace Evaluation.Jobs.Collecting.Tabular;

/// <summary>The rows of a table, from a file of text or a sheet of a workbook.</summary>
internal interface ITableRows : IDisposable
{
    /// <summary>The next row that is not blank, or null at the end.</summary>
    CsvRow? Next();
}
