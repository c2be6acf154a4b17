using System.Globalization;
using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Tuf;

/// <summary>What every metadata file has: signatures, and the signed part with type, versions and expiry (TUF specification, 4.2).</summary>
internal sealed class TufMetadata
{
    private const int MaxSignatures = 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    // RFC 3339; the specification wants neither fraction nor offset, and early repositories wrote both.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private TufMetadata(ReadOnlyMemory<byte> bytes, JsonCursor signed, byte[] signedBytes, List<(string, string)> signatures)
    {
        (Bytes, Signed, SignedBytes, Signatures) = (bytes, signed, signedBytes, signatures);
        Version = signed.Member("version") is var version && version.Count() > 0 ? version.Count() : throw version.Error("a version is at least 1");
        Expires = Time(signed.Member("expires"));
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public JsonCursor Signed { get; }

    public byte[] SignedBytes { get; }

    public IReadOnlyList<(string KeyId, string Signature)> Signatures { get; }

    public int Version { get; }

    public DateTimeOffset Expires { get; }

    /// <summary>Reads a file; the signatures are not verified yet.</summary>
    public static TufMetadata Read(ReadOnlyMemory<byte> bytes, string type, string role)
    {
        KfmException Error(string message, string pointer) => new TufException(TufFailure.Format, role, $"{message} (at \"{pointer}\")");
        var json = JsonCursor.OpenForeign(bytes.Span, Error);
        var signed = json.Member("signed");
        var found = signed.Member("_type");
        if (!string.Equals(found.Text(), type, StringComparison.Ordinal))
        {
            throw found.Error($"the type is not '{type}'");
        }

        var specification = signed.Member("spec_version");
        if (specification.Text() is not ("1" or "1.0") && !specification.Text().StartsWith("1.", StringComparison.Ordinal))
        {
            throw specification.Error("only version 1 of the TUF specification is understood");
        }

        return new TufMetadata(bytes, signed, OlpcJson.Write(Raw(bytes, role), role), ReadSignatures(json.Member("signatures")));
    }

    public void RequireFresh(DateTimeOffset now, string role)
    {
        if (now >= Expires)
        {
            throw new TufException(TufFailure.Expired, role, $"version {Version} expired at {Expires.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'}");
        }
    }

    public void RequireVersion(int version, string role)
    {
        if (Version != version)
        {
            throw new TufException(TufFailure.Version, role, $"the file has version {Version}, version {version} was asked for");
        }
    }

    // The cursor reads numbers in their shortest form; what was signed are the numbers as they stand.
    private static JsonElement Raw(ReadOnlyMemory<byte> bytes, string role)
    {
        try
        {
            return JsonElement.Parse(bytes.Span, Strict).GetProperty("signed");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TufException(TufFailure.Format, role, "the file is not JSON: " + e.Message, e);
        }
    }

    private static List<(string KeyId, string Signature)> ReadSignatures(JsonCursor json)
    {
        List<(string KeyId, string Signature)> signatures = [];
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var item in json.Items())
        {
            var keyId = item.Member("keyid").Text();
            signatures.Add(signatures.Count < MaxSignatures && ids.Add(keyId)
                ? (keyId, item.Member("sig").Text())
                : throw item.Error($"the id of a key stands twice, or there are more than {MaxSignatures} signatures"));
        }

        return signatures;
    }

    private static DateTimeOffset Time(JsonCursor json) =>
        DateTimeOffset.TryParseExact(json.Text(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw json.Error("the time is not written as in 2030-01-31T12:00:00Z");
}
