using System.Text;
using Evaluation.Jobs.Collecting.Tabular;
using Evaluation.Rules.RuleSets;

namespace Evaluation.Jobs.Collecting.Records;

/// <summary>Where the columns of service records stand in a file; -1 for a role the profile names no column for.</summary>
internal sealed class RecordColumns(MappingProfile profile, CsvHeader header)
{
    public int Width { get; } = header.Width;

    /// <summary>Whether the rows need the general reader: their category is in a column.</summary>
    public bool AreGeneral { get; } = header.Column("category") is not null;

    public int Record { get; } = header.Place("record");

    public int Unit { get; } = header.Place("unit");

    public int Resource { get; } = header.Place("resource");

    public int Start { get; } = header.Place("start");

    public int End { get; } = header.Place("end");

    public int Scope { get; } = header.Place("scope");

    public int User { get; } = header.Place("user");

    public int Fee { get; } = header.Place("fee");

    public int Quantity { get; } = header.Place("quantity");

    public int QuantityUnit { get; } = header.Place("quantity_unit");

    public int Way { get; } = header.Place("service_way");

    public int Purpose { get; } = header.Place("purpose");

    public int Related { get; } = header.Place("related");

    public int Invoice { get; } = header.Place("invoice");

    /// <summary>Columns that must hold a value for the row to be read.</summary>
    public IReadOnlyList<(int Place, byte[] Value)> Where { get; } =
        [.. profile.Where.Select(condition => (header.PlaceOf(condition.Key), Encoding.UTF8.GetBytes(condition.Value)))];

    /// <summary>The cell of a role; empty where there is no column for it.</summary>
    public ReadOnlySpan<byte> Of(CsvRows rows, int place) => place < 0 ? [] : rows.Field(place);
}
