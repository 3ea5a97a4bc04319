namespace Evaluation.Rules.Schemes;

/// <summary>Where a rule comes from. Loading fails for a rule without one.</summary>
/// <param name="Document">Document number or title, e.g. 教高司条函〔2000〕10号. "本平台自定" where no public text exists.</param>
/// <param name="Item">Article, item or table row; may be empty.</param>
/// <param name="Page">Page, where the document has pages.</param>
/// <param name="Url">Where the document can be read, where public.</param>
/// <param name="Note">What the source leaves open and how it is read here, in both languages.</param>
/// <param name="Ours">True where no public text gives this rule and it is our own.</param>
/// <param name="DocumentEn">The document as an English sentence cites it, where it has an English name.</param>
/// <param name="ItemEn">The item as an English sentence cites it, where that differs.</param>
public sealed record Source(
    string Document,
    string? Item = null,
    string? Page = null,
    string? Url = null,
    Bilingual? Note = null,
    bool Ours = false,
    string? DocumentEn = null,
    string? ItemEn = null);
