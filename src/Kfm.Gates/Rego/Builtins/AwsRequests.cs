using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kfm.Gates.Rego.Builtins;

/// <summary>providers.aws.sign_req: AWS Signature Version 4 in the Authorization header.</summary>
internal static class AwsRequests
{
    private const string Name = "providers.aws.sign_req";
    private static readonly string[] Addressed = ["method", "url"];
    private static readonly string[] Required = ["aws_access_key", "aws_region", "aws_secret_access_key", "aws_service"];

    // Those that a proxy may change, and the signature itself.
    private static readonly string[] NotSigned = ["authorization", "user-agent", "x-amzn-trace-id"];

    internal static void Register(Action<string, int, Builtin> add) => add(Name, 3, static (_, a) => Sign(a));

    private static RegoObject Sign(RegoValue[] a)
    {
        _ = Operand.Object(Name, a, 0);
        var config = Config(a);
        var time = long.TryParse(Operand.Number(Name, a, 2).Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nanos)
            ? DateTime.UnixEpoch.AddTicks(nanos / 100)
            : throw BuiltinException.Operand(Name, 3, "could not convert time_ns value into a unix timestamp");
        var request = HttpRequests.Check(Name, a, 0);
        var wrong = RegoSet.Create(Addressed.Where(m => request.Member(m) is not RegoString).Select(RegoValue.Of));
        if (wrong.Count > 0)
        {
            throw BuiltinException.Operand(Name, 1, $"invalid values for required request parameters(s): {wrong}");
        }

        var headers = request.Member("headers") switch
        {
            null => RegoObject.Empty,
            RegoObject found => found,
            var other => throw BuiltinException.Operand(Name, 0, "must be object but got " + Operand.KindName(other)),
        };
        var signed = Headers(config, request, headers, time);
        return request.With(RegoValue.Of("headers"), signed);
    }

    private static RegoObject Config(RegoValue[] a)
    {
        var config = Operand.Object(Name, a, 1);
        var missing = RegoSet.Create(Required.Where(r => config.Member(r) is null).Select(RegoValue.Of));
        var wrong = RegoSet.Create(Required.Where(r => config.Member(r) is not RegoString).Select(RegoValue.Of));
        return missing.Count > 0 ? throw BuiltinException.Operand(Name, 2, $"missing required AWS config parameters(s): {missing}")
            : wrong.Count > 0 ? throw BuiltinException.Operand(Name, 2, $"invalid values for required AWS config parameters(s): {wrong}")
            : config.Member("disable_payload_signing") is not null and not RegoBoolean
            ? throw BuiltinException.Operand(Name, 2, "invalid value for 'disable_payload_signing' in AWS config")
            : config;
    }

    private static RegoObject Headers(RegoObject config, RegoObject request, RegoObject headers, DateTime time)
    {
        var url = Uris.Parse(Text(request, "url")) ?? throw BuiltinException.Failed(Name, $"parse {GoQuote.Quote(Text(request, "url"))}: invalid URI");
        var service = Text(config, "aws_service");
        var unsigned = config.Member("disable_payload_signing") is RegoBoolean { Value: true };
        var bodyHash = unsigned ? "UNSIGNED-PAYLOAD" : Hex(SHA256.HashData(Body(request)));
        var (day, second) = (time.ToString("yyyyMMdd", CultureInfo.InvariantCulture), time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        var own = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = Host(url), ["x-amz-date"] = second };
        if (service is "s3" or "glacier" || unsigned)
        {
            own["x-amz-content-sha256"] = bodyHash;
        }

        if (Text(config, "aws_session_token") is { Length: > 0 } token)
        {
            own["x-amz-security-token"] = token;
        }

        var all = new SortedDictionary<string, string>(own, StringComparer.Ordinal);
        foreach (var (key, value) in headers.Sorted)
        {
            if (key is RegoString name && !NotSigned.Contains(name.Text.ToLowerInvariant(), StringComparer.Ordinal))
            {
                all[name.Text.ToLowerInvariant()] = (value as RegoString)?.Text ?? "";
            }
        }

        var names = string.Join(';', all.Keys);
        var canonical = $"{Text(request, "method")}\n{Text(url, "raw_path")}\n{Text(url, "raw_query")}\n{string.Concat(all.Select(h => $"{h.Key}:{h.Value}\n"))}\n{names}\n{bodyHash}";
        var scope = $"{day}/{Text(config, "aws_region")}/{service}/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{second}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var signature = Hex(Mac(Key(config, day, service), text));
        var result = headers.With(RegoValue.Of("Authorization"), RegoValue.Of(
            $"AWS4-HMAC-SHA256 Credential={Text(config, "aws_access_key")}/{scope},SignedHeaders={names},Signature={signature}"));
        return own.Aggregate(result, static (made, header) => made.With(RegoValue.Of(header.Key), RegoValue.Of(header.Value)));
    }

    private static byte[] Key(RegoObject config, string day, string service)
    {
        var key = Mac(Encoding.UTF8.GetBytes("AWS4" + Text(config, "aws_secret_access_key")), day);
        return Mac(Mac(Mac(key, Text(config, "aws_region")), service), "aws4_request");
    }

    private static string Host(RegoObject url)
    {
        var (name, port) = (Text(url, "hostname"), Text(url, "port"));
        name = name.Contains(':', StringComparison.Ordinal) ? $"[{name}]" : name;
        return port.Length > 0 ? $"{name}:{port}" : name;
    }

    private static byte[] Body(RegoObject request) => Encoding.UTF8.GetBytes(request.Member("raw_body") is { } raw ? (raw as RegoString)?.Text ?? ""
        : request.Member("body") is { } body ? JsonOutput.Write(body)
        : "");

    private static string Text(RegoObject from, string name) => (from.Member(name) as RegoString)?.Text ?? "";

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
