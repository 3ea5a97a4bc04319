using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Evaluation.Jobs.Allocating;
using Evaluation.Jobs.Collecting.Nrii;
using Evaluation.Jobs.Scoring;
using Evaluation.Jobs.Storage;
using Evaluation.Jobs.Storage.Reading;
using Evaluation.Web.Downloads;
using Evaluation.Web.Intake;
using Evaluation.Web.Showing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.WebEncoders;

namespace Evaluation.Web;

/// <summary>The pages on the loopback address. All of them only read, but for the one on which a person approves awards.</summary>
public static class WebHost
{
    /// <summary>Serves the pages until cancelled.</summary>
    public static async Task Run(WebSettings settings, CancellationToken cancel)
    {
        await using var app = Build(settings);
        await app.StartAsync(cancel);
        settings.Serving?.Invoke(AddressOf(app));
        await app.WaitForShutdownAsync(cancel);
    }

    /// <summary>The application, not yet started.</summary>
    public static WebApplication Build(WebSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Pages are found in this assembly, whichever program hosts them and wherever it was started.
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(IPAddress.Loopback, settings.Port);
        });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // It warns that it forbids keeping the page with the form, which is what we want.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        AddServices(builder.Services, settings);

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseExceptionHandler("/errors/500");
        app.UseStatusCodePagesWithReExecute("/errors/{0}");
        // Below the error handlers: they clear the headers and walk through everything below a second time.
        app.UseSecurityHeaders();
        app.UseLanguageChoice();
        app.UseRouting();
        app.MapRazorPages();
        app.MapStylesheet();
        app.MapDownloads();
        app.MapNriiIntake();
        app.MapCertaintyDownloads();
        app.MapIndexDownloads();
        app.MapSourceDownloads();
        app.MapPaymentDownloads();
        app.MapComparisonDownloads();
        app.MapGet("/health", async (RunPages runs, CancellationToken cancel) =>
        {
            await runs.Find(string.Empty, cancel);
            return Results.Text("ok");
        });
        return app;
    }

    /// <summary>Where a started application answers.</summary>
    public static Uri AddressOf(WebApplication app) => new(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static void AddServices(IServiceCollection services, WebSettings settings)
    {
        services.AddRazorPages(options => options.Conventions
            .AddPageRoute("/Ranking", "/years/{year}/{category}/" + Pages.RankingModel.CsvName)
            .AddPageRoute("/Resources", "/years/{year}/{category}/{unit}/" + Pages.ResourcesModel.CsvName)
            .AddPageRoute("/WhatIf", "/years/{year}/awards/" + Pages.WhatIfModel.CsvName)
            .AddPageRoute("/WhatIf", "/years/{year}/awards/" + Pages.WhatIfModel.WorkbookName)
            .AddPageRoute("/Uses", "/years/{year}/{category}/{unit}/resources/{resource}/" + Pages.UsesModel.CsvName));
        // What forms are signed with need not outlive the server: a form from before is asked for again. No key is written.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        // Only this machine may ask, also by name: another name that points here is somebody's trick.
        services.AddHostFiltering(options => options.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        services.Configure<WebEncoderOptions>(
            options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton(settings);
        services.AddSingleton(settings.Database);
        services.AddSingleton(settings.Time);
        services.AddSingleton<RunPages>();
        services.AddSingleton<RankingPages>();
        services.AddSingleton<ScoreCardPages>();
        services.AddSingleton<AwardPages>();
        services.AddSingleton<CertaintyPages>();
        services.AddSingleton<CertaintyStore>();
        services.AddSingleton<ComparisonStore>();
        services.AddSingleton<UnitStore>();
        services.AddSingleton<ServiceRecordStore>();
        services.AddSingleton(new DocumentStore(settings.Database, settings.Time));
        services.AddSingleton<UseDocuments>();
        services.AddSingleton<ResourcePages>();
        services.AddSingleton(new ReceiveNrii(settings.Database, settings.Reports, settings.Time));
        services.AddSingleton<ResultShelf>();
        services.AddSingleton(new RuleSetStore(settings.Database, settings.Time));
        services.AddSingleton(new ResourceIndexStore(settings.Database, settings.Time));
        services.AddSingleton<RuleSetShelf>();
        services.AddSingleton<LateArrivals>();
        services.AddSingleton<SourceStore>();
        services.AddSingleton<SourcePages>();
        services.AddSingleton<PullStore>();
        services.AddSingleton<PulledDataStore>();
        services.AddSingleton<InstitutionStore>();
        AddMoney(services);
        services.AddSingleton<FindingStore>();
        services.AddSingleton<DecisionStore>();
        services.AddScoped<Wording>();
        services.AddScoped<PageFrame>();
        services.AddScoped<RunSelection>();
    }

    private static void AddMoney(IServiceCollection services)
    {
        services.AddSingleton<RunStore>();
        services.AddSingleton<RuleSetsOnRecord>();
        services.AddSingleton<ObservationStore>();
        services.AddSingleton<CategoryFacts>();
        services.AddSingleton<ScoreStore>();
        services.AddSingleton<AllocationStore>();
        services.AddSingleton<ApprovalStore>();
        services.AddSingleton<WhatIf>();
        services.AddSingleton<SealedShelf>();
        services.AddSingleton<ApproveAwards>();
        services.AddSingleton<PaymentOrders>();
    }
}
