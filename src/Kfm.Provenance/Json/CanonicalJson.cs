using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Json;

/// <summary>RFC 8785, the JSON Canonicalization Scheme: one sequence of bytes for each JSON value.</summary>
/// <remarks>
/// The input is I-JSON (RFC 7493): well-formed UTF-8 without a byte order mark, no member name twice in an object, no lone
/// surrogate, numbers within the range of a double. At most 256 levels deep. Numbers are rounded to the nearest double, so
/// 9007199254740993 gives 9007199254740992: write larger integers as strings.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>The canonical form of a JSON text.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8)
    {
        using var tape = new CanonicalTape(utf8);
        var output = new byte[tape.Length];
        tape.Write(output);
        return output;
    }

    /// <summary>Writes the canonical form of a JSON text; writes nothing when the text is refused.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <param name="output">Takes the canonical bytes.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON.</exception>
    public static void Canonicalize(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var tape = new CanonicalTape(utf8);
        tape.Write(output.GetSpan(tape.Length));
        output.Advance(tape.Length);
    }

    /// <summary>The canonical form of a value that was read before.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="JsonFormatException">The value is not I-JSON.</exception>
    /// <exception cref="InvalidOperationException">The value is the default value of its type.</exception>
    public static byte[] Canonicalize(JsonElement value) => Canonicalize(JsonMarshal.GetRawUtf8Value(value));

    /// <summary>The canonical form of a value that was built in memory.</summary>
    /// <param name="value">The value; null is the JSON value <c>null</c>.</param>
    /// <exception cref="JsonFormatException">The value is not I-JSON, or is more than 256 levels deep.</exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static byte[] Canonicalize(JsonNode? value)
    {
        if (value is null)
        {
            return "null"u8.ToArray();
        }

        JsonNodeText.Check(value);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { SkipValidation = true, MaxDepth = CanonicalTape.MaxDepth + 1 }))
        {
            value.WriteTo(writer);
        }

        return Canonicalize(buffer.WrittenSpan);
    }

    /// <summary>The canonical form of an object, by its source-generated contract.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="value">The object. System.Text.Json writes a lone surrogate in its strings as U+FFFD.</param>
    /// <param name="contract">How the type is written.</param>
    /// <exception cref="JsonFormatException">What the contract writes is not I-JSON.</exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static byte[] Serialize<T>(T value, JsonTypeInfo<T> contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return Canonicalize(JsonSerializer.SerializeToUtf8Bytes(value, contract));
    }

    /// <summary>Whether a text is I-JSON and its own canonical form, byte for byte.</summary>
    /// <param name="utf8">Any bytes.</param>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8)
    {
        try
        {
            using var tape = new CanonicalTape(utf8);
            return tape.IsCanonical;
        }
        catch (JsonFormatException)
        {
            return false;
        }
    }

    /// <summary>The SHA-256 digest of the canonical form.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON.</exception>
    public static Digest Hash(ReadOnlySpan<byte> utf8)
    {
        using var tape = new CanonicalTape(utf8);
        if (tape.IsCanonical)
        {
            return Digest.Of(utf8);
        }

        var rented = ArrayPool<byte>.Shared.Rent(tape.Length);
        try
        {
            var canonical = rented.AsSpan(0, tape.Length);
            tape.Write(canonical);
            return Digest.Of(canonical);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
