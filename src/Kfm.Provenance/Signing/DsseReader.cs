using System.Globalization;
using System.Text.Json;

namespace Kfm.Provenance.Signing;

/// <summary>Reads the JSON form of a DSSE envelope (DSSE envelope.md).</summary>
internal static class DsseReader
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const int MaxSignatures = 64;
    private const int MaxSignatureChars = 16 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    internal static (string PayloadType, byte[] Payload, IReadOnlyList<DsseSignature> Signatures) Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new DsseFormatException($"The envelope has more than {MaxBytes} bytes.", "");
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return ReadEnvelope(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DsseFormatException("The envelope is not JSON of Unicode text: " + e.Message, "", e);
        }
    }

    private static (string, byte[], IReadOnlyList<DsseSignature>) ReadEnvelope(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new DsseFormatException("An envelope is an object with payload, payloadType and signatures.", "");
        }

        var type = Text(root, "payloadType", "") ?? throw new DsseFormatException("payloadType is missing.", "");
        if (type.Length == 0)
        {
            throw new DsseFormatException("payloadType is empty.", "/payloadType");
        }

        var payload = Bytes(root, "payload", "");
        if (!root.TryGetProperty("signatures", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new DsseFormatException("signatures is not an array.", "/signatures");
        }

        var count = list.GetArrayLength();
        if (count is 0 or > MaxSignatures)
        {
            throw new DsseFormatException($"An envelope has 1 to {MaxSignatures} signatures, this one has {count}.", "/signatures");
        }

        return (type, payload, [.. list.EnumerateArray().Select(ReadSignature)]);
    }

    private static DsseSignature ReadSignature(JsonElement signature, int index)
    {
        var pointer = "/signatures/" + index.ToString(CultureInfo.InvariantCulture);
        if (signature.ValueKind != JsonValueKind.Object)
        {
            throw new DsseFormatException("A signature is an object with sig.", pointer);
        }

        var keyId = signature.TryGetProperty("keyid", out var hint) && hint.ValueKind == JsonValueKind.Null
            ? null
            : Text(signature, "keyid", pointer);
        if (signature.TryGetProperty("sig", out var sig) && sig.GetRawText().Length > MaxSignatureChars)
        {
            throw new DsseFormatException($"A signature has more than {MaxSignatureChars} characters.", pointer + "/sig");
        }

        return new DsseSignature(keyId, Bytes(signature, "sig", pointer));
    }

    private static byte[] Bytes(JsonElement parent, string name, string pointer)
    {
        var text = Text(parent, name, pointer) ?? throw new DsseFormatException(name + " is missing.", pointer);
        return StrictBase64.DecodeEither(text)
            ?? throw new DsseFormatException(name + " is not base64 (standard or URL-safe, padded, no white space).", pointer + "/" + name);
    }

    private static string? Text(JsonElement parent, string name, string pointer)
    {
        if (!parent.TryGetProperty(name, out var value))
        {
            return null;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : throw new DsseFormatException(name + " is not a string.", pointer + "/" + name);
        }
        catch (InvalidOperationException e)
        {
            throw new DsseFormatException(name + " is not Unicode text.", pointer + "/" + name, e);
        }
    }
}
