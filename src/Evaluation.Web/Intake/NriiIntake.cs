using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using Evaluation.Jobs.Collecting.Nrii;

namespace Evaluation.Web.Intake;

/// <summary>
/// Where institutions push in the format of the national network platform: a form with <c>insCode, instruType,
/// instruData</c>, or the SOAP 1.1 call <c>instruInfo</c>. Answers are the platform's: its return code, as text or in
/// the response of the call. The token of the channel comes in the header Authorization (Bearer, or the password of
/// Basic).
/// </summary>
internal static class NriiIntake
{
    private const string Address = "/intake/nrii";
    private const string Namespace = "http://instru.server.ws.com/";
    private const string Envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    private const long MostBytes = 16 << 20;

    private static readonly string[] Lists = ["instruData", "effectData", "instruList"];

    public static void MapNriiIntake(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Address, Receive).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes));
        routes.MapGet(Address, (HttpRequest request) => request.Query.ContainsKey("wsdl")
            ? Results.Text(NriiWsdl.Text(new Uri($"{request.Scheme}://{request.Host}{Address}"), Namespace), "text/xml", Encoding.UTF8)
            : Results.NotFound());
    }

    private static async Task<IResult> Receive(HttpRequest request, ReceiveNrii intake, CancellationToken cancel)
    {
        var raw = await Body(request, cancel);
        var isSoap = request.ContentType?.Contains("xml", StringComparison.OrdinalIgnoreCase) == true;
        var push = isSoap ? OfSoap(TokenOf(request), raw) : await OfForm(request, raw, cancel);
        var (code, why) = push is null
            ? (NriiReturn.FormatWrong, new Rules.Bilingual("推送格式错误", "The message is of no form that is known."))
            : await intake.Receive(push, cancel);
        var number = ((int)code).ToString(CultureInfo.InvariantCulture);
        // Why, for people who look: the platform's own answer is the code alone.
        request.HttpContext.Response.Headers["X-Intake-Reason"] = Uri.EscapeDataString(why.Zh);
        request.HttpContext.Response.Headers["X-Intake-Reason-En"] = Uri.EscapeDataString(why.En);
        return isSoap ? Results.Text(Answer(number), "text/xml", Encoding.UTF8) : Results.Text(number, "text/plain", Encoding.UTF8);
    }

    private static async Task<byte[]> Body(HttpRequest request, CancellationToken cancel)
    {
        request.EnableBuffering(bufferThreshold: 1 << 20);
        using var memory = new MemoryStream();
        await request.Body.CopyToAsync(memory, cancel);
        request.Body.Position = 0;
        return memory.ToArray();
    }

    private static NriiPush? OfSoap(string token, byte[] raw)
    {
        try
        {
            using var xml = XmlReader.Create(
                new MemoryStream(raw), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var (code, type) = ("", "");
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element) continue;
                switch (xml.LocalName)
                {
                    case "insCode" or "arg0": code = xml.ReadString().Trim(); break;
                    case "instruType" or "arg1": type = xml.ReadString().Trim(); break;
                }
            }

            return new NriiPush(token, code, type, raw, raw, ".xml");
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The fields of the form as one JSON object, as the reader of the format takes it.</summary>
    private static async Task<NriiPush?> OfForm(HttpRequest request, byte[] raw, CancellationToken cancel)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            var form = await request.ReadFormAsync(cancel);
            var (code, type) = (form["insCode"].ToString().Trim(), form["instruType"].ToString().Trim());
            if (Lists.FirstOrDefault(form.ContainsKey) is not { } list) return null;
            var message = new JsonObject { ["insCode"] = code, ["instruType"] = type, [list] = form[list].ToString() };
            return new NriiPush(TokenOf(request), code, type, raw, JsonSerializer.SerializeToUtf8Bytes(message), ".json");
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return header["Bearer ".Length..].Trim();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return "";
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) return "";
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    private static string Answer(string code) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <soap:Envelope xmlns:soap="{Envelope}"><soap:Body>
        <ns2:instruInfoResponse xmlns:ns2="{Namespace}"><return>{code}</return></ns2:instruInfoResponse>
        </soap:Body></soap:Envelope>
        """;
}
