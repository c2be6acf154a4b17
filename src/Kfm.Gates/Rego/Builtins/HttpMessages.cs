using System.Globalization;
using System.Text;
using Kfm.Gates.Rego.Yaml;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>The objects of http.send as messages of HTTP.</summary>
internal static class HttpMessages
{
    /// <exception cref="IOException">The address is not an absolute one of http or https.</exception>
    internal static Uri Address(RegoObject request) =>
        Uri.TryCreate((request.Member("url") as RegoString)?.Text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new IOException("the url of the request is not an absolute address of http or https");

    /// <exception cref="IOException">The method is no token.</exception>
    internal static HttpMethod Method(RegoObject request)
    {
        var name = (request.Member("method") as RegoString)?.Text.ToUpperInvariant() ?? "";
        return name.Length > 0 && name.All(char.IsAsciiLetter) ? new HttpMethod(name) : throw new IOException("the method of the request is not a name");
    }

    /// <summary>The time that a request asks for: nanoseconds, or text such as 500ms; null for none.</summary>
    /// <exception cref="IOException">It is neither.</exception>
    internal static TimeSpan? Timeout(RegoObject request) => request.Member("timeout") switch
    {
        null => null,
        RegoNumber number when number.TryGetInt64(out var nanos) && nanos > 0 => TimeSpan.FromTicks(nanos / 100),
        RegoNumber { Sign: 0 } => null,
        RegoString text when Nanoseconds(text.Text) is { } nanos and > 0 => TimeSpan.FromTicks(nanos / 100),
        _ => throw new IOException("the timeout of the request is not a duration"),
    };

    private static long? Nanoseconds(string text)
    {
        try
        {
            return GoDuration.Parse(text).TryGetInt64(out var nanos) ? nanos : null;
        }
        catch (BuiltinException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">A member cannot be sent.</exception>
    internal static HttpRequestMessage Request(RegoObject request, HttpMethod method, Uri address)
    {
        var refused = request.Members.Select(static m => (m.Key as RegoString)?.Text ?? "")
            .FirstOrDefault(static n => n.StartsWith("tls_", StringComparison.Ordinal) && n != "tls_use_system_certs");
        if (refused is not null)
        {
            throw new IOException($"{refused} is not for policies to decide here");
        }

        var message = new HttpRequestMessage(method, address);
        var body = request.Member("raw_body") is RegoString raw ? raw.Text : request.Member("body") is { } json ? JsonOutput.Write(json) : null;
        if (body is not null && method != HttpMethod.Get && method != HttpMethod.Head)
        {
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        foreach (var (key, value) in request.Member("headers") is RegoObject headers ? headers.Members : [])
        {
            var (name, text) = ((key as RegoString)?.Text ?? "", (value as RegoString)?.Text ?? "");
            if (text.AsSpan().ContainsAny('\r', '\n', '\0') || !(message.Headers.TryAddWithoutValidation(name, text)
                || message.Content?.Headers.TryAddWithoutValidation(name, text) == true || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase)))
            {
                message.Dispose();
                throw new IOException($"the header {GoQuote.Quote(name)} of the request cannot be sent");
            }
        }

        return message;
    }

    internal static RegoObject Response(RegoObject request, HttpResponseMessage response, byte[] body)
    {
        var raw = Encoding.UTF8.GetString(body);
        var headers = response.Headers.Concat(response.Content.Headers).Select(static h => KeyValuePair.Create(
            RegoValue.Of(h.Key.ToLowerInvariant()), (RegoValue)RegoArray.Create(h.Value.Select(RegoValue.Of))));
        var type = response.Content.Headers.TryGetValues("Content-Type", out var types) ? types.FirstOrDefault() ?? "" : "";
        return RegoObject.Create(
        [
            new(RegoValue.Of("status"), RegoValue.Of(string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd())),
            new(RegoValue.Of("status_code"), RegoValue.Of((int)response.StatusCode)),
            new(RegoValue.Of("headers"), RegoObject.Create(headers)),
            new(RegoValue.Of("raw_body"), RegoValue.Of(raw)),
            new(RegoValue.Of("body"), Decode(request, type, raw)),
        ]);
    }

    /// <summary>What a request with raise_error false gets instead of an error.</summary>
    internal static RegoObject Failure(string message) => RegoObject.Create(
    [
        new(RegoValue.Of("status_code"), RegoValue.Of(0)),
        new(RegoValue.Of("error"), RegoObject.Create(
        [
            new(RegoValue.Of("code"), RegoValue.Of("eval_http_send_network_error")),
            new(RegoValue.Of("message"), RegoValue.Of(message)),
        ])),
    ]);

    /// <summary>JSON and YAML by their media types or because the request says so; null for others and for what cannot be read.</summary>
    private static RegoValue Decode(RegoObject request, string type, string raw)
    {
        try
        {
            return Forced(request, "force_json_decode") || type.Contains("application/json", StringComparison.OrdinalIgnoreCase)
                ? raw.Length == 0 ? RegoValue.Null : RegoValue.Parse(Encoding.UTF8.GetBytes(raw))
                : Forced(request, "force_yaml_decode") || type.Contains("yaml", StringComparison.OrdinalIgnoreCase)
                ? YamlReader.Read(raw)?.ToValue() ?? RegoValue.Null
                : RegoValue.Null;
        }
        catch (Exception e) when (e is JsonFormatException or YamlFormatException)
        {
            return RegoValue.Null;
        }
    }

    private static bool Forced(RegoObject request, string name) => request.Member(name) is RegoBoolean { Value: true };
}
