using Evaluation.Rules;
using Evaluation.Rules.Certainty;
using Evaluation.Rules.Schemes;

namespace Evaluation.Web.Showing;

/// <summary>The certainty of one unit on its score card.</summary>
/// <param name="Shown">The run.</param>
/// <param name="Scheme">The scheme of the category.</param>
/// <param name="Ranked">Units ranked.</param>
/// <param name="Unit">What was found, or null where nothing was examined.</param>
/// <param name="Files">Address of the unit's files without their ending.</param>
public sealed record CertaintyView(ShownRun Shown, Scheme Scheme, int Ranked, UnitCertainty? Unit, string Files)
{
    /// <summary>Name of an indicator, a block, or what judgements added.</summary>
    public static Bilingual NameOf(Scheme scheme, string id, bool isBlock) =>
        isBlock
            ? scheme.Blocks.FirstOrDefault(block => block.Id == id)?.Name ?? new Bilingual(id, id)
            : scheme.Indicators.FirstOrDefault(indicator => indicator.Id == id)?.Name
                ?? (id == "judgements" ? new Bilingual("判定", "Judgements") : new Bilingual(id, id));

    /// <summary>Place of a rank on a line from the first to the last.</summary>
    public decimal Along(decimal rank) => Ranked > 1 ? (rank - 1) / (Ranked - 1) : 0;
}
