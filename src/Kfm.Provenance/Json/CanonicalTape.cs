using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json;

namespace Kfm.Provenance.Json;

/// <summary>
/// A JSON text as a list of tokens that knows its canonical form. Reading finds every error, so writing only copies. An array or
/// object that already is canonical collapses into one entry.
/// </summary>
internal ref partial struct CanonicalTape
{
    public const int MaxDepth = 256;
    private const int NoContainer = -1;
    private const int NameHeader = 8; // an escaped name's block: source offset, length of the text, the text, the quoted form

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    private readonly ReadOnlySpan<byte> _source;
    private TapeEntry[] _entries;
    private byte[] _side = [];
    private int _count;
    private int _sideLength;
    private int _open = NoContainer;
    private int _end; // the source offset after the token before, and after the colon of a name
    private long _length;

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="JsonFormatException">The text is not I-JSON.</exception>
    public CanonicalTape(ReadOnlySpan<byte> source)
    {
        _source = source;
        _entries = ArrayPool<TapeEntry>.Shared.Rent(Math.Max(16, source.Length / 8));
        try
        {
            Read();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The length of the canonical form in bytes.</summary>
    public readonly int Length => (int)_length;

    /// <summary>Whether the source is its own canonical form.</summary>
    public readonly bool IsCanonical => _entries[0].Kind == TapeKind.Raw && _entries[0].Length == _source.Length;

    public void Dispose()
    {
        ArrayPool<TapeEntry>.Shared.Return(_entries);
        if (_side.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_side);
        }

        this = default;
    }

    private void Read()
    {
        RefuseIllFormedUtf8();
        var reader = new Utf8JsonReader(_source, Options);
        try
        {
            while (reader.Read())
            {
                Add(ref reader);
            }
        }
        catch (JsonException e)
        {
            throw Malformed(e);
        }

        if (_length > Array.MaxLength)
        {
            throw new JsonFormatException($"The canonical form has {_length} bytes; the limit is {Array.MaxLength}.", 0, "");
        }
    }

    private void Add(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                AddName(start, reader.ValueSpan.Length + 2, reader.ValueIsEscaped);
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                AddEscapedString(start, reader.ValueSpan.Length + 2);
                break;
            case JsonTokenType.String:
                AddRaw(start, reader.ValueSpan.Length + 2);
                break;
            case JsonTokenType.Number:
                AddNumber(start, reader.ValueSpan);
                break;
            case JsonTokenType.StartObject:
                Open(start, TapeKind.Object);
                break;
            case JsonTokenType.StartArray:
                Open(start, TapeKind.Array);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Close(start);
                break;
            default:
                AddRaw(start, reader.ValueSpan.Length);
                break;
        }
    }

    private void AddRaw(int start, int length)
    {
        StepToValue(start);
        Push(TapeKind.Raw, start, length);
        _end = start + length;
        _length += length;
    }

    private void AddEscapedString(int start, int length)
    {
        var side = ReserveSide(length);
        var quoted = JsonText.Quote(_source.Slice(start + 1, length - 2), side, out var bad);
        if (quoted < 0)
        {
            throw LoneSurrogate(start + 1 + bad);
        }

        AddSide(start, length, side[..quoted]);
    }

    private void AddNumber(int start, ReadOnlySpan<byte> text)
    {
        if (EcmaScriptNumber.IsPlainlyCanonical(text))
        {
            AddRaw(start, text.Length);
            return;
        }

        // Correctly rounded for any number of digits; too large a number gives an infinity.
        _ = Utf8Parser.TryParse(text, out double value, out _);
        if (!double.IsFinite(value))
        {
            throw new JsonFormatException("The number is beyond the range of a double.", start, ValuePointer());
        }

        var side = ReserveSide(EcmaScriptNumber.MaxLength);
        AddSide(start, text.Length, side[..EcmaScriptNumber.Write(value, side)]);
    }

    private void AddSide(int start, int length, ReadOnlySpan<byte> canonical)
    {
        if (canonical.SequenceEqual(_source.Slice(start, length)))
        {
            AddRaw(start, length);
            return;
        }

        StepToValue(start);
        MarkRewritten();
        Push(TapeKind.Side, _sideLength, canonical.Length);
        _sideLength += canonical.Length;
        _end = start + length;
        _length += canonical.Length;
    }

    private void AddName(int start, int length, bool escaped)
    {
        StepToItem(start);
        var name = _count;
        var quoted = length;
        if (escaped)
        {
            quoted = PushEscapedName(start, length);
        }
        else
        {
            Push(TapeKind.Name, start, length);
        }

        Chain(name);
        _end = start + length + 1;
        _length += quoted + 1;
    }

    private int PushEscapedName(int start, int length)
    {
        var body = _source.Slice(start + 1, length - 2);
        var side = ReserveSide(NameHeader + (2 * length));
        var text = JsonText.Unescape(body, side[NameHeader..], out var bad);
        if (text < 0)
        {
            throw LoneSurrogateInName(start + 1 + bad);
        }

        var quoted = JsonText.Quote(body, side[(NameHeader + text)..], out _);
        BinaryPrimitives.WriteInt32LittleEndian(side, start);
        BinaryPrimitives.WriteInt32LittleEndian(side[4..], text);
        if (!side.Slice(NameHeader + text, quoted).SequenceEqual(_source.Slice(start, length)))
        {
            MarkRewritten();
        }

        Push(TapeKind.EscapedName, _sideLength, quoted);
        _sideLength += NameHeader + text + quoted;
        return quoted;
    }

    private void Open(int start, TapeKind kind)
    {
        StepToValue(start);
        Push(kind, start, _open);
        _open = _count - 1;
        _end = start + 1;
        _length += 2;
    }

    private void Close(int bracket)
    {
        var index = _open;
        ref var container = ref _entries[index];
        var parent = container.Length;
        var rewritten = container.Rewritten || container.Unsorted || bracket != _end;
        if (container.Unsorted)
        {
            SortMembers(index);
        }
        else if (container.Kind == TapeKind.Object)
        {
            container.Link = container.HasItems ? index + 1 : 0;
        }

        _open = parent;
        _end = bracket + 1;
        if (rewritten)
        {
            container.Length = _count;
            MarkRewritten();
        }
        else
        {
            container.Kind = TapeKind.Raw;
            container.Length = _end - container.Start;
            _count = index + 1;
        }
    }

    // A value stands at the top, after a name, or as an item of an array.
    private void StepToValue(int start)
    {
        if (_open == NoContainer)
        {
            return;
        }

        if (_entries[_open].Kind == TapeKind.Array)
        {
            StepToItem(start);
        }
        else if (start != _end)
        {
            _entries[_open].Rewritten = true;
        }
    }

    // Between two items stands one comma; anything more is white space, which the canonical form has not.
    private void StepToItem(int start)
    {
        ref var container = ref _entries[_open];
        var comma = container.HasItems ? 1 : 0;
        container.HasItems = true;
        container.Rewritten |= start != _end + comma;
        _length += comma;
    }

    private readonly void MarkRewritten()
    {
        if (_open != NoContainer)
        {
            _entries[_open].Rewritten = true;
        }
    }

    private void Push(TapeKind kind, int start, int length)
    {
        if (_count == _entries.Length)
        {
            Grow(ref _entries, _count, _count + 1);
        }

        _entries[_count++] = new TapeEntry { Kind = kind, Start = start, Length = length };
    }

    private Span<byte> ReserveSide(int length)
    {
        if (_side.Length - _sideLength < length)
        {
            Grow(ref _side, _sideLength, _sideLength + length);
        }

        return _side.AsSpan(_sideLength);
    }

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, Math.Max(256, array.Length * 2)));
        array.AsSpan(0, used).CopyTo(larger);
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }

        array = larger;
    }
}
