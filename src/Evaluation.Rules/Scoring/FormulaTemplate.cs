using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// A formula in words of one language, made once: what it says of every unit alike, and places for the figures, for the
/// branch that was taken and for how many resources there are.
/// </summary>
internal sealed class FormulaTemplate(IReadOnlyList<FormulaPiece> pieces)
{
    private readonly FormulaPiece[] _pieces = [.. pieces];

    /// <summary>Writes the words with the figures of one unit.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="slots">The unit's facts.</param>
    /// <param name="value">How the value found is written, in a formula of points; else null.</param>
    /// <returns>False where there are no words for these facts; nothing is written then.</returns>
    public bool Write(SentenceWriter to, FeelValue[] slots, string? value)
    {
        var place = to.Length;
        if (!WritePieces(to, slots, value))
        {
            to.Cut(place);
            return false;
        }

        to.CloseGaps(place);
        return true;
    }

    /// <summary>The same as a part of a longer formula, whose gaps are closed in the end.</summary>
    internal bool WritePieces(SentenceWriter to, FeelValue[] slots, string? value)
    {
        foreach (var piece in _pieces)
        {
            if (!piece.Write(to, slots, value)) return false;
        }

        return true;
    }
}

/// <summary>A piece of a formula in words.</summary>
internal abstract class FormulaPiece
{
    /// <summary>Writes it for one unit; false where there are no words for what its facts hold.</summary>
    public abstract bool Write(SentenceWriter to, FeelValue[] slots, string? value);
}

/// <summary>What every unit reads alike.</summary>
internal sealed class FixedPiece(string text) : FormulaPiece
{
    public override bool Write(SentenceWriter to, FeelValue[] slots, string? value)
    {
        to.Add(text);
        return true;
    }
}

/// <summary>The value found, in a formula of points.</summary>
internal sealed class ValuePiece : FormulaPiece
{
    public override bool Write(SentenceWriter to, FeelValue[] slots, string? value)
    {
        if (value is null) return false;
        to.Add(value);
        return true;
    }
}

/// <summary>A metric's, parameter's or figure's value with its unit.</summary>
/// <param name="scheme">Gives the names of answers.</param>
/// <param name="language">One language.</param>
/// <param name="slot">Where the value stands.</param>
/// <param name="unit">Its unit.</param>
/// <param name="label">Its name, or null where figures stand bare.</param>
internal sealed class FigurePiece(
    CompiledScheme scheme, Language language, int slot, UnitOfMeasure unit, string? label) : FormulaPiece
{
    private readonly string _beforeNumber = label is null ? "" : label + " ";
    private readonly string _beforeAnswer = label is null ? "" : label + (language == Language.Zh ? "：" : ": ");

    public override bool Write(SentenceWriter to, FeelValue[] slots, string? value)
    {
        ref readonly var figure = ref slots[slot];
        if (figure.TryNumber(out var number))
        {
            to.Add(_beforeNumber);
            NumberText.WriteInput(to, number, unit, language);
            return true;
        }

        if (figure.IsNull)
        {
            to.Add(_beforeNumber);
            to.Add(language == Language.Zh ? "（无数据）" : "(no data)");
            return true;
        }

        if (FormulaWords.Literal(scheme, figure, language) is not { } answer) return false;
        to.Add(_beforeAnswer);
        to.Add(answer);
        return true;
    }
}

/// <summary>The branch of a choice that was taken; the other is not worth reading.</summary>
/// <param name="holds">Whether the condition holds.</param>
/// <param name="then">Words of the one branch, as far as there are any.</param>
/// <param name="otherwise">Words of the other.</param>
internal sealed class ChoicePiece(
    Func<FeelValue[], FeelValue> holds, FormulaTemplate? then, FormulaTemplate? otherwise) : FormulaPiece
{
    public override bool Write(SentenceWriter to, FeelValue[] slots, string? value) =>
        (holds(slots).IsTrue ? then : otherwise)?.WritePieces(to, slots, value) == true;
}

/// <summary>How many resources a formula runs through: 12 台（套）, 12 instruments.</summary>
/// <param name="list">The resources.</param>
/// <param name="noun">What they are called, or null where their number is not said.</param>
/// <param name="language">One language.</param>
internal sealed class ResourcesPiece(
    Func<FeelValue[], FeelValue> list, ResourceNoun? noun, Language language) : FormulaPiece
{
    public override bool Write(SentenceWriter to, FeelValue[] slots, string? value)
    {
        if (list(slots) is not { Kind: FeelKind.List } resources) return false;
        if (noun is not null) to.Add(noun.Count(resources.AsList().Count, language));
        return true;
    }
}
