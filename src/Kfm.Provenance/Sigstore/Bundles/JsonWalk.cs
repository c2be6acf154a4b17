using System.Buffers;
using System.Text.Json;

namespace Kfm.Provenance.Sigstore.Bundles;

/// <summary>Walks over a JSON text once, front to back, and takes out what a format knows. Null is the same as a missing member.</summary>
internal ref struct JsonWalk
{
    private readonly SigstoreStage _stage;
    private Utf8JsonReader _json;

    public JsonWalk(ReadOnlySpan<byte> utf8, SigstoreStage stage, int maxDepth = 16)
    {
        _stage = stage;
        _json = new(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        _json.Read();
    }

    public readonly bool IsNull => _json.TokenType == JsonTokenType.Null;

    public readonly SigstoreFormatException Error(SigstoreErrorCode code, string message, string path) =>
        new(new SigstoreError(_stage, code, $"{message} (byte {_json.TokenStartIndex})", path));

    /// <summary>Steps to the value after a name or within an array.</summary>
    public void Step() => _json.Read();

    public readonly void Object(string path) => Require(JsonTokenType.StartObject, "an object", path);

    /// <summary>Moves to the next member of the object that the walk is in; false at its end.</summary>
    public bool Member() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    public readonly bool Is(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>Steps to the value of a member that may stand once.</summary>
    /// <returns>Whether there is a value: not null.</returns>
    public bool Value(ref uint seen, int bit, string path)
    {
        if ((seen & (1u << bit)) != 0)
        {
            throw Error(SigstoreErrorCode.ConflictingMembers, "A member stands twice.", path);
        }

        seen |= 1u << bit;
        _json.Read();
        return !IsNull;
    }

    /// <summary>Steps over the value of a member that is not known.</summary>
    public void SkipMember() => _json.Skip();

    public readonly void Array(string path) => Require(JsonTokenType.StartArray, "an array", path);

    /// <summary>Moves to the next item of the array that the walk is in; false at its end.</summary>
    public bool Item() => _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    /// <summary>Refuses what follows the value.</summary>
    public void End()
    {
        if (_json.Read())
        {
            throw Error(SigstoreErrorCode.MalformedJson, "Something follows the value.", "");
        }
    }

    public readonly string Text(string path)
    {
        Require(JsonTokenType.String, "a string", path);
        return _json.GetString()!;
    }

    public readonly bool TextIs(ReadOnlySpan<byte> text, string path)
    {
        Require(JsonTokenType.String, "a string", path);
        return _json.ValueTextEquals(text);
    }

    /// <summary>The UTF-8 of a string.</summary>
    public readonly byte[] Utf8(string path)
    {
        Require(JsonTokenType.String, "a string", path);
        if (!_json.ValueIsEscaped)
        {
            return _json.ValueSpan.ToArray();
        }

        var bytes = new byte[_json.ValueSpan.Length];
        return bytes[.._json.CopyString(bytes)];
    }

    /// <summary>The bytes of a string in base64.</summary>
    public readonly byte[] Bytes(string path)
    {
        Require(JsonTokenType.String, "a string", path);
        var text = _json.ValueSpan;
        byte[]? rented = null;
        if (_json.ValueIsEscaped)
        {
            rented = ArrayPool<byte>.Shared.Rent(text.Length);
            text = rented.AsSpan(0, _json.CopyString(rented));
        }

        var bytes = Base64Text.Decode(text);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return bytes ?? throw Error(SigstoreErrorCode.InvalidBase64, "The text is not base64.", path);
    }

    /// <summary>Decodes a string in base64 to exactly so many bytes; false when it has others, or is not base64.</summary>
    public readonly bool TryBytes(Span<byte> bytes, string path)
    {
        Require(JsonTokenType.String, "a string", path);
        if (_json.ValueIsEscaped)
        {
            var copy = Bytes(path);
            copy.AsSpan(0, Math.Min(copy.Length, bytes.Length)).CopyTo(bytes);
            return copy.Length == bytes.Length;
        }

        return Base64Text.Length(_json.ValueSpan) == bytes.Length && Base64Text.TryDecode(_json.ValueSpan, bytes, out var written) && written == bytes.Length;
    }

    /// <summary>Decodes a string in base64 into a buffer of the caller.</summary>
    /// <param name="buffer">A buffer from the shared pool; the caller gives it back.</param>
    /// <param name="path">The place.</param>
    public readonly ReadOnlySpan<byte> PooledBytes(out byte[] buffer, string path)
    {
        Require(JsonTokenType.String, "a string", path);
        buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, Base64Text.Length(_json.ValueSpan)));
        if (!_json.ValueIsEscaped && Base64Text.TryDecode(_json.ValueSpan, buffer, out var written))
        {
            return buffer.AsSpan(0, written);
        }

        return Bytes(path);
    }

    /// <summary>An integer from 0 to 2^63 - 1, written as a number or, as protocol buffers do, as a string.</summary>
    public readonly long Number(string path)
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var number) && number >= 0)
        {
            return number;
        }

        if (_json.TokenType == JsonTokenType.String && !_json.ValueIsEscaped && _json.ValueSpan is { Length: > 0 and <= 19 } digits
            && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (digits.Length == 1 || digits[0] != '0')
            && System.Buffers.Text.Utf8Parser.TryParse(digits, out number, out _))
        {
            return number;
        }

        throw Error(SigstoreErrorCode.InvalidMember, "An integer from 0 to 2^63 - 1 is expected.", path);
    }

    private readonly void Require(JsonTokenType type, string what, string path)
    {
        if (_json.TokenType != type)
        {
            throw Error(SigstoreErrorCode.InvalidMember, $"Here {what} is expected.", path);
        }
    }
}
