using Evaluation.Jobs.Storage;
using Evaluation.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace Evaluation.Tests.Pages;

/// <summary>The pages on a free loopback port, on a real database with a generated year, and a real browser beside them.</summary>
public sealed class PagesFixture : IAsyncLifetime
{
    private static readonly string[] BrowserNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly string[] BrowserFlags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly PostgresFixture _postgres = new();
    private readonly string _reports = Path.Combine(Path.GetTempPath(), "evaluation-pages-" + Guid.NewGuid().ToString("N"));
    private WebApplication _app = null!;
    private IPlaywright _playwright = null!;

    public GeneratedYear Year { get; private set; } = null!;

    public Database Database => _postgres.Database;

    public Uri Address { get; private set; } = null!;

    public IBrowser Browser { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        Year = new GeneratedYear(_postgres.Database, _reports);
        await Year.Insert();
        await PulledSources.Insert(_postgres.Database, Year.Rules);
        _app = WebHost.Build(new WebSettings(_postgres.Database, _reports));
        await _app.StartAsync();
        Address = WebHost.AddressOf(_app);
        Client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = Address };
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = BrowserOnPath(), Args = BrowserFlags });
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
        Client.Dispose();
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_reports, recursive: true);
    }

    /// <summary>A fresh page without cookies.</summary>
    public async Task<IPage> NewPage(int width = 1280, int height = 900)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = Address.ToString(), ViewportSize = new() { Width = width, Height = height }, AcceptDownloads = true,
        });
        return await context.NewPageAsync();
    }

    private static string BrowserOnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(folder => BrowserNames.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"None of {string.Join(", ", BrowserNames)} is on the PATH: install chromium.");
}

[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<PagesFixture>, ICollectionFixture<CrawledSite>
{
    public const string Name = "pages";
}
