using Evaluation.Rules.Feel;
using Evaluation.Rules.Schemes;

namespace Evaluation.Rules.Scoring;

/// <summary>
/// A formula in words of one language, made once: what it says of every unit alike, and places for the figures, for the
/// branch that was taken and for how many resources there are.
/// </summary>
/// <param name="pieces">The words, with what stands before the formula.</param>
/// <param name="before">How many letters stand before the formula.</param>
internal sealed class FormulaTemplate(IReadOnlyList<FormulaPiece> pieces, int before)
{
    private readonly FormulaPiece[] _pieces = [.. pieces];

    /// <summary>Writes the words with the figures of one unit.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="slots">The unit's facts.</param>
    /// <param name="value">How the value found is written, in a formula of points; else nothing.</param>
    /// <returns>False where there are no words for these facts; nothing is written then.</returns>
    public bool Write(SentenceWriter to, FeelValue[] slots, Passage value)
    {
        var place = to.Length;
        var said = WritePieces(to, slots, value);
        if (said == Said.Nothing) to.Cut(place);
        else if (said == Said.WithBrackets) to.CloseGaps(place + before);
        return said != Said.Nothing;
    }

    /// <summary>The same as a part of a longer formula, whose gaps are closed in the end.</summary>
    internal Said WritePieces(SentenceWriter to, FeelValue[] slots, Passage value)
    {
        var said = Said.Plainly;
        foreach (var piece in _pieces)
        {
            var piecewise = piece.Write(to, slots, value);
            if (piecewise == Said.Nothing) return Said.Nothing;
            said |= piecewise;
        }

        return said;
    }
}

/// <summary>What was written.</summary>
[Flags]
internal enum Said
{
    /// <summary>There are no words for what the facts hold.</summary>
    Nothing = 0,

    /// <summary>Words that have no gap and leave none.</summary>
    Plainly = 1,

    /// <summary>Words whose full-width brackets may leave a gap.</summary>
    WithBrackets = 3,
}

/// <summary>A piece of a formula in words.</summary>
internal abstract class FormulaPiece
{
    /// <summary>Writes it for one unit.</summary>
    public abstract Said Write(SentenceWriter to, FeelValue[] slots, Passage value);
}

/// <summary>What every unit reads alike; without gaps.</summary>
internal sealed class FixedPiece(string text) : FormulaPiece
{
    public override Said Write(SentenceWriter to, FeelValue[] slots, Passage value)
    {
        to.Add(text);
        return Said.Plainly;
    }
}

/// <summary>The value found, in a formula of points.</summary>
internal sealed class ValuePiece : FormulaPiece
{
    public override Said Write(SentenceWriter to, FeelValue[] slots, Passage value)
    {
        if (value.Length == 0) return Said.Nothing;
        var place = to.Length;
        to.Again(value);
        return to.Since(place) is ['（', ..] or [.., '）'] ? Said.WithBrackets : Said.Plainly;
    }
}

/// <summary>A metric's, parameter's or figure's value with its unit, and what every unit reads around it.</summary>
/// <param name="scheme">Gives the names of answers.</param>
/// <param name="language">One language.</param>
/// <param name="slot">Where the value stands.</param>
/// <param name="unit">Its unit.</param>
/// <param name="beforeNumber">The words before a number, its name among them; without gaps.</param>
/// <param name="beforeAnswer">The words before an answer.</param>
internal sealed class FigurePiece(
    CompiledScheme scheme, Language language, int slot, UnitOfMeasure unit, string beforeNumber, string beforeAnswer)
    : FormulaPiece
{
    private readonly int _least = unit.LeastOfInput;
    private readonly int _most = NumberText.MostOfInput(unit);
    private string _after = "";
    private string _afterOne = unit.After("1", language);
    private string _afterMany = unit.After("", language);
    private readonly Said _said = unit.Name.In(language).EndsWith('）') ? Said.WithBrackets : Said.Plainly;

    /// <summary>Every unit reads this text after it; it has no gaps.</summary>
    public void Then(string text)
    {
        _after += text;
        _afterOne += text;
        _afterMany += text;
    }

    public override Said Write(SentenceWriter to, FeelValue[] slots, Passage value)
    {
        ref readonly var figure = ref slots[slot];
        if (figure.IsNumber)
        {
            to.Add(beforeNumber);
            var place = to.Length;
            to.Add(figure.Amount, _least, _most);
            to.Add(to.Length - place == 1 && to.Since(place)[0] == '1' ? _afterOne : _afterMany);
            return _said;
        }

        if (figure.IsNull)
        {
            to.Add(beforeNumber);
            to.Add(language == Language.Zh ? "（无数据）" : "(no data)");
        }
        else if (FormulaWords.Literal(scheme, figure, language) is { } answer)
        {
            to.Add(beforeAnswer);
            to.Add(answer);
        }
        else
        {
            return Said.Nothing;
        }

        to.Add(_after);
        return Said.WithBrackets;
    }
}

/// <summary>The branch of a choice that was taken; the other is not worth reading.</summary>
/// <param name="holds">Whether the condition holds.</param>
/// <param name="then">Words of the one branch, as far as there are any.</param>
/// <param name="otherwise">Words of the other.</param>
internal sealed class ChoicePiece(
    Func<FeelValue[], FeelValue> holds, FormulaTemplate? then, FormulaTemplate? otherwise) : FormulaPiece
{
    public override Said Write(SentenceWriter to, FeelValue[] slots, Passage value) =>
        (holds(slots).IsTrue ? then : otherwise) is { } taken && taken.WritePieces(to, slots, value) != Said.Nothing
            ? Said.WithBrackets
            : Said.Nothing;
}

/// <summary>How many resources a formula runs through: 12 台（套）, 12 instruments.</summary>
/// <param name="list">The resources.</param>
/// <param name="noun">What they are called, or null where their number is not said.</param>
/// <param name="language">One language.</param>
internal sealed class ResourcesPiece(
    Func<FeelValue[], FeelValue> list, ResourceNoun? noun, Language language) : FormulaPiece
{
    public override Said Write(SentenceWriter to, FeelValue[] slots, Passage value)
    {
        if (list(slots) is not { Kind: FeelKind.List } resources) return Said.Nothing;
        if (noun is not null) to.Add(noun.Count(resources.AsList().Count, language));
        return Said.WithBrackets;
    }
}
