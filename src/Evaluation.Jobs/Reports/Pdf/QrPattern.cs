using QRCoder;

namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>A QR code as runs of dark cells, to be drawn as vectors.</summary>
internal sealed class QrPattern
{
    internal QrPattern(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        Size = data.ModuleMatrix.Count;
        for (var row = 0; row < Size; row++) AddRuns(data.ModuleMatrix[row], row);
    }

    /// <summary>Cells along one side, the quiet zone of four cells included.</summary>
    internal int Size { get; }

    internal List<(int Column, int Row, int Length)> Runs { get; } = [];

    private void AddRuns(System.Collections.BitArray cells, int row)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var start = column;
            while (column < cells.Length && cells[column]) column++;
            if (column > start) Runs.Add((start, row, column - start));
        }
    }
}
