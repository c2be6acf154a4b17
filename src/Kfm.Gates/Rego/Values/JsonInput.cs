using System.Buffers;
using System.Text;
using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego;

/// <summary>Reads JSON straight into values. Equal short strings of one document become one value.</summary>
internal ref struct JsonInput
{
    internal const int MaxDepth = 1000;
    private const int Slots = 256;
    private const int MaxShared = 32;

    private readonly RegoString?[] _shared;
    private readonly List<RegoValue> _pending;
    private Utf8JsonReader _reader;

    private JsonInput(ReadOnlySpan<byte> utf8)
    {
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        _shared = new RegoString?[Slots];
        _pending = [];
    }

    internal static RegoValue Read(ReadOnlySpan<byte> utf8)
    {
        var input = new JsonInput(utf8);
        try
        {
            input._reader.Read();
            var value = input.ReadValue();
            if (input._reader.Read())
            {
                throw new JsonFormatException("There is text after the JSON value.", input._reader.TokenStartIndex, "");
            }

            return value;
        }
        catch (JsonException e)
        {
            throw new JsonFormatException(e.Message, input._reader.BytesConsumed, "");
        }
    }

    private RegoValue ReadValue() => _reader.TokenType switch
    {
        JsonTokenType.Null => RegoValue.Null,
        JsonTokenType.True => RegoValue.True,
        JsonTokenType.False => RegoValue.False,
        JsonTokenType.Number => ReadNumber(),
        JsonTokenType.String => ReadString(),
        JsonTokenType.StartArray => ReadArray(),
        _ => ReadObject(),
    };

    private RegoArray ReadArray()
    {
        var start = _pending.Count;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            _pending.Add(ReadValue());
        }

        return new RegoArray(Take(start));
    }

    private RegoObject ReadObject()
    {
        var start = _pending.Count;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            _pending.Add(ReadString());
            _reader.Read();
            _pending.Add(ReadValue());
        }

        var members = new ValueTable(2, (_pending.Count - start) / 2);
        for (var i = start; i < _pending.Count; i += 2)
        {
            members.Put(_pending[i], _pending[i + 1]);
        }

        _pending.RemoveRange(start, _pending.Count - start);
        return new RegoObject(members);
    }

    /// <summary>Values wait in one list until their array is complete, so that each array is made once in its size.</summary>
    private readonly RegoValue[] Take(int start)
    {
        var items = _pending.GetRange(start, _pending.Count - start).ToArray();
        _pending.RemoveRange(start, items.Length);
        return items;
    }

    private readonly RegoNumber ReadNumber()
    {
        var span = _reader.ValueSpan;
        if (!span.ContainsAny("eE"u8) && _reader.TryGetInt64(out var whole))
        {
            return RegoNumber.Of(whole);
        }

        return RegoNumber.TryParse(Encoding.ASCII.GetString(span), out var number)
            ? number
            : throw new JsonFormatException("The exponent of a number lies outside of -1000000 to 1000000.", _reader.TokenStartIndex, "");
    }

    private readonly RegoString ReadString()
    {
        var raw = _reader.ValueSpan;
        if (raw.Length > MaxShared || _reader.ValueIsEscaped)
        {
            return new RegoString(ReadText());
        }

        var slot = 17u;
        foreach (var b in raw)
        {
            slot = (slot * 31) + b;
        }

        ref var shared = ref _shared[(slot ^ (slot >> 11)) % Slots];
        if (shared is null || !Ascii.Equals(raw, shared.Text))
        {
            shared = new RegoString(ReadText());
        }

        return shared;
    }

    /// <summary>Escapes of single surrogates become U+FFFD, as in Go.</summary>
    private readonly string ReadText()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(_reader.ValueSpan, _reader.TokenStartIndex);
        }
    }

    private static string Unescape(ReadOnlySpan<byte> raw, long position)
    {
        var text = JsonString.Unescape(Encoding.UTF8.GetString(raw));
        return text ?? throw new JsonFormatException("A string is not valid JSON.", position, "");
    }
}
