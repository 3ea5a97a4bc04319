using System.Globalization;
using System.Runtime.CompilerServices;

namespace Evaluation.Rules.Scoring;

/// <summary>What stands at a place of a writer; without letters, nothing.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Length">Its letters.</param>
internal readonly record struct Passage(int From, int Length);

/// <summary>
/// Where a sentence is written, piece after piece: letters and figures go straight into one buffer, which its thread
/// keeps for the next sentence.
/// </summary>
internal sealed class SentenceWriter : IDisposable
{
    private const int UsualLength = 1024;

    [ThreadStatic]
    private static SentenceWriter? _spare;

    private char[] _letters = new char[UsualLength];

    private SentenceWriter()
    {
    }

    /// <summary>Letters written since the last sentence was taken.</summary>
    public int Length { get; private set; }

    /// <summary>An empty writer; disposing gives it back to its thread.</summary>
    public static SentenceWriter Start()
    {
        var own = _spare ?? new SentenceWriter();
        _spare = null;
        return own;
    }

    /// <summary>Writes a text.</summary>
    public void Add(string text)
    {
        var letters = _letters;
        var at = Length;
        var after = unchecked(at + text.Length);
        if (after > letters.Length) letters = Longer(after);
        text.CopyTo(letters.AsSpan(at));
        Length = after;
    }

    /// <summary>Writes a passage once more.</summary>
    public void Again(Passage passage)
    {
        var room = Room(passage.Length);
        _letters.AsSpan(passage.From, passage.Length).CopyTo(room);
        Length += passage.Length;
    }

    /// <summary>Writes an interpolated text without making it first.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Pieces pieces) => _ = pieces;

    /// <summary>Writes a number as <see cref="NumberText.Plain(decimal, int, int)"/> has it.</summary>
    public void Add(decimal number, int least, int most) =>
        Length += NumberText.Write(Room(NumberText.Longest), number, least, most);

    /// <summary>Writes Chinese text that follows a number as <see cref="NumberText.Then"/> has it.</summary>
    public void Then(string text)
    {
        if (NumberText.NeedsSpace(Since(0), text)) Add(" ");
        Add(text);
    }

    /// <summary>Writes a name as it stands inside an English sentence.</summary>
    public void AddInside(string name)
    {
        var at = Length;
        Add(name);
        if (FormulaWords.BeginsAsWord(name)) _letters[at] = char.ToLowerInvariant(_letters[at]);
    }

    /// <summary>What was written from a place on.</summary>
    public ReadOnlySpan<char> Since(int place) => _letters.AsSpan(place, Length - place);

    /// <summary>What was written from a place on, to be written again.</summary>
    public Passage PassageFrom(int place) => new(place, Length - place);

    /// <summary>Takes back what was written from a place on.</summary>
    public void Cut(int place) => Length = place;

    /// <summary>A full-width bracket brings its own space: blanks before an opening and behind a closing one go.</summary>
    public void CloseGaps(int place) => Length = place + CloseGaps(_letters.AsSpan(place, Length - place));

    /// <summary>The same in a text that is made once.</summary>
    public static string WithoutGaps(string text)
    {
        var letters = text.ToCharArray();
        return new string(letters, 0, CloseGaps(letters));
    }

    private static int CloseGaps(Span<char> letters)
    {
        if (letters.IndexOfAny('（', '）') < 0) return letters.Length;
        var kept = 0;
        var before = '\0';
        for (var i = 0; i < letters.Length; i++)
        {
            var letter = letters[i];
            var gap = letter == ' ' && (before == '）' || (i + 1 < letters.Length && letters[i + 1] == '（'));
            before = letter;
            if (!gap) letters[kept++] = letter;
        }

        return kept;
    }

    /// <summary>The sentence; the next one begins empty.</summary>
    public string Take()
    {
        var sentence = new string(Since(0));
        Length = 0;
        return sentence;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Length = 0;
        _spare = this;
    }

    private Span<char> Room(int letters) =>
        (Length + letters > _letters.Length ? Longer(Length + letters) : _letters).AsSpan(Length);

    private char[] Longer(int letters)
    {
        Array.Resize(ref _letters, Math.Max(2 * _letters.Length, letters));
        return _letters;
    }

    /// <summary>The pieces of an interpolated text, written as they come.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Pieces
    {
        private readonly SentenceWriter _to;

        public Pieces(int letters, int pieces, SentenceWriter to)
        {
            _to = to;
            _to.Room(letters + pieces);
        }

        public void AppendLiteral(string text) => _to.Add(text);

        public void AppendFormatted(string text) => _to.Add(text);

        public void AppendFormatted(int count) =>
            _to.Add(count.ToString(CultureInfo.InvariantCulture));
    }
}
