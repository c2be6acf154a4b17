using System.Text.Json;

namespace Kfm.Provenance.Json;

/// <summary>A value of a JSON document and where it stands, so that every refusal names its place.</summary>
internal readonly struct JsonCursor
{
    /// <summary>Documents that are read by cursor are small; a larger one is refused before it is read.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };
    private readonly JsonElement _value;
    private readonly Func<string, string, KfmException> _error;
    private readonly string _prefix;

    private JsonCursor(JsonElement value, string pointer, Func<string, string, KfmException> error, string prefix = "")
    {
        _value = value;
        Pointer = pointer;
        _error = error;
        _prefix = prefix;
    }

    public string Pointer { get; }

    public bool IsNull => _value.ValueKind == JsonValueKind.Null;

    public bool IsText => _value.ValueKind == JsonValueKind.String;

    public bool IsObject => _value.ValueKind == JsonValueKind.Object;

    /// <summary>Opens one RFC 8785 text; <paramref name="error"/> makes the exception of the format from message and pointer.</summary>
    public static JsonCursor Open(ReadOnlySpan<byte> canonical, string pointer, Func<string, string, KfmException> error)
    {
        if (!Canonical(canonical, pointer, error).AsSpan().SequenceEqual(canonical))
        {
            throw error("the text is not in canonical form (RFC 8785); write it again with Kfm", pointer);
        }

        return Parse(canonical, pointer, error);
    }

    /// <summary>Opens any I-JSON text, canonical or not.</summary>
    public static JsonCursor OpenForeign(ReadOnlySpan<byte> utf8, Func<string, string, KfmException> error) => OpenForeign(utf8, "", error);

    /// <summary>Opens any I-JSON text that is a part of a document, such as a line; pointers start with <paramref name="pointer"/>.</summary>
    public static JsonCursor OpenForeign(ReadOnlySpan<byte> utf8, string pointer, Func<string, string, KfmException> error) =>
        Parse(Canonical(utf8, pointer, error), pointer, error);

    /// <summary>The same value, of which <see cref="Member"/> and <see cref="Optional"/> see the members whose name starts with a prefix, without it.</summary>
    public JsonCursor Within(string prefix) => new(_value, Pointer, _error, prefix);

    public KfmException Error(string message) => _error(message, Pointer);

    public JsonCursor Member(string name) =>
        Optional(name) ?? throw _error($"the member '{_prefix}{name}' is missing", Pointer);

    public JsonCursor? Optional(string name)
    {
        if (!IsObject)
        {
            throw Error("an object is expected");
        }

        name = _prefix + name;
        return _value.TryGetProperty(name, out var member) ? new JsonCursor(member, Pointer + "/" + Escape(name), _error) : null;
    }

    public IEnumerable<JsonCursor> Items()
    {
        if (_value.ValueKind != JsonValueKind.Array)
        {
            throw Error("an array is expected");
        }

        var index = 0;
        foreach (var item in _value.EnumerateArray())
        {
            yield return new JsonCursor(item, $"{Pointer}/{index++}", _error);
        }
    }

    public IEnumerable<KeyValuePair<string, JsonCursor>> Members()
    {
        if (!IsObject)
        {
            throw Error("an object is expected");
        }

        foreach (var member in _value.EnumerateObject())
        {
            yield return new(member.Name, new JsonCursor(member.Value, Pointer + "/" + Escape(member.Name), _error));
        }
    }

    public string Text() => _value.ValueKind == JsonValueKind.String ? _value.GetString()! : throw Error("a string is expected");

    public bool Flag() => _value.ValueKind is JsonValueKind.True or JsonValueKind.False
        ? _value.GetBoolean()
        : throw Error("true or false is expected");

    public long Integer() => _value.ValueKind == JsonValueKind.Number && _value.TryGetInt64(out var number)
        ? number
        : throw Error("an integer is expected");

    public int Count() => Integer() is var number and >= 0 and <= int.MaxValue ? (int)number : throw Error("a number from 0 is expected");

    public double Number() => _value.ValueKind == JsonValueKind.Number && _value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Error("a finite number is expected");

    public override string ToString() => _value.GetRawText();

    internal JsonElement Element => _value;

    internal static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static byte[] Canonical(ReadOnlySpan<byte> utf8, string pointer, Func<string, string, KfmException> error)
    {
        if (utf8.IsEmpty || utf8.Length > MaxBytes)
        {
            throw error($"the text is empty or larger than {MaxBytes} bytes", pointer);
        }

        try
        {
            return CanonicalJson.Canonicalize(utf8);
        }
        catch (JsonFormatException e)
        {
            throw error(e.Message, pointer + e.Pointer);
        }
    }

    private static JsonCursor Parse(ReadOnlySpan<byte> utf8, string pointer, Func<string, string, KfmException> error)
    {
        try
        {
            // The element keeps its own copy: a cursor may outlive the caller's buffer and there is nothing to dispose.
            return new JsonCursor(JsonElement.Parse(utf8, Options), pointer, error);
        }
        catch (JsonException e)
        {
            throw error(e.Message, pointer);
        }
    }
}
