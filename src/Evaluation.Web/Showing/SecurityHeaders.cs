namespace Evaluation.Web.Showing;

/// <summary>Headers of every answer: nothing from elsewhere is loaded, nobody may frame a page, types are not guessed.</summary>
public static class SecurityHeaders
{
    /// <summary>Adds the headers before the answer starts.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var nonce = context.RequestServices.GetRequiredService<PageFrame>().Nonce;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'nonce-{nonce}'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "private, no-cache";
        return next(context);
    });
}
