using System.Globalization;

namespace Evaluation.Rules.Feel;

/// <summary>The blocks of Unicode by the names patterns call them, <c>\p{IsGreek}</c> (XML Schema part 2, appendix F,
/// with the later names of the same blocks).</summary>
internal static class UnicodeBlocks
{
    private const string Table =
        """
        BasicLatin x0000-x007F; Latin-1Supplement x0080-x00FF; LatinExtended-A x0100-x017F; LatinExtended-B
        x0180-x024F; IPAExtensions x0250-x02AF; SpacingModifierLetters x02B0-x02FF; CombiningDiacriticalMarks
        x0300-x036F; Greek x0370-x03FF; GreekandCoptic x0370-x03FF; Cyrillic x0400-x04FF; CyrillicSupplement
        x0500-x052F; Armenian x0530-x058F; Hebrew x0590-x05FF; Arabic x0600-x06FF; Syriac x0700-x074F; Thaana
        x0780-x07BF; Devanagari x0900-x097F; Bengali x0980-x09FF; Gurmukhi x0A00-x0A7F; Gujarati x0A80-x0AFF; Oriya
        x0B00-x0B7F; Tamil x0B80-x0BFF; Telugu x0C00-x0C7F; Kannada x0C80-x0CFF; Malayalam x0D00-x0D7F; Sinhala
        x0D80-x0DFF; Thai x0E00-x0E7F; Lao x0E80-x0EFF; Tibetan x0F00-x0FFF; Myanmar x1000-x109F; Georgian
        x10A0-x10FF; HangulJamo x1100-x11FF; Ethiopic x1200-x137F; Cherokee x13A0-x13FF;
        UnifiedCanadianAboriginalSyllabics x1400-x167F; Ogham x1680-x169F; Runic x16A0-x16FF; Tagalog x1700-x171F;
        Hanunoo x1720-x173F; Buhid x1740-x175F; Tagbanwa x1760-x177F; Khmer x1780-x17FF; Mongolian x1800-x18AF;
        Limbu x1900-x194F; TaiLe x1950-x197F; KhmerSymbols x19E0-x19FF; PhoneticExtensions x1D00-x1D7F;
        LatinExtendedAdditional x1E00-x1EFF; GreekExtended x1F00-x1FFF; GeneralPunctuation x2000-x206F;
        SuperscriptsandSubscripts x2070-x209F; CurrencySymbols x20A0-x20CF; CombiningMarksforSymbols x20D0-x20FF;
        CombiningDiacriticalMarksforSymbols x20D0-x20FF; LetterlikeSymbols x2100-x214F; NumberForms x2150-x218F;
        Arrows x2190-x21FF; MathematicalOperators x2200-x22FF; MiscellaneousTechnical x2300-x23FF; ControlPictures
        x2400-x243F; OpticalCharacterRecognition x2440-x245F; EnclosedAlphanumerics x2460-x24FF; BoxDrawing
        x2500-x257F; BlockElements x2580-x259F; GeometricShapes x25A0-x25FF; MiscellaneousSymbols x2600-x26FF;
        Dingbats x2700-x27BF; MiscellaneousMathematicalSymbols-A x27C0-x27EF; SupplementalArrows-A x27F0-x27FF;
        BraillePatterns x2800-x28FF; SupplementalArrows-B x2900-x297F; MiscellaneousMathematicalSymbols-B
        x2980-x29FF; SupplementalMathematicalOperators x2A00-x2AFF; MiscellaneousSymbolsandArrows x2B00-x2BFF;
        CJKRadicalsSupplement x2E80-x2EFF; KangxiRadicals x2F00-x2FDF; IdeographicDescriptionCharacters x2FF0-x2FFF;
        CJKSymbolsandPunctuation x3000-x303F; Hiragana x3040-x309F; Katakana x30A0-x30FF; Bopomofo x3100-x312F;
        HangulCompatibilityJamo x3130-x318F; Kanbun x3190-x319F; BopomofoExtended x31A0-x31BF;
        KatakanaPhoneticExtensions x31F0-x31FF; EnclosedCJKLettersandMonths x3200-x32FF; CJKCompatibility
        x3300-x33FF; CJKUnifiedIdeographsExtensionA x3400-x4DBF; YijingHexagramSymbols x4DC0-x4DFF;
        CJKUnifiedIdeographs x4E00-x9FFF; YiSyllables xA000-xA48F; YiRadicals xA490-xA4CF; HangulSyllables
        xAC00-xD7AF; PrivateUse xE000-xF8FF; PrivateUseArea xE000-xF8FF; CJKCompatibilityIdeographs xF900-xFAFF;
        AlphabeticPresentationForms xFB00-xFB4F; ArabicPresentationForms-A xFB50-xFDFF; VariationSelectors
        xFE00-xFE0F; CombiningHalfMarks xFE20-xFE2F; CJKCompatibilityForms xFE30-xFE4F; SmallFormVariants
        xFE50-xFE6F; ArabicPresentationForms-B xFE70-xFEFF; HalfwidthandFullwidthForms xFF00-xFFEF; Specials
        xFFF0-xFFFF; OldItalic x10300-x1032F; Gothic x10330-x1034F; Deseret x10400-x1044F; ByzantineMusicalSymbols
        x1D000-x1D0FF; MusicalSymbols x1D100-x1D1FF; MathematicalAlphanumericSymbols x1D400-x1D7FF;
        CJKUnifiedIdeographsExtensionB x20000-x2A6DF; CJKCompatibilityIdeographsSupplement x2F800-x2FA1F; Tags
        xE0000-xE007F
        """;

    private static readonly Lazy<Dictionary<string, (int From, int To)>> Blocks = new(() =>
        Table.Split(';').Select(b => b.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)).ToDictionary(b => b[0],
            b => (Point(b[1].Split('-')[0]), Point(b[1].Split('-')[1])), StringComparer.Ordinal));

    public static (int From, int To)? Find(string name) =>
        Blocks.Value.TryGetValue(name, out var block) ? block : null;

    private static int Point(string hex) =>
        int.Parse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
