using Evaluation.Rules;

namespace Evaluation.Web.Showing;

/// <summary>One step of the way from the first page to this one.</summary>
/// <param name="Text">What the page is called.</param>
/// <param name="Address">Its address.</param>
public sealed record Crumb(string Text, string Address);

/// <summary>What was asked for and is not there, and where to go instead.</summary>
/// <param name="What">One sentence.</param>
/// <param name="Instead">Pages that exist.</param>
public sealed record MissingPage(Bilingual What, IReadOnlyList<Crumb> Instead);

/// <summary>What the frame around a page must know: filled by the page, read by the layout and the error pages.</summary>
public sealed class PageFrame
{
    /// <summary>Title of the page.</summary>
    public string Title { get; set; } = string.Empty;

    /// <summary>The way here, the first page and this page left out.</summary>
    public IReadOnlyList<Crumb> Crumbs { get; set; } = [];

    /// <summary>The run this page shows, or null for pages about several.</summary>
    public ShownRun? Shown { get; set; }

    /// <summary>Whether anything on the page comes from generated data.</summary>
    public bool Generated { get; set; }

    /// <summary>Whether the page lists several runs and only some of them come from generated data.</summary>
    public bool PartlyGenerated { get; set; }

    /// <summary>Why the page asked for is not there; null when it is.</summary>
    public MissingPage? Missing { get; set; }

    /// <summary>The random word that lets this answer's own script run, and no other.</summary>
    public string Nonce { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
