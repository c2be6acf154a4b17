using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kfm.Provenance.Digests;

namespace Kfm.Provenance.Json;

/// <summary>RFC 8785, the JSON Canonicalization Scheme: one sequence of bytes for each JSON value.</summary>
/// <remarks>
/// The input is I-JSON (RFC 7493): well-formed UTF-8 without a byte order mark, no member name twice in an object, no lone
/// surrogate, numbers within the range of a double. Numbers are rounded to the nearest double, so 9007199254740993 gives
/// 9007199254740992: write larger integers as strings, or have them refused (<see cref="CanonicalJsonOptions.RefuseUnsafeIntegers"/>).
/// Nothing here recurses; all methods are safe for several threads at once.
/// </remarks>
public static class CanonicalJson
{
    // Up to this length the form is written into one piece of memory.
    private const int OnePiece = 1 << 20;

    /// <summary>The canonical form of a JSON text.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <param name="options">What is accepted; the defaults when null.</param>
    /// <param name="cancellationToken">Looked at about once a mebibyte.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON, or is beyond a limit of the options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8, CanonicalJsonOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var text = new CanonicalText(utf8, options, cancellationToken);
        var output = new byte[text.Length];
        text.Write(output);
        return output;
    }

    /// <summary>Writes the canonical form of a JSON text; writes nothing when the text is refused. Nothing is allocated but what the output takes.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <param name="output">Takes the canonical bytes.</param>
    /// <param name="options">What is accepted; the defaults when null.</param>
    /// <param name="cancellationToken">Looked at about once a mebibyte while the text is read.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON, or is beyond a limit of the options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was written.</exception>
    public static void Canonicalize(
        ReadOnlySpan<byte> utf8, IBufferWriter<byte> output, CanonicalJsonOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var text = new CanonicalText(utf8, options, cancellationToken);
        if (text.Length > OnePiece)
        {
            text.Write(output);
            return;
        }

        text.Write(output.GetSpan(text.Length));
        output.Advance(text.Length);
    }

    /// <summary>The canonical form of a value that was read before.</summary>
    /// <param name="value">The value. Its text is read again, so that names that stand twice are refused.</param>
    /// <param name="options">What is accepted; the defaults when null.</param>
    /// <param name="cancellationToken">Looked at about once a mebibyte.</param>
    /// <exception cref="JsonFormatException">The value is not I-JSON, or is beyond a limit of the options.</exception>
    /// <exception cref="InvalidOperationException">The value is the default value of its type.</exception>
    /// <exception cref="ObjectDisposedException">The document of the value was disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] Canonicalize(JsonElement value, CanonicalJsonOptions? options = null, CancellationToken cancellationToken = default) =>
        Canonicalize(JsonMarshal.GetRawUtf8Value(value), options, cancellationToken);

    /// <summary>The canonical form of a value that was built in memory.</summary>
    /// <param name="value">The value; null is the JSON value <c>null</c>. At most 1,000 levels deep, whatever the options say.</param>
    /// <param name="options">What is accepted; the defaults when null.</param>
    /// <param name="cancellationToken">Looked at about once a mebibyte.</param>
    /// <exception cref="JsonFormatException">The value is not I-JSON, or is beyond a limit of the options.</exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] Canonicalize(JsonNode? value, CanonicalJsonOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (value is null)
        {
            return "null"u8.ToArray();
        }

        options ??= CanonicalJsonOptions.Default;
        JsonNodeText.Check(value, Math.Min(options.MaxDepth, JsonNodeText.MaxDepth));
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions(options)))
        {
            value.WriteTo(writer);
        }

        return Canonicalize(buffer.WrittenSpan, options, cancellationToken);
    }

    /// <summary>The canonical form of an object, by its source-generated contract.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="value">The object. At most 1,000 levels deep, whatever the options say.</param>
    /// <param name="contract">How the type is written. Raw JSON of a converter must not hold the escape <c>\uFFFD</c>, which stands for a lone surrogate.</param>
    /// <param name="options">What is accepted; the defaults when null.</param>
    /// <param name="cancellationToken">Looked at about once a mebibyte.</param>
    /// <exception cref="JsonFormatException">
    /// What the contract writes is not I-JSON, or is beyond a limit of the options or of the contract; the position is in what it writes.
    /// </exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static byte[] Serialize<T>(
        T value, JsonTypeInfo<T> contract, CanonicalJsonOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contract);
        options ??= CanonicalJsonOptions.Default;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions(options)))
        {
            Write(value, contract, writer);
        }

        return Canonicalize(buffer.WrittenSpan, options with { EscapedReplacementIsLoneSurrogate = true }, cancellationToken);
    }

    /// <summary>Whether a text is I-JSON and its own canonical form, byte for byte.</summary>
    /// <param name="utf8">Any bytes.</param>
    /// <param name="options">What is accepted; the defaults when null.</param>
    /// <param name="cancellationToken">Looked at about once a mebibyte.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8, CanonicalJsonOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            using var text = new CanonicalText(utf8, options, cancellationToken);
            return text.IsCanonical;
        }
        catch (JsonFormatException)
        {
            return false;
        }
    }

    /// <summary>The SHA-256 digest of the canonical form, without a copy of the whole form.</summary>
    /// <param name="utf8">One JSON value in UTF-8, without a byte order mark.</param>
    /// <param name="options">What is accepted; the defaults when null.</param>
    /// <param name="cancellationToken">Looked at about once a mebibyte while the text is read.</param>
    /// <exception cref="JsonFormatException">The text is not I-JSON, or is beyond a limit of the options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Digest Hash(ReadOnlySpan<byte> utf8, CanonicalJsonOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var text = new CanonicalText(utf8, options, cancellationToken);
        return text.Hash();
    }

    private static void Write<T>(T value, JsonTypeInfo<T> contract, Utf8JsonWriter writer)
    {
        try
        {
            JsonSerializer.Serialize(writer, value, contract);
        }
        catch (Exception e) when (e is JsonException || (e is InvalidOperationException && writer.CurrentDepth >= writer.Options.MaxDepth))
        {
            throw new JsonFormatException($"The object cannot be written: {e.Message}", 0, "");
        }
    }

    // This encoder writes U+FFFD itself as it is, and a lone surrogate as the escape of U+FFFD, so that the two can be told apart.
    private static JsonWriterOptions WriterOptions(CanonicalJsonOptions options) =>
        new() { SkipValidation = true, MaxDepth = Math.Min(options.MaxDepth, JsonNodeText.MaxDepth) + 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
