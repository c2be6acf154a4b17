using System.Text;
using System.Text.Json;
using Kfm.Provenance.Signing;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>The cases on DSSE envelopes.</summary>
internal static class DsseCases
{
    public static IEnumerable<SuiteCase> Read(string folder)
    {
        foreach (var one in SuiteJson.Read(folder, "dsse", "cases.json").EnumerateArray())
        {
            yield return new(one.Text("id"), () => Check(one));
        }
    }

    private static string? Check(JsonElement one)
    {
        var envelope = one.GetProperty("envelope");
        var text = envelope.ValueKind == JsonValueKind.String ? envelope.GetString()! : envelope.GetRawText();
        var keys = one.Items("keys").Select(k => VerificationKey.FromPem(k.Text("pem"))).ToList();
        try
        {
            var read = DsseEnvelope.Parse(Encoding.UTF8.GetBytes(text));
            var verified = read.Verify(keys, one.GetProperty("threshold").GetInt32()).IsVerified;
            var again = DsseEnvelope.Parse(read.ToJson()).Verify(keys, one.GetProperty("threshold").GetInt32()).IsVerified;
            return verified == again ? Verdict(one, verified) ?? Pae(one, read) : "has another verdict after a round trip";
        }
        catch (DsseFormatException)
        {
            return Verdict(one, verified: false);
        }
    }

    private static string? Verdict(JsonElement one, bool verified) => one.Text("expect") switch
    {
        "ok" => verified ? null : "does not verify, must",
        "fail" => verified ? "verifies, must not" : null,
        _ => null,
    };

    private static string? Pae(JsonElement one, DsseEnvelope envelope) =>
        !one.TryGetProperty("pae", out var expected)
        || DsseEnvelope.Pae(envelope.PayloadType, envelope.Payload.Span).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(expected.GetString()!))
            ? null
            : "has another pre-authentication encoding";
}
