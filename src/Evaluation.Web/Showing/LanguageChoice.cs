using System.Globalization;
using Evaluation.Rules;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Evaluation.Web.Showing;

/// <summary>
/// Chooses the language of an answer: <c>?lang=</c> first (and remembers it), then the cookie, then Chinese. Formatting
/// never follows the machine's culture.
/// </summary>
public static class LanguageChoice
{
    private const string Cookie = "lang";
    private static readonly CookieOptions Remembered = new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        MaxAge = TimeSpan.FromDays(365),
        IsEssential = true,
    };

    /// <summary>Sets the language before the page runs.</summary>
    public static IApplicationBuilder UseLanguageChoice(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        var original = context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalQueryString;
        var asked = Parse(original is null
            ? context.Request.Query["lang"].ToString()
            : QueryHelpers.ParseQuery(original).GetValueOrDefault("lang").ToString());
        if (asked is { } chosen)
        {
            context.Response.Cookies.Append(Cookie, chosen == Language.En ? "en" : "zh", Remembered);
        }

        var wording = context.RequestServices.GetRequiredService<Wording>();
        wording.Language = asked ?? Parse(context.Request.Cookies[Cookie]) ?? Language.Zh;
        context.Response.Headers.ContentLanguage = wording.Tag;
        context.Response.Headers.Vary = "Cookie";
        return next(context);
    });

    /// <summary>The same page in the other language.</summary>
    public static string Other(HttpRequest request, Wording wording)
    {
        var original = request.HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var path = original is null ? request.Path.ToUriComponent() : new PathString(original.OriginalPath).ToUriComponent();
        var asked = QueryHelpers.ParseQuery(original?.OriginalQueryString ?? request.QueryString.Value);
        var query = asked.Where(pair => pair.Key != "lang")
            .SelectMany(pair => pair.Value.Select(value => (pair.Key, Value: value ?? string.Empty)))
            .Append(("lang", wording.Language == Language.Zh ? "en" : "zh"));
        var text = string.Join(
            '&', query.Select(pair => $"{Uri.EscapeDataString(pair.Item1)}={Uri.EscapeDataString(pair.Item2)}"));
        return $"{path}?{text}";
    }

    private static Language? Parse(string? text) => text switch
    {
        "en" => Language.En,
        "zh" or "zh-CN" => Language.Zh,
        _ => null,
    };
}
