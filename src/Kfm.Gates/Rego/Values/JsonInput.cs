using System.Buffers;
using System.Text;
using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego;

/// <summary>Reads JSON straight into values.</summary>
internal static class JsonInput
{
    internal const int MaxDepth = 1000;

    internal static RegoValue Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var value = ReadValue(ref reader);
            if (reader.Read())
            {
                throw new JsonFormatException("There is text after the JSON value.", reader.TokenStartIndex, "");
            }

            return value;
        }
        catch (JsonException e)
        {
            throw new JsonFormatException(e.Message, reader.BytesConsumed, "");
        }
    }

    private static RegoValue ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => RegoValue.Null,
        JsonTokenType.True => RegoValue.True,
        JsonTokenType.False => RegoValue.False,
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.String => new RegoString(ReadString(ref reader)),
        JsonTokenType.StartArray => ReadArray(ref reader),
        _ => ReadObject(ref reader),
    };

    private static RegoArray ReadArray(ref Utf8JsonReader reader)
    {
        var items = new List<RegoValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader));
        }

        return new RegoArray([.. items]);
    }

    private static RegoObject ReadObject(ref Utf8JsonReader reader)
    {
        var members = new Dictionary<RegoValue, RegoValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = new RegoString(ReadString(ref reader));
            reader.Read();
            members[key] = ReadValue(ref reader);
        }

        return new RegoObject(members);
    }

    private static RegoNumber ReadNumber(ref Utf8JsonReader reader)
    {
        var span = reader.ValueSpan;
        if (!span.ContainsAny("eE."u8) && reader.TryGetInt64(out var whole))
        {
            return RegoNumber.Of(whole);
        }

        return RegoNumber.TryParse(Encoding.ASCII.GetString(span), out var number)
            ? number
            : throw new JsonFormatException("The exponent of a number lies outside of -1000000 to 1000000.", reader.TokenStartIndex, "");
    }

    /// <summary>Escapes of single surrogates become U+FFFD, as in Go.</summary>
    private static string ReadString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan, reader.TokenStartIndex);
        }
    }

    private static string Unescape(ReadOnlySpan<byte> raw, long position)
    {
        var text = JsonString.Unescape(Encoding.UTF8.GetString(raw));
        return text ?? throw new JsonFormatException("A string is not valid JSON.", position, "");
    }
}
