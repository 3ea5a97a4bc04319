namespace Evaluation.Jobs.Reports.Pdf;

/// <summary>A colour; components from 0 to 1.</summary>
internal readonly record struct Ink(double Red, double Green, double Blue)
{
    internal static readonly Ink Accent = Of(0x17, 0x3F, 0x78);
    internal static readonly Ink AccentPale = Of(0xDC, 0xE6, 0xF2);
    internal static readonly Ink Band = Of(0xA9, 0xC3, 0xE3);
    internal static readonly Ink Text = Of(0x1E, 0x22, 0x28);
    internal static readonly Ink Quiet = Of(0x5A, 0x62, 0x6C);
    internal static readonly Ink Rule = Of(0xC9, 0xCE, 0xD4);
    internal static readonly Ink Shade = Of(0xF4, 0xF6, 0xF8);
    internal static readonly Ink Track = Of(0xEC, 0xEF, 0xF2);
    internal static readonly Ink White = Of(0xFF, 0xFF, 0xFF);
    internal static readonly Ink Warning = Of(0x9A, 0x2B, 0x2B);

    private static Ink Of(int red, int green, int blue) => new(red / 255.0, green / 255.0, blue / 255.0);

    /// <summary>
    /// Grades differ in shape and word first; colour only follows: best blue, last red, the others between.
    /// </summary>
    internal static Ink OfGrade(int place, int grades) => place switch
    {
        0 => Accent,
        _ when place == grades - 1 => Warning,
        1 => Of(0x2C, 0x6E, 0x7F),
        _ => Quiet,
    };
}

/// <summary>
/// The three cuts a report uses. Every further cut would have to be read and subset for every document.
/// </summary>
internal enum Face
{
    /// <summary>宋体: running text, words in tables.</summary>
    Serif,

    /// <summary>黑体 regular: figures in tables, labels, formulas, running headers.</summary>
    Sans,

    /// <summary>黑体 bold: headings and table heads.</summary>
    SansBold,
}

/// <summary>How a text is set.</summary>
/// <param name="Face">Cut.</param>
/// <param name="Size">Size in points.</param>
/// <param name="Leading">Distance of lines as a multiple of the size.</param>
/// <param name="LetterSpacing">Extra space between letters in points.</param>
internal readonly record struct TextStyle(Face Face, double Size, double Leading = 1.45, double LetterSpacing = 0)
{
    internal static readonly TextStyle Body = new(Face.Serif, 10.5, 1.7);
    internal static readonly TextStyle Lead = new(Face.Serif, 11.5, 1.75);
    internal static readonly TextStyle Cell = new(Face.Serif, 9, 1.45);
    internal static readonly TextStyle Figure = new(Face.Sans, 8.5, 1.535); // the 1 of 宋体 is narrower
    internal static readonly TextStyle CellStrong = new(Face.SansBold, 9, 1.45);
    internal static readonly TextStyle CellHead = new(Face.SansBold, 8.5, 1.4);
    internal static readonly TextStyle Label = new(Face.Sans, 8.5, 1.45);
    internal static readonly TextStyle Small = new(Face.Sans, 7.5, 1.4);
    internal static readonly TextStyle Heading1 = new(Face.SansBold, 17, 1.4);
    internal static readonly TextStyle Heading2 = new(Face.SansBold, 12, 1.45);
    internal static readonly TextStyle Heading3 = new(Face.SansBold, 10, 1.45);
    internal static readonly TextStyle Code = new(Face.Sans, 8, 1.5);
}

/// <summary>Where the lines of a text stand in their width, numbered as <c>PangoAlignment</c>.</summary>
internal enum Align
{
    Left = 0,
    Center = 1,
    Right = 2,
}

/// <summary>A4 with its margins, in points.</summary>
internal static class Sheet
{
    internal const double Width = 595.276;
    internal const double Height = 841.89;
    internal const double Left = 62;
    internal const double Right = Width - 62;
    internal const double Top = 80;
    internal const double Bottom = Height - 64;
    internal const double TextWidth = Right - Left;
    internal const double TextHeight = Bottom - Top;
}
